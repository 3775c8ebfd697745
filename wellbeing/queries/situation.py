"""The one read that every decision about a person's exposure rests on."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from people.permissions import Permission, roles_with
from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.budget import Sums
from wellbeing.domain.choices import Choices
from wellbeing.domain.clearance import OFF_SCREEN_MS, VERDICTS_NEEDED
from wellbeing.domain.consent import CONSENT_VERSION
from wellbeing.domain.day import ZoneChange
from wellbeing.domain.points import NO_SELF_WEIGHT
from wellbeing.domain.policy import Policy, Scope, combined
from wellbeing.domain.ramp import (
    AWAY_DAYS,
    FIRST_STEP,
    LAST_STEP,
    LimitsAhead,
    Ramp,
    held_to,
    ramp_on,
    ramped,
)
from wellbeing.domain.rotation import LONGEST_RUN, resting_categories
from wellbeing.domain.situation import ChainEnd, Situation
from wellbeing.domain.stimulus import Modality, Purpose
from wellbeing.domain.view import Holding, ViewRecord


class NoSuchPerson(LookupError):
    """There is no person with that id."""


NO_CHAIN = UUID(int=0)  # of somebody who has never been shown anything

# Whether the last that they said was yes, to the present text and to every category of their teams.
HAS_CONSENT = """
       EXISTS (SELECT FROM (SELECT * FROM consent c WHERE c.person_id = %(person)s ORDER BY c.id DESC LIMIT 1) said
                WHERE NOT said.is_withdrawn AND said.version >= %(consent_version)s
                  AND NOT EXISTS (SELECT FROM people_membership m
                                    JOIN team_category t ON m.team_id IS NULL OR t.team_id = m.team_id
                                   WHERE m.user_id = %(person)s AND m.role = ANY (%(labeling_roles)s)
                                     AND NOT t.category = ANY (said.categories)))"""

# One statement. Under the lock it sees all that was committed before the lock was had (READ COMMITTED), and
# respite_now() is read once, in it. Days, stretches and policies are cut to what a decision needs:
# the last 28 days in sums, and whole only today and the days of the open view and of the view asked about.
SITUATION = f"""
WITH moment AS MATERIALIZED (SELECT respite_now() AS now),
me AS MATERIALIZED (
    SELECT u.id AS person_id, d.chain, d.last_activity_at, d.stretch_started_at, d.long_stretch_started_at,
           d.micro_moved_at, d.long_moved_at, d.day_of_first_claim, d.first_claim_at, d.extreme_opt_in_at,
           moment.now, u.pace_words_per_minute, ramp.step, ramp.since,
           CASE WHEN d.person_id IS NULL THEN COALESCE(known_time_zone(u.time_zone), 'UTC')
                WHEN d.next_time_zone_from <= moment.now THEN d.next_time_zone
                ELSE d.time_zone END AS zone,
           CASE WHEN d.next_time_zone_from > moment.now THEN d.next_time_zone END AS next_zone,
           d.next_time_zone_from AS next_zone_from
      FROM moment CROSS JOIN people_user u
      LEFT JOIN dosimeter d ON d.person_id = u.id
      LEFT JOIN ramp_step ramp ON ramp.person_id = u.id
     WHERE u.id = %(person)s
),
day AS MATERIALIZED (
    SELECT today, (today + time '04:00') AT TIME ZONE zone AS starts
      FROM me, LATERAL (SELECT ((now AT TIME ZONE zone) - interval '4 hours')::date AS today) day
),
worked AS MATERIALIZED (
    SELECT d.day FROM dose_day d, day WHERE d.person_id = %(person)s AND d.day < day.today
     ORDER BY d.day DESC LIMIT %(longest_run)s
),
choices AS MATERIALIZED (
    SELECT c.category, c.is_refused, c.self_weight FROM category_choice c WHERE c.person_id = %(person)s
    UNION
    SELECT h.code, c.is_refused, c.self_weight
      FROM category_choice c JOIN harm_category h ON c.category = ANY (h.ancestors)
     WHERE c.person_id = %(person)s
),
views AS MATERIALIZED (
    SELECT v.* FROM exposure_view v WHERE v.person_id = %(person)s AND v.closed_at IS NULL
    UNION
    SELECT v.* FROM exposure_view v WHERE v.person_id = %(person)s AND v.occasion = %(occasion)s
)
SELECT me.*, day.today,
       (SELECT jsonb_agg(to_jsonb(v)) FROM views v) AS views,
       sums.week, sums.month, sums.days, sums.points_of_days, sums.policy_week,
       (SELECT array_agg(day ORDER BY day DESC) FROM worked) AS working_days,
       (SELECT jsonb_agg(jsonb_build_array(m.category, m.day)) FROM category_day m
         WHERE m.person_id = %(person)s AND m.day IN (SELECT day FROM worked)) AS met,
       (SELECT jsonb_agg(to_jsonb(choices)) FROM choices) AS choices,
       CASE WHEN COALESCE(me.step, 1) < %(last_step)s OR EXISTS (SELECT FROM choices WHERE is_refused)
                 OR (SELECT max(day) FROM worked) <= day.today - %(away_days)s
            THEN EXISTS (SELECT FROM people_membership mine
                           JOIN people_membership theirs
                             ON theirs.team_id = mine.team_id OR theirs.team_id IS NULL OR mine.team_id IS NULL
                           JOIN people_user u ON u.id = theirs.user_id AND u.is_active
                           JOIN ramp_step ready ON ready.person_id = u.id AND ready.step = %(last_step)s
                            AND (ready.since > day.today - %(away_days)s
                                 OR EXISTS (SELECT FROM dose_day there WHERE there.person_id = u.id
                                               AND there.day > day.today - %(away_days)s))
                           JOIN weekly_shift shift ON shift.person_id = u.id
                          CROSS JOIN LATERAL (
                                SELECT me.now AT TIME ZONE known_time_zone(u.time_zone) AS wall
                                ) clock
                          CROSS JOIN LATERAL (
                                SELECT (wall - (CASE WHEN shift.ends <= shift.starts AND wall::time < shift.ends
                                                     THEN interval '1 day' ELSE interval '0' END))::date AS began
                                ) turn
                          WHERE mine.user_id = %(person)s AND u.id <> %(person)s AND theirs.role = ANY (%(labeling_roles)s)
                            AND extract(isodow FROM began) = shift.weekday + 1
                            AND wall >= began + shift.starts
                            AND wall < began + shift.ends
                                       + CASE WHEN shift.ends <= shift.starts THEN interval '1 day' ELSE interval '0' END
                            AND NOT EXISTS (SELECT FROM leave_period away WHERE away.person_id = u.id
                                               AND began BETWEEN away.first_day AND away.last_day)
                            AND NOT EXISTS (SELECT FROM category_choice theirs_too
                                             WHERE theirs_too.person_id = u.id AND theirs_too.is_refused)
                            AND (SELECT NOT said.is_withdrawn FROM consent said
                                  WHERE said.person_id = u.id ORDER BY said.id DESC LIMIT 1))
            ELSE false END AS others_take_unrated,
       stretch.points AS stretch_points, stretch.long_points,
       recent.verdicts, recent.rested,
       (SELECT v.closed_at FROM exposure_view v
         WHERE v.person_id = %(person)s ORDER BY v.opened_at DESC LIMIT 1) AS last_closed_at,
       chain_end.seq, chain_end.hash,
       (SELECT b.ends_at FROM break_taken b
         WHERE b.person_id = %(person)s AND b.ends_at > me.now ORDER BY b.ends_at DESC LIMIT 1) AS break_ends_at,
       {HAS_CONSENT} AS has_consent,
       (SELECT jsonb_agg(to_jsonb(p))
          FROM (SELECT id, scope, team_id, valid_from, numbers, stood_at_start,
                       row_number() OVER (PARTITION BY scope, team_id, person_id, stood_at_start
                                              ORDER BY valid_from DESC, id DESC) AS recency
                  FROM policy_version, LATERAL (SELECT valid_from <= day.starts AS stood_at_start) stood
                 WHERE valid_from <= me.now
                   AND (scope = 'organisation'
                        OR team_id IN (SELECT m.team_id FROM people_membership m WHERE m.user_id = %(person)s)
                        OR person_id = %(person)s)) p
         WHERE recency = 1 OR NOT stood_at_start) AS policies
  FROM me
 CROSS JOIN day
 CROSS JOIN LATERAL (
       SELECT COALESCE(sum(d.points_reserved + d.points_charged) FILTER (WHERE d.day > day.today - 7), 0)::bigint AS week,
              COALESCE(sum(d.points_reserved + d.points_charged), 0)::bigint AS month,
              COALESCE(sum(d.policy_points_reserved + d.policy_points_charged) FILTER (WHERE d.day > day.today - 7), 0)::bigint
                  AS policy_week,
              jsonb_object_agg(d.day, d.points_reserved + d.points_charged) AS points_of_days,
              jsonb_agg(to_jsonb(d))
                  FILTER (WHERE d.day = day.today OR d.day IN (SELECT v.day FROM views v)) AS days
         FROM dose_day d
        WHERE d.person_id = %(person)s AND d.day > day.today - 28
       ) sums
 CROSS JOIN LATERAL (
       SELECT COALESCE(sum(v.reserved + v.charged)
                       FILTER (WHERE v.opened_at >= me.stretch_started_at), 0)::bigint AS points,
              COALESCE(sum(v.reserved + v.charged), 0)::bigint AS long_points
         FROM exposure_view v
        WHERE v.person_id = %(person)s AND v.opened_at >= me.long_stretch_started_at
       ) stretch
  LEFT JOIN LATERAL (
       SELECT array_agg(severity ORDER BY settled_at DESC) AS verdicts, array_agg(rested ORDER BY settled_at DESC) AS rested
         FROM (SELECT COALESCE(v.verdict, v.severity) AS severity, v.settled_at,
                      COALESCE(v.first_opened_at - lead(v.closed_at) OVER (ORDER BY v.settled_at DESC)
                               >= make_interval(secs => %(off_screen_seconds)s), false) AS rested
                 FROM exposure_view v
                WHERE v.person_id = %(person)s AND v.settled_at IS NOT NULL
                ORDER BY v.settled_at DESC LIMIT %(verdicts)s) last
       ) recent ON true
  LEFT JOIN LATERAL (
       SELECT e.seq, e.hash FROM ledger_entry e WHERE e.chain = me.chain ORDER BY e.seq DESC LIMIT 1
       ) chain_end ON true
"""  # noqa: S608 - constants only


def read_situation(*, person_id: int, occasion: str | None = None) -> Situation | None:
    """Everything about the person now, and about their view of `occasion`; None if there is no such person.

    One statement, no lock. A decision takes the lock before (operations.lock); a page shows what it finds.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            SITUATION,
            {
                "person": person_id,
                "occasion": occasion,
                "verdicts": VERDICTS_NEEDED,
                "off_screen_seconds": OFF_SCREEN_MS // 1000,
                "longest_run": LONGEST_RUN,
                "last_step": LAST_STEP,
                "away_days": AWAY_DAYS,
                "labeling_roles": list(roles_with(Permission.LABEL)),
                "consent_version": CONSENT_VERSION,
            },
        )
        row = cursor.fetchone()
        if row is None:
            return None
        columns = [column.name for column in cursor.description]
    return _situation(dict(zip(columns, row, strict=True)), occasion)


def _situation(row: Mapping[str, Any], occasion: str | None) -> Situation:
    views = [view_record(document) for document in _documents(row["views"])]
    versions = _documents(row["policies"])
    is_first_claim_today = row["day_of_first_claim"] == row["today"]
    working_days = row["working_days"] or []
    last_day = max(working_days, default=None)
    stored = Ramp(row["step"] or FIRST_STEP, row["since"])
    ramp = ramp_on(stored, last_day=last_day, today=row["today"])
    days = {date.fromisoformat(day["day"]): holding_of(day) for day in _documents(row["days"])}
    shared = policy_of([version for version in versions if version["scope"] != Scope.PERSON])
    own = [version["numbers"] for version in versions if version["scope"] == Scope.PERSON]
    policy = held_to(shared, ramp, own)
    return Situation(
        person_id=row["person_id"],
        now=row["now"],
        time_zone=row["zone"],
        chain=ChainEnd(row["chain"] or NO_CHAIN, row["seq"] or 0, bytes(row["hash"] or bytes(32))),
        sums=Sums(
            today=row["today"],
            days=days,
            points_of_days=_points_of_days(row["points_of_days"]),
            week_points=row["week"],
            month_points=row["month"],
            policy_week_points=row["policy_week"],
        ),
        clock=BreakClock(
            last_activity_at=row["last_activity_at"],
            stretch_started_at=row["stretch_started_at"],
            long_stretch_started_at=row["long_stretch_started_at"],
            micro_moved=row["micro_moved_at"] is not None,
            long_moved=row["long_moved_at"] is not None,
        ),
        policy=policy,
        shared_policy=ramped(shared, ramp),
        ahead=LimitsAhead(
            *_standing(versions), stored, last_day=row["today"] if row["today"] in days else last_day
        ),
        zone_change=ZoneChange(row["next_zone"], row["next_zone_from"]) if row["next_zone"] else None,
        policy_version=max((version["id"] for version in versions), default=0),
        open_view=next((view for view in views if view.closed_at is None), None),
        occasion_view=next((view for view in views if view.occasion == occasion), None),
        stretch_points=row["stretch_points"],
        long_points=row["long_points"],
        verdicts=tuple(row["verdicts"] or ()),
        rested=tuple(row["rested"] or ()),
        last_closed_at=row["last_closed_at"],
        first_claim_at=row["first_claim_at"] if is_first_claim_today else None,
        extreme_opt_in=row["extreme_opt_in_at"] is not None,
        ramp=ramp,
        choices=_choices(_documents(row["choices"])),
        resting=resting_categories(
            working_days=working_days, met=_met(row["met"]), most_days=policy.category_days
        ),
        others_take_unrated=row["others_take_unrated"],
        words_per_minute=row["pace_words_per_minute"],
        break_ends_at=row["break_ends_at"],
        has_consent=row["has_consent"],
    )


def policy_of(versions: list[dict[str, Any]]) -> Policy:
    """The shared limits that the versions of a day add up to, each with its `scope`, `numbers` and `stood_at_start`."""
    organisation = [version for version in versions if version["scope"] == Scope.ORGANISATION]
    numbers = [version["numbers"] for version in organisation]
    if not any(version["stood_at_start"] for version in organisation):
        numbers.append({})  # the day began under the defaults
    return combined(
        numbers, [version["numbers"] for version in versions if version["scope"] != Scope.ORGANISATION]
    )


def _standing(versions: list[dict[str, Any]]) -> tuple[Policy, dict[str, int]]:
    """The latest shared limits and own numbers: what is left of `versions` when the day turns."""
    latest: dict[tuple[str, int | None], dict[str, int]] = {}
    for version in sorted(versions, key=lambda one: (_required(one["valid_from"]), one["id"])):
        latest[version["scope"], version["team_id"]] = version["numbers"]
    own = latest.pop((Scope.PERSON, None), {})
    organisation = latest.pop((Scope.ORGANISATION, None), {})
    return combined([organisation], list(latest.values())), own


def _points_of_days(value: str | None) -> dict[date, int]:
    points: dict[str, int] = json.loads(value) if value else {}
    return {date.fromisoformat(day): count for day, count in points.items()}


def _choices(rows: list[dict[str, Any]]) -> Choices:
    return Choices(
        refused=frozenset(row["category"] for row in rows if row["is_refused"]),
        heavier={row["category"]: row["self_weight"] for row in rows if row["self_weight"] != NO_SELF_WEIGHT},
    )


def _met(value: str | None) -> dict[str, list[date]]:
    met: dict[str, list[date]] = {}
    for category, day in json.loads(value) if value else []:
        met.setdefault(category, []).append(date.fromisoformat(day))
    return met


def view_record(row: Mapping[str, Any]) -> ViewRecord:
    """A row of exposure_view, as jsonb or as columns."""
    return ViewRecord(
        ref=UUID(str(row["ref"])),
        occasion=row["occasion"],
        purpose=Purpose(row["purpose"]),
        modality=Modality(row["modality"]),
        severity=row["severity"],
        categories=tuple(row["categories"]),
        self_weight=row["self_weight"],
        share=row["share"],
        words_disclosed=row["words_disclosed"],
        words_per_minute=row["words_per_minute"],
        first_opened_at=_required(row["first_opened_at"]),
        opened_at=_required(row["opened_at"]),
        window_ends_at=_required(row["window_ends_at"]),
        window=row["window"],
        day=date.fromisoformat(str(row["day"])),
        policy_version=row["policy_version"],
        closed_at=_moment(row["closed_at"]),
        settled_at=_moment(row["settled_at"]),
        verdict=row["verdict"],
        charged_severity=row["charged_severity"],
        open_ms=row["open_ms"],
        reserved=row["reserved"],
        charged=row["charged"],
        topped_up=row["topped_up"],
    )


def holding_of(day: Mapping[str, Any]) -> Holding:
    return Holding(
        points_reserved=day["points_reserved"],
        points_charged=day["points_charged"],
        extreme_reserved=day["extreme_reserved"],
        extreme_charged=day["extreme_charged"],
        open_ms_reserved=day["open_ms_reserved"],
        open_ms_charged=day["open_ms_charged"],
        policy_points_reserved=day["policy_points_reserved"],
        policy_points_charged=day["policy_points_charged"],
    )


def _documents(value: str | None) -> list[dict[str, Any]]:
    """Rows that came as a jsonb array; Django leaves it a text in raw statements."""
    documents: list[dict[str, Any]] = json.loads(value) if value else []
    return documents


def _required(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _moment(value: str | datetime | None) -> datetime | None:
    return None if value is None else _required(value)
