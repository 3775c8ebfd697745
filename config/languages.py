"""The languages of the pages, and which of their catalogues a person has read through.

A language is added by one line here and `python scripts/messages.py update`, which makes its catalogue.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`own_name` is what its speakers call it. `plural_forms` as a catalogue's header says them.

    `address` is how the catalogue speaks to people. `reviewed_by` names who read all of it; empty: nobody yet.
    """

    code: str
    own_name: str
    plural_forms: str
    address: str
    reviewed_by: str = ""

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by)


TWO = "nplurals=2; plural=(n != 1);"
ARABIC = "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n%100 >= 3 && n%100 <= 10 ? 3 : n%100 >= 11 ? 4 : 5);"

ENGLISH = Language("en", "English", TWO, "you", reviewed_by="the people who wrote it")
TRANSLATED = (
    Language("de", "Deutsch", TWO, "du"),
    Language("es", "Español", TWO, "tú"),
    Language("fr", "Français", "nplurals=2; plural=(n > 1);", "tu"),
    Language("pt", "Português", TWO, "você"),
    Language("sw", "Kiswahili", TWO, "wewe"),
    Language("ar", "العربية", ARABIC, "أنت"),
)
LANGUAGES = (ENGLISH, *TRANSLATED)
BY_CODE = {language.code: language for language in LANGUAGES}
