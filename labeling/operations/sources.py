"""What is learned about a source: severe finds at once, everything else when enough is decided."""

from django.db import connection

from labeling.domain.handout import ENOUGH_DECIDED
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
    """An answer of S3 or S4 raises what the whole source counts as, while few of its items are decided."""
    if verdict is None or verdict < Severity.SEVERE:
        return
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, {"source": source_id, "verdict": int(verdict), "enough": ENOUGH_DECIDED})
