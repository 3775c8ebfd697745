"""The categories that there are, as a tree, each with what one person chose about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from people.tagged_text import translated
from wellbeing.domain.points import NO_SELF_WEIGHT
from wellbeing.models import CategoryChoice, HarmCategory


@dataclass(frozen=True)
class ChosenCategory:
    """`depth` 0 stands at the top. `under` is the name of a category above it that the person refused, if any."""

    code: str
    name: str
    depth: int
    is_refused: bool
    is_heavier: bool
    under: str = ""


def own_categories(person_id: int, *, language: str = "") -> list[ChosenCategory]:
    """Every named category in that language, those under another one right after it. For the person's own eyes. Two statements."""
    rows = list(HarmCategory.objects.all())
    for row in rows:
        row.name = translated(row.name, row.translations, language)
    rows.sort(key=lambda row: (row.name.casefold(), row.code))
    chosen = {row.category: row for row in CategoryChoice.objects.filter(person_id=person_id)}
    names = {row.code: row.name for row in rows}
    below: dict[str, list[HarmCategory]] = {}
    for row in rows:
        above = next((code for code in row.ancestors if code in names), "")
        below.setdefault(above, []).append(row)

    def walk(above: str, depth: int, under: str) -> Iterator[ChosenCategory]:
        for row in below.get(above, []):
            choice = chosen.get(row.code)
            is_refused = choice is not None and choice.is_refused
            yield ChosenCategory(
                code=row.code,
                name=row.name,
                depth=depth,
                is_refused=is_refused,
                is_heavier=choice is not None and choice.self_weight != NO_SELF_WEIGHT,
                under=under,
            )
            yield from walk(row.code, depth + 1, under or (row.name if is_refused else ""))

    return list(walk("", 0, ""))
