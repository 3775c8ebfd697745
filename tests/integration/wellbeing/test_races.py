"""Fifty requests of one person at one moment. In test_lost_guards.py the safeguards are taken away one by one."""

import pytest
from django.db import DatabaseError

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import TeamFactory, person
from tests.factories.wellbeing import advance, claim, clear, conceal, fill, label, reveal, settle, sql
from tests.integration.wellbeing.parallel import crowd_of
from wellbeing.domain.day import day_of
from wellbeing.domain.view import ViewState
from wellbeing.interface import Refusal, View, owe_top_up, policy_for, set_policy
from wellbeing.models import DoseDay, Dosimeter, ExposureView, LedgerEntry, PolicyVersion, TopUpDue
from wellbeing.operations import top_ups
from wellbeing.operations.time_zone import choose_time_zone
from wellbeing.queries.ledger import differences

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

MANY = 50
ROUNDS = 20
LIMIT = 120_000
# One reveal of sixty words of S2 reserves 50 s and the base; this leaves room for two such windows.
ROOM = 2_200


@pytest.fixture
def crowd():
    with crowd_of(MANY) as crowd:
        yield crowd


def somebody(number: int) -> User:
    return person(f"racer{number}")


def open_views(who: User) -> int:
    return ExposureView.objects.filter(dosimeter_id=who.pk, closed_at=None).count()


def points(who: User) -> int:
    return sum(
        day.points_reserved + day.points_charged for day in DoseDay.objects.filter(dosimeter_id=who.pk)
    )


def reveal_then_hide(who: User, number: int) -> View | Refusal | None:
    """One tab: reveal its own thing; try again while another tab's is open; hide it."""
    answer: View | Refusal | None = None
    for _ in range(3):
        answer = reveal(who, f"lease:{number}")
        if isinstance(answer, View):
            conceal(who, f"lease:{number}")
            break
    return answer


def test_a_first_reveal_and_a_choice_of_zone_at_once_make_one_day(crowd):
    """One of the two days would begin in a zone that holds no more; then its budget could be had again."""
    far = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # never on the same day

    def one(who: User, number: int) -> None:
        if number % 2:
            reveal_then_hide(who, number)
        else:
            choose_time_zone(person=who, time_zone=far[number // 2 % 2])

    for number in range(ROUNDS):
        who = somebody(number)
        claim(who)
        crowd.at_once(lambda index, who=who: one(who, index))
        day = DoseDay.objects.get(dosimeter_id=who.pk).day
        zone, moment = sql("SELECT time_zone, respite_now() FROM dosimeter WHERE person_id = %s", who.pk)[0]
        assert day == day_of(moment, zone)


def test_one_occasion_is_one_view_and_one_reservation(crowd):
    for number in range(ROUNDS):
        who = somebody(number)
        answers = crowd.at_once(lambda _, who=who: reveal(who, "lease:1"))
        assert {type(answer) for answer in answers} == {View}
        assert len({answer.opened_at for answer in answers}) == 1
        assert open_views(who) == 1
        chain = Dosimeter.objects.get(pk=who.pk).chain
        assert [row.kind for row in LedgerEntry.objects.filter(chain=chain)] == ["reserve"]


def test_fifty_occasions_open_one_view(crowd):
    for number in range(ROUNDS):
        who = somebody(number)
        answers = crowd.at_once(lambda tab, who=who: reveal(who, f"lease:{tab}"))
        opened = [answer for answer in answers if isinstance(answer, View)]
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        assert (len(opened), len(refused)) == (1, MANY - 1)
        assert {answer.code for answer in refused} == {"view_open"}
        assert open_views(who) == 1


def test_fifty_occasions_never_pass_the_budget(crowd):
    for number in range(ROUNDS):
        who = somebody(number)
        fill(who, points_charged=LIMIT - ROOM)
        answers = crowd.at_once(lambda tab, who=who: reveal_then_hide(who, tab))
        assert not [answer for answer in answers if isinstance(answer, DatabaseError)]
        assert open_views(who) == 0
        assert LIMIT - ROOM < points(who) <= LIMIT


def test_everybody_gets_one_dosimeter(crowd):
    for number in range(3):
        who = somebody(number)
        answers = crowd.at_once(lambda _, who=who: clear(who))
        assert len(set(answers)) == 1
        assert Dosimeter.objects.filter(pk=who.pk).count() == 1


def test_everything_at_once_still_adds_up(crowd):
    """Claims, reveals, conceals and answers of one person in any order: sums, chain and views agree."""
    who = somebody(0)

    def anything(tab: int) -> None:
        claim(who)
        reveal(who, f"lease:{tab % 7}", severity=tab % 4)
        if tab % 3 == 0:
            conceal(who)
        settle(who, f"lease:{tab % 7}", verdict=tab % 4)

    answers = crowd.at_once(anything)
    assert [answer for answer in answers if answer is not None] == []
    assert differences() == []
    seqs = list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_an_answer_sent_fifty_times_is_charged_once(crowd):
    who = somebody(0)
    reveal(who)
    advance(seconds=30)
    answers = crowd.at_once(lambda _: settle(who, verdict=3))
    assert {answer.state for answer in answers} == {ViewState.SETTLED}
    assert len({answer.milli_points for answer in answers}) == 1
    assert list(LedgerEntry.objects.order_by("seq").values_list("kind", flat=True)) == ["reserve", "settle"]


def test_top_ups_applied_by_several_workers_are_charged_once(crowd):
    who = somebody(0)
    label(who, "lease:1")
    owe_top_up(person_id=who.pk, occasion="lease:1", severity=3)
    applied = crowd.at_once(lambda _: top_ups.apply_top_ups(person_id=who.pk))
    assert sorted(applied)[-1] == 1
    assert sum(applied) == 1
    assert LedgerEntry.objects.filter(kind="top_up").count() == 1
    assert not TopUpDue.objects.filter(applied_at=None).exists()


def test_owing_somebody_waits_for_nobody():
    """A decision in one person's transaction owes another while that one's lock is held elsewhere."""
    who = somebody(0)
    label(who, "lease:1")
    with crowd_of(2) as crowd:
        from threading import Event

        from django.db import transaction

        locked, owed = Event(), Event()

        def act(number: int) -> bool:
            if number == 0:
                with transaction.atomic():
                    sql("SELECT 1 FROM dosimeter WHERE person_id = %s FOR UPDATE", who.pk)
                    sql("UPDATE exposure_view SET open_ms = open_ms WHERE person_id = %s", who.pk)
                    locked.set()
                    return owed.wait(5)
            locked.wait(5)
            owe_top_up(person_id=who.pk, occasion="lease:1", severity=4)
            owed.set()
            return True

        assert crowd.at_once(act) == [True, True]
    assert TopUpDue.objects.count() == 1


def test_limits_tightened_at_once_all_stand(crowd):
    officer = person("odile", Role.OFFICER)
    team: Team = TeamFactory()
    names = ["day_points", "week_points", "month_points", "micro_after_points", "long_after_points"]

    def tighten(number: int) -> None:
        name = names[number % len(names)]
        set_policy(numbers={name: 1_000 + number % len(names)}, by=officer, reason="test", team=team)

    answers = crowd.at_once(tighten)
    assert [answer for answer in answers if isinstance(answer, DatabaseError)] == []
    stands = policy_for(team=team)
    assert [getattr(stands, name) for name in names] == [1_000, 1_001, 1_002, 1_003, 1_004]
    assert PolicyVersion.objects.count() == MANY
