"""README.md of a release: what is inside, what to know before opening it, and what it cost to make."""

from typing import Any

from labeling.exporters.context import ReleaseContext

NOTICE = (
    "**Content notice.** `items.jsonl` holds content that people judged for harm. Some of it is hateful, sexual, "
    "violent or about self-harm. Do not print it in logs, tests or messages, and do not show it to anybody who did "
    "not agree to see it. `texts.jsonl` holds what people wrote about it, which may quote it. `labels.csv` and "
    "`annotations.jsonl` hold no content."
)
_FILES = {
    "items.jsonl": "each item with its content, final label, share of votes (`soft`), split and status",
    "annotations.jsonl": "every answer on its own, under names that hold for this release alone, in random order",
    "texts.jsonl": "rationales and corrections that people wrote, under the same names; empty where none are asked for",
    "labels.csv": "the labels without content; an empty cell means not labeled, 0 means looked for and not found",
    "guideline.md": "what the labelers were told, as it stood when this was published",
    "schema.json": "the label schema: questions, categories with definitions, examples and severities",
    "verify.py": "checks every file against `manifest.json`, and that against its signature",
    "manifest.json": "versions, filters, seed, agreement, efficiency and checksums",
    "manifest.sig": "its Ed25519 signature in base64; `signing-key.pem` is the public key",
}


def text(context: ReleaseContext, figures: dict[str, Any], splits: dict[str, Any]) -> str:
    """The whole page."""
    release = context.release
    filters = release.filters
    sections = [
        f"# {release.project.name}, release {release.number}",
        NOTICE,
        _facts(context, figures),
        "## Files\n\n" + "\n".join(f"- `{name}`: {what}" for name, what in _FILES.items()),
        _splits(splits),
        _rule(filters),
        _agreement(figures["agreement"]),
        _cost(figures),
    ]
    return "\n\n".join(sections) + "\n"


def _rule(filters: dict[str, Any]) -> str:
    return (
        "## How an item was decided\n\n"
        f"Overlap: `{filters['strategy']}`. Under `two_plus_one` two people answer, and a third only if they differ. "
        "Items on which the votes stayed split are *contested*: they have shares of votes and no label. Where two "
        "people sufficed, a share of 1.0 means 2 of 2; it is not certainty."
    )


def _facts(context: ReleaseContext, figures: dict[str, Any]) -> str:
    filters, items = context.release.filters, figures["items"]
    rows = [
        ("decided items", items["decided"]),
        ("contested items", items["contested"]),
        ("annotations", figures["annotations"]),
        ("people who labeled", figures["labelers"]),
        ("schema version", filters["schema_version"]),
        ("guideline version", filters["guideline_version"] or "none"),
    ]
    return "| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)


def _splits(splits: dict[str, Any]) -> str:
    rows = "\n".join(f"| {name} | {split['share']} | {split['items']} |" for name, split in splits.items())
    return f"## Splits\n\nBy a hash of the seed and the item's id.\n\n| split | share | items |\n|---|---|---|\n{rows}"


def _agreement(agreement: dict[str, Any]) -> str:
    rows = []
    for name, figures in agreement.items():
        for figure in figures:
            if figure["value"] is None:
                value = f"undefined: {figure['why_undefined']}"
            elif figure["low"] is None:
                value = f"{figure['value']:.3f}"
            else:
                value = f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
            rows.append(f"| {name} | {figure['name']} | {value} | {figure['units']} |")
    head = "| category or question | figure | value (95 % interval) | items |\n|---|---|---|---|\n"
    note = "From the answers that every item is asked for; a third one, asked for only where two differ, is left out."
    return f"## Inter-annotator agreement\n\n{note}\n\n{head}" + "\n".join(rows)


def _cost(figures: dict[str, Any]) -> str:
    cost = figures["efficiency"]

    def shown(name: str) -> str:
        return "undefined: nothing agreed" if cost[name] is None else f"{cost[name]:g}"

    return (
        "## What it cost the people who labeled\n\n"
        f"{cost['exposures']} times somebody opened one of these items, {cost['harmful_exposures']} times a harmful "
        f"one. Harmful exposures per agreed label (HEAL): {shown('heal')}; per agreed toxic label: "
        f"{shown('heal_per_toxic_label')}; exposures per label: {shown('exposures_per_label')}.\n\n"
        "The work was done under exposure budgets and paid breaks: content was hidden until asked for, anybody could "
        "skip an item or stop without giving a reason, and decided items were not handed out again. Please carry this "
        "paragraph along when you publish work that builds on these labels."
    )
