"""What every page may show of what is new for the person who looks at it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from labeling.queries.guidelines import Notices, notices_of
from people.permissions import Permission
from people.queries import permissions_of

NOTHING = Notices(0, 0, 0)


def own_notices(request: HttpRequest) -> dict[str, Any]:
    """`own_notices` of somebody who labels: one statement, read when a template first uses it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_notices": NOTHING}

    def read() -> Notices:
        return notices_of(person_id=user.pk) if Permission.LABEL in permissions_of(user) else NOTHING

    return {"own_notices": SimpleLazyObject(read)}
