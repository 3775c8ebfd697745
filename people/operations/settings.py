"""What a person sets for themself about how the pages work. Nobody else is told, and no audit event is written."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from config.languages import BY_CODE
from people.errors import SettingNotPossible
from people.iso_639 import tag_of
from people.keys import packed
from people.languages import near_names
from people.models import User
from people.models.user import known_time_zone

SLOWEST_PACE, FASTEST_PACE = 40, 200  # words a minute; a view never charges for reading faster than that
MOST_LANGUAGES = 20


def set_reading_pace(*, person: User, words_per_minute: int) -> None:
    """How fast they like to read. Raises SettingNotPossible below 40 and above 200."""
    if not SLOWEST_PACE <= words_per_minute <= FASTEST_PACE:
        raise SettingNotPossible(
            gettext("A pace is between {slowest} and {fastest} words a minute.").format(
                slowest=SLOWEST_PACE, fastest=FASTEST_PACE
            )
        )
    person.pace_words_per_minute = words_per_minute
    person.save(update_fields=["pace_words_per_minute"])


def set_time_zone(*, person: User, time_zone: str) -> None:
    """Where their clock is. Pages follow at once; their exposure day after two more turns.

    Raises SettingNotPossible for a name that this machine does not know.
    """
    try:
        known_time_zone(time_zone)
    except ValidationError as error:
        raise SettingNotPossible(error.messages[0]) from error
    person.time_zone = time_zone
    person.save(update_fields=["time_zone"])


def set_page_language(*, person: User, language: str) -> None:
    """What the pages speak to them, as one of config.languages. Raises SettingNotPossible for another."""
    if language not in BY_CODE:
        raise SettingNotPossible(gettext("Choose a language from the list."))
    person.page_language = language
    person.save(update_fields=["page_language"])


def set_languages(*, person: User, languages: Iterable[str]) -> None:
    """The languages they read, as tags in their usual form ("en", "pt-BR"), each once and in this order.

    Raises SettingNotPossible for none, for too many, and for what is no tag of a known language.
    """
    tags = list(dict.fromkeys(languages))
    if not tags:
        raise SettingNotPossible(gettext("Name at least one language."))
    if len(tags) > MOST_LANGUAGES:
        raise SettingNotPossible(gettext("Name at most {count} languages.").format(count=MOST_LANGUAGES))
    strange = next((tag for tag in tags if tag_of(tag) != tag), None)
    if strange is not None:
        raise SettingNotPossible(_unknown_language(strange))
    person.languages = tags
    person.save(update_fields=["languages"])


def _unknown_language(word: str) -> str:
    near = near_names(word)
    if near:
        said = gettext("“{word}” is no language that is known here. Did you mean one of these: {names}?")
        return said.format(word=word, names=", ".join(near))
    said = gettext("“{word}” is no language that is known here. Write its name, or its code such as “en”.")
    return said.format(word=word)


def set_keys(*, person: User, own: Mapping[str, str]) -> None:
    """Their own keys by the names of the actions (people.keys); what is not in it is as usual.

    Raises SettingNotPossible for what is no key, and for one key with two meanings.
    """
    try:
        person.own_keys = packed(own)
    except ValueError as error:
        raise SettingNotPossible("Each key is one character and does one thing.") from error
    person.save(update_fields=["own_keys"])


def set_key_switches(*, person: User, single_keys: bool, one_key_answers: bool) -> None:
    """Whether single keys do anything at all, and whether one key answers and goes on."""
    person.single_keys = single_keys
    person.one_key_answers = one_key_answers
    person.save(update_fields=["single_keys", "one_key_answers"])
