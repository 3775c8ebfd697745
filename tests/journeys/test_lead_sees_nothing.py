"""A lead sees exposure against the policy, and nothing else: whatever a labeler chooses, writes or breaks off, no byte
of the lead's pages and of the API differs.

The crawl asks every GET route of config.routes, with ids that exist, with parameters that page, order and search, and
follows every link on what comes back.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from labeling.operations.glossary import note_term
from labeling.operations.rules_read import acknowledge_rules
from labeling.operations.skip import release_lease, skip
from people.models import User
from people.permissions import Role
from tests.factories.groups import crew, saw
from tests.factories.labeling import add_tasks, answered, claimed, project_for, rude
from tests.factories.people import person
from tests.factories.wellbeing import support_request_of
from tests.factories.words import masked_term_of, question_of
from tests.journeys.test_canary import addresses_of_gets
from wellbeing import interface
from wellbeing.domain.groups import week_of
from wellbeing.interface import BreakKind, FirstPicture, FirstText
from wellbeing.models import BreakTaken, CategoryChoice, DayNote, DisplayChoice, Dispute, SupportMessage
from wellbeing.operations.day_notes import note_day
from wellbeing.operations.disputes import dispute_entry
from wellbeing.operations.group_weeks import publish_group_weeks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CATEGORY, WORDS = "canaryfinch", "canary in the harbour"
# Those that can stand together do: a page does not mind a parameter that it does not read.
PARAMETERS = (
    "page=2",
    "page=last&order=-name&ordering=-points&sort=minutes&q=a&search=a&limit=1&offset=1",
    "order=-name&ordering=-points&sort=minutes&q=a&search=a",
    "format=csv",
    "month=2026-10&before=9",
)
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
NEVER = re.compile(r"^/(static|accounts|invitations)/")
# What differs from one answer to the next whoever asks: the form's own numbers.
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|name="id" value="[^"]*"'
)
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Crawl:
    """Everything that a person gets by asking, address by address."""

    user: User
    answers: dict[str, Answer] = field(default_factory=dict)

    def everything(
        self, addresses: list[str], *, parameters: Sequence[str] = PARAMETERS
    ) -> dict[str, Answer]:
        """Every address and every link on it; those that are answered also with each of the parameters."""
        self.answers = {}
        browser = Client(raise_request_exception=False)
        browser.force_login(self.user)
        left = deque(addresses)
        while left:
            address = left.popleft()
            if address in self.answers or NEVER.match(address):
                continue
            response = browser.get(address)
            body = response.getvalue() if response.streaming else response.content
            headers = {name: value for name, value in response.headers.items() if name != "Expires"}
            self.answers[address] = (response.status_code, headers, CHANGING.sub(b"", body))
            if response.status_code == 200:
                left += [link.replace("&amp;", "&") for link in LINK.findall(body.decode(errors="replace"))]
                if "?" not in address:
                    left += [f"{address}?{one}" for one in parameters]
        return self.answers


def differences(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    return sorted(
        address for address in before.keys() | after.keys() if before.get(address) != after.get(address)
    )


@pytest.fixture
def ids(team, lead, engineer, labeler, second_labeler) -> dict[str, object]:
    """A team at work: answers, an unopened task of the labeler, a week of group figures, somebody in every list."""
    project = project_for(team, by=lead)
    add_tasks(project, 6, severity=1)
    first = answered(project, labeler, rude(1))
    answered(project, second_labeler, rude(1))
    week = week_of((interface.now() - timedelta(days=8)).date())
    saw([*crew(team, 5), labeler], week, categories=["threats"])
    publish_group_weeks()
    interface.name_categories(categories=[(CATEGORY, CATEGORY.title(), ())])
    return {
        "project_id": project.pk,
        "lease_id": claimed(project, labeler).lease_id,
        "annotation_id": first.annotation_id,
        "row": 1,
        "month": f"{interface.now():%Y-%m}",
        "project": project,
        "term": masked_term_of(project, lead),
    }


def opts_out(labeler: User, ids: dict[str, object]) -> None:
    interface.choose_category(person_id=labeler.pk, category=CATEGORY, refused=True)


def weighs_heavier(labeler: User, ids: dict[str, object]) -> None:
    interface.choose_category(person_id=labeler.pk, category="rude", refused=False, self_weight=1_500)


def changes_display(labeler: User, ids: dict[str, object]) -> None:
    interface.choose_display(
        person_id=labeler.pk,
        text=FirstText.FULL,
        picture=FirstPicture.FULL,
        text_size=2,
        categories={CATEGORY: (FirstText.PARTS, None)},
    )


def limits_themself(labeler: User, ids: dict[str, object]) -> None:
    interface.set_own_limits(person=labeler, numbers={"day_points": 41_717, "week_points": 81_717})


def notes_the_day(labeler: User, ids: dict[str, object]) -> None:
    note_day(person_id=labeler.pk, number=2)


def asks_for_support(labeler: User, ids: dict[str, object]) -> None:
    support_request_of(labeler, WORDS)


def disputes_an_entry(labeler: User, ids: dict[str, object]) -> None:
    dispute_entry(row=1, severity=4, by=labeler)


def stops(labeler: User, ids: dict[str, object]) -> None:
    interface.stop(person_id=labeler.pk)


def takes_a_break(labeler: User, ids: dict[str, object]) -> None:
    interface.end_break(person_id=labeler.pk)
    interface.start_break(person_id=labeler.pk, kind=BreakKind.LONG)


def notes_a_term(labeler: User, ids: dict[str, object]) -> None:
    note_term(term=ids["term"], by=labeler, text=WORDS)


def reads_the_rules(labeler: User, ids: dict[str, object]) -> None:
    acknowledge_rules(
        person_id=labeler.pk, project_id=ids["project"].pk, schema_version=1, guideline_version=0
    )


def withdraws_consent(labeler: User, ids: dict[str, object]) -> None:
    interface.withdraw_consent(person=labeler, language="en")


ACTS = (
    opts_out,
    weighs_heavier,
    changes_display,
    limits_themself,
    notes_the_day,
    asks_for_support,
    disputes_an_entry,
    stops,
    takes_a_break,
    notes_a_term,
    reads_the_rules,
    withdraws_consent,
)


def secrets_of(labeler: User) -> list[bytes]:
    return [
        CATEGORY.encode(),
        CATEGORY.title().encode(),
        WORDS.encode(),
        b"41717",
        b"81717",
        b"41.7",
        *(bytes(message.sealed).hex().encode() for message in SupportMessage.objects.all()),
        bytes(DayNote.objects.get(person=labeler).sealed).hex().encode(),
    ]


def test_a_lead_gets_the_same_bytes_whatever_a_labeler_does_in_private(lead, labeler, ids) -> None:
    addresses = list(addresses_of_gets({**ids, "request_id": uuid4()}))
    crawl = Crawl(lead)
    crawl.everything(addresses, parameters=())  # a look is a row, and what is asked first may be remembered
    before = crawl.everything(addresses)
    assert differences(before, crawl.everything(addresses)) == []
    reached = {address for address, (status, _, _) in before.items() if status == 200}
    assert {"/team/", "/team/weeks/", f"/projects/{ids['project_id']}/", "/projects/"} <= reached
    assert labeler.username.encode() in before["/team/"][2]

    # After each act what can be opened, which names the act that tells; after all of them every address again.
    opened = [address for address in before if address in reached and "?" not in address]
    plain = crawl.everything(opened, parameters=())
    for act in ACTS:
        act(labeler, ids)
        after = crawl.everything(opened, parameters=())
        assert differences(plain, after) == [], act.__name__
    assert differences(before, crawl.everything(addresses)) == []

    hidden = secrets_of(labeler)
    for address, (_, headers, body) in crawl.answers.items():
        found = body + str(headers).encode()
        # Everybody may choose about every category there is, so its name stands on one's own page of choices.
        is_own = address.startswith(("/me/choices/", "/me/display/"))
        known = {CATEGORY.encode(), CATEGORY.title().encode()} if is_own else set()
        assert not [secret for secret in hidden if secret in found and secret not in known], address
    assert CategoryChoice.objects.filter(person=labeler).count() == 2
    assert DisplayChoice.objects.filter(person=labeler).count() == 2
    assert Dispute.objects.count() == 1
    assert BreakTaken.objects.filter(dosimeter_id=labeler.pk).count() >= 1


def test_a_skip_looks_like_a_task_that_was_given_back(lead, labeler, ids) -> None:
    """What a skip leaves behind on a lead's pages is a free slot, as when somebody signs out; neither who nor that."""
    addresses = list(addresses_of_gets(ids))
    crawl = Crawl(lead)
    crawl.everything(addresses, parameters=())

    release_lease(by=labeler)
    given_back = crawl.everything(addresses, parameters=())
    skip(lease_id=claimed(ids["project"], labeler).lease_id, by=labeler)
    skipped = crawl.everything(addresses, parameters=())
    skip(lease_id=claimed(ids["project"], labeler).lease_id, by=labeler)

    assert differences(given_back, skipped) == []
    assert differences(given_back, crawl.everything(addresses, parameters=())) == []


def test_a_question_does_not_tell_whether_the_task_was_kept_or_skipped(lead, labeler, ids) -> None:
    addresses = list(addresses_of_gets(ids))
    crawl = Crawl(lead)
    question_of(ids["lease_id"], labeler)
    release_lease(by=labeler)
    kept = crawl.everything(addresses, parameters=())
    assert b"Does the second sentence count?" in kept["/questions/"][2]

    skip(lease_id=ids["lease_id"], by=labeler)

    assert differences(kept, crawl.everything(addresses, parameters=())) == []


def test_the_crawl_would_find_a_page_that_tells(lead, labeler, ids, monkeypatch) -> None:
    """The twin: with the person's own weight and opt-outs on the board, both comparisons fail."""
    from wellbeing.views import team as board

    addresses = ["/team/"]
    crawl = Crawl(lead)
    before = crawl.everything(addresses)
    plain: Callable[..., object] = board._row

    def telling(one: User, exposure: object) -> object:
        refused = CategoryChoice.objects.filter(person=one, is_refused=True).values_list(
            "category", flat=True
        )
        row = plain(one, exposure)
        return replace(row, name=f"{one.get_full_name()} {' '.join(refused)}")

    monkeypatch.setattr(board, "_row", telling)
    opts_out(labeler, ids)

    after = crawl.everything(addresses)
    assert differences(before, after)
    assert CATEGORY.encode() in after["/team/"][2]


def test_officers_and_representatives_find_nothing_of_it_either(officer, labeler, ids) -> None:
    for user in (officer, person("rosa", Role.REPRESENTATIVE)):
        crawl = Crawl(user)
        addresses = ["/team/weeks/", "/council/", *(["/team/"] if user == officer else [])]
        before = crawl.everything(addresses)
        for act in (opts_out, weighs_heavier, limits_themself, notes_the_day, stops):
            act(labeler, ids)
        after = crawl.everything(addresses)
        # Names of pages that are the officer's own work (disputes, records) are not among those compared.
        assert [
            address for address in differences(before, after) if address.startswith(tuple(addresses))
        ] == []
