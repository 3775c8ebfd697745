"""Each reason that an operation gives can be said in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHY_OF_REFUSE = 2  # refuse(code, until, why)


def plain_reasons(source: str) -> list[str]:
    """Every `why` that is a plain string, or a string made on the spot."""
    return [
        ast.unparse(reason)
        for node in ast.walk(ast.parse(source))
        for reason in _reasons(node)
        if isinstance(reason, ast.JoinedStr | ast.BinOp)
        or (isinstance(reason, ast.Constant) and isinstance(reason.value, str) and reason.value)
    ]


def _reasons(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.keyword) and node.arg == "why":
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuse":
        yield from node.args[WHY_OF_REFUSE : WHY_OF_REFUSE + 1]
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(getattr(target, "id", getattr(target, "attr", "")) == "why" for target in targets):
            yield node.value


@pytest.mark.parametrize("package", ["people", "wellbeing", "labeling"])
def test_no_reason_is_plain_english(package: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): plain
        for path in (ROOT / package).rglob("*.py")
        if (plain := plain_reasons(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_plain_reason_is_found() -> None:
    source = 'refuse(a, why="One")\nrefuse(a, b, f"Two {c}")\nwhy = "Three"\nrefuse(a, b, words.FOUR)\nwhy: str = ""'
    assert sorted(plain_reasons(source)) == ["'One'", "'Three'", "f'Two {c}'"]
