"""The one place that writes a change of a view: the view, its day and one row of the ledger, in one statement."""

from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.db import connection

from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.ledger import Entry, hash_of
from wellbeing.domain.situation import ChainEnd, Situation
from wellbeing.domain.stimulus import MILD
from wellbeing.domain.view import Change, EntryKind

VIEW = """
INSERT INTO exposure_view (
       person_id, occasion, ref, purpose, modality, severity, categories, self_weight, share, words_disclosed,
       words_per_minute, first_opened_at, opened_at, window_ends_at, "window", day, policy_version,
       closed_at, settled_at, verdict, charged_severity, open_ms, reserved, charged, topped_up)
VALUES (%(person)s, %(occasion)s, %(ref)s, %(purpose)s, %(modality)s, %(severity)s, %(categories)s::text[],
       %(self_weight)s, %(share)s, %(words_disclosed)s, %(words_per_minute)s, %(first_opened_at)s, %(opened_at)s,
       %(window_ends_at)s, %(window)s, %(day)s, %(policy_version)s,
       %(closed_at)s, %(settled_at)s, %(verdict)s, %(charged_severity)s, %(open_ms)s, %(reserved)s, %(charged)s,
       %(topped_up)s)
ON CONFLICT (person_id, occasion) DO UPDATE
   SET severity = EXCLUDED.severity, share = EXCLUDED.share, words_disclosed = EXCLUDED.words_disclosed,
       words_per_minute = EXCLUDED.words_per_minute, opened_at = EXCLUDED.opened_at,
       window_ends_at = EXCLUDED.window_ends_at, "window" = EXCLUDED."window", closed_at = EXCLUDED.closed_at,
       categories = EXCLUDED.categories, self_weight = EXCLUDED.self_weight,
       settled_at = EXCLUDED.settled_at, verdict = EXCLUDED.verdict, charged_severity = EXCLUDED.charged_severity,
       open_ms = EXCLUDED.open_ms, reserved = EXCLUDED.reserved, charged = EXCLUDED.charged,
       topped_up = EXCLUDED.topped_up
"""

# Differences, not sums: should the lock ever be lost, the CHECKs of dose_day still see what is really held.
# What an admission does not add to keeps its last admitted sum and limit.
ADMIT_DAY = """
INSERT INTO dose_day AS d (
       person_id, day, points_reserved, points_charged, points_admitted, points_limit,
       extreme_reserved, extreme_charged, extreme_admitted, extreme_limit,
       open_ms_reserved, open_ms_charged, open_ms_admitted, open_ms_limit,
       policy_points_reserved, policy_points_charged)
VALUES (%(person)s, %(day)s, %(points_reserved)s, 0, %(points_reserved)s, %(points_limit)s,
       %(extreme_reserved)s, 0, %(extreme_reserved)s, %(extreme_limit)s,
       %(open_ms_reserved)s, 0, %(open_ms_reserved)s, %(open_ms_limit)s,
       %(policy_points_reserved)s, 0)
ON CONFLICT (person_id, day) DO UPDATE
   SET points_reserved = d.points_reserved + EXCLUDED.points_reserved,
       points_admitted = CASE WHEN EXCLUDED.points_reserved > 0
                              THEN d.points_reserved + d.points_charged + EXCLUDED.points_reserved
                              ELSE d.points_admitted END,
       points_limit = CASE WHEN EXCLUDED.points_reserved > 0 THEN EXCLUDED.points_limit ELSE d.points_limit END,
       extreme_reserved = d.extreme_reserved + EXCLUDED.extreme_reserved,
       extreme_admitted = CASE WHEN EXCLUDED.extreme_reserved > 0
                               THEN d.extreme_reserved + d.extreme_charged + EXCLUDED.extreme_reserved
                               ELSE d.extreme_admitted END,
       extreme_limit = CASE WHEN EXCLUDED.extreme_reserved > 0 THEN EXCLUDED.extreme_limit ELSE d.extreme_limit END,
       open_ms_reserved = d.open_ms_reserved + EXCLUDED.open_ms_reserved,
       open_ms_admitted = CASE WHEN EXCLUDED.open_ms_reserved > 0
                               THEN d.open_ms_reserved + d.open_ms_charged + EXCLUDED.open_ms_reserved
                               ELSE d.open_ms_admitted END,
       open_ms_limit = CASE WHEN EXCLUDED.open_ms_reserved > 0 THEN EXCLUDED.open_ms_limit ELSE d.open_ms_limit END,
       policy_points_reserved = d.policy_points_reserved + EXCLUDED.policy_points_reserved
"""

CHANGE_DAY = """
UPDATE dose_day
   SET points_reserved = points_reserved + %(points_reserved)s, points_charged = points_charged + %(points_charged)s,
       extreme_reserved = extreme_reserved + %(extreme_reserved)s,
       extreme_charged = extreme_charged + %(extreme_charged)s,
       open_ms_reserved = open_ms_reserved + %(open_ms_reserved)s,
       open_ms_charged = open_ms_charged + %(open_ms_charged)s,
       policy_points_reserved = policy_points_reserved + %(policy_points_reserved)s,
       policy_points_charged = policy_points_charged + %(policy_points_charged)s
 WHERE person_id = %(person)s AND day = %(day)s
"""

ENTRY = """
INSERT INTO ledger_entry (
       chain, seq, kind, view_ref, milli_points, open_ms, severity, modality, share, policy_version, day, at,
       prev_hash, hash)
VALUES (%(chain)s, %(seq)s, %(kind)s, %(ref)s, %(delta_points)s, %(delta_open_ms)s, %(entry_severity)s, %(modality)s,
       %(share)s, %(policy_version)s, %(day)s, %(at)s, %(prev_hash)s, %(hash)s)
"""

CLOCK = """
UPDATE dosimeter
   SET last_activity_at = %(last_activity_at)s, stretch_started_at = %(stretch_started_at)s,
       long_stretch_started_at = %(long_stretch_started_at)s,
       micro_moved_at = CASE WHEN %(micro_moved)s THEN COALESCE(micro_moved_at, %(at)s) END,
       long_moved_at = CASE WHEN %(long_moved)s THEN COALESCE(long_moved_at, %(at)s) END
 WHERE person_id = %(person)s
"""

# Whoever reveals something has come back from a break that may still be running.
BACK = "UPDATE break_taken SET ends_at = %(at)s WHERE person_id = %(person)s AND ends_at > %(at)s AND started_at <= %(at)s"

# What rotation counts: each category once a day, from S1 on.
MET = """
INSERT INTO category_day (person_id, day, category)
SELECT %(person)s, %(day)s, category FROM unnest(%(met)s::text[]) AS category
ON CONFLICT (person_id, day, category) DO NOTHING
"""

# Ramp-up begins, goes on or steps back with a reveal; most reveals find it as it is.
RAMP = """
INSERT INTO ramp_step AS known (person_id, step, since) VALUES (%(person)s, %(ramp_step)s, %(ramp_since)s)
ON CONFLICT (person_id) DO UPDATE SET step = EXCLUDED.step, since = EXCLUDED.since
 WHERE (known.step, known.since) IS DISTINCT FROM (EXCLUDED.step, EXCLUDED.since)
"""

ADMITTING = frozenset({EntryKind.RESERVE, EntryKind.EXTEND})


def _statement(**parts: str) -> str:
    body = ", ".join(f"written_{name} AS ({sql})" for name, sql in parts.items())
    return f"WITH {body} SELECT 1"


ADMISSION = _statement(view=VIEW, day=ADMIT_DAY, entry=ENTRY, clock=CLOCK, met=MET, back=BACK, ramp=RAMP)
CONSEQUENCE = _statement(view=VIEW, day=CHANGE_DAY, entry=ENTRY, clock=CLOCK, met=MET)


def record(situation: Situation, change: Change) -> Situation:
    """Write `change`, and the break clock as `situation` has it. Returns the situation that stands afterwards.

    The caller holds the person's lock and has decided. Raises IntegrityError when a constraint of the database says
    otherwise: then nothing is written, and nothing may be shown.
    """
    after = situation.after(change)
    entry = _entry(situation, change)
    digest = hash_of(entry, settings.LEDGER_KEY.encode())
    admits = change.kind in ADMITTING
    with connection.cursor() as cursor:
        cursor.execute(ADMISSION if admits else CONSEQUENCE, _parameters(after, change, entry, digest))
    return replace(after, chain=ChainEnd(entry.chain, entry.seq, digest))


def write_clock(situation: Situation, clock: BreakClock) -> None:
    """Write the person's break clock alone."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK, {**asdict(clock), "person": situation.person_id, "at": situation.now})


def _entry(situation: Situation, change: Change) -> Entry:
    view = change.after
    return Entry(
        chain=situation.chain.chain,
        seq=situation.chain.seq + 1,
        kind=change.kind,
        view_ref=view.ref,
        milli_points=change.difference.points,
        open_ms=change.difference.open_ms,
        severity=view.severity if view.charged_severity is None else view.charged_severity,
        modality=view.modality.value,
        share=view.share,
        policy_version=view.policy_version,
        day=view.day,
        at=situation.now,
        prev_hash=situation.chain.hash,
    )


def _parameters(after: Situation, change: Change, entry: Entry, digest: bytes) -> dict[str, Any]:
    view, policy = change.after, after.policy
    severity = view.severity if view.charged_severity is None else view.charged_severity
    values = asdict(view)
    return {
        **values,
        "met": list(view.categories) if severity >= MILD else [],
        "ramp_step": after.ramp.step,
        "ramp_since": after.ramp.since,
        "categories": list(view.categories),
        "purpose": view.purpose.value,
        "modality": view.modality.value,
        "person": after.person_id,
        **asdict(change.difference),
        "points_limit": policy.day_points,
        "extreme_limit": policy.day_extreme_points,
        "open_ms_limit": policy.day_open_ms,
        "chain": entry.chain,
        "seq": entry.seq,
        "kind": entry.kind.value,
        "delta_points": entry.milli_points,
        "delta_open_ms": entry.open_ms,
        "entry_severity": entry.severity,
        "at": entry.at,
        "prev_hash": entry.prev_hash,
        "hash": digest,
        **asdict(after.clock),
    }
