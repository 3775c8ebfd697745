"""The shape of the route table. The table itself is config.routes.ROUTES."""

from dataclasses import dataclass, field
from enum import Enum

from people.permissions import Permission


class Access(Enum):
    """Who may use a route when no single permission says it."""

    PUBLIC = "anyone, signed in or not"
    SIGNED_IN = "anyone who is signed in"


@dataclass(frozen=True)
class Own:
    """Anyone who is signed in, about what they hold already, whatever roles they have left. A token needs the scope."""

    scope: Permission


Need = Access | Permission | Own

PUBLIC = Access.PUBLIC
SIGNED_IN = Access.SIGNED_IN


@dataclass(frozen=True)
class Route:
    """What each method of one named route needs. A method that is absent is refused with 405."""

    needs: dict[str, Need] = field(default_factory=dict)


def route(**needs: Need) -> Route:
    """`route(get=SIGNED_IN, post=Permission.LABEL)`. HEAD and OPTIONS follow GET."""
    return Route({method.upper(): need for method, need in needs.items()})
