"""What leaves through the API, as plain dictionaries. labeling.api.shapes describes the same for OpenAPI, and a test
compares the two."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from config.api.endpoint import moment
from labeling.domain.masking import Hidden, Run
from labeling.domain.schema import Schema, texts_of
from labeling.downloads import files_of
from labeling.models import Guideline, Import, LabelSchema, Project, Release, SchemaTranslation
from labeling.operations.outcomes import Shown, Submitted
from labeling.queries.content import DisclosedPart
from labeling.queries.project_figures import TaskCounts
from labeling.queries.workbench import LeaseCard
from wellbeing.interface import Amount, BreakStarted, Exposure, View

Document = dict[str, Any]


def claimed(card: LeaseCard) -> Document:
    """A lease and its warning card. Nothing here says what the item says."""
    return {
        "lease": {
            "id": card.lease_id,
            "project": card.project_id,
            "task": card.task_id,
            "claimed_at": moment(card.claimed_at),
            "expires_at": moment(card.expires_at),
            "opened_at": moment(card.opened_at),
            "schema": card.schema_version,
            "guideline": card.guideline_version,
        },
        "card": {
            "item": card.external_id,
            "kind": card.kind,
            "language": card.language,
            "words": card.words,
            "parts": card.parts,
            "completions": card.completions,
            "expected_severity": int(card.expected),
            "basis": card.basis,
            "categories": list(card.categories),
            "neutral_line": card.neutral_line,
        },
    }


def view(seen: View) -> Document:
    """One disclosure: how much was shown and how long it stays open."""
    return {
        "state": str(seen.state),
        "window": seen.window,
        "window_ends_at": moment(seen.window_ends_at),
        "seconds_left": seen.seconds_left,
        "disclosed_share": seen.share,
    }


def shown(outcome: Shown) -> Document:
    """What is on the screen now."""
    card, parts = outcome.card, outcome.parts
    return {
        "lease": {"id": card.lease_id, "expires_at": moment(card.expires_at)},
        "view": view(outcome.view),
        "shown": {
            "words": sum(card.part_words[: len(parts)]),
            "of_words": card.words,
            "parts_left": card.parts - len(parts),
            "words_hidden": card.words_hidden,
        },
        "parts": [_part(part) for part in parts],
        "picture": _picture(card),
    }


def extended(outcome: Shown) -> Document:
    """The view with its longer window; what is on the screen stays as it is."""
    card = outcome.card
    return {
        "lease": {"id": card.lease_id, "expires_at": moment(card.expires_at)},
        "view": view(outcome.view),
    }


def submitted(outcome: Submitted) -> Document:
    """What became of an answer."""
    return {
        "annotation": outcome.annotation_id,
        "task": outcome.task_id,
        "decision": outcome.decision,
        "is_extra": outcome.is_extra,
        "repeated": outcome.repeated,
    }


def break_started(started: BreakStarted) -> Document:
    """A break that runs; `until` is when asking for work can succeed."""
    return {
        "kind": str(started.kind),
        "started_at": moment(started.started_at),
        "ends_at": moment(started.ends_at),
        "until": moment(started.free_at or started.ends_at),
    }


def exposure(own: Exposure) -> Document:
    """One's own exposure: points in thousandths of an exposure point, open time in milliseconds."""
    return {
        "day": own.day.isoformat(),
        "turns_at": moment(own.turns_at),
        "points": _amount(own.points),
        "open_ms": _amount(own.open_ms),
        "week_points": _amount(own.week_points),
        "month_points": _amount(own.month_points),
        "is_spent": own.is_spent,
        "spent": own.spent and str(own.spent),
        "opens_at": moment(own.opens_at),
        "in_words": own.in_words,
        "next_break": {
            "seconds": own.next_break_seconds,
            "is_due": own.due_break is not None,
            "in_words": own.break_in_words,
        },
        "resting_until": moment(own.break_ends_at),
    }


def project_row(project: Project, counts: TaskCounts) -> Document:
    """A project in a list."""
    return {
        "id": project.pk,
        "name": project.name,
        "slug": project.slug,
        "team": project.team.name,
        "status": project.status,
        "strategy": project.strategy,
        "counts": {"open": counts.open, "decided": counts.decided, "contested": counts.contested},
    }


def rules(schema: LabelSchema | None, guideline: Guideline | None) -> Document:
    """What labelers work by."""
    return {
        "schema": schema and {"version": schema.version, "document": schema.document},
        "guideline": guideline and {"version": guideline.version, "body": guideline.body},
    }


def schema_translation(row: SchemaTranslation, schema: Schema) -> Document:
    """The words of one version in one language."""
    return {
        "schema": row.schema.version,
        "language": row.language,
        "revision": row.revision,
        "is_reviewed": row.is_reviewed,
        "translated": len(row.texts),
        "of": len(texts_of(schema)),
        "texts": row.texts,
        "published_at": moment(row.published_at),
    }


def schema_translations(published: LabelSchema, schema: Schema, rows: list[SchemaTranslation]) -> Document:
    """The words of one version in every language that there is."""
    return {
        "schema": published.version,
        "language": schema.language,
        "original": texts_of(schema),
        "translations": [schema_translation(row, schema) for row in rows],
    }


def item_import(job: Import) -> Document:
    """An import: how far it is, and the lines that were not read, by number and id. Never what they say."""
    return {
        "id": job.pk,
        "project": job.project_id,
        "state": job.state,
        "format": job.format,
        "dry_run": job.dry_run,
        "lines": job.lines,
        "created_items": job.created_items,
        "known_items": job.known_items,
        "failed_lines": job.failed_lines,
        "errors": job.errors,
        "created_at": moment(job.created_at),
        "finished_at": moment(job.finished_at),
    }


def release_row(release: Release) -> Document:
    """A release in a list."""
    return {
        "id": release.pk,
        "project": release.project_id,
        "number": release.number,
        "state": release.state,
        "seed": release.seed,
        "created_at": moment(release.created_at),
        "ready_at": moment(release.ready_at),
    }


def release(row: Release, address: Callable[[str], str]) -> Document:
    """A release with its manifest and the address of each file."""
    files = [{**file, "url": address(file["name"])} for file in files_of(row)]
    return {**release_row(row), "manifest": row.manifest, "files": files}


def _amount(amount: Amount) -> Document:
    return {"used": amount.used, "limit": amount.limit}


def _picture(card: LeaseCard) -> Document | None:
    if not card.is_image:
        return None
    names = sorted(card.picture.names)
    return {
        "step": card.picture.step.name.lower(),
        "tiles": sorted(card.picture.tiles),
        "in_colour": card.picture.in_colour,
        "files": [reverse("api:picture", args=[card.lease_id, name]) for name in names],
    }


def _part(part: DisclosedPart) -> Document:
    return {
        "number": part.number,
        "segments": [
            {
                "label": segment.label,
                "is_context": segment.is_context,
                "continued": segment.continued,
                "block": segment.block,
                "offset": segment.offset,
                "runs": [_run(run) for run in segment.runs],
            }
            for segment in part.segments
        ],
    }


def _run(run: Run) -> Document:
    return {"hidden": run.category} if isinstance(run, Hidden) else {"text": run.text}
