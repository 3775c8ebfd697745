"""What every page may show of the person who looks at it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wellbeing.interface import Gauge, read_own_gauge


def own_gauge(request: HttpRequest) -> dict[str, Any]:
    """`own_gauge`: the header's gauge of the signed-in person, else None. Read when a template first uses it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_gauge": None}
    person_id: int = user.pk

    def read() -> Gauge:
        return read_own_gauge(person_id=person_id)

    return {"own_gauge": SimpleLazyObject(read)}
