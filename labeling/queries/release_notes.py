"""What a person is told of the releases that use their answers."""

from django.db.models import QuerySet

from labeling.models import ReleaseNote


def notes_of(*, person_id: int) -> "QuerySet[ReleaseNote]":
    """The latest release first, each with its project."""
    found = ReleaseNote.objects.filter(person_id=person_id).select_related("release__project")
    return found.order_by("-release__ready_at", "-pk")


def new_notes(*, person_id: int, count: int = 3) -> "list[ReleaseNote]":
    """Those that the person has not read yet, the latest first. One statement."""
    return list(notes_of(person_id=person_id).filter(seen_at=None)[:count])
