"""What became of one's answers: a note at each release, for one's own eyes, that the files bear out."""

import json

import pytest
from django.urls import reverse

from labeling.exporters.build import build
from labeling.models import ReleaseNote
from labeling.operations.release_notes import note_release
from labeling.operations.releases import publish_release
from labeling.queries.releases import folder_of
from tests.factories.labeling import add_tasks, answered, project_for
from wellbeing.domain.erasing import ErasureReason
from wellbeing.operations.erasure import erase_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(team, lead):
    return project_for(team, lead)


def released(project, by):
    release = publish_release(project=project, by=by, enqueue=False)
    build(release.pk)
    release.refresh_from_db()
    return release


def counts(release):
    return dict(ReleaseNote.objects.filter(release=release).values_list("person__username", "answers"))


@pytest.fixture
def release(project, engineer, labeler, second_labeler):
    add_tasks(project, 3, severity=1)
    for _ in range(3):
        answered(project, labeler)
    for _ in range(2):
        answered(project, second_labeler)
    return released(project, engineer)


def test_each_person_is_told_how_many_and_the_files_say_the_same(release, labeler, second_labeler):
    assert counts(release) == {labeler.username: 2, second_labeler.username: 2}, "what was decided"
    by_pseudonym = {}
    for line in (folder_of(release) / "annotations.jsonl").read_text().splitlines():
        row = json.loads(line)
        by_pseudonym[row["labeler"]] = by_pseudonym.get(row["labeler"], 0) + 1
    assert sorted(by_pseudonym.values()) == [2, 2]


def test_building_again_tells_nobody_twice(release):
    before = counts(release)
    ReleaseNote.objects.update(seen_at=release.ready_at)
    build(release.pk)
    assert note_release(release_id=release.pk) == 0
    assert counts(release) == before
    assert not ReleaseNote.objects.filter(seen_at=None).exists()


def test_the_first_page_tells_it_until_it_was_read(release, browser_of, labeler, outsider):
    me = browser_of(labeler)
    told = "Release 1 of"
    assert told in me.get("/").content.decode()
    page = me.get(reverse("labeling:my_releases")).content.decode()
    assert "Release 1 uses 2 of your answers." in page
    assert "new" in page
    assert told in me.get("/").content.decode(), "to look at a page changes nothing"
    me.post(reverse("labeling:my_releases_seen"))
    assert told not in me.get("/").content.decode()
    assert (
        "Nothing has been published yet"
        in browser_of(outsider).get(reverse("labeling:my_releases")).content.decode()
    )


def test_nobody_else_finds_the_number(release, browser_of, labeler, lead, engineer):
    for other in (lead, engineer):
        page = browser_of(other).get(reverse("labeling:my_releases")).content.decode()
        assert "of your answers." not in page
        assert labeler.username not in page


def test_somebody_who_was_erased_is_written_no_note(project, engineer, labeler, second_labeler, release):
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert not ReleaseNote.objects.filter(person=labeler).exists()
    later = released(project, engineer)
    assert counts(later) == {second_labeler.username: 2}


def test_what_the_labels_are_for_is_read_on_the_first_page(project, browser_of, engineer, lead, labeler):
    address = reverse("labeling:project_settings", args=[project.pk])
    given = {"name": project.name, "full_view": "never"}
    words = "They teach a filter that keeps insults away from children."
    browser_of(engineer).post(address, given | {"purpose": words})
    assert words in browser_of(labeler).get("/").content.decode()
    assert words in browser_of(engineer).get(reverse("labeling:project", args=[project.pk])).content.decode()
    assert browser_of(engineer).post(address, given | {"purpose": "x" * 501}).status_code == 422
    assert words in browser_of(labeler).get("/").content.decode()
    assert browser_of(labeler).get(address).status_code in {403, 404}
