"""Content leaves the database in one module. Whoever else names it must not read it, and stands on this list."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READER = "labeling/queries/content.py"

# Content of items, of examples beside a guideline, of masked words.
NAMES = (
    "labeling_itemcontent",
    "ItemContent",
    "labeling_guidelineexamplecontent",
    "GuidelineExampleContent",
    "labeling_glossaryword",
    "GlossaryWord",
)

# Files that may name the table or the model, and what they do with it.
ALLOWED = {
    READER: "the two functions that read it",
    "labeling/models/item_content.py": "the model",
    "labeling/models/guideline_example.py": "the model",
    "labeling/models/glossary_term.py": "the model",
    "labeling/apps.py": "lists what may be done with the tables",
    "labeling/models/__init__.py": "exports the models",
    "labeling/operations/guidelines.py": "writes examples",
    "labeling/operations/glossary.py": "writes masked words",
    "labeling/operations/item_batches.py": "writes it",
    "labeling/operations/item_replacements.py": "writes it, and lets the database compare it with a repeated import",
    "benchmarks/stage.py": "writes invented items",
}


def sources() -> list[Path]:
    apps = ("config", "people", "wellbeing", "labeling", "launcher", "benchmarks")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return [path for path in files if "__pycache__" not in path.parts]


def names_content(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if any(name in text for name in NAMES):
        return True
    # `item.content.body`, `content__body` in a lookup, `select_related("content")`.
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "body" and _is_content(node.value))
        or (isinstance(node, ast.keyword) and (node.arg or "").startswith("content__"))
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and "content__body" in node.value)
        for node in ast.walk(ast.parse(text))
    )


def _is_content(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "content"


def test_content_is_named_only_where_it_may_be():
    found = {str(path.relative_to(ROOT)) for path in sources() if names_content(path)}

    assert found <= ALLOWED.keys(), sorted(found - ALLOWED.keys())
    assert READER in found


def test_the_importer_never_fetches_content():
    """It may compare bodies inside the database; no SELECT list or RETURNING of its statements holds one."""
    for name in ("item_batches", "item_replacements"):
        text = (ROOT / f"labeling/operations/{name}.py").read_text(encoding="utf-8")
        for statement in text.split('"""')[1::2]:
            head = statement.split("FROM")[0]
            assert "content.body" not in head, head
            assert "RETURNING" not in statement or "body" not in statement.split("RETURNING")[-1]


def test_no_template_reaches_for_content():
    for template in (ROOT / "templates").rglob("*.html"):
        assert ".content.body" not in template.read_text(encoding="utf-8"), template
