"""Every page that a labeler can open, in a language that puts brackets around each text: what has none was left out."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from config.routes import ROUTES
from labeling.domain.lexicon import bundled
from labeling.models import Annotation, Lease
from labeling.operations.draft import save_draft
from labeling.operations.submit import submit
from people.models import Team, User
from people.permissions import Role, permissions_of_role
from people.routes import PUBLIC, SIGNED_IN, Need, Own
from tests.factories.labeling import add_tasks, answered, project_for, rude, schema_document, shown
from tests.factories.wellbeing import advance, fill, label, risk_report_of, support_request_of
from tests.repository.test_routes import named_routes
from tests.unit.labeling.schemas import kinds
from wellbeing import interface
from wellbeing.interface import choose_category, name_categories, propose_policy, set_policy
from wellbeing.operations.day_notes import note_day
from wellbeing.operations.disputes import dispute_entry
from wellbeing.queries.own_views import own_views

OPEN, CLOSE = "⟦", "⟧"
LABELERS = permissions_of_role(Role.LABELER)
# Not read by people, or not a page: files, programs' addresses, the gallery of components.
NO_PAGES = {
    "healthz",
    "readyz",
    "favicon",
    "labeling:components",
    "labeling:picture",
    "wellbeing:statement_json",
    "wellbeing:statement_pdf",
    "wellbeing:lifetime_json",
    "wellbeing:lifetime_pdf",
    "wellbeing:verifier",
}
# Names that are data here, and what is the same in every language.
DATA = (
    "Respite", "lena", "leyla", "odile", "Harbour", "Match reports", "Violence", "Threats", "Rude", "Threat", "UTC",
    "Amara Lind, counsellor (invented, for the demo)", "Phone 555 0142, Monday to Friday, 9:00 to 17:00",
    "within one working day", "At any hour: 555 0199 (invented)", "In danger: your emergency number",
    "PDF", "JSON", "Ed25519, in base64.",
    "a calmer spring", "Be kind.", "I slept badly.", "item-1", "item-2", "Unfriendly words.", "Announces harm.", "Insult",
    "A frown.", "A shout.", "A curse.", "A storm.", "Fine", "Bad", "Level", "Vivid threat", "Unkind words.", "In detail.",
)  # fmt: skip
ANCHORS = {"1": "A frown.", "2": "A shout.", "3": "A curse.", "4": "A storm."}
READ_ALOUD = {"aria-label", "title", "placeholder", "alt"}
SILENT = {"script", "style", "code"}


EVERY_KIND = {
    "categories": {"rude": 2},
    "choice": "bad",
    "rating": 3,
    "constraint": "ignored",
    "preference": "tie",
    "ranking": [["B"], ["A"]],
    "spans": [{"block": 1, "words": [1, 2], "label": "insult"}],
    "rationale": {"text": "7 8."},
    "correction": {"text": "9.", "completion": "A"},
}


class Brackets(trans_real.DjangoTranslation):
    """English between brackets. Formats of dates keep working: brackets mean nothing in them."""

    def gettext(self, message: str) -> str:
        text = message.split(trans_real.CONTEXT_SEPARATOR)[-1]
        return f"{OPEN}{text}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pseudo = Brackets("en", domain="django")
    monkeypatch.setattr(trans_real, "translation", lambda language: pseudo)
    trans_real.deactivate()
    yield
    trans_real.deactivate()


class Words(HTMLParser):
    """What a person reads or hears outside all brackets, by itself. Brackets may hold elements."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[str] = []
        self.silent = 0
        self.depth = 0
        self.option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.silent += tag in SILENT
        # A language is named in that language; a place that names a time zone is data.
        self.option = (named.get("lang") or named.get("value", "")) if tag == "option" else ""
        for name in READ_ALOUD & named.keys():
            self.keep(outside(named[name])[0])

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        text, self.depth = outside(data, self.depth)
        is_name = self.option and (len(self.option) == 2 or self.option == data.strip().replace(" ", "_"))
        if not self.silent and not is_name:
            self.keep(text)

    def keep(self, text: str) -> None:
        for name in DATA:
            text = text.replace(name, " ")
        if re.search(r"[^\W\d_]{2,}", text):
            self.left.append(" ".join(text.split()))


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of a text stands in no bracket, and how many brackets are open after it."""
    found = ""
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        found += letter if depth == 0 and letter != CLOSE else " "
    return found, depth


def unbracketed(page: str) -> list[str]:
    parser = Words()
    parser.feed(page)
    return parser.left


def for_labelers(need: Need | None) -> bool:
    return need in {PUBLIC, SIGNED_IN} or need in LABELERS or isinstance(need, Own)


PAGES = [
    name
    for name, row in ROUTES.items()
    if for_labelers(row.needs.get("GET")) and name not in NO_PAGES and not name.startswith(("api:", "gate:"))
]


@pytest.fixture
def ids(team: Team, lead: User, labeler: User, second_labeler: User, officer: User) -> dict[str, Any]:
    """Something of everything on the pages of one labeler."""
    schema = schema_document()
    schema["questions"][0]["severity"]["anchors"] = ANCHORS
    project = project_for(team, lead, name="Match reports", guideline="Be kind.", schema=schema)
    add_tasks(project, 4)
    annotation = answered(project, labeler, rude(2))
    lease = shown(project, labeler).card
    for severity in (1, 2):
        label(second_labeler, f"lease:{severity}", severity=severity)
    name_categories(categories=[("V", "Violence", []), ("V/2", "Threats", ["V"])])
    choose_category(person_id=labeler.pk, category="V", refused=True)
    fill(labeler, days_ago=3, points_charged=110_000)
    interface.team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)
    set_policy(numbers={"day_points": 90_000}, by=officer, reason="a calmer spring", team=team)
    propose_policy(numbers={"day_points": 150_000}, by=officer, reason="a calmer spring")
    note_day(person_id=labeler.pk, number=6)
    risk_report_of(labeler)
    support_request_of(labeler, "I slept badly.")
    row = next(view.row for view in own_views(person_id=labeler.pk, before=None, count=9) if view.is_settled)
    dispute_entry(row=row, severity=0, by=labeler)
    return {
        "project_id": project.pk,
        "lease_id": lease.lease_id,
        "annotation_id": annotation.annotation_id,
        "task_id": annotation.task_id,
        "row": row,
        "person_id": labeler.pk,
        "secret": "no-such-invitation",
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("brackets")
def test_each_page_of_a_labeler_is_translated_as_a_whole(ids: dict[str, Any], labeler: User) -> None:
    left: dict[str, list[str]] = {}
    routes = dict(named_routes())
    for name in PAGES:
        browser = Client()
        if ROUTES[name].needs["GET"] is not PUBLIC:
            browser.force_login(labeler)
        wanted = routes[name].pattern.converters
        response = browser.get(reverse(name, kwargs={key: ids[key] for key in wanted}), follow=True)
        found = unbracketed(response.content.decode())
        if found:
            left[name] = found
    assert left == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("brackets")
def test_an_open_card_with_every_kind_of_question_is_translated(
    team: Team, lead: User, labeler: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = bundled().with_words("rude", ["turnip"])
    monkeypatch.setattr("labeling.queries.content.bundled", lambda: words)
    questions = kinds()
    questions[0]["severity"]["anchors"] = ANCHORS
    schema = {"name": "Test", "version": 1, "questions": questions}
    project = project_for(team, lead, name="Match reports", schema=schema)
    completions = ["1 turnip 2.", "3, 4."]
    add_tasks(project, 2, kind="pair", body={"prompt": "5 6?", "completions": completions})
    browser = Client()
    browser.force_login(labeler)
    left: dict[str, list[str]] = {}

    def post(name: str, pk: int, **data: Any) -> str:
        page = browser.post(reverse(f"labeling:{name}", args=[pk]), data).content.decode()
        left[name] = unbracketed(page)
        return page

    post("claim", project.pk)
    lease = Lease.objects.get(ended_at=None)
    page = post("reveal", lease.pk, show="masked")
    assert f"{OPEN}one word hidden, rude{CLOSE}" in page
    assert f"{OPEN}Reply A{CLOSE}" in page
    post("submit", lease.pk)
    submit(lease_id=lease.pk, by=labeler, answers=EVERY_KIND)
    post("claim", project.pk)
    own = Annotation.objects.get()
    for name, pk in {"undo": project.pk, "revise": own.pk}.items():
        page = browser.get(reverse(f"labeling:{name}", args=[pk])).content.decode()
        left[name] = unbracketed(page)
    post("revise", own.pk)
    begun = Lease.objects.get(ended_at=None)
    browser.post(reverse("labeling:reveal", args=[begun.pk]))
    save_draft(lease_id=begun.pk, by=labeler, answers=EVERY_KIND)
    advance(minutes=30)
    for name, address in {
        "home with a draft": reverse("labeling:home"),
        "unsent": reverse("labeling:unsent", args=[begun.pk]),
    }.items():
        page = browser.get(address).content.decode()
        assert reverse("labeling:unsent", args=[begun.pk]) in page
        left[name] = unbracketed(page)
    post("unsent", begun.pk)
    assert {name: found for name, found in left.items() if found} == {}


def test_what_has_no_brackets_is_found() -> None:
    page = (
        f'<p title="A hint">{OPEN}said <b>{OPEN}12 minutes{CLOSE}</b> ago{CLOSE} left</p><kbd>Space</kbd>'
        f'<a aria-label="{OPEN}said{CLOSE}">{OPEN}said{CLOSE} lena</a><option value="Cuba">Cuba</option>'
    )

    assert unbracketed(page) == ["A hint", "left", "Space"]
