import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from labeling.management.simulation.client import Answer
from labeling.management.simulation.clock import FastClock
from labeling.management.simulation.labeler import ScriptedLabeler, Temperament, temperaments
from labeling.management.simulation.loop import Limits, Progress, run
from labeling.management.simulation.shift import Shift
from labeling.management.simulation.truth import Truth, TruthError, TruthMap, read_map, read_truth

MAP = TruthMap("item_id", {"V": "V", "S": "S"}, {"V": 2, "S": 1})


def test_truth_keeps_an_empty_cell_out(tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_text("item_id,V,S\na,1,\nb,0,1\n", encoding="utf-8")

    truth = read_truth(file, MAP)

    assert truth.of("a") == {"V": 2}
    assert truth.of("b") == {"V": 0, "S": 1}
    assert truth.of("c") is None


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("item_id,V\na,1\n", "no column S"),
        ("item_id,V,S\na,yes,0\n", ":2: column V"),
        ("item_id,V,S\na,1,0\na,1,0\n", "stands twice"),
        ("item_id,V,S\n", "no rows"),
    ],
)
def test_a_broken_truth_names_its_place(tmp_path: Path, rows: str, place: str) -> None:
    file = tmp_path / "truth.csv"
    file.write_text(rows, encoding="utf-8")

    with pytest.raises(TruthError, match=place):
        read_truth(file, MAP)


def test_a_map_without_severity_for_a_column_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"columns": {"V": "V"}, "severity": {}}), encoding="utf-8")

    with pytest.raises(TruthError, match="'V'"):
        read_map(file)


def test_a_perfect_labeler_finds_what_is_there_and_nothing_else() -> None:
    labeler = ScriptedLabeler(Temperament("one", 1.0, 200, 0, 1), ["V", "S", "H"], {"V": 2})
    easy = next(f"item-{n}" for n in range(100) if _is_easy(labeler, f"item-{n}"))

    answers = labeler.answers(easy, {"V": 2, "S": 0})

    assert set(answers) == {"V"}
    assert 1 <= answers["V"] <= 3


def test_what_the_truth_does_not_label_is_never_made_up() -> None:
    labeler = ScriptedLabeler(Temperament("one", 0.5, 200, 0, 1), ["V", "S", "H"], {})

    assert all(set(labeler.answers(f"i{n}", {"V": 0})) <= {"V"} for n in range(200))


def test_accuracy_is_as_asked() -> None:
    (character,) = temperaments(["one"], accuracy=0.9, words_per_minute=200, skip_rate=0, seed=3)
    labeler = ScriptedLabeler(character, ["V"], {})

    found = sum(bool(labeler.answers(f"item-{n}", {"V": 2})) for n in range(4000)) / 4000

    # One cell in eight is hard: 7/8 at the person's accuracy, 1/8 half-way to a coin.
    expected = 7 / 8 * character.accuracy + 1 / 8 * (0.5 + (character.accuracy - 0.5) / 2)
    assert abs(found - expected) < 0.02


def test_the_loop_moves_the_clock_to_whoever_acts_next_and_passes_each_night_once() -> None:
    moment = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    clock = FastClock(lambda: moment[0], lambda s: moment.__setitem__(0, moment[0] + timedelta(seconds=s)))
    shifts = [_Counting(timedelta(hours=7)), _Counting(timedelta(hours=5))]
    nights: list[datetime] = []

    finished = run(
        shifts,  # type: ignore[arg-type]
        clock,
        progress=lambda: Progress(10, 10 - min(10, sum(s.tally.annotations for s in shifts))),
        night=nights.append,
        tell=lambda *_: None,
        limits=Limits(days=30),
    )

    assert finished
    assert sum(shift.tally.annotations for shift in shifts) == 10
    assert [night.date().day for night in nights] == [3]
    assert all(shift.seen == sorted(shift.seen) for shift in shifts)


def test_the_loop_gives_up_when_nobody_gets_anything_done() -> None:
    moment = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    clock = FastClock(lambda: moment[0], lambda s: moment.__setitem__(0, moment[0] + timedelta(seconds=s)))
    idle = _Counting(timedelta(hours=1), works=False)

    finished = run(
        [idle],  # type: ignore[list-item]
        clock,
        progress=lambda: Progress(1, 1),
        night=lambda _: None,
        tell=lambda *_: None,
        limits=Limits(days=30),
    )

    assert not finished
    assert moment[0] - datetime(2026, 3, 2, 9, tzinfo=UTC) <= timedelta(days=3, hours=2)


def test_a_shift_asks_for_each_part_by_its_number() -> None:
    calls: list[tuple[str, dict[str, Any]]] = []

    class Server:
        def post(self, path: str, body: dict[str, Any]) -> Answer:
            calls.append((path, body))
            number = body.get("part", 1)
            shown = {"words": 40 * number, "parts_left": 3 - number}
            view = {"window": 1, "seconds_left": 180}
            return Answer(200, "", {"shown": shown, "view": view, "parts": [{}] * number})

    labeler = ScriptedLabeler(Temperament("lena", 1.0, 200, 0.0, 7), ["V"], {"V": 2})
    truth = Truth({"a": {"V": 1}})
    shift = Shift(1, "harm", Server(), labeler, truth, ZoneInfo("UTC"))  # type: ignore[arg-type]
    shift.card = {"lease": {"id": 5}, "card": {"item": "a"}}
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    for _ in range(4):
        now = shift.next_step(now)

    assert [body for path, body in calls if path.endswith("/step")] == [
        {"to": "part", "part": 2},
        {"to": "part", "part": 3},
    ]
    assert calls[-1][0] == "leases/5/annotation"


class _Counting:
    """A shift that answers once every `pause`."""

    idle_since_all_done = False

    def __init__(self, pause: timedelta, *, works: bool = True) -> None:
        self.pause, self.works = pause, works
        self.tally = type("Tally", (), {"annotations": 0})()
        self.seen: list[datetime] = []

    def next_step(self, now: datetime) -> datetime:
        self.seen.append(now)
        self.tally.annotations += self.works
        return now + self.pause


def _is_easy(labeler: ScriptedLabeler, item: str) -> bool:
    return all(labeler._accuracy(item, category, True) == 1.0 for category in ("V", "S"))
