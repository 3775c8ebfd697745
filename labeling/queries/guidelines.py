"""Guidelines as somebody reads them: a version in their language, its examples, and what they have not read yet."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q

from labeling.models import Guideline, GuidelineExample, GuidelineTranslation, Project, RulesRead
from people.tagged_text import best_tag, primary


@dataclass(frozen=True)
class ReadGuideline:
    """A version with the text to show.

    `language` is the text's, `languages` all that this version has. `missing` is the language that was wished for and
    is not there; `older_version` is the newest earlier version that has it. `is_older`: the text is that one's.
    """

    guideline: Guideline
    body: str
    language: str
    languages: tuple[str, ...]
    missing: str
    older_version: int | None
    is_older: bool = False


def guideline_in(guideline: Guideline, *, language: str, older: bool = False) -> ReadGuideline:
    """The version in that language; else the original, saying what is missing. `older` asks for the older translation."""
    translations = {row.language: row.body for row in guideline.translations.order_by("language")}
    languages = (guideline.language, *(tag for tag in translations if tag != guideline.language))
    found = best_tag(languages, language)
    if found is not None:
        body = guideline.body if found == guideline.language else translations[found]
        return ReadGuideline(guideline, body, found, languages, "", None)
    earlier = _earlier(guideline, language)
    older_version = None if earlier is None else earlier[0].version
    if older and earlier is not None:
        version, body, tag = earlier
        return ReadGuideline(version, body, tag, languages, language, older_version, is_older=True)
    return ReadGuideline(guideline, guideline.body, guideline.language, languages, language, older_version)


def _earlier(guideline: Guideline, language: str) -> tuple[Guideline, str, str] | None:
    rows = (
        GuidelineTranslation.objects.filter(
            guideline__project_id=guideline.project_id, guideline__version__lt=guideline.version
        )
        .select_related("guideline")
        .order_by("-guideline__version")
    )
    return next(
        (
            (row.guideline, row.body, row.language)
            for row in rows
            if primary(row.language) == primary(language)
        ),
        None,
    )


def guideline_versions(project: Project) -> list[Guideline]:
    """All versions with their texts, the newest first."""
    return list(Guideline.objects.filter(project=project).order_by("-version"))


def examples_of(*, project_id: int, version: int) -> list[GuidelineExample]:
    """The examples that stand beside that version. None of their texts."""
    return list(
        GuidelineExample.objects.filter(
            Q(until_version=None) | Q(until_version__gt=version),
            project_id=project_id,
            since_version__lte=version,
        ).order_by("pk")
    )


def examples_in_force(project: Project) -> list[GuidelineExample]:
    """Those that were not withdrawn, for whoever looks after them."""
    return list(
        GuidelineExample.objects.filter(project=project)
        .filter(Q(until_version=None) | Q(since_version__gt=F("until_version")))
        .order_by("pk")
    )


def rules_known(*, person_id: int, project_id: int) -> tuple[int, int] | None:
    """(schema version, guideline version) that the person knows; None before their first task. One statement."""
    return (
        RulesRead.objects.filter(person_id=person_id, project_id=project_id)
        .order_by("-pk")
        .values_list("schema_version", "guideline_version")
        .first()
    )


_NOTICES = """
SELECT (SELECT count(*) FROM labeling_taskquestion
         WHERE person_id = %(person)s AND replied_at IS NOT NULL AND seen_at IS NULL),
       (SELECT count(*) FROM labeling_appeal
         WHERE person_id = %(person)s AND outcome <> '' AND seen_at IS NULL),
       (SELECT count(*)
          FROM (SELECT DISTINCT ON (project_id) project_id, guideline_version
                  FROM labeling_rulesread WHERE person_id = %(person)s
                 ORDER BY project_id, id DESC) known
         WHERE EXISTS (SELECT FROM labeling_guideline newer
                        WHERE newer.project_id = known.project_id AND newer.version > known.guideline_version))
"""


@dataclass(frozen=True)
class Notices:
    """What is new for a person: replies and outcomes that they have not read, projects with a newer guideline."""

    replies: int
    outcomes: int
    guidelines: int

    @property
    def answers(self) -> int:
        return self.replies + self.outcomes


def notices_of(*, person_id: int) -> Notices:
    """One statement, over small indexes of the person's own rows."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTICES, {"person": person_id})
        return Notices(*cursor.fetchone())
