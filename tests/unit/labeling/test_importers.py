import gzip
import io
import json
import random
from pathlib import Path

import pytest

from labeling.importers import FORMATS, format_of
from labeling.importers.lines import MAX_LINE_BYTES, BadLine, UnreadableFile, open_lines
from labeling.importers.seen_ids import SeenIds

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "importers"


def read(name, data, mapping=None, ignored=()):
    return list(FORMATS[name].read(io.BytesIO(data), mapping or {}, frozenset(ignored)))


def told(lines):
    return [
        (line.line, line.problem.code) if isinstance(line, BadLine) else (line.line, line.fields)
        for line in lines
    ]


def jsonl(*lines):
    return told(read("jsonl", b"\n".join(lines)))


def csv(text, **options):
    return told(read("csv", text if isinstance(text, bytes) else text.encode(), **options))


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_golden_file(name):
    """What each format reads out of its sample, bad lines and all, is written beside it."""
    (sample,) = [path for path in GOLDEN.glob("sample.*") if path.suffix == f".{name}"]
    expected = json.loads(sample.with_suffix(sample.suffix + ".expected.json").read_text(encoding="utf-8"))
    with open_lines(sample) as stream:
        assert [list(row) for row in told(FORMATS[name].read(stream, {}, frozenset()))] == expected


def test_a_bad_json_line_never_loses_the_good_ones():
    good = b'{"id": "a"}'
    bad = {
        b"{": "broken_json",
        b"[1]": "not_object",
        b'"text"': "not_object",
        b'{"id": "a", "id": "b"}': "duplicate_key",
        b'{"id": NaN}': "not_a_number",
        b'{"id": -Infinity}': "not_a_number",
        b'{"n": ' + b"9" * 5000 + b"}": "not_a_number",
        b'{"id": "\xff"}': "not_utf8",
        b'{"id": "a\x00"}': "broken_json",
        b"[" * 100_000: "too_deep",
        b'{"a":' * 50_000: "too_deep",
        b'{"text": "' + b"x" * MAX_LINE_BYTES + b'"}': "too_long",
    }
    for line, code in bad.items():
        assert jsonl(good, line, good) == [(1, {"id": "a"}), (2, code), (3, {"id": "a"})]


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    assert jsonl(b'\xef\xbb\xbf{"id": 1}\r', b"", b"  \r", b'{"id": 2}') == [(1, {"id": 1}), (4, {"id": 2})]


def test_names_can_be_mapped_and_ignored():
    (record,) = read("jsonl", b'{"item_id": "a", "text": "x", "S": 1}', {"item_id": "id"}, ["S"])
    assert record.fields == {"id": "a", "text": "x"}


def test_utf16_is_told_apart():
    for name in FORMATS:
        with pytest.raises(UnreadableFile, match="UTF-16"):
            read(name, 'id,text\n"a","b"'.encode("utf-16"))


def test_csv_fields_groups_and_empty_cells():
    text = "id,text,severity,scores.V,meta.thread,context.use_case\na,Hello,2,0.5,t1,chat\nb,Bye,,,,\n"
    assert csv(text) == [
        (
            2,
            {
                "id": "a",
                "text": "Hello",
                "severity": 2,
                "scores": {"V": 0.5},
                "meta": {"thread": "t1"},
                "context": {"use_case": "chat"},
            },
        ),
        (3, {"id": "b", "text": "Bye"}),
    ]


@pytest.mark.parametrize(
    ("cell", "severity"), [("2", 2), ("2.0", 2), (" 0.00 ", 0), ("4.", 4), ("2.5", "2.5"), ("5.0", "5.0")]
)
def test_csv_takes_a_severity_whose_fraction_is_zero(cell, severity):
    assert csv(f"id,text,severity\na,x,{cell}\n") == [(2, {"id": "a", "text": "x", "severity": severity})]


def test_csv_keeps_line_breaks_and_quotes_inside_a_cell():
    assert csv('id,text\na,"one\ntwo ""three"""\nb,x\n') == [
        (2, {"id": "a", "text": 'one\ntwo "three"'}),
        (4, {"id": "b", "text": "x"}),
    ]


def test_csv_maps_and_ignores_foreign_columns():
    text = "item_id,text,S,H\nx1,Hello,1,\n"
    assert csv(text, mapping={"item_id": "id"}, ignored=["S", "H"]) == [(2, {"id": "x1", "text": "Hello"})]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("id,text,serverity", "unknown_column"),
        ("id,text,meta.", "unknown_column"),
        ("text", "missing_column"),
        ("id,text,text", "duplicate_column"),
        (",".join(f"meta.c{n}" for n in range(501)), "too_many_columns"),
        ('id,"text', "broken_csv"),
    ],
)
def test_a_csv_header_that_makes_no_sense_stops_the_import(header, code):
    with pytest.raises(UnreadableFile) as refused:
        csv(header + "\na,b,c\n")
    assert refused.value.problem.code == code


def test_a_mapping_of_a_column_that_is_not_there_is_refused():
    with pytest.raises(UnreadableFile, match="no column item_id"):
        csv("id,text\na,b\n", mapping={"item_id": "id"})


def test_a_bad_csv_row_never_loses_the_good_ones():
    bad = {
        b"b,c,d": "wrong_width",
        b"b": "wrong_width",
        b"b,\xff": "not_utf8",
        b'b,"x"y': "broken_csv",
        b'b,"never closed': "broken_csv",
        b"b," + b"x" * MAX_LINE_BYTES: "too_long",
    }
    for row, code in bad.items():
        lines = csv(b"id,text\na,one\n" + row + b"\nc,three\nd,four\n")
        assert lines == [
            (2, {"id": "a", "text": "one"}),
            (3, code),
            (4, {"id": "c", "text": "three"}),
            (5, {"id": "d", "text": "four"}),
        ]


def test_an_open_quote_in_a_long_csv_costs_one_row():
    rows = [f"r{n},plain text" for n in range(20_000)]
    rows[10] = 'r10,"open'
    lines = csv("id,text\n" + "\n".join(rows))
    assert [line for line, found in lines if found == "broken_csv"] == [12]
    assert len(lines) == 20_000


def test_an_empty_file_has_no_lines():
    assert csv("") == []
    assert jsonl(b"") == []


@pytest.mark.parametrize("packed", [True, False])
def test_files_may_be_packed_whatever_they_are_called(tmp_path, packed):
    data = b'{"id": "a"}\n'
    path = tmp_path / "items.jsonl"
    path.write_bytes(gzip.compress(data) if packed else data)
    with open_lines(path) as stream:
        assert told(FORMATS["jsonl"].read(stream, {}, frozenset())) == [(1, {"id": "a"})]


def test_a_damaged_package_is_told_where_it_ends(tmp_path):
    path = tmp_path / "items.jsonl.gz"
    letters = random.Random(3).choices("abcdefgh", k=200_000)
    lines = "".join(json.dumps({"id": "".join(letters[n : n + 50])}) + "\n" for n in range(0, 200_000, 50))
    path.write_bytes(gzip.compress(lines.encode())[:-5000])
    found = []
    with open_lines(path) as stream, pytest.raises(UnreadableFile, match="damaged") as refused:
        found.extend(FORMATS["jsonl"].read(stream, {}, frozenset()))
    assert refused.value.line > 1


@pytest.mark.parametrize(
    ("file_name", "name"),
    [("a.jsonl", "jsonl"), ("A.NDJSON.GZ", "jsonl"), ("b.csv.gz", "csv"), ("b.xlsx", None), ("csv", None)],
)
def test_a_format_is_known_by_the_name_of_its_file(file_name, name):
    found = format_of(file_name)
    assert (found.name if found else None) == name


def test_ids_are_remembered_within_a_batch_and_beyond_it():
    seen = SeenIds()
    assert seen.add(["a", "b", "a", "c"], [2, 3, 5, 6]) == [0, 0, 2, 0]
    assert seen.add([], []) == []
    assert seen.add(["c", "d", "d"], [7, 8, 9]) == [6, 0, 8]
    for start in range(0, 80_000, 5000):
        numbers = range(start, start + 5000)
        assert not any(seen.add([f"item-{n}" for n in numbers], [n + 100 for n in numbers]))
    again = range(0, 80_000, 97)
    assert seen.add([f"item-{n}" for n in again], [n + 100_000 for n in again]) == [n + 100 for n in again]
    assert seen.add(["a", "another", "d"], [180_100, 180_101, 180_102]) == [2, 0, 8]
