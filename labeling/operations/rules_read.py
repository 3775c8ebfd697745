"""Which rules a person knows. Nobody else ever sees it, and nothing waits for it."""

from django.db import connection

_KEEP = """
INSERT INTO labeling_rulesread (person_id, project_id, schema_version, guideline_version, read_at)
SELECT %(person)s, %(project)s, %(schema)s, %(guideline)s, respite_now()
 WHERE NOT %(first)s
    OR NOT EXISTS (SELECT FROM labeling_rulesread WHERE person_id = %(person)s AND project_id = %(project)s)
ON CONFLICT (person_id, project_id, schema_version, guideline_version) DO NOTHING
"""


def begin_with_rules(*, person_id: int, project_id: int, schema_version: int, guideline_version: int) -> None:
    """With their first task a person begins with these versions: nothing of them is new. Later it does nothing."""
    _keep(person_id, project_id, schema_version, guideline_version, first=True)


def acknowledge_rules(
    *, person_id: int, project_id: int, schema_version: int, guideline_version: int
) -> None:
    """The person has seen what changed up to these versions. Safe to repeat."""
    _keep(person_id, project_id, schema_version, guideline_version, first=False)


def _keep(
    person_id: int, project_id: int, schema_version: int, guideline_version: int, *, first: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "person": person_id,
                "project": project_id,
                "schema": schema_version,
                "guideline": guideline_version,
                "first": first,
            },
        )
