"""docs/architecture.md prints the tables that the tests check. `python -m tests.repository.test_architecture` renews it."""

import re
from pathlib import Path

from tests.integration.labeling import lease_states
from tests.integration.wellbeing import view_states

PAGE = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"
BLOCK = re.compile(r"(<!-- view-states -->\n).*?(<!-- /view-states -->)", re.DOTALL)


def rendered() -> str:
    """Both halves as Markdown: what is answered → what the view, and for labeling the lease, is afterwards."""
    head = f"| event | {' | '.join(view_states.STATES)} |\n|---|{'---|' * len(view_states.STATES)}"
    wellbeing = [
        f"| {event} | {' | '.join(cells[state].in_words() for state in view_states.STATES)} |"
        for event, cells in view_states.CELLS.items()
    ]
    labeling = [
        f"| {event} | {' | '.join(_lease_cell(cells[state]) for state in lease_states.STATES)} |"
        for event, cells in lease_states.CELLS.items()
    ]
    return "\n".join(
        [
            "What wellbeing answers, and the state of the view afterwards:",
            "",
            head,
            *wellbeing,
            "",
            "What labeling answers, and the state of the lease and of its view afterwards:",
            "",
            head,
            *labeling,
            "",
        ]
    )


def _lease_cell(cell: lease_states.Cell) -> str:
    return f"{cell.answer.replace('_', ' ')} → {cell.lease}, {cell.view}"


def renew() -> str:
    return BLOCK.sub(lambda block: block[1] + rendered() + block[2], PAGE.read_text(encoding="utf-8"))


def test_the_page_prints_the_tables_that_are_tested() -> None:
    assert PAGE.read_text(encoding="utf-8") == renew(), "run: python -m tests.repository.test_architecture"


if __name__ == "__main__":
    PAGE.write_text(renew(), encoding="utf-8")
