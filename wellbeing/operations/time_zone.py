"""In which time zone a person's days turn, and from when."""

from django.db import connection, transaction

from people.models import User
from people.operations.settings import set_time_zone
from wellbeing.operations.lock import lock_person

# `zone` holds now; `changes` is whether the person's own setting is another that nobody has noticed yet. A change takes
# effect after two more turns of the day in the zone so far, so that nobody gets a day twice or loses one. A name that
# this server does not know is left.
ZONES = """
moment AS MATERIALIZED (SELECT respite_now() AS now),
me AS MATERIALIZED (
    SELECT d.person_id, moment.now, u.time_zone AS wanted,
           CASE WHEN d.next_time_zone_from <= moment.now THEN d.next_time_zone ELSE d.time_zone END AS zone,
           CASE WHEN d.next_time_zone_from > moment.now THEN d.next_time_zone END AS next_zone,
           CASE WHEN d.next_time_zone_from > moment.now THEN d.next_time_zone_from END AS next_from
      FROM moment, dosimeter d JOIN people_user u ON u.id = d.person_id
     WHERE d.person_id = %(person)s
),
today AS MATERIALIZED (
    SELECT me.*, ((now AT TIME ZONE zone) - interval '4 hours')::date AS day,
           CASE WHEN wanted = zone OR wanted = next_zone THEN false
                ELSE known_time_zone(wanted) IS NOT NULL END AS changes
      FROM me
)"""
NEXT_ZONE = "CASE WHEN changes THEN wanted WHEN wanted = zone THEN NULL ELSE next_zone END"
NEXT_FROM = """CASE WHEN changes THEN (today.day + 2 + time '04:00') AT TIME ZONE zone
            WHEN wanted = zone THEN NULL ELSE next_from END"""

# Whoever has been shown nothing yet has no day that could be had twice.
_TAKE_AT_ONCE = """
UPDATE dosimeter d
   SET time_zone = u.time_zone, next_time_zone = NULL, next_time_zone_from = NULL
  FROM people_user u
 WHERE d.person_id = %(person)s AND u.id = d.person_id AND known_time_zone(u.time_zone) IS NOT NULL
   AND NOT EXISTS (SELECT FROM dose_day shown WHERE shown.person_id = d.person_id)
"""
_TAKE_LATER = f"""
WITH {ZONES}
UPDATE dosimeter d
   SET time_zone = today.zone, next_time_zone = {NEXT_ZONE}, next_time_zone_from = {NEXT_FROM}
  FROM today
 WHERE d.person_id = today.person_id
"""  # noqa: S608 - constants only


def choose_time_zone(*, person: User, time_zone: str) -> None:
    """Where their clock is. Pages follow at once, and so do their days while nothing was ever shown to them.

    Otherwise the days follow after two more turns: at once would give a second day. The lock keeps a first reveal
    from coming between the look and the change. Raises SettingNotPossible for a name that this machine does not know.
    """
    with transaction.atomic():
        lock_person(person_id=person.pk)
        set_time_zone(person=person, time_zone=time_zone)
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_AT_ONCE, {"person": person.pk})
            if not cursor.rowcount:
                cursor.execute(_TAKE_LATER, {"person": person.pk})
