"""What is learned about a source: severe finds at once, everything else when enough is decided."""

from django.db import connection

from labeling.domain.handout import CONFIRMED_FROM, ENOUGH_DECIDED, PERCENTILE
from labeling.domain.severity import Severity

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


# What is found in each source, and whether its declarations below S2 proved right: "right" is a final severity that
# is no higher than declared. Enough is 50 of them, or all. Positions are random, so whichever are decided first are
# a random sample. A source is left alone while nothing about it would change.
_REFRESH = """
WITH found AS (
    SELECT stratum.source_id,
           count(*) AS items,
           count(label.severity) AS decided,
           percentile_disc(%(percentile)s) WITHIN GROUP (ORDER BY label.severity) AS severity,
           count(*) FILTER (WHERE stratum.declared IN (0, 1)) AS declared_mild,
           count(label.severity) FILTER (WHERE stratum.declared IN (0, 1)) AS checked,
           count(*) FILTER (WHERE stratum.declared IN (0, 1) AND label.severity <= stratum.declared) AS were_right
      FROM labeling_task task
      JOIN labeling_stratum stratum ON stratum.id = task.stratum_id
      LEFT JOIN labeling_finallabel label ON label.task_id = task.id AND task.state = 'decided'
     WHERE stratum.project_id = %(project)s
     GROUP BY stratum.source_id
), wanted AS (
    SELECT source.id,
           CASE WHEN decided >= LEAST(%(enough)s, items) AND decided > 0 THEN found.severity
                ELSE source.expected_severity END AS expected_severity,
           CASE WHEN decided >= LEAST(%(enough)s, items) AND decided > 0 THEN 'decided'
                ELSE source.basis END AS basis,
           CASE WHEN checked >= LEAST(%(enough)s, declared_mild) AND checked > 0
                     AND were_right >= %(right_from)s * checked
                THEN COALESCE(source.confirmed_at, respite_now()) END AS confirmed_at
      FROM labeling_source source JOIN found ON found.source_id = source.id
)
UPDATE labeling_source source
   SET expected_severity = wanted.expected_severity, basis = wanted.basis, confirmed_at = wanted.confirmed_at
  FROM wanted
 WHERE source.id = wanted.id
   AND (source.expected_severity, source.basis, source.confirmed_at)
       IS DISTINCT FROM (wanted.expected_severity, wanted.basis, wanted.confirmed_at)
"""


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
