"""The pages of engineers and leads over plain HTTP: what they say, what they refuse, and what they never show."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labeling.models import Guideline, Import, Item, LabelSchema, Project, Release
from people.models import Team, User
from tests.factories.labeling import BENIGN, MILD, add_tasks, answered, project_for, rude, schema_document
from wellbeing.interface import withdraw_consent

Browsers = Callable[..., Client]


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    project = project_for(team, lead)
    add_tasks(project, 3)
    return project


@pytest.fixture
def browser(browser_of: Browsers, engineer: User) -> Client:
    return browser_of(engineer)


def text(response: Any) -> str:
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def test_the_empty_list_offers_a_start(browser: Client) -> None:
    assert "Start a project" in text(browser.get("/projects/"))


def test_the_list_asks_no_more_for_more_projects(browser: Client, team: Team, lead: User) -> None:
    def statements() -> int:
        browser.get("/projects/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/projects/")
        return len(asked)

    for number in range(2):
        project_for(team, lead, slug=f"few-{number}")
    few = statements()
    for number in range(18):
        project_for(team, lead, slug=f"many-{number}")

    assert statements() == few
    project_for(team, lead, slug="one-more")
    assert "Page 1 of 2" in text(browser.get("/projects/"))


def test_a_new_project(browser: Client, team: Team) -> None:
    given = {
        "name": "Chat logs",
        "team": team.pk,
        "schema": "openai_moderation",
        "strategy": "two_plus_one",
        "guideline": "Look twice.",
    }

    response = browser.post("/projects/new/", given)

    project = Project.objects.get()
    assert response["Location"] == f"/projects/{project.pk}/"
    assert (project.name, project.team, project.guidelines.get().body) == ("Chat logs", team, "Look twice.")
    assert project.schemas.get().version == 1


def test_a_project_in_somebody_elses_team_cannot_be_made(browser: Client, other_team: Team) -> None:
    given = {"name": "x", "team": other_team.pk, "schema": "openai_moderation", "guideline": "y"}

    assert browser.post("/projects/new/", given).status_code == 422
    assert not Project.objects.exists()


def test_the_project_page_has_figures_and_no_content(
    browser: Client, project: Project, labeler: User, second_labeler: User
) -> None:
    for person in (labeler, second_labeler):
        answered(project, person, rude(2))
        answered(project, person, BENIGN)

    page = text(browser.get(f"/projects/{project.pk}/"))

    assert "2 of 3 tasks need no more labels" in page
    assert "2.00" in page  # HEAL: one harmful label, two looks
    assert "Krippendorff" in page
    assert "everybody gave the same answer everywhere" in page
    assert "None of the open tasks is" in page
    assert "forum" in page
    assert MILD not in page
    assert labeler.username not in page


def test_pause_and_resume(browser: Client, project: Project) -> None:
    for status in ("paused", "paused", "active"):
        browser.post(f"/projects/{project.pk}/state/", {"status": status})
        project.refresh_from_db()
        assert project.status == status


def test_a_guideline_saved_twice_is_one_version(browser: Client, project: Project) -> None:
    for _ in range(2):
        browser.post(f"/projects/{project.pk}/guideline/edit/", {"body": "Look three times."})

    assert Guideline.objects.filter(project=project).count() == 1


def test_a_schema_as_a_file(browser: Client, project: Project) -> None:
    file = SimpleUploadedFile("schema.json", json.dumps(schema_document() | {"name": "Second"}).encode())

    assert browser.post(f"/projects/{project.pk}/schema/", {"file": file}).status_code == 302
    assert "Second, version 2" in text(browser.get(f"/projects/{project.pk}/schema/"))


def with_categories(*kept: str) -> dict[str, Any]:
    """The small schema with those of its categories, and others."""
    document = schema_document()
    known = {each["id"]: each for each in document["questions"][0]["categories"]}
    document["questions"][0]["categories"] = [
        known.get(name, {"id": name, "name": name.title(), "definition": "Something else."}) for name in kept
    ]
    return document


def published_by_hand(browser: Client, project: Project, document: object, **more: str) -> str:
    given = {"document": json.dumps(document), **more}
    return text(browser.post(f"/projects/{project.pk}/schema/", given, follow=True))


def test_a_schema_that_says_the_same_is_no_new_version(browser: Client, project: Project) -> None:
    page = published_by_hand(browser, project, schema_document())

    assert "Nothing changed: version 1 says the same." in page
    assert LabelSchema.objects.filter(project=project).count() == 1


def test_a_new_category_says_first_whom_it_asks_for_consent(
    browser: Client, project: Project, labeler: User, second_labeler: User, outsider: User
) -> None:
    document = with_categories("rude", "threat", "spam")

    page = published_by_hand(browser, project, document)

    assert "New to" in page
    assert "“Spam”" in page
    assert "the 2 people who label there" in page
    assert "Publish all the same" in page
    assert labeler.username not in page
    assert LabelSchema.objects.filter(project=project).count() == 1

    withdraw_consent(person=labeler, language="en")  # what somebody said is their own: the number is the same
    assert "the 2 people who label there" in published_by_hand(browser, project, document)

    done = published_by_hand(browser, project, document, confirmed="yes")
    assert "Published as version 2." in done
    assert "the 2 people who label there" in done
    back = published_by_hand(browser, project, with_categories("rude", "threat", "spam") | {"name": "Next"})
    assert "Published as version 3." in back
    assert "people who label there" not in back


def test_a_dropped_category_says_first_which_columns_the_next_release_lacks(
    browser: Client, project: Project, labeler: User, second_labeler: User
) -> None:
    without = with_categories("rude")
    for person in (labeler, second_labeler):
        answered(project, person, rude(2))

    page = published_by_hand(browser, project, without)

    assert "1 task is decided already. In the next release labels.csv has no column threat any more" in page
    assert LabelSchema.objects.filter(project=project).count() == 1
    assert "Published as version 2." in published_by_hand(browser, project, without, confirmed="yes")


def test_a_dropped_category_that_nothing_was_decided_under_asks_nothing(
    browser: Client, project: Project
) -> None:
    assert "Published as version 2." in published_by_hand(browser, project, with_categories("rude"))


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("{", "line 1"),
        ('{"name": "x", "version": 1, "questions": []}', "questions"),
        ("[" * 10_000, "document"),
    ],
    ids=["no JSON", "no questions", "too deep"],
)
def test_a_schema_with_mistakes_lists_their_places(
    browser: Client, project: Project, document: str, place: str
) -> None:
    response = browser.post(f"/projects/{project.pk}/schema/", {"document": document})

    assert response.status_code == 422
    assert f"<code>{place}</code>" in response.content.decode()
    assert LabelSchema.objects.filter(project=project).count() == 1


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"name": "Sec\u0000ond"}, "name"),
        ({"name": "Second\nline"}, "name"),
        ({"prompt": "What \ud800?"}, "questions[0].prompt"),
        ({"prompt": "What \u202eis it?"}, "questions[0].prompt"),
        ({"definition": "\u2067Somebody"}, "questions[0].categories[0].definition"),
        ({"yes": ["You fool.", "\u200b"]}, "questions[0].categories[0].yes[1]"),
        ({"na\ud800me": "x"}, "na?me"),
    ],
)
def test_a_schema_with_texts_that_no_page_can_show_is_refused_with_their_place(
    browser: Client, project: Project, changed: dict[str, Any], place: str
) -> None:
    document = schema_document()
    question = document["questions"][0]
    below = {"prompt": question, "definition": question["categories"][0], "yes": question["categories"][0]}
    below.get(next(iter(changed)), document).update(changed)

    response = browser.post(f"/projects/{project.pk}/schema/", {"document": json.dumps(document)})

    assert response.status_code == 422
    assert f"<code>{place}</code>" in response.content.decode()
    assert LabelSchema.objects.filter(project=project).count() == 1


def test_a_version_from_before_that_rule_stays_readable(
    browser: Client, project: Project, engineer: User
) -> None:
    LabelSchema.objects.create(
        project=project,
        version=2,
        document=schema_document() | {"name": "Old\u202eer"},
        published_by=engineer,
    )

    assert "version 2" in text(browser.get(f"/projects/{project.pk}/schema/"))


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("name", "Chat \u202elogs"),
        ("name", "\u200b"),
        ("description", "For \u2066the filter"),
        ("purpose", "For\u2028the filter"),
        ("guideline", "# Look \u202etwice"),
    ],
)
def test_a_project_is_written_without_signs_that_turn_what_stands_beside_them(
    browser: Client, team: Team, field: str, written: str
) -> None:
    given = {
        "name": "Chat logs",
        "team": team.pk,
        "schema": "openai_moderation",
        "strategy": "two_plus_one",
        "guideline": "Look.\r\n\r\nTwice.",
    }

    assert browser.post("/projects/new/", given | {field: written}).status_code == 422
    assert browser.post("/projects/new/", given).status_code == 302


def test_columns_are_renamed_and_errors_reported_without_content(
    browser: Client, project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    table = b"key,comment,extra\na,The sea is calm.,1\na,The sea is calm.,2\n"
    given = {
        "file": SimpleUploadedFile("items.csv", table),
        "columns": "key = id\ncomment = text\nextra =",
        "action": "import",
    }

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(f"/projects/{project.pk}/imports/new/", given)

    page = text(browser.get(response["Location"]))
    job = Import.objects.get()
    assert Item.objects.filter(project=project, external_id="a").count() == 1
    assert (job.state, job.created_items, job.failed_lines) == ("done", 1, 1)
    assert "sea" not in page
    report = browser.get(f"/imports/{job.pk}/errors/")
    assert "attachment" in report["Content-Disposition"]
    assert b"sea" not in report.getvalue()


def test_columns_that_are_no_columns(browser: Client, project: Project) -> None:
    given = {"file": SimpleUploadedFile("items.csv", b"id,text\n"), "columns": "nonsense"}

    response = browser.post(f"/projects/{project.pk}/imports/new/", given)

    assert response.status_code == 422
    assert "Line 1 is not" in response.content.decode()


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_that_holds_nothing(browser: Client, project: Project, content: bytes) -> None:
    given = {"file": SimpleUploadedFile("items.csv", content), "columns": ""}

    response = browser.post(f"/projects/{project.pk}/imports/new/", given)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert not Import.objects.exists()


def test_a_running_import_asks_again_by_itself(browser: Client, project: Project, engineer: User) -> None:
    job = Import.objects.create(project=project, created_by=engineer, format="jsonl")

    part = text(browser.get(f"/imports/{job.pk}/", headers={"HX-Request": "true"}))

    assert part.lstrip().startswith('<section id="import-progress"')
    assert f'hx-get="/imports/{job.pk}/"' in part
    assert part.strip() in text(browser.get(f"/imports/{job.pk}/"))


def test_a_release_button_pressed_twice_makes_one(browser: Client, project: Project) -> None:
    given = {"seed": "7", "train": "100", "validation": "0", "test": "0"}

    addresses = {browser.post(f"/projects/{project.pk}/releases/new/", given)["Location"] for _ in range(2)}

    assert len(addresses) == 1
    assert Release.objects.get().seed == 7


def test_splits_that_do_not_add_up(browser: Client, project: Project) -> None:
    given = {"seed": "7", "train": "50", "validation": "0", "test": "0"}

    assert browser.post(f"/projects/{project.pk}/releases/new/", given).status_code == 422
    assert not Release.objects.exists()
