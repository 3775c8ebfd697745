import json

import pytest
from django.core.management import CommandError, call_command

from labeling.management.baseline import ONE_CLASS, _best_threshold, read_examples, text_of, train

WEATHER = ["sun", "rain", "wind", "cloud", "fog", "snow", "frost"]
FOOD = ["soup", "bread", "cheese", "plums", "tea", "cake", "beans"]


def item(n, *, positive, split="train", **fields):
    word = FOOD[n % 7] if positive else WEATHER[n % 7]
    other = FOOD[n % 5] if positive else WEATHER[n % 5]
    record = {
        "id": f"i{n}",
        "text": f"Today there is {word} and {other}.",
        "split": split,
        "status": "decided",
    }
    labels = {"food": 2} if positive else {}
    return record | {"labels": {"q": labels}, "soft": {"q": {"food": float(positive)}}} | fields


@pytest.fixture
def folder(tmp_path):
    def write(items):
        (tmp_path / "items.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in items), encoding="utf-8"
        )
        return tmp_path

    return write


def enough():
    splits = ["train"] * 6 + ["validation"] * 2 + ["test"] * 2
    return [item(n, positive=n % 2 == 0, split=splits[n // 2 % 10]) for n in range(120)]


def results(path):
    examples = read_examples(path / "items.jsonl")
    return train(examples, train_split="train", validation_split="validation", test_split="test")


def test_it_learns_what_can_be_learned(folder):
    (food,) = results(folder(enough()))
    assert food.auroc == pytest.approx(1)
    assert food.f1 == pytest.approx(1)
    assert (food.train_positive, food.test_positive) == (36, 12)


def test_not_asked_and_contested_are_not_negative(folder):
    items = [
        item(1, positive=True),
        item(2, positive=False, soft={"q": {}}),
        item(3, positive=True, labels=None, status="contested"),
    ]
    examples = read_examples(folder(items) / "items.jsonl")["train"]
    assert [example.labels for example in examples] == [{"food": True}, {}]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([item(n, positive=n < 9) for n in range(60)], "fewer than 10 positive items to train on"),
        ([item(n, positive=True) for n in range(60)], "no negative item to train on"),
        ([item(n, positive=n % 2 == 0) for n in range(60)], ONE_CLASS),
        (
            [
                item(
                    n,
                    positive=n % 2 == 0,
                    split="train" if n < 40 else "test",
                )
                for n in range(60)
            ][:40]
            + [item(n, positive=True, split="test") for n in range(5)],
            ONE_CLASS,
        ),
    ],
)
def test_what_cannot_be_measured_is_undefined_and_says_why(folder, items, why):
    (food,) = results(folder(items))
    assert food.why_undefined == why
    assert food.auroc is food.f1 is None


def test_the_threshold_is_the_one_with_the_best_f1():
    assert _best_threshold([True, True, False, False], [0.9, 0.3, 0.2, 0.1]) == 0.3
    assert _best_threshold([True, False, False], [0.4, 0.4, 0.1]) == 0.4
    assert _best_threshold([False, False], [0.9, 0.1]) == 0.5


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"text": "a"}, "a"),
        ({"prompt": "a", "completion": "b"}, "a\nb"),
        ({"prompt": "a", "completions": ["b", "c"]}, "a\nb\nc"),
        ({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}, "a\nb"),
    ],
)
def test_the_text_of_any_kind_of_item(record, text):
    assert text_of(record) == text


def test_the_command_prints_a_table_and_writes_json(folder, tmp_path, capsys):
    call_command("train_baseline", str(folder(enough())), "--json", str(tmp_path / "figures.json"))
    out = capsys.readouterr().out
    assert "24 test, 72 train, 24 validation" in out
    assert "food" in out
    document = json.loads((tmp_path / "figures.json").read_text())
    assert document["categories"][0]["category"] == "food"
    assert document["categories"][0]["auroc"] == pytest.approx(1)


def test_the_command_prints_why_a_category_is_undefined(folder, capsys):
    call_command("train_baseline", str(folder([item(n, positive=False) for n in range(5)])))
    assert "undefined: fewer than 10 positive items to train on" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere", "a/b"])
def test_the_command_refuses_what_is_no_release(name):
    with pytest.raises(CommandError, match="neither"):
        call_command("train_baseline", name)
