"""What is learned about a source: severe finds at once, everything else when enough is decided."""

from collections.abc import Iterable

from django.db import connection

from labeling.domain.handout import CONFIRMED_FROM, ENOUGH_DECIDED, PERCENTILE
from labeling.domain.severity import Severity

MILD = (Severity.BENIGN, Severity.MILD)
"""What an item may declare and not be believed before its source is confirmed."""

# Reads at most ENOUGH_DECIDED rows, however large the source. The last lock of a submit, and rarely taken.
_RAISE = """
UPDATE labeling_source source
   SET expected_severity = %(verdict)s, basis = 'find', confirmed_at = NULL
 WHERE source.id = %(source)s
   AND COALESCE(source.expected_severity, 0) < %(verdict)s
   AND (SELECT count(*)
          FROM (SELECT FROM labeling_task task
                  JOIN labeling_stratum stratum ON stratum.id = task.stratum_id
                 WHERE stratum.source_id = source.id AND task.state <> 'open'
                 LIMIT %(enough)s) decided) < %(enough)s
"""


def note_severe_find(*, source_id: int, verdict: Severity | None) -> None:
    """An answer of S3 or S4 raises what the whole source counts as to S3, while few of its items are decided.

    Not to S4 (docs/adr/0007): that needs people who opted in, so one person's find could leave a source that nobody
    may look at, and of which nothing more could be learned. S4 is what an item declares, or what its source proves.
    """
    if verdict is None or verdict < Severity.SEVERE:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _RAISE, {"source": source_id, "verdict": int(Severity.SEVERE), "enough": ENOUGH_DECIDED}
        )


# Before anything is locked by others for long: the last statement of a batch, so the last lock, in the order of ids.
_DOUBT = """
WITH mine AS (
    SELECT id FROM labeling_source WHERE id = ANY (%(sources)s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE labeling_source source
   SET confirmed_to_task = CASE WHEN NOT source.id = ANY (%(begun)s) AND source.confirmed_at IS NOT NULL
                                THEN %(before)s ELSE source.confirmed_to_task END,
       confirm_after_task = CASE WHEN source.id = ANY (%(begun)s) THEN source.confirm_after_task
                                 ELSE %(before)s END,
       confirmed_at = NULL
  FROM mine
 WHERE source.id = mine.id
"""


def doubt_new_declarations(*, source_ids: Iterable[int], begun: Iterable[int], before: int) -> None:
    """Items that nobody has checked came into these sources, declared below S2: the sources are not confirmed now.

    The rows are written even when they say so already. A refresh that began before this transaction was committed has
    not seen its items; it finds another version of the row than the one it read, and leaves the source alone.

    Args:
        begun: sources that this import has made or doubted before, whose evidence goes on being counted from there.
        before: a task number below those of the new items, and not below any earlier one.
    """
    wanted = sorted(set(source_ids))
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(_DOUBT, {"sources": wanted, "begun": sorted(begun), "before": before})


# Which tasks have to prove what a source declares. Each must do so by itself: else one new item that is checked would
# vouch for a thousand that are not, or the many that were checked long ago for the few that are new.
_SCOPES = {
    "newest": "seen.confirm_after_task",
    "unconfirmed": "seen.confirmed_to_task",
    "all": "0",
}
_COUNTS = ",\n           ".join(
    f"""count(*) FILTER ({mild}) AS {scope}_mild,
           count(label.severity) FILTER ({mild}) AS {scope}_checked,
           count(*) FILTER ({mild} AND label.severity <= stratum.declared) AS {scope}_right"""
    for scope, after in _SCOPES.items()
    for mild in [f"WHERE stratum.declared IN (0, 1) AND COALESCE(task.redeclared_as, task.id) > {after}"]
)
_PROVED = " AND ".join(
    f"{scope}_checked >= LEAST(%(enough)s, {scope}_mild) AND {scope}_right >= %(right_from)s * {scope}_checked"
    for scope in _SCOPES
)

# What is found in each source, and whether its declarations below S2 proved right: "right" is a final severity that
# is no higher than declared. Enough is 50 of them, or all. Positions are random, so whichever are decided first are
# a random sample. A source is left alone while nothing about it would change, while somebody else is writing it (then
# this never waits, and there is nothing to deadlock with), and when somebody has written it since `seen` was read:
# what they wrote is newer than what was counted here. `xmin` is the version of a row; the UPDATE compares it again
# after it has the lock.
_REFRESH = f"""
WITH seen AS MATERIALIZED (
    SELECT source.*, source.xmin AS version FROM labeling_source source WHERE source.project_id = %(project)s
), found AS (
    SELECT seen.id,
           count(*) AS items,
           count(label.severity) AS decided,
           percentile_disc(%(percentile)s) WITHIN GROUP (ORDER BY label.severity) AS severity,
           {_COUNTS}
      FROM labeling_task task
      JOIN labeling_stratum stratum ON stratum.id = task.stratum_id
      JOIN seen ON seen.id = stratum.source_id
      LEFT JOIN labeling_finallabel label ON label.task_id = task.id AND task.state = 'decided'
     WHERE stratum.project_id = %(project)s
     GROUP BY seen.id
), wanted AS MATERIALIZED (
    SELECT seen.id, seen.version,
           CASE WHEN decided >= LEAST(%(enough)s, items) AND decided > 0 THEN found.severity
                ELSE seen.expected_severity END AS expected_severity,
           CASE WHEN decided >= LEAST(%(enough)s, items) AND decided > 0 THEN 'decided'
                ELSE seen.basis END AS basis,
           CASE WHEN all_checked > 0 AND {_PROVED}
                THEN COALESCE(seen.confirmed_at, respite_now()) END AS confirmed_at
      FROM seen JOIN found ON found.id = seen.id
), free AS (
    SELECT source.id
      FROM labeling_source source JOIN wanted ON wanted.id = source.id
     WHERE (source.expected_severity, source.basis, source.confirmed_at)
           IS DISTINCT FROM (wanted.expected_severity, wanted.basis, wanted.confirmed_at)
       FOR NO KEY UPDATE OF source SKIP LOCKED
)
UPDATE labeling_source source
   SET expected_severity = wanted.expected_severity, basis = wanted.basis, confirmed_at = wanted.confirmed_at
  FROM wanted JOIN free ON free.id = wanted.id
 WHERE source.id = wanted.id
   AND source.xmin = wanted.version
"""  # noqa: S608 - the fragments are constants of this module


def refresh_expectations(*, project_id: int) -> int:
    """Learn what the sources of a project are like from what has been decided. Returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            _REFRESH,
            {
                "project": project_id,
                "percentile": PERCENTILE,
                "enough": ENOUGH_DECIDED,
                "right_from": CONFIRMED_FROM,
            },
        )
        return int(cursor.rowcount)
