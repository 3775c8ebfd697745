"""What a person chooses for themself. It holds at once, and nobody else learns of it: no audit event, no look."""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from people.models import Team, User
from wellbeing.domain.choices import WEIGHTS
from wellbeing.domain.points import NO_SELF_WEIGHT
from wellbeing.domain.policy import Scope, check_numbers
from wellbeing.models import CategoryChoice, HarmCategory, PolicyVersion
from wellbeing.operations.lock import locked_situation

OWN_LIMITS_REASON = "own choice"
NAME = """
INSERT INTO harm_category (code, name, ancestors) VALUES (%s, %s, %s::text[])
ON CONFLICT (code) DO UPDATE
   SET name = EXCLUDED.name,
       translations = CASE WHEN harm_category.name = EXCLUDED.name THEN harm_category.translations ELSE '{}' END,
       ancestors = ARRAY(SELECT DISTINCT unnest(harm_category.ancestors || EXCLUDED.ancestors) ORDER BY 1)
 WHERE harm_category.name <> EXCLUDED.name OR NOT harm_category.ancestors @> EXCLUDED.ancestors
"""

DEFINE = """
INSERT INTO team_category (team_id, category, definition) VALUES (%s, %s, %s)
ON CONFLICT (team_id, category) DO UPDATE SET definition = EXCLUDED.definition, translations = '{}'
 WHERE team_category.definition <> EXCLUDED.definition
"""

# Only of what stands there now: another project may have named or defined it anew.
TRANSLATE_NAME = """
UPDATE harm_category SET translations = translations || jsonb_build_object(%s::text, %s::text)
 WHERE code = %s AND name = %s
"""

TRANSLATE_DEFINITION = """
UPDATE team_category SET translations = translations || jsonb_build_object(%s::text, %s::text)
 WHERE team_id = %s AND category = %s AND definition = %s
"""


class NoSuchCategory(LookupError):
    """Nobody has named a category with that code."""


def choose_category(
    *, person_id: int, category: str, refused: bool, self_weight: int = NO_SELF_WEIGHT
) -> None:
    """Opt out of a category or back in, and say how heavily it counts (1,000 or 1,500 thousandths).

    It holds for every category under this one, from this moment. Raises NoSuchCategory, NoSuchPerson, and ValueError
    for any other weight.
    """
    if self_weight not in WEIGHTS:
        raise ValueError(f"a weight is one of {WEIGHTS}, not {self_weight}")
    if not HarmCategory.objects.filter(code=category).exists():
        raise NoSuchCategory(category)
    with transaction.atomic():
        locked_situation(person_id=person_id)
        if refused or self_weight != NO_SELF_WEIGHT:
            CategoryChoice.objects.bulk_create(
                [
                    CategoryChoice(
                        person_id=person_id, category=category, is_refused=refused, self_weight=self_weight
                    )
                ],
                update_conflicts=True,
                unique_fields=["person_id", "category"],
                update_fields=["is_refused", "self_weight"],
            )
        else:
            # No row rather than an empty one: that somebody once chose something is nobody's business either.
            CategoryChoice.objects.filter(person_id=person_id, category=category).delete()


def choose_categories(*, person_id: int, choices: Mapping[str, tuple[bool, int]]) -> None:
    """choose_category for several at once, all or none: code → (refused, weight). Raises as that does."""
    with transaction.atomic():
        for category, (refused, self_weight) in sorted(choices.items()):
            choose_category(person_id=person_id, category=category, refused=refused, self_weight=self_weight)


def set_own_limits(*, person: User, numbers: Mapping[str, object]) -> PolicyVersion:
    """The person's own limits from now on: milli-EP and milliseconds by name; what is not named is not limited.

    A tighter one holds at once, a looser one from their next day on. It never loosens what team or organisation say.
    Raises PolicyError for impossible numbers, NoSuchPerson.
    """
    wanted = check_numbers(numbers)
    with transaction.atomic():
        situation = locked_situation(person_id=person.pk)
        return PolicyVersion.objects.create(
            scope=Scope.PERSON,
            person=person,
            numbers=wanted,
            valid_from=situation.now,
            by=person,
            reason=OWN_LIMITS_REASON,
        )


def name_categories(*, categories: Iterable[tuple[str, str, Iterable[str]]]) -> None:
    """Tell people's choices which categories there are: (code, name, codes above it, if any).

    What was once above a category stays above it: a schema that names it anew must not undo what somebody refused.
    """
    with connection.cursor() as cursor:
        for code, name, ancestors in sorted(
            categories
        ):  # in one order, so that two of these never block each other
            cursor.execute(NAME, [code, name, list(ancestors)])


def define_categories(*, team: Team, definitions: Mapping[str, str]) -> None:
    """What the work of that team may contain from now on: code → plain definition, never an example.

    Whoever labels there and has not agreed to one of them is asked before anything more is handed to them.
    """
    with connection.cursor() as cursor:
        for code, definition in sorted(definitions.items()):
            cursor.execute(DEFINE, [team.pk, code, definition])


def translate_categories(
    *,
    team: Team,
    language: str,
    names: Mapping[str, tuple[str, str]],
    definitions: Mapping[str, tuple[str, str]],
) -> None:
    """Names, and definitions for that team, in another language: code → (what it translates, the translation).

    It asks nobody to agree again: what the work may contain is the same.
    """
    with connection.cursor() as cursor:
        for code, (original, text) in sorted(names.items()):
            cursor.execute(TRANSLATE_NAME, [language, text, code, original])
        for code, (original, text) in sorted(definitions.items()):
            cursor.execute(TRANSLATE_DEFINITION, [language, text, team.pk, code, original])
