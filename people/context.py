"""What every page shows around its content: the pages this person may open, its language, and light or dark."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from config.languages import BY_CODE, ENGLISH, LANGUAGES, Language
from people.keys import ACTIONS, BY_NAME, Action, unpacked
from people.navigation import Entry, navigation_for

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


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
    navigation: Sequence[Entry]  # worked out when a template first uses it: fragments have none


def page_chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Context processor. For an anonymous request it asks the database nothing."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    chrome = Chrome(
        theme if theme in THEMES else "auto",
        LANGUAGES,
        BY_CODE.get(get_language() or "", ENGLISH),
        _keys(request),
        cast(Sequence[Entry], SimpleLazyObject(lambda: navigation_for(request))),
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
