"""What leaves through the gate, as plain dictionaries. wellbeing.api.shapes describes the same for OpenAPI.

Neither points nor pace of a single view are in it: with a person's own weights they would tell what is theirs alone.
"""

from typing import Any

from config.api.endpoint import moment
from wellbeing.interface import Amount, BreakStarted, Clearance, TeamExposure, View

Document = dict[str, Any]


def cleared(clearance: Clearance) -> Document:
    """What may be handed out now."""
    return {
        "max_severity": clearance.max_severity,
        "preferred_max_severity": clearance.preferred_max_severity,
        "refused_categories": sorted(clearance.refused_categories),
        "confirmed_benign_only": clearance.confirmed_benign_only,
        "takes_unrated": clearance.takes_unrated,
        "wait_until": moment(clearance.wait_until),
        "wait_max_severity": clearance.wait_max_severity,
    }


def view(seen: View, occasion: str) -> Document:
    """One disclosure, under the tool's own name for it."""
    return {
        "occasion": occasion,
        "state": str(seen.state),
        "window": seen.window,
        "window_ends_at": moment(seen.window_ends_at),
        "seconds_left": seen.seconds_left,
        "disclosed_share": seen.share,
    }


def stopped(started: BreakStarted) -> Document:
    """A break that runs; `until` is when asking for work can succeed."""
    return {
        "started_at": moment(started.started_at),
        "ends_at": moment(started.ends_at),
        "until": moment(started.free_at or started.ends_at),
    }


def exposure(seen: TeamExposure) -> Document:
    """What others may see of one person: thousandths of a point and milliseconds, against the policy."""
    return {
        "day": seen.day.isoformat(),
        "points": _amount(seen.points),
        "open_ms": _amount(seen.open_ms),
        "week_points": _amount(seen.week_points),
        "plannable_points": seen.plannable_points,
        "in_words": seen.in_words,
    }


def _amount(amount: Amount) -> Document:
    return {"used": amount.used, "limit": amount.limit}
