"""The steps of a picture: what each costs, and which bytes each gives away."""

import pytest
from django.test import Client
from django.urls import reverse

from labeling.domain.picture import NAMES
from labeling.models import Annotation, Lease, Project
from labeling.operations.errors import FullViewWanted, NotOnScreen, NotYours
from labeling.operations.reveal import conceal, picture_of, reveal, step
from labeling.operations.submit import submit
from tests.factories.labeling import BENIGN, add_tasks, claimed
from tests.factories.pictures import add_picture
from wellbeing.models import ExposureView, LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def lease(project: Project, labeler) -> int:
    add_picture(project)
    return claimed(project, labeler).lease_id


def given(lease_id: int, person) -> set[str]:
    """The names of the derivatives whose bytes the person gets now."""
    found = set()
    for name in (*NAMES, "size", "../size"):
        try:
            assert picture_of(lease_id=lease_id, by=person, name=name).startswith(b"\xff\xd8")
            found.add(name)
        except NotOnScreen:
            pass
    return found


def test_each_step_gives_its_bytes_and_the_first_one_costs_the_whole(lease, labeler):
    assert given(lease, labeler) == set()

    reveal(lease_id=lease, by=labeler)
    view = ExposureView.objects.get()
    assert (view.modality, view.share, view.words_disclosed) == ("image", 1000, 20)
    assert given(lease, labeler) == {"low"}
    assert len(picture_of(lease_id=lease, by=labeler, name="low")) < 50_000

    step(lease_id=lease, by=labeler, to="tile", part=6)
    assert given(lease, labeler) == {"low", "tile-6"}
    step(lease_id=lease, by=labeler, to="picture")
    assert given(lease, labeler) == {"grey"}
    step(lease_id=lease, by=labeler, to="colour")
    assert given(lease, labeler) == {"colour"}
    step(lease_id=lease, by=labeler, to="grey")
    assert given(lease, labeler) == {"grey"}
    assert LedgerEntry.objects.count() == 1

    conceal(lease_id=lease, by=labeler)
    assert given(lease, labeler) == set()
    reveal(lease_id=lease, by=labeler)
    assert given(lease, labeler) == {"low"}
    assert Lease.objects.get().was_full


def test_what_is_written_beside_a_picture_comes_before_it(project, labeler):
    add_picture(project, caption="The bowl is blue.", context={"use_case": "kitchen shop"})
    lease_id = claimed(project, labeler).lease_id

    first = reveal(lease_id=lease_id, by=labeler)
    assert [segment.label for segment in first.parts[0].segments] == ["Use case", "Caption"]
    assert given(lease_id, labeler) == set()
    assert ExposureView.objects.get().share < 1000
    with pytest.raises(NotOnScreen):
        step(lease_id=lease_id, by=labeler, to="tile", part=1)

    step(lease_id=lease_id, by=labeler, to="part", part=2)
    assert given(lease_id, labeler) == {"low"}
    assert ExposureView.objects.get().share == 1000


@pytest.mark.parametrize("part", [0, 17])
def test_there_is_no_such_tile(lease, labeler, part):
    reveal(lease_id=lease, by=labeler)
    with pytest.raises(NotOnScreen):
        step(lease_id=lease, by=labeler, to="tile", part=part)


def test_text_has_no_picture_steps(project, labeler):
    add_tasks(project)
    lease_id = claimed(project, labeler).lease_id
    reveal(lease_id=lease_id, by=labeler)
    with pytest.raises(NotOnScreen):
        step(lease_id=lease_id, by=labeler, to="colour")


def test_nobody_else_gets_a_byte(lease, labeler, second_labeler):
    reveal(lease_id=lease, by=labeler, show="full")
    with pytest.raises(NotYours):
        picture_of(lease_id=lease, by=second_labeler, name="grey")


def test_the_address_answers_the_page_alone(lease, labeler):
    browser = Client()
    browser.force_login(labeler)
    address = reverse("labeling:picture", args=[lease, "low"])
    assert browser.get(address).status_code == 409
    reveal(lease_id=lease, by=labeler)

    answer = browser.get(address, headers={"Range": "bytes=0-10"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert (answer["Cache-Control"], answer["Cross-Origin-Resource-Policy"]) == ("no-store", "same-origin")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browser.head(address).content == b""
    assert browser.head(reverse("labeling:picture", args=[lease, "grey"])).status_code == 409
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "document"},
        {"Sec-Purpose": "prefetch"},
    ):
        assert browser.get(address, headers=headers).status_code == 403
    assert browser.post(address).status_code == 405

    conceal(lease_id=lease, by=labeler)
    assert browser.get(address).status_code == 409


def test_a_conceal_while_the_bytes_are_read_keeps_them_back(lease, labeler, monkeypatch):
    reveal(lease_id=lease, by=labeler)
    from labeling.operations import reveal as module

    def read(**asked):
        found = disclose_picture(**asked)
        conceal(lease_id=lease, by=labeler)
        return found

    disclose_picture = module.disclose_picture
    monkeypatch.setattr(module, "disclose_picture", read)
    with pytest.raises(NotOnScreen):
        picture_of(lease_id=lease, by=labeler, name="low")


@pytest.mark.parametrize(
    ("full_view", "severity", "is_wanted"),
    [("never", 1, False), ("up_to_moderate", 2, True), ("up_to_moderate", 3, False), ("always", 3, True)],
)
def test_a_project_may_want_all_of_an_item_before_an_answer(project, labeler, full_view, severity, is_wanted):
    Project.objects.filter(pk=project.pk).update(full_view=full_view)
    add_picture(project, severity=severity)
    lease_id = claimed(project, labeler).lease_id
    reveal(lease_id=lease_id, by=labeler)

    if is_wanted:
        with pytest.raises(FullViewWanted):
            submit(lease_id=lease_id, by=labeler, answers=BENIGN)
        step(lease_id=lease_id, by=labeler, to="picture")
        conceal(lease_id=lease_id, by=labeler)
        reveal(lease_id=lease_id, by=labeler)  # small again, but it was seen
    submit(lease_id=lease_id, by=labeler, answers=BENIGN)

    seen = Annotation.Seen.FULL if is_wanted else Annotation.Seen.MASKED
    assert Annotation.objects.get().seen == seen


def test_a_text_without_listed_words_is_full_when_all_parts_are_shown(project, labeler):
    Project.objects.filter(pk=project.pk).update(full_view="always")
    add_tasks(project)
    lease_id = claimed(project, labeler).lease_id
    reveal(lease_id=lease_id, by=labeler)

    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
