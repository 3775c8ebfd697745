"""What became of one's answers: a note at each release to each person whose answers are in it."""

from django.db import connection

from labeling.models import ReleaseNote
from labeling.models.clock import RespiteNow
from people.models import User

# Counted from the frozen rows, so that the note says what the files hold. Building again writes nothing twice, and
# somebody who was erased meanwhile is written no note.
_NOTE = """
INSERT INTO labeling_releasenote (release_id, person_id, answers)
SELECT row.release_id, (given ->> 'person')::bigint, count(*)
  FROM labeling_releaserow row CROSS JOIN LATERAL jsonb_array_elements(row.annotations) given
  JOIN people_user person ON person.id = (given ->> 'person')::bigint AND person.erased_at IS NULL
 WHERE row.release_id = %s
 GROUP BY 1, 2
ON CONFLICT DO NOTHING
"""


def note_release(*, release_id: int) -> int:
    """Write the notes of a release that has just become ready. Repeatable. Returns how many are new. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [release_id])
        written: int = cursor.rowcount
    return written


def see_notes(*, by: User) -> int:
    """The person has read their notes. Returns how many they had not."""
    return ReleaseNote.objects.filter(person=by, seen_at=None).update(seen_at=RespiteNow())
