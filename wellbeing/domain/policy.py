"""The limits: what is default, what no setting may pass, and how several policies become one.

Points in milli-EP, times in milliseconds. The numbers are DESIGN section 6; most of them are policy choices that no
study gives (EVIDENCE 2.2 says which rests on what).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

MINUTE = 60_000


class Scope(StrEnum):
    """Whose policy a version is. The strictest of all that apply to a person wins."""

    ORGANISATION = "organisation"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True)
class Policy:
    """One complete set of limits."""

    day_points: int = 120_000
    day_open_ms: int = 240 * MINUTE
    day_extreme_points: int = 30_000
    week_points: int = 480_000
    month_points: int = 1_920_000
    micro_after_ms: int = 50 * MINUTE
    micro_after_points: int = 30_000
    micro_length_ms: int = 5 * MINUTE
    long_after_ms: int = 120 * MINUTE
    long_after_points: int = 60_000
    long_length_ms: int = 15 * MINUTE
    category_days: int = 5


DEFAULTS = Policy()

# No setting exceeds these. 50 + 10 (moved) + 3 (a window) minutes stay below 70 (HARD_STRETCH_MS).
CEILING = Policy(
    day_points=240_000,
    day_open_ms=240 * MINUTE,
    day_extreme_points=60_000,
    week_points=960_000,
    month_points=3_840_000,
    micro_after_ms=55 * MINUTE,
    micro_after_points=60_000,
    micro_length_ms=5 * MINUTE,
    long_after_ms=180 * MINUTE,
    long_after_points=120_000,
    long_length_ms=10 * MINUTE,
    category_days=10,
)

HARD_STRETCH_MS = 70 * MINUTE  # a pause of PAUSE_MS in any stretch of this length, whatever else is set
PAUSE_MS = 5 * MINUTE
LONGEST_BREAK_MS = 24 * 60 * MINUTE  # a break of years would end at no date that can be told
MOVE_MS = 10 * MINUTE  # a due break may be moved once by this …
MOVE_POINTS = 5_000  # … or by this
PLANNED_DAY_POINTS = 96_000  # what planners count with: 80 % of the default day

# What ramp-up allows a share of.
POINTS = frozenset({"day_points", "day_extreme_points", "week_points", "month_points"})
# Of these the larger number is the stricter one; of all others the smaller.
LENGTHS = frozenset({"micro_length_ms", "long_length_ms"})
NUMBERS = tuple(field.name for field in fields(Policy))


class PolicyError(ValueError):
    """A set of limits that cannot be. `problems` says what is wrong, number by number."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in self.problems.items()))


def is_looser(name: str, new: int, old: int) -> bool:
    return new < old if name in LENGTHS else new > old


def stricter(name: str, one: int, other: int) -> int:
    return max(one, other) if name in LENGTHS else min(one, other)


def strictest(policies: Iterable[Policy]) -> Policy:
    """Number by number the strictest of them all, and never looser than the ceiling."""
    result = CEILING
    for policy in policies:
        result = Policy(
            **{name: stricter(name, getattr(result, name), getattr(policy, name)) for name in NUMBERS}
        )
    return result


def share_of_points(policy: Policy, thousandths: int) -> Policy:
    """The policy with that share of its budgets of points, rounded down."""
    return replace(policy, **{name: getattr(policy, name) * thousandths // 1_000 for name in POINTS})


def check_numbers(numbers: Mapping[str, object]) -> dict[str, int]:
    """The numbers of a policy version, checked. A version may name some numbers only.

    Raises PolicyError for unknown names, for anything but whole positive numbers, for a number past its ceiling, and
    for a break longer than a day.
    """
    problems: dict[str, str] = {}
    checked: dict[str, int] = {}
    for name, number in numbers.items():
        if name not in NUMBERS:
            problems[name] = "there is no such limit"
        elif not isinstance(number, int) or isinstance(number, bool) or number < 0:
            problems[name] = "not a whole number of 0 or more"
        elif is_looser(name, number, getattr(CEILING, name)):
            problems[name] = f"past the ceiling of {getattr(CEILING, name)}"
        elif name in LENGTHS and number > LONGEST_BREAK_MS:
            problems[name] = f"longer than a day ({LONGEST_BREAK_MS})"
        else:
            checked[name] = number
    if problems:
        raise PolicyError(problems)
    return checked


def loosened(policy: Policy, numbers: Mapping[str, int]) -> list[str]:
    """The names of those numbers that would make `policy` looser."""
    return sorted(name for name, number in numbers.items() if is_looser(name, number, getattr(policy, name)))


def with_numbers(policy: Policy, numbers: Mapping[str, int]) -> Policy:
    """`policy` with some numbers replaced. Names that this version does not know are left out."""
    return replace(policy, **{name: number for name, number in numbers.items() if name in NUMBERS})


def tightened(policy: Policy, versions: Iterable[Mapping[str, int]]) -> Policy:
    """`policy` with the strictest of those versions; no number of theirs makes it looser."""
    return strictest([policy, *(with_numbers(policy, numbers) for numbers in versions)])


def combined(organisation: Iterable[Mapping[str, int]], others: Iterable[Mapping[str, int]] = ()) -> Policy:
    """The shared limits where these versions apply: all that were in force at any moment of somebody's day.

    The organisation's numbers replace the defaults; `others`, those of teams, can only tighten what stands. Of
    several versions the strictest holds, so that a tighter limit holds at once, and a looser one from the next day
    on, whoever made it and however often. No version of the organisation at all means the defaults.
    """
    base = strictest([with_numbers(DEFAULTS, numbers) for numbers in organisation] or [DEFAULTS])
    return tightened(base, others)


def as_numbers(policy: Policy) -> dict[str, int]:
    return asdict(policy)
