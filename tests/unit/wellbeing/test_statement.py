"""What a statement says, from rows alone."""

import json
from datetime import date

from tests.unit.wellbeing.statements import a_record
from wellbeing.domain.statement import LATER, statement
from wellbeing.domain.verify_statement import canonical, digest, sums


def november(**fields):
    return statement(a_record(**fields), person="Łucja", organisation="Harbour")


def test_a_line_for_each_day_with_an_entry_or_a_break():
    document = november()
    assert [(day["of"], day["views"], day["unanswered"], day["breaks"]) for day in document["days"]] == [
        ("2026-11-02", 6, 0, 2),
        ("2026-11-03", 2, 1, 0),
        ("2026-11-04", 0, 0, 1),
    ]
    first = document["days"][0]
    assert first["by_severity"]["mild"] == {"views": 2, "open_ms": 40_000, "milli_points": 584}
    assert first["by_severity"]["none"] == {"views": 4, "open_ms": 0, "milli_points": 0}
    assert document["totals"]["by_severity"]["extreme"]["milli_points"] == 3_000
    assert (document["totals"]["milli_points"], document["totals"]["break_seconds"]) == (4_751, 1_200)
    assert sums(document) == []


def test_it_says_what_it_covers():
    assert november()["so_far"] is True
    assert november()["covers"] == "so far: to 2026-11-24, up to row 12 of the record"
    assert november(is_over=True)["covers"] == "up to row 12 of the record"
    assert november()["record"] == {
        "rows": 9,
        "first": {"row": 3, "hash": "01" * 32, "written": "2026-11-02T08:00:00+00:00"},
        "last": {"row": 12, "hash": "02" * 32, "written": "2026-11-03T09:30:01+00:00"},
    }
    assert november()["meaning"][-1] == LATER


def test_the_limits_come_with_their_basis():
    policy = november()["policy"]
    assert policy["limits"]["day_points"] == 120_000
    assert policy["teams"] == [{"version": 7, "limits": {"day_points": 90_000}}]
    assert policy["basis"] == "A policy choice: no study gives a safe number."


def test_a_month_that_is_over_holds_no_clock():
    one, other = (november(is_over=True, today=date(2026, 12, day)) for day in (1, 31))
    assert canonical(one) == canonical(other)
    assert digest(one) != digest(november())


def test_the_signed_bytes_are_plain_and_without_fractions():
    text = canonical(november()).decode()
    head, body = text.split("\n")
    assert head == "respite-statement-1"
    assert body == json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Łucja" in body

    def refuse(number):
        raise AssertionError(number)

    json.loads(body, parse_float=refuse)


def test_a_lifetime_has_months():
    document = november(kind="lifetime", period="lifetime")
    assert "days" not in document
    assert len(document["months"]) == 3
    assert sums(document) == []
