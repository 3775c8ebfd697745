"""The limits in words: what each is called, in which unit people read it, and what it rests on (EVIDENCE 2.2)."""

from dataclasses import dataclass

from people.sentences import Sentence, counted, numbered, sentence
from wellbeing.domain.points import MINUTE_MS, THOUSAND
from wellbeing.domain.policy import LENGTHS

CHOICE = sentence("A policy choice: no study gives this number.")
SHORT_BREAKS = sentence(
    "The direction is supported: official advice on screen work is 5 to 10 minutes after 50 to 60. "
    "Short breaks were found to lift energy and to make people less tired. The exact number is a policy choice."
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

    def said(self, number: int) -> Sentence:
        """ "120 points", "52.5 points", "1 minute"."""
        amount = self.units(number)
        written = numbered(amount)
        if self.unit == "days":
            return counted("{amount} day", "{amount} days", _plural(amount), amount=written)
        if self.unit == "minutes":
            return counted("{amount} minute", "{amount} minutes", _plural(amount), amount=written)
        return counted("{amount} point", "{amount} points", _plural(amount), amount=written)


def _plural(amount: float) -> int:
    """The whole number whose form a language takes. A broken number goes with a hundred: never with one or two."""
    return int(amount) if amount == int(amount) else 100


def _points(name: str, label: str, basis: str) -> LimitWords:
    return LimitWords(name, label, "points", THOUSAND, basis)


def _minutes(name: str, label: str, basis: str) -> LimitWords:
    return LimitWords(name, label, "minutes", MINUTE_MS, basis)


LIMITS: tuple[LimitWords, ...] = (
    _points(
        "day_points",
        sentence("the daily limit"),
        sentence(
            "A policy choice: no study gives this number. More exposure goes with more distress, but nobody has published a safe amount. It is about half of "
            "the four-hour rule that one large platform announced."
        ),
    ),
    _minutes(
        "day_open_ms",
        sentence("time a day with difficult content open"),
        sentence(
            "A policy choice: no study gives this number. Four hours are what one large platform set, and what others are "
            "said to use."
        ),
    ),
    _points("day_extreme_points", sentence("extreme content a day"), CHOICE),
    _points(
        "week_points",
        sentence("the limit of seven days"),
        sentence(
            "A policy choice: no study gives this number. It is four full days: one day in five is lighter."
        ),
    ),
    _points(
        "month_points",
        sentence("the limit of four weeks"),
        sentence("A policy choice: no study gives this number. It is four such weeks."),
    ),
    _minutes("micro_after_ms", sentence("time until a short break"), SHORT_BREAKS),
    _points(
        "micro_after_points",
        sentence("content until a short break"),
        sentence(
            "A policy choice: no study gives this number. With severe content the break comes sooner than by the clock."
        ),
    ),
    _minutes("micro_length_ms", sentence("length of a short break"), SHORT_BREAKS),
    _minutes(
        "long_after_ms",
        sentence("time until a long break"),
        sentence(
            "A policy choice: no study gives this number. That longer work needs longer rest is supported."
        ),
    ),
    _points("long_after_points", sentence("content until a long break"), CHOICE),
    _minutes(
        "long_length_ms",
        sentence("length of a long break"),
        sentence(
            "The direction is supported: after tiring work a rest of ten minutes was too short in several studies. The exact "
            "number is a policy choice."
        ),
    ),
    LimitWords(
        "category_days",
        sentence("working days running with one category"),
        "days",
        1,
        sentence(
            "A policy choice: no study gives this number. Long work with one category dulls the response to it, which is not clearly good."
        ),
    ),
)
WORDS = {limit.name: limit for limit in LIMITS}


def change_in_words(name: str, before: int, after: int) -> Sentence:
    """ "the daily limit was 120 points and is 100 points"."""
    limit = WORDS[name]
    return sentence(
        "{limit} was {before} and is {after}",
        limit=limit.label,
        before=limit.said(before),
        after=limit.said(after),
    )


def proposal_in_words(name: str, before: int, after: int) -> Sentence:
    """ "the daily limit was 120 points and would be 150 points"."""
    limit = WORDS[name]
    return sentence(
        "{limit} was {before} and would be {after}",
        limit=limit.label,
        before=limit.said(before),
        after=limit.said(after),
    )


def limit_in_words(name: str) -> str:
    """What a limit is called; its own name for one that this version does not know."""
    return WORDS[name].label if name in WORDS else name


def value_of_limit(name: str, number: int) -> str:
    """The number with its unit; as it is stored for a limit that this version does not know."""
    return WORDS[name].said(number) if name in WORDS else str(number)
