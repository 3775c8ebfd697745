"""The files of a release as text, without a database: a small invented release against golden files."""

import json
from pathlib import Path

import pytest

from labeling.domain.cells import safe_cell
from labeling.domain.schema import parse
from labeling.exporters import ROW_FILES, readme
from labeling.exporters.context import ReleaseContext
from labeling.exporters.figures import Figures
from labeling.models import Project, Release
from labeling.queries.releases import FrozenRow
from tests.unit.labeling.schemas import document

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "release"
FILTERS = {
    "states": ["decided", "contested"],
    "splits": [["train", 0.5], ["test", 0.5]],
    "schema_version": 2,
    "guideline_version": None,
    "strategy": "two_plus_one",
}


@pytest.fixture
def context():
    release = Release(project=Project(name="Notes", slug="notes"), number=3, filters=FILTERS, seed=1)
    schema = parse(document())
    return ReleaseContext(release, schema, document(), "Be fair.\n", key=b"golden")


def annotation(number, person, answers, verdict, **fields):
    return {
        "id": number,
        "revision": 1,
        "person": person,
        "slot": 1,
        "answers": {"harm": answers},
        "verdict": verdict,
        "schema": 2,
        "guideline": None,
        "share": 1000,
        "seen": "masked",
        "day": "2026-03-01",
    } | fields


def row(task_id, key, state, final, annotations, body, split="train"):
    about = {"kind": "text", "source": "board", "language": "en", "meta": {}, "exposures": len(annotations)}
    return FrozenRow(task_id, key, split, state, about | final, annotations, body)


ROWS = [
    row(
        1,
        "note-1",
        "decided",
        {"answers": {"harm": {}}, "severity": 0, "votes": 2, "method": "two_plus_one"}
        | {"soft": {"harm": {"rude": 0.0, "threat": 0.0, "threat_vivid": 0.0}}},
        [annotation(11, 1, {}, 0), annotation(12, 2, {}, 0, slot=2)],
        {"text": "The tram is late \u2014 again."},
    ),
    row(
        2,
        "=note-2",
        "decided",
        {"answers": {"harm": {"rude": 2}}, "severity": 2, "votes": 2, "method": "two_plus_one"}
        | {"soft": {"harm": {"rude": 1.0, "threat": 0.0}}},
        [annotation(13, 2, {"rude": 2}, 2, slot=2), annotation(14, 1, {"rude": 1}, 1, seen="full")],
        {"prompt": "Well?", "completion": "Find it yourself.", "context": {"use_case": "chat"}},
        split="test",
    ),
    row(
        3,
        "note-3",
        "contested",
        {"answers": None, "severity": None, "votes": 3, "method": "two_plus_one"}
        | {"soft": {"harm": {"rude": 0.3333, "threat": 0.3333, "threat_vivid": 0.0}}, "meta": {"page": 4}},
        [
            annotation(15, 1, {"rude": 1}, 1),
            annotation(16, 3, {"threat": 3}, 3, share=400, seen="partial", slot=2),
            annotation(17, 2, {}, 0, revision=2, slot=3),
        ],
        {"text": "Go away,\nor else."},
    ),
]


@pytest.mark.parametrize("writer", ROW_FILES, ids=lambda writer: writer.name)
def test_row_files_are_what_they_were(context, tmp_path, writer):
    written = writer(context, tmp_path)
    for frozen in ROWS:
        written.add(frozen)
    written.close()
    assert (tmp_path / writer.name).read_bytes() == (GOLDEN / writer.name).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [writer.name]
    assert written.rows == {"annotations.jsonl": 7, "texts.jsonl": 0}.get(writer.name, 3)


def test_figures_and_readme_are_what_they_were(context):
    figures = Figures(context)
    for frozen in ROWS:
        figures.add(frozen)
    summary = figures.summary()
    assert summary == json.loads((GOLDEN / "figures.json").read_text(encoding="utf-8"))
    splits = {name: {"share": share, "items": figures.splits[name]} for name, share in FILTERS["splits"]}
    assert readme.text(context, summary, splits) == (GOLDEN / "README.md").read_text(encoding="utf-8")


def test_a_category_that_nobody_was_asked_about_is_empty_and_never_zero(context, tmp_path):
    golden = (GOLDEN / "labels.csv").read_text(encoding="utf-8").splitlines()
    assert golden[0].startswith('"id","split","status","severity","votes","rude","threat","threat_vivid"')
    assert golden[2].split(",")[5:8] == ['"2"', '"0"', '""']
    assert golden[3].split(",")[5:8] == ['""', '""', '""']


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "\tx",
        "\rx",
        "\nx",
        "|x",
        "%x",
        "\uff1d1",
        "\uff0b1",
        " =1",
        "\u00a0=1",
        '"=1',
        "'=1",
    ],
)
def test_a_cell_that_a_spreadsheet_might_run_begins_with_an_apostrophe(cell):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "note", "1", "0.5", "a=b", "note-1", "\u4f60"])
def test_other_cells_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


def test_pseudonyms_belong_to_one_release(context):
    other = ReleaseContext(context.release, context.schema, {}, "", key=b"another")
    assert context.pseudonym(1) == context.pseudonym(1) != context.pseudonym(2)
    assert context.pseudonym(1) != other.pseudonym(1)
    assert "golden" not in repr(context)
