import csv
import json
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from labeling.domain.agreement import ALPHA
from labeling.domain.splits import split_of
from labeling.exporters import build as builder
from labeling.exporters.build import build
from labeling.models import Release, ReleaseRow, Task
from labeling.operations.errors import NoSchema
from labeling.operations.projects import publish_guideline
from labeling.operations.releases import publish_release
from labeling.operations.revise import revise
from labeling.queries import project_figures
from labeling.queries.releases import file_of, folder_of, releases_of
from people.models import AuditEvent
from people.permissions import Role
from tests.factories.labeling import BENIGN, add_tasks, answered, project_for, rude, threat
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.CONTENT_DIR = tmp_path / "content"


FILES = {
    "README.md",
    "annotations.jsonl",
    "guideline.md",
    "items.jsonl",
    "labels.csv",
    "manifest.json",
    "manifest.sig",
    "schema.json",
    "signing-key.pem",
    "texts.jsonl",
    "verify.py",
}


@pytest.fixture
def labeled(project, labeler, second_labeler):
    """Five items: benign, rude, rude by two of three, contested after three, and one that nobody has finished."""
    third = person("nadia", Role.LABELER, project.team)
    add_tasks(project, 5, severity=1)
    for first, second in ((BENIGN, BENIGN), (rude(2), rude(3)), (rude(1), BENIGN), (rude(2), threat(2))):
        answered(project, labeler, first)
        answered(project, second_labeler, second)
    answered(project, labeler, rude(1))
    for answer in (rude(1), BENIGN):
        answered(project, third, answer)
    return project


def published(project, by, **options):
    release = publish_release(project=project, by=by, enqueue=False, **options)
    build(release.pk)
    release.refresh_from_db()
    return release


def lines(release, name):
    return [json.loads(line) for line in (folder_of(release) / name).read_text(encoding="utf-8").splitlines()]


def contents(release):
    return {path.name: path.read_bytes() for path in folder_of(release).iterdir()}


def test_a_release_has_its_files_and_nothing_else(labeled, engineer):
    release = published(labeled, engineer)
    assert (release.number, release.state) == (1, "ready")
    assert release.frozen_at is not None
    assert set(contents(release)) == FILES
    assert [path.name for path in folder_of(release).parent.iterdir()] == ["1"]


def test_items_carry_content_label_and_votes(labeled, engineer):
    release = published(labeled, engineer)
    items = {item["id"]: item for item in lines(release, "items.jsonl")}
    assert set(items) == {"item-1", "item-2", "item-3", "item-4"}
    second = items["item-2"]
    assert second["text"]
    assert (second["labels"], second["severity"], second["votes"]) == ({"categories": {"rude": 3}}, 3, 2)
    assert second["soft"] == {"categories": {"rude": 1.0, "threat": 0.0}}
    assert (second["source"], second["language"], second["kind"]) == ("forum", "en", "text")
    assert second["split"] == split_of("item-2", seed=labeled.shuffle_seed)
    assert items["item-1"]["labels"] == {"categories": {}}
    assert items["item-3"]["soft"]["categories"]["rude"] == pytest.approx(2 / 3, abs=1e-3)


def test_a_contested_item_has_votes_and_no_label(labeled, engineer):
    release = published(labeled, engineer)
    contested = next(item for item in lines(release, "items.jsonl") if item["status"] == "contested")
    assert contested["labels"] is None
    assert contested["severity"] is None
    with (folder_of(release) / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows[contested["id"]]["rude"] == ""
    assert rows["item-1"]["rude"] == "0"
    assert rows["item-2"]["rude"] == "3"
    assert rows["item-3"]["threat"] == "0"


def test_annotations_are_pseudonymous_coarse_and_shuffled(labeled, engineer, labeler):
    release = published(labeled, engineer)
    annotations = lines(release, "annotations.jsonl")
    assert len(annotations) == 10
    assert len({annotation["labeler"] for annotation in annotations}) == 3
    everything = b"".join(contents(release).values()).decode()
    for hidden in (labeler.username, labeler.email, f'"person":{labeler.pk}', release.pseudonym_key):
        assert hidden not in everything
    assert all(len(annotation["day"]) == 10 for annotation in annotations)
    in_order = [row["id"] for rows in ReleaseRow.objects.order_by("task_id") for row in rows.annotations]
    assert len(in_order) == 10
    assert [annotation["item"] for annotation in annotations] != sorted(
        annotation["item"] for annotation in annotations
    )


def test_two_releases_cannot_be_joined_by_person(labeled, engineer):
    first, second = published(labeled, engineer), published(labeled, engineer)
    names = [{row["labeler"] for row in lines(release, "annotations.jsonl")} for release in (first, second)]
    assert not names[0] & names[1]
    same = {"items.jsonl", "labels.csv", "schema.json", "guideline.md", "verify.py"}
    one, two = contents(first), contents(second)
    assert all(one[name] == two[name] for name in same)


def test_building_again_gives_the_same_bytes_whatever_happened_since(labeled, engineer, labeler, lead):
    release = published(labeled, engineer)
    before = contents(release)
    own = labeler_annotation(labeled, labeler)
    revise(annotation_id=own.pk, by=labeler, answers=threat(4))
    publish_guideline(project=labeled, body="All new.", by=lead)
    shutil.rmtree(folder_of(release))
    build(release.pk)
    assert contents(release) == before
    build(release.pk)
    assert contents(release) == before


def labeler_annotation(project, labeler):
    from labeling.models import Annotation

    return Annotation.objects.filter(task__project=project, person=labeler, superseded_at=None).latest(
        "submitted_at"
    )


def test_a_build_that_dies_half_way_can_be_run_again(labeled, engineer, monkeypatch):
    release = publish_release(project=labeled, by=engineer, enqueue=False)

    def die(*arguments):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(builder.readme, "text", die)
        with pytest.raises(OSError, match="disk full"):
            build(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure) == ("failed", "OSError")
    assert list(folder_of(release).parent.iterdir()) == []
    build(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure) == ("ready", "")
    assert set(contents(release)) == FILES


def test_the_manifest_tells_versions_sums_and_figures(labeled, engineer):
    release = published(labeled, engineer, seed=7, splits={"train": 0.5, "test": 0.5})
    manifest = json.loads((folder_of(release) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == release.manifest
    assert (manifest["seed"], manifest["schema_version"], manifest["release"]) == (7, 1, 1)
    assert manifest["items"] == {"decided": 3, "contested": 1}
    assert (manifest["annotations"], manifest["labelers"]) == (10, 3)
    assert sum(split["items"] for split in manifest["splits"].values()) == 4
    assert {file["name"] for file in manifest["files"]} == FILES - {
        "manifest.json",
        "manifest.sig",
        "signing-key.pem",
    }
    for file in manifest["files"]:
        data = (folder_of(release) / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), sha256(data).hexdigest())
    rows = {file["name"]: file["rows"] for file in manifest["files"]}
    assert (rows["items.jsonl"], rows["annotations.jsonl"], rows["labels.csv"]) == (4, 10, 4)
    assert {"rude", "threat", "verdict"} == set(manifest["agreement"])
    assert manifest["agreement"]["rude"][0]["name"] == "percent agreement"


def test_heal_counts_who_opened_what(labeled, engineer):
    figures = published(labeled, engineer).manifest["efficiency"]
    # Looks: 2 benign, 2 rude, 3 rude, 3 contested. Harmful: all but the first two; three labels, two of them toxic.
    assert figures["exposures"] == 10
    assert figures["exposures_per_label"] == pytest.approx(10 / 3, abs=1e-3)
    assert figures["heal_per_toxic_label"] == pytest.approx(figures["harmful_exposures"] / 2)


def test_the_script_inside_finds_a_changed_file(labeled, engineer):
    release = published(labeled, engineer)
    script = [sys.executable, str(folder_of(release) / "verify.py")]
    assert subprocess.run(script, check=False, capture_output=True).returncode == 0
    with (folder_of(release) / "labels.csv").open("a") as file:
        file.write("x")
    (folder_of(release) / "schema.json").unlink()
    found = subprocess.run(script, check=False, capture_output=True, text=True)
    assert found.returncode == 1
    assert "CHANGED   labels.csv" in found.stdout
    assert "MISSING   schema.json" in found.stdout
    assert "ok        manifest.json" in found.stdout


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "signing-key.pem"])
def test_the_script_inside_names_the_seal_that_is_missing(labeled, engineer, name):
    release = published(labeled, engineer)
    (folder_of(release) / name).unlink()
    script = [sys.executable, str(folder_of(release) / "verify.py")]
    found = subprocess.run(script, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (1, "")
    assert [line for line in found.stdout.splitlines() if "MISSING" in line] == [f"MISSING   {name}"]


def test_what_is_listed_is_all_that_the_script_needs(labeled, engineer, client, tmp_path):
    release = published(labeled, engineer)
    client.force_login(engineer)
    page = client.get(reverse("labeling:release", args=[release.pk]))
    assert {file["name"] for file in page.context["files"]} == FILES
    for file in page.context["files"]:
        got = client.get(reverse("labeling:release_file", args=[release.pk, file["name"]])).getvalue()
        assert (len(got), sha256(got).hexdigest()) == (file["bytes"], file["sha256"])
        (tmp_path / file["name"]).write_bytes(got)
    checked = subprocess.run([sys.executable, str(tmp_path / "verify.py")], check=False, capture_output=True)
    assert checked.returncode == 0


def test_the_script_inside_finds_a_rewritten_manifest(labeled, engineer):
    release = published(labeled, engineer)
    path = folder_of(release) / "manifest.json"
    path.write_text(path.read_text().replace('"seed"', '"seeds"'))
    script = [sys.executable, str(folder_of(release) / "verify.py")]
    found = subprocess.run(script, check=False, capture_output=True, text=True)
    assert found.returncode == 1
    assert "CHANGED   manifest.json" in found.stdout


def test_the_project_page_says_what_the_release_says_about_agreement(labeled, engineer, client):
    """Two of the four items were shown to a third person because two differed."""
    release = published(labeled, engineer)
    client.force_login(engineer)
    page = client.get(reverse("labeling:project", args=[labeled.pk])).context["agreement"]

    assert [row.n for row in page["rows"]] == [4, 4]
    assert page["rows"][0].percent.value == "0.50"
    for row, name in zip(page["rows"], ("rude", "threat"), strict=True):
        figures = {figure["name"]: figure for figure in release.manifest["agreement"][name]}
        for shown, figure in (
            (row.percent, figures["percent agreement"]),
            (row.alpha, figures[f"Krippendorff's {ALPHA} (nominal)"]),
        ):
            assert shown.value == f"{figure['value']:.2f}"
            assert shown.interval == f"{figure['low']:.2f} to {figure['high']:.2f}"


def test_the_page_takes_items_as_they_come_whatever_became_of_them(labeled, engineer, client, monkeypatch):
    monkeypatch.setattr(project_figures, "RATED_TASKS", 2)
    contested = Task.objects.get(state="contested")
    assert contested.position == max(Task.objects.exclude(state="open").values_list("position", flat=True))

    found = {given.annotation_id for item in project_figures.rated_tasks(labeled.pk) for given in item}

    assert not found & set(contested.annotations.values_list("pk", flat=True))
    assert len(found) == 4


def test_an_empty_project_makes_an_empty_release(project, engineer):
    release = published(project, engineer)
    assert lines(release, "items.jsonl") == lines(release, "annotations.jsonl") == []
    assert release.manifest["efficiency"]["heal"] is None
    figure = release.manifest["agreement"]["rude"][0]
    assert figure["value"] is None
    assert figure["why_undefined"]


def test_numbers_count_up_and_each_release_is_audited(labeled, engineer):
    numbers = [publish_release(project=labeled, by=engineer, enqueue=False).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert [release.number for release in releases_of(project=labeled)] == [3, 2, 1]
    assert AuditEvent.objects.filter(action="labeling.release_published").count() == 3


def test_only_listed_files_of_a_ready_release_can_be_asked_for(labeled, engineer):
    waiting = publish_release(project=labeled, by=engineer, enqueue=False)
    assert file_of(release=waiting, name="items.jsonl") is None
    ready = published(labeled, engineer)
    assert file_of(release=ready, name="items.jsonl").is_file()
    assert file_of(release=ready, name="manifest.json").is_file()
    for name in ("../1/items.jsonl", "/etc/hostname", "", ".", "other"):
        assert file_of(release=ready, name=name) is None


def test_a_release_is_built_by_a_job(labeled, engineer, django_capture_on_commit_callbacks):
    import labeling.jobs  # noqa: F401 - the job must be known by its name

    with django_capture_on_commit_callbacks(execute=True):
        release = publish_release(project=labeled, by=engineer)
    release.refresh_from_db()
    assert release.state == "ready"


def test_splits_that_make_no_sense_and_a_project_without_schema_are_refused(labeled, engineer, team):
    with pytest.raises(ValueError, match="add up"):
        publish_release(project=labeled, by=engineer, splits={"train": 0.5})
    with pytest.raises(NoSchema):
        publish_release(project=project_for(team, engineer, schema=None), by=engineer)
    assert not Release.objects.exists()


def test_the_command_publishes_and_says_where(labeled, capsys):
    call_command("publish_release", labeled.slug, "--split", "train=0.9", "--split", "test=0.1")
    out = capsys.readouterr().out
    assert f"{labeled.slug}/1: 3 decided and 1 contested items, 10 annotations" in out
    for arguments in (["nowhere"], [labeled.slug, "--split", "x"], [labeled.slug, "--by", "nobody"]):
        with pytest.raises(CommandError):
            call_command("publish_release", *arguments)


@pytest.mark.django_db(transaction=True)
def test_labels_that_arrive_while_a_release_freezes_stay_out(labeled, engineer, monkeypatch):
    """The whole release is one moment: two pages of the freeze see the same labels."""
    from labeling.operations import releases

    release = publish_release(project=labeled, by=engineer, enqueue=False)
    pages = releases.tasks_to_freeze
    seen = []

    def page_by_page(*, project, after, limit):
        from django.db import connections

        page = pages(project=project, after=after, limit=1)
        if not seen:
            other = connections.create_connection("default")
            with other.cursor() as cursor:
                cursor.execute("UPDATE labeling_finallabel SET severity = 4 WHERE severity = 3")
            other.close()
        seen.append(page)
        return page

    monkeypatch.setattr(releases, "tasks_to_freeze", page_by_page)
    build(release.pk)
    assert len(seen) == 5
    assert {item["severity"] for item in lines(release, "items.jsonl")} == {0, 1, 3, None}


def test_the_baseline_finds_a_release_by_its_number_once_it_is_ready(labeled, engineer, capsys):
    publish_release(project=labeled, by=engineer, enqueue=False)
    with pytest.raises(CommandError, match="is waiting"):
        call_command("train_baseline", f"{labeled.slug}/1")
    published(labeled, engineer)
    call_command("train_baseline", f"{labeled.slug}/2")
    assert "undefined: fewer than 10 positive items to train on" in capsys.readouterr().out
