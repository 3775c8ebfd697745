"""Where people stand in ramp-up, and whom they may ask about it."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Membership, User
from people.permissions import Permission, roles_with
from wellbeing.domain.ramp import FIRST_STEP, Ramp, ramp_on
from wellbeing.domain.ramp_words import RampOf

# The last day with anything shown is before today, as in queries.situation.
RAMPS = """
SELECT u.id, ramp.step, ramp.since, day.today,
       (SELECT max(worked.day) FROM dose_day worked WHERE worked.person_id = u.id AND worked.day < day.today)
  FROM people_user u
  LEFT JOIN dosimeter d ON d.person_id = u.id
  LEFT JOIN ramp_step ramp ON ramp.person_id = u.id
 CROSS JOIN LATERAL (
       SELECT ((respite_now() AT TIME ZONE
                CASE WHEN d.next_time_zone_from <= respite_now() THEN d.next_time_zone
                     ELSE COALESCE(d.time_zone, 'UTC') END) - interval '4 hours')::date AS today
       ) day
 WHERE u.id = ANY (%s)
"""


def ramps_of(person_ids: Iterable[int]) -> dict[int, RampOf]:
    """Where each of these people stands today. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(RAMPS, [list(person_ids)])
        rows = cursor.fetchall()
    return {
        person_id: RampOf(
            ramp_on(Ramp(step or FIRST_STEP, since), last_day=last_day, today=today), since is not None, today
        )
        for person_id, step, since, today, last_day in rows
    }


def officers_of(person: User) -> QuerySet[User]:
    """Whom this person may ask: those who own the policy of one of their teams or of the organisation; never themself."""
    held = Membership.objects.filter(user=OuterRef("pk"), role__in=roles_with(Permission.OWN_POLICY))
    held = held.filter(Q(team=None) | Q(team__memberships__user=person))
    return User.objects.filter(Exists(held), is_active=True).exclude(pk=person.pk).order_by("username")
