"""The pages that a person may open, as the line at the top of every page names them, and what waits for them there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from people.models import User
from people.permissions import Permission
from people.queries import permissions_of
from people.sentences import sentence

# (label, url name, permissions of which one is enough; None for everybody signed in)
PAGES: tuple[tuple[str, str, Permission | tuple[Permission, ...] | None], ...] = (
    (sentence("Label"), "labeling:home", Permission.LABEL),
    (sentence("My exposure"), "wellbeing:my_exposure", None),
    (sentence("My choices"), "wellbeing:my_choices", None),
    (sentence("Projects"), "labeling:projects", Permission.SEE_PROJECTS),
    (sentence("Questions"), "labeling:questions", Permission.ANSWER_QUESTIONS),
    (sentence("Appeals"), "labeling:appeals", Permission.ADJUDICATE),
    (sentence("Team"), "wellbeing:team", Permission.SEE_TEAM_EXPOSURE),
    (sentence("Weeks"), "wellbeing:team_weeks", Permission.SEE_GROUP_FIGURES),
    (sentence("Council"), "wellbeing:council", Permission.READ_COUNCIL_REPORT),
    (sentence("Disputes"), "wellbeing:disputes", Permission.OWN_POLICY),
    # For everybody to read, from their choices; in the line above for those who answer for it.
    (sentence("Limits"), "wellbeing:policy", (Permission.OWN_POLICY, Permission.COSIGN_POLICY)),
    (sentence("People"), "people:people", Permission.MANAGE_PEOPLE),
    (sentence("Tokens"), "people:tokens", Permission.ISSUE_TOKENS),
    (sentence("Erasures"), "wellbeing:erasures", Permission.MANAGE_PEOPLE),
    (sentence("Records"), "wellbeing:records", Permission.OWN_POLICY),
    (sentence("Risk reports"), "wellbeing:risk_reports", Permission.ANSWER_RISK),
    (sentence("Requests"), "wellbeing:support_requests", Permission.ANSWER_SUPPORT),
)

CountWaiting = Callable[[User], int]
_counts: dict[str, CountWaiting] = {}


@dataclass(frozen=True)
class Entry:
    """A page in the line. `waiting`: how many things wait there for this person to act on; most pages have none."""

    label: str
    address: str
    is_current: bool
    waiting: int


def count_waiting_with(counts: dict[str, CountWaiting]) -> None:
    """An app says here, by url name, how to count what waits on its pages. Whoever may open the page sees the number, so
    it names nobody. Repeatable."""
    _counts.update(counts)


def navigation_for(request: HttpRequest) -> tuple[Entry, ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    permissions = permissions_of(user)
    found: list[tuple[str, str, str]] = []
    for label, name, needed in PAGES:
        any_of = needed if isinstance(needed, tuple) else (needed,)
        if needed is not None and permissions.isdisjoint(any_of):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:  # an app that is not installed here has no pages
            continue
        found.append((label, name, address))
    # A page under another one is that page's no more.
    within = (address for _, _, address in found if _is_within(request.path, address))
    current = max(within, key=len, default="")
    return tuple(
        Entry(label, address, address == current, _counts[name](user) if name in _counts else 0)
        for label, name, address in found
    )


def _is_within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
