"""The baseline classifier: TF-IDF of words and letters, and one logistic regression per category.

It says what a release's labels are worth as training data, not what a filter should be built from. scikit-learn is
imported late: nothing but this command needs it.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from labeling.management.simulation.truth import Truth

FEWEST_POSITIVE = 10
"""Positive training examples below which a classifier would only remember them."""
ONE_CLASS = "the test split holds only one class"
SEED = 0
TRAINABLE = frozenset({"categories", "choice", "constraint"})
"""Kinds of question that have one right answer which a text alone may tell."""

Labels = dict[str, bool]


@dataclass(frozen=True)
class Example:
    """The text of a decided item, and for each category that was asked about whether it is there."""

    text: str
    labels: Labels
    item: str = ""


@dataclass(frozen=True)
class Result:
    """How the classifier of one category does on the test split."""

    category: str
    train_positive: int
    test_positive: int
    auroc: float | None = None
    f1: float | None = None
    threshold: float | None = None
    why_undefined: str = ""

    def document(self) -> dict[str, Any]:
        """For a JSON file."""
        return asdict(self)


def read_examples(path: Path, *, ignored: Collection[str] = ()) -> dict[str, list[Example]]:
    """Decided items of items.jsonl by split. A category that is not under `soft` was not asked about: no label.

    A choice counts as one label per option, `question.option`. `ignored` are questions to leave out (`left_out`).
    """
    examples: dict[str, list[Example]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if item["labels"] is None:
                continue
            labels: Labels = {}
            for question, shares in item["soft"].items():
                if question not in ignored:
                    labels |= _labels(question, item["labels"].get(question), shares)
            examples[item["split"]].append(Example(text_of(item), labels, str(item["id"])))
    return dict(examples)


def _labels(question: str, said: Any, shares: dict[str, float]) -> Labels:
    if isinstance(said, dict):
        return {category: category in said for category in shares}
    if isinstance(said, str):
        return {f"{question}.{option}": option == said for option in shares}
    return {}


def left_out(path: Path) -> list[str]:
    """The questions of a release's schema that no classifier is trained for; none where the file is not there."""
    if not path.is_file():
        return []
    questions = json.loads(path.read_text(encoding="utf-8"))["questions"]
    return [str(each["id"]) for each in questions if each["kind"] not in TRAINABLE]


def judged_by(
    truth: Truth, examples: dict[str, list[Example]], *, test_split: str
) -> dict[str, list[Example]]:
    """The same examples without the cells that `truth` does not label, and its own labels in the test split."""
    judged: dict[str, list[Example]] = {}
    for split, rows in examples.items():
        judged[split] = []
        for row in rows:
            cells = truth.of(row.item) or {}
            labels = {name: present for name, present in row.labels.items() if name in cells}
            if split == test_split:
                labels = {name: cells[name] > 0 for name in labels}
            judged[split].append(Example(row.text, labels, row.item))
    return judged


def label_quality(truth: Truth, examples: dict[str, list[Example]]) -> dict[str, tuple[int, float, float]]:
    """By category: labelled cells, accuracy, and balanced accuracy of the released labels against `truth`.

    Balanced accuracy is the mean of the shares found right among the present and among the absent.
    """
    right: dict[str, dict[bool, list[bool]]] = defaultdict(lambda: {True: [], False: []})
    for row in (row for rows in examples.values() for row in rows):
        for name, severity in (truth.of(row.item) or {}).items():
            if name in row.labels:
                right[name][severity > 0].append(row.labels[name] == (severity > 0))
    quality = {}
    for name, cells in right.items():
        both = cells[True] + cells[False]
        shares = [sum(part) / len(part) for part in cells.values() if part]
        quality[name] = (len(both), sum(both) / len(both), sum(shares) / len(shares))
    return quality


def text_of(item: dict[str, Any]) -> str:
    """What a classifier reads of an item of any kind."""
    if "text" in item:
        return str(item["text"])
    if "messages" in item:
        return "\n".join(message["content"] for message in item["messages"])
    completions = item.get("completions") or [item.get("completion", "")]
    return "\n".join([item.get("prompt", ""), *completions])


def train(
    examples: dict[str, list[Example]], *, train_split: str, validation_split: str, test_split: str
) -> list[Result]:
    """One result per category, in the order in which they first appear.

    Raises:
        ImportError: when scikit-learn is not installed.
    """
    fitting, testing = examples.get(train_split, []), examples.get(test_split, [])
    categories = list(
        dict.fromkeys(name for rows in examples.values() for row in rows for name in row.labels)
    )
    results = []
    for category in categories:
        rows, held_out = _asked(fitting, category), _asked(testing, category)
        positive, found = _positive(rows, category), _positive(held_out, category)
        why = _why_undefined(len(rows), positive, len(held_out), found)
        if why:
            results.append(Result(category, positive, found, why_undefined=why))
            continue
        validation = _asked(examples.get(validation_split, []), category)
        auroc, f1, threshold = _fit(category, rows, validation, held_out)
        results.append(Result(category, positive, found, auroc, f1, threshold))
    return results


def _asked(rows: list[Example], category: str) -> list[Example]:
    return [row for row in rows if category in row.labels]


def _positive(rows: list[Example], category: str) -> int:
    return sum(row.labels[category] for row in rows)


def _why_undefined(train_items: int, train_positive: int, test_items: int, test_positive: int) -> str:
    if train_positive < FEWEST_POSITIVE:
        return f"fewer than {FEWEST_POSITIVE} positive items to train on"
    if train_positive == train_items:
        return "no negative item to train on"
    if test_positive in (0, test_items):
        return ONE_CLASS
    return ""


def _fit(
    category: str, fitting: list[Example], validation: list[Example], testing: list[Example]
) -> tuple[float, float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score, roc_auc_score
    from sklearn.pipeline import make_pipeline, make_union

    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True),
        ),
        LogisticRegression(class_weight="balanced", max_iter=1000, random_state=SEED),
    )
    model.fit([row.text for row in fitting], [row.labels[category] for row in fitting])

    def scored(rows: list[Example]) -> tuple[list[bool], list[float]]:
        return [row.labels[category] for row in rows], model.predict_proba([row.text for row in rows])[
            :, 1
        ].tolist()

    threshold = _best_threshold(*scored(validation)) if validation else 0.5
    truth, scores = scored(testing)
    found = [score >= threshold for score in scores]
    return float(roc_auc_score(truth, scores)), float(f1_score(truth, found)), threshold


def _best_threshold(truth: list[bool], scores: list[float]) -> float:
    """The threshold with the best F1 on these items; 0.5 when there is nothing to find among them."""
    best, threshold = 0.0, 0.5
    positive = sum(truth)
    found = right = 0
    ranked = sorted(zip(scores, truth, strict=True), reverse=True)
    for n, (score, there) in enumerate(ranked):
        found, right = found + 1, right + there
        is_last_of_its_score = n + 1 == len(ranked) or ranked[n + 1][0] != score
        if is_last_of_its_score and positive and 2 * right / (found + positive) > best:
            best, threshold = 2 * right / (found + positive), score
    return threshold
