"""The limits in words: what each is called, in which unit people read it, and what it rests on (EVIDENCE 2.2)."""

from dataclasses import dataclass

from wellbeing.domain.points import MINUTE_MS, THOUSAND
from wellbeing.domain.policy import LENGTHS

CHOICE = "A policy choice: no study gives this number."
SHORT_BREAKS = (
    "The direction is supported: official advice on screen work prefers 5 to 10 minutes after 50 to 60 over one long "
    "break, and short breaks were found to lift energy and ease fatigue. The exact number is a policy choice."
)


@dataclass(frozen=True)
class LimitWords:
    """One number of a policy. `per_unit` is how much of the stored number (milli-EP, milliseconds) one unit is."""

    name: str
    label: str
    unit: str
    per_unit: int
    basis: str

    @property
    def is_least(self) -> bool:
        """A length of rest: the larger number is the stricter one, and the ceiling is a floor."""
        return self.name in LENGTHS

    def units(self, number: int) -> float:
        return round(number / self.per_unit, 2)

    def said(self, number: int) -> str:
        """ "120 points", "52.5 points", "1 minute"."""
        amount = self.units(number)
        return f"{amount:,g} {self.unit.removesuffix('s') if amount == 1 else self.unit}"


def _points(name: str, label: str, basis: str) -> LimitWords:
    return LimitWords(name, label, "points", THOUSAND, basis)


def _minutes(name: str, label: str, basis: str) -> LimitWords:
    return LimitWords(name, label, "minutes", MINUTE_MS, basis)


LIMITS: tuple[LimitWords, ...] = (
    _points(
        "day_points",
        "the daily limit",
        f"{CHOICE} More exposure goes with more distress, but nobody has published a safe amount. It is about half of "
        "the four-hour rule that one large platform announced.",
    ),
    _minutes(
        "day_open_ms",
        "time a day with difficult content open",
        "A policy choice: no study gives this number. Four hours are what one large platform set, and what others are "
        "said to use.",
    ),
    _points("day_extreme_points", "extreme content a day", CHOICE),
    _points(
        "week_points",
        "the limit of seven days",
        f"{CHOICE} It is four full days: one day in five is lighter.",
    ),
    _points("month_points", "the limit of four weeks", f"{CHOICE} It is four such weeks."),
    _minutes("micro_after_ms", "time until a short break", SHORT_BREAKS),
    _points(
        "micro_after_points",
        "content until a short break",
        f"{CHOICE} With severe content the break comes sooner than by the clock.",
    ),
    _minutes("micro_length_ms", "length of a short break", SHORT_BREAKS),
    _minutes(
        "long_after_ms",
        "time until a long break",
        f"{CHOICE} That longer work needs longer rest is supported.",
    ),
    _points("long_after_points", "content until a long break", CHOICE),
    _minutes(
        "long_length_ms",
        "length of a long break",
        "The direction is supported: after tiring work a rest of ten minutes was too short in several studies. The exact "
        "number is a policy choice.",
    ),
    LimitWords(
        "category_days",
        "working days running with one category",
        "days",
        1,
        f"{CHOICE} Long work with one category dulls the response to it, which is not clearly good.",
    ),
)
WORDS = {limit.name: limit for limit in LIMITS}


def change_in_words(name: str, before: int, after: int) -> str:
    """ "the daily limit was 120 points and is 100 points"."""
    limit = WORDS[name]
    return f"{limit.label} was {limit.said(before)} and is {limit.said(after)}"


def limit_in_words(name: str) -> str:
    """What a limit is called; its own name for one that this version does not know."""
    return WORDS[name].label if name in WORDS else name


def value_of_limit(name: str, number: int) -> str:
    """The number with its unit; as it is stored for a limit that this version does not know."""
    return WORDS[name].said(number) if name in WORDS else str(number)
