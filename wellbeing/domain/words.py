"""What people read: short sentences, what happened, what to do next. Never points, stimulus or clearance."""

from people.sentences import Sentence, counted, sentence
from wellbeing.domain.breaks import BreakKind
from wellbeing.domain.budget import Budget
from wellbeing.domain.policy import MOVE_MS

MINUTE_MS = 60_000

BUDGET_SPENT = {
    Budget.DAY: sentence(
        "You have done today's share of difficult or unknown content. "
        "You can do tasks that are known to be harmless, read the guideline, or end your day."
    ),
    Budget.WEEK: sentence(
        "You have done the share of seven days of difficult or unknown content. "
        "You can do tasks that are known to be harmless, read the guideline, or end your day."
    ),
    Budget.MONTH: sentence(
        "You have done the share of four weeks of difficult or unknown content. "
        "You can do tasks that are known to be harmless, read the guideline, or end your day."
    ),
}
REFUSALS = {
    "consent_needed": sentence(
        "First read what this work can show you. Then you decide whether you want it."
    ),
    "break_due": sentence("It is time for a break. You can go on after it."),
    "budget_spent": BUDGET_SPENT[Budget.DAY],
    "not_cleared": sentence("This task is not for you right now. Take the next one."),
    "view_open": sentence("Something else is still open. Answer it or hide it first."),
    "view_settled": sentence("You have answered this already. What you wrote is kept."),
    "window_over": sentence("The time for this view is over. Show it again if you need it."),
    "window_taken": sentence("You asked for more time in another tab. Reload this page."),
    "not_open": sentence("Nothing is shown right now. Show it first."),
}
HARD_STRETCH = sentence(
    "You have gone on for over an hour without a pause. Answer or hide this, then rest five minutes."
)

NOTHING_TO_MOVE = sentence("No break is due right now, so there is nothing to move.")
CANNOT_MOVE = sentence("This break cannot be moved any more. Take it now, please.")

# The largest share (in percent of the limit) that each pair of phrases still describes: of today's limit, of another.
SHARES = (
    (4, sentence("Almost nothing of today's limit"), sentence("Almost nothing of this limit")),
    (15, sentence("About a tenth of today's limit"), sentence("About a tenth of this limit")),
    (22, sentence("About a fifth of today's limit"), sentence("About a fifth of this limit")),
    (29, sentence("About a quarter of today's limit"), sentence("About a quarter of this limit")),
    (41, sentence("About a third of today's limit"), sentence("About a third of this limit")),
    (58, sentence("About half of today's limit"), sentence("About half of this limit")),
    (70, sentence("About two thirds of today's limit"), sentence("About two thirds of this limit")),
    (80, sentence("About three quarters of today's limit"), sentence("About three quarters of this limit")),
    (94, sentence("Most of today's limit"), sentence("Most of this limit")),
    (99, sentence("Nearly all of today's limit"), sentence("Nearly all of this limit")),
    (100, sentence("All of today's limit"), sentence("All of this limit")),
)
WEEK_REACHED = sentence("The limit of seven days is reached")
MONTH_REACHED = sentence("The limit of four weeks is reached")
NOTHING_YET = (sentence("Nothing yet of today's limit"), sentence("Nothing yet of this limit"))


def percent(points: int, limit: int) -> int:
    """Whole percent, rounded down, at most 100; a limit of nothing is reached."""
    return 100 if limit <= 0 else min(100, points * 100 // limit)


def share_of_limit(points: int, limit: int, *, of_today: bool = True) -> Sentence:
    """ "About a third of today's limit"; "… of this limit" for another, which is named beside it."""
    if points <= 0 < limit:
        return NOTHING_YET[0 if of_today else 1]
    share = percent(points, limit)
    return next(today if of_today else other for highest, today, other in SHARES if share <= highest)


def break_due(kind: BreakKind, length_ms: int) -> Sentence:
    length = _number_of_minutes(length_ms)
    if kind is BreakKind.LONG:
        return sentence("It is time for a longer break of {minutes}. You can go on after it.", minutes=length)
    return sentence("It is time for a break of {minutes}. You can go on after it.", minutes=length)


def longer_break_coming(length_ms: int) -> Sentence:
    """Beforehand, while a shorter break runs."""
    return sentence(
        "During this break the longer one comes due: {minutes} in all, and what you have rested counts.",
        minutes=_number_of_minutes(length_ms),
    )


def rested_already(rested_ms: int, length_ms: int) -> Sentence | None:
    """How much of a due break is over, in whole minutes; None for less than one. True also when it is read later."""
    done, of = rested_ms // MINUTE_MS, -(-length_ms // MINUTE_MS)
    if done < 1:
        return None
    return counted(
        "1 of {minutes} minutes was done already. It counts.",
        "{count} of {minutes} minutes were done already. They count.",
        done,
        minutes=of,
    )


def minutes(milliseconds: int) -> Sentence:
    """ "12 minutes", rounded down."""
    return counted("1 minute", "{count} minutes", milliseconds // MINUTE_MS)


def next_break(seconds: int | None) -> Sentence:
    """How far the next break is, for the header. Rounded up, as where a break is moved: the two stand on one page."""
    if seconds is None:
        return sentence("No break due")
    if seconds <= 0:
        return sentence("Break now")
    return sentence("Break in {minutes}", minutes=minutes(-(-seconds // 60) * MINUTE_MS))


def break_moved(seconds: int | None) -> Sentence:
    """When a break comes that was just put off: so soon by the clock, or sooner by points, whichever is first."""
    if seconds is None or seconds > MOVE_MS // 1_000:  # it was due by points alone
        return sentence("The break comes after a few more tasks.")
    return sentence(
        "The break comes in {minutes}, or sooner after a few more tasks.",
        minutes=_number_of_minutes(max(seconds * 1_000, MINUTE_MS)),
    )


def move_offers(seconds: int) -> tuple[Sentence, ...]:
    """The button that moves what is due: what it gives now, and what after each minute that passes before it is pressed.

    Rounded up, as in the sentence that follows it. 0: the clock brings no break.
    """
    if not 0 < seconds <= MOVE_MS // 1_000:  # it is due by points alone
        return (sentence("A few tasks later"),)
    return tuple(_minutes_later(whole) for whole in range(-(-seconds // 60), 0, -1))


def _minutes_later(whole: int) -> Sentence:
    if whole * MINUTE_MS == MOVE_MS:
        return sentence("Ten minutes later")
    return counted("1 minute later", "{count} minutes later", whole)


NAMED_MINUTES = {
    5: sentence("five minutes"),
    10: sentence("ten minutes"),
    15: sentence("fifteen minutes"),
    20: sentence("twenty minutes"),
    30: sentence("thirty minutes"),
}


def _number_of_minutes(milliseconds: int) -> Sentence:
    whole = -(-milliseconds // MINUTE_MS)
    return NAMED_MINUTES.get(whole) or counted("1 minute", "{count} minutes", whole)
