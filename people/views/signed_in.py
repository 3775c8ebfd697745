"""The person behind a request that the route table let through."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for anonymous, which the route table refuses before."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
