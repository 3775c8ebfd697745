"""What every page shows around its content: the pages this person may open, its language, and light or dark."""

import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from config.languages import BY_CODE, ENGLISH, LANGUAGES, Language
from people.keys import ACTIONS, BY_NAME, Action, unpacked
from people.permissions import Permission
from people.queries import permissions_of
from people.sentences import sentence

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")

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

# (label, address, whether it is the page one is on)
Entry = tuple[str, str, bool]


@dataclass(frozen=True)
class Keys:
    """A person's keys on every page: what static/js/keys.js and answers.js read, and the rows of the dialog.

    `own` is a JSON object from usual to own key; `rows` pairs each action with this person's key for it.
    """

    own: str
    single: bool
    one_key: bool
    rows: tuple[tuple[Action, str], ...]


@dataclass(frozen=True)
class Chrome:
    """`chrome` in templates."""

    theme: str
    languages: tuple[Language, ...]
    language: Language
    keys: Keys
    navigation: tuple[Entry, ...]


def page_chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Context processor. For an anonymous request it asks the database nothing."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    chrome = Chrome(
        theme if theme in THEMES else "auto",
        LANGUAGES,
        BY_CODE.get(get_language() or "", ENGLISH),
        _keys(request),
        tuple(_navigation(request)),
    )
    return {"chrome": chrome}


def _keys(request: HttpRequest) -> Keys:
    """From the row of the person that the request has in any case."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Keys("{}", single=True, one_key=True, rows=())
    own = unpacked(user.own_keys)
    return Keys(
        json.dumps({BY_NAME[name].usual: key for name, key in own.items()}, ensure_ascii=False),
        single=user.single_keys,
        one_key=user.one_key_answers,
        rows=tuple((action, own.get(action.name, action.usual)) for action in ACTIONS),
    )


def _navigation(request: HttpRequest) -> list[Entry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    permissions = permissions_of(user)
    found: list[tuple[str, str]] = []
    for label, name, needed in PAGES:
        any_of = needed if isinstance(needed, tuple) else (needed,)
        if needed is not None and permissions.isdisjoint(any_of):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:  # an app that is not installed here has no pages
            continue
        found.append((label, address))
    # A page under another one is that page's no more.
    current = max((address for _, address in found if _is_within(request.path, address)), key=len, default="")
    return [(label, address, address == current) for label, address in found]


def _is_within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
