"""What the project page says, in words and numbers, from what was counted. Nothing here is about one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labeling.domain import agreement
from labeling.domain.agreement import Agreement
from labeling.domain.comparison import Comparison, Given
from labeling.domain.schema import Schema, parse
from labeling.domain.severity import Severity
from labeling.models import LabelSchema, Project, Source
from labeling.queries.project_figures import (
    RATED_TASKS,
    Exposures,
    SourceFigures,
    StratumFigures,
    TaskCounts,
    exposures,
    rated_tasks,
    sources,
    strata,
)
from wellbeing import interface
from wellbeing.interface import Modality

READING_WORDS_A_MINUTE = 120
DECIDING_MS = 20_000
MINUTE_MS = 60_000
BENIGN_SHARE = 0.2
"""The share of harmless tasks that the order of work needs (exposure policy)."""
BASIS = {
    Source.Basis.NONE: "no estimate: counts as moderate",
    Source.Basis.DECLARED: "declared at import",
    Source.Basis.FIND: "raised by a severe find",
    Source.Basis.DECIDED: "90th percentile of its decided items",
}


@dataclass(frozen=True)
class Fact:
    value: str
    label: str


@dataclass(frozen=True)
class ListedProject:
    """One row of the list of projects."""

    id: int
    name: str
    team_name: str
    state: str
    open: int
    decided: int
    contested: int
    percent: int
    progress_words: str


@dataclass(frozen=True)
class ListedSource:
    name: str
    expected_severity: int | None
    basis_words: str
    tasks: int
    decided: int


@dataclass(frozen=True)
class Figure:
    """One measure in words: its value with the 95 % interval, or why there is none."""

    value: str
    interval: str
    why_undefined: str


@dataclass(frozen=True)
class AgreementRow:
    """One category or question: percent agreement and Krippendorff's alpha, with the items that they rest on."""

    category: str
    percent: Figure
    alpha: Figure
    n: int


def listed(project: Project, counts: TaskCounts) -> ListedProject:
    return ListedProject(
        id=project.pk,
        name=project.name,
        team_name=project.team.name,
        state=project.get_status_display(),
        open=counts.open,
        decided=counts.decided,
        contested=counts.contested,
        percent=counts.percent,
        progress_words=f"{counts.percent} percent of {counts.total:,} tasks need no more labels",
    )


def report(project: Project, schema: LabelSchema | None) -> dict[str, Any]:
    """The figures of the project page, as its template names them."""
    found = strata(project.pk)
    counts = TaskCounts(
        open=sum(row.counts.open for row in found),
        decided=sum(row.counts.decided for row in found),
        contested=sum(row.counts.contested for row in found),
    )
    parsed = parse(schema.document) if schema else None
    return {
        "counts": counts,
        "progress_words": f"{counts.settled:,} of {counts.total:,} tasks need no more labels",
        "facts": _facts(counts, exposures(project.pk)),
        "forecast": _forecast(found),
        "benign_notice": _benign_notice(found),
        "sources": [_source(row) for row in sources(project.pk, found)],
        "agreement": _agreement(parsed, project.strategy, rated_tasks(project.pk))
        if parsed
        else {"about": "No schema yet."},
    }


def _facts(counts: TaskCounts, seen: Exposures) -> list[Fact]:
    heal = "–" if seen.heal is None else f"{seen.heal:.2f}"
    about = "looks at harmful items for each agreed harmful label (HEAL)"
    if seen.agreed_harmful:
        about += f", from {seen.agreed_harmful:,} " + ("label" if seen.agreed_harmful == 1 else "labels")
    return [
        Fact(f"{counts.decided:,}", "decided"),
        Fact(f"{counts.contested:,}", "contested: still split at the cap"),
        Fact(f"{counts.open:,}", "open"),
        Fact(heal, about),
    ]


def _forecast(found: Sequence[StratumFigures]) -> str:
    """The exposure that the open slots will take. A third opinion, where one is needed, comes on top."""
    slots = sum(row.open_slots for row in found)
    if not slots:
        return "Nothing is waiting, so no exposure is planned."
    points = sum(_points(row) for row in found)
    days = points / interface.PLANNED_DAY_POINTS
    work = "less than half a day" if days < 0.5 else f"about {days:.1f} days"
    return (
        f"{slots:,} looks are still to come, about {round(points / 1000):,} exposure points: {work} of one person’s "
        "planned exposure. A third opinion, where two people differ, comes on top."
    )


def _points(row: StratumFigures) -> int:
    """Milli-EP of the stratum's open slots at the pace that a window starts from."""
    if not row.open_slots:
        return 0
    words = row.open_words / row.open_slots
    open_ms = round(words / READING_WORDS_A_MINUTE * MINUTE_MS) + DECIDING_MS
    return row.open_slots * interface.cost(
        severity=int(row.expected), modality=Modality.TEXT, share=1000, open_ms=open_ms
    )


def _benign_notice(found: Sequence[StratumFigures]) -> str:
    """Says when one task in five cannot be harmless, because too few of the open ones are known to be."""
    still_open = sum(row.counts.open for row in found)
    benign = sum(row.counts.open for row in found if row.expected is Severity.BENIGN)
    if not still_open or benign >= BENIGN_SHARE * still_open:
        return ""
    known = (
        "None of the open tasks is"
        if not benign
        else f"Only {benign * 100 // still_open} % of the open tasks are"
    )
    return (
        f"{known} known to be harmless, so labelers cannot get one harmless task in five here. "
        "Import harmless items, or confirm a source that declares them."
    )


def _source(row: SourceFigures) -> ListedSource:
    words = BASIS[Source.Basis(row.basis)]
    if row.confirmed_at is not None:
        words += "; its milder declarations are confirmed"
    return ListedSource(row.name, row.expected_severity, words, row.tasks, row.decided)


def _agreement(schema: Schema, strategy: str, rated: Sequence[Sequence[Given]]) -> dict[str, Any]:
    """Percent agreement and Krippendorff's alpha for each category, and for each other question that is compared."""
    compared = Comparison(schema, asked_by=strategy)
    for item in rated:
        compared.add(item)
    if not compared.items:
        return {"rows": [], "about": "Not defined yet: no item has answers of two people."}
    about = f"With 95 % intervals, from {_items(compared.items)} with answers of two people or more"
    if len(rated) == RATED_TASKS:
        about += ", the first ones in random order; a release counts all"
    about += ". A third answer that was asked for only because two differed is left out."
    rows: list[AgreementRow] = []
    for measure in compared.measures:
        units = compared.of[measure.id]
        alpha = agreement.krippendorff_alpha(units, ordinal=measure.is_ordinal)
        rows.append(
            AgreementRow(measure.name, _figure(agreement.percent(units)), _figure(alpha), alpha.units)
        )
    return {"rows": rows, "about": about}


def _items(count: int) -> str:
    return "one item" if count == 1 else f"{count:,} items"


def _figure(figure: Agreement) -> Figure:
    bounded = figure.low is not None and figure.high is not None
    return Figure(
        value="" if figure.value is None else f"{figure.value:.2f}",
        interval=f"{figure.low:.2f} to {figure.high:.2f}" if bounded else "",
        why_undefined=figure.why_undefined,
    )
