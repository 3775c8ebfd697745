"""A signed statement as a PDF: the numbers of its JSON, on calm pages, with the digest by which the two are compared.

The same statement gives the same bytes: nothing in it is of the moment at which it was drawn.
"""

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

from wellbeing.domain.month import Month
from wellbeing.domain.verify_statement import LINES, SEVERITIES, digest
from wellbeing.operations.statements import SignedStatement

FONT = "DejaVuSans"
FONT_FILE = ("static", "vendor", "dejavu", "DejaVuSans.ttf")
INK, SOFT, LINE = "#22302f", "#566664", "#ded9ce"
LINE_HEADS = {"month": "Day", "lifetime": "Month"}
# What the file says under "meaning", for the units that are printed here.
READING = (
    (
        "This is a record of how much and how severe the content was that this person was shown at work. It never says what "
        "it was. It is no diagnosis and no measure of harm."
    ),
    (
        "One point (an exposure point, EP) is one minute of moderate text, fully shown. A mild minute counts half, a severe "
        "one twice and an extreme one four times as much; a picture counts one and a half times as much as a text. What was "
        "harmless counts nothing. Every opening counts a quarter of a minute more than it was open."
    ),
    (
        "The severity is the one that the person answered, or a higher one that others found later. An officer can put a "
        "disputed entry right, up or down. What is not answered yet counts as it was expected to be."
    ),
    (
        "Minutes open: how long something was open that was not harmless, by the server's clock. A day begins and ends at "
        "04:00 in the time zone given here."
    ),
    "Every break is paid time, whether it was due, wished for or a stop.",
)


def statement_pdf(signed: SignedStatement) -> bytes:
    """The PDF of a statement, A4, with the person's own name in the letters of most alphabets."""
    # Late: a web process that is never asked for a statement never loads it.
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer

    _register_font()
    statement = signed.statement
    file = io.BytesIO()
    page = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=16 * mm,
        title=f"Statement of exposure, {_period(statement)}",
        author=statement["organisation"] or "Respite",
        lang="en",
        invariant=1,
    )
    head, text, small = _style(17, 24), _style(9.5, 14), _style(8, 11, SOFT)
    section = _style(11.5, 20)
    story: list[Any] = [
        Paragraph(f"Statement of exposure, {_period(statement)}", head),
        Paragraph(escape(_who(statement)), text),
        Paragraph(escape(f"Covers {statement['covers']}. Time zone: {statement['time_zone']}."), text),
        Spacer(1, 5 * mm),
        Paragraph("All of it", section),
        _table(_severity_rows(statement["totals"]), [40, 22, 34, 28]),
        Spacer(1, 2 * mm),
        Paragraph(_rest_in_words(statement["totals"]), text),
        Spacer(1, 4 * mm),
        Paragraph("How to read it", section),
        *(Paragraph(escape(line), text) for line in READING),
        Spacer(1, 4 * mm),
        Paragraph("Limits", section),
        Paragraph(escape(_limits_in_words(statement["policy"])), text),
        PageBreak(),
        Paragraph(f"{LINE_HEADS[statement['kind']]} by {LINE_HEADS[statement['kind']].lower()}", section),
        _table(_line_rows(statement), [22, 13, 13, 18, 15, 16, 16, 16, 20, 14, 11]),
        Spacer(1, 3 * mm),
        Paragraph(
            "The first five numbers of a line count what was opened, by severity; then minutes open, points, the part "
            "of the points that was extreme, breaks, and paid minutes of breaks.",
            small,
        ),
        Spacer(1, 4 * mm),
        KeepTogether(
            [
                Paragraph("How to check it", section),
                *(Paragraph(escape(line), small) for line in _checking(signed)),
            ]
        ),
    ]
    page.build(story)
    return file.getvalue()


@lru_cache(maxsize=1)
def _register_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(FONT, str(settings.BASE_DIR.joinpath(*FONT_FILE))))


def _style(size: float, leading: float, colour: str = INK) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"{size}", fontName=FONT, fontSize=size, leading=leading, textColor=colour, spaceAfter=2
    )


def _table(rows: list[list[str]], widths: list[int]) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Table, TableStyle

    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), FONT, 8, 10),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("TEXTCOLOR", (0, 0), (-1, 0), SOFT),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, SOFT),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    return Table(rows, colWidths=[width * mm for width in widths], style=style, repeatRows=1, hAlign="LEFT")


def _severity_rows(totals: Mapping[str, Any]) -> list[list[str]]:
    rows = [["Severity", "Opened", "Minutes open", "Points"]]
    for name in SEVERITIES:
        held = totals["by_severity"][name]
        rows.append([name, str(held["views"]), _minutes(held["open_ms"]), _points(held["milli_points"])])
    rows.append(["all", str(totals["views"]), _minutes(totals["open_ms"]), _points(totals["milli_points"])])
    return rows


def _line_rows(statement: Mapping[str, Any]) -> list[list[str]]:
    head = LINE_HEADS[statement["kind"]]
    rows = [[head, *SEVERITIES, "Minutes", "Points", "of it extreme", "Breaks", "Paid"]]
    lines = [*statement[LINES[statement["kind"]]], {"of": "all", **statement["totals"]}]
    rows += [
        [
            line["of"],
            *(str(line["by_severity"][name]["views"]) for name in SEVERITIES),
            _minutes(line["open_ms"]),
            _points(line["milli_points"]),
            _points(line["by_severity"]["extreme"]["milli_points"]),
            str(line["breaks"]),
            str(line["break_seconds"] // 60),
        ]
        for line in lines
    ]
    return rows


def _period(statement: Mapping[str, Any]) -> str:
    if statement["kind"] == "lifetime":
        return "all months of the record"
    month = Month.named(statement["period"]).in_words
    return f"{month}, so far" if statement["so_far"] else month


def _who(statement: Mapping[str, Any]) -> str:
    organisation = statement["organisation"]
    name = _printable(statement["person"])
    return f"{name}, {_printable(organisation)}" if organisation else name


def _printable(name: str) -> str:
    """The name, if the font has its letters; else where it stands whole."""
    from reportlab.pdfbase import pdfmetrics

    letters = pdfmetrics.getFont(FONT).face.charToGlyph
    return (
        name if all(ord(letter) in letters for letter in name) else "(the name as it stands in the JSON file)"
    )


def _rest_in_words(totals: Mapping[str, Any]) -> str:
    unanswered = totals["unanswered"]
    text = f"{totals['breaks']} breaks, {totals['break_seconds'] // 60} paid minutes in all."
    return f"{text} {unanswered} of what was opened is not answered yet." if unanswered else text


def _limits_in_words(policy: Mapping[str, Any]) -> str:
    limits = policy["limits"]
    teams = (
        " Stricter limits of a team held in this period; the JSON file lists them." if policy["teams"] else ""
    )
    points = {name: f"{limits[name] / 1000:,g}" for name in limits if name.endswith("points")}
    minutes = {name: _minutes(limits[name]) for name in limits if name.endswith("ms")}
    return (
        f"The organisation's limits (version {policy['version']}): {points['day_points']} points and "
        f"{minutes['day_open_ms']} minutes a day, at most {points['day_extreme_points']} of the points extreme; "
        f"{points['week_points']} points in seven days, {points['month_points']} in four weeks; "
        f"a break of {minutes['micro_length_ms']} minutes after {minutes['micro_after_ms']}, "
        f"one of {minutes['long_length_ms']} after {minutes['long_after_ms']}.{teams} {policy['basis']}"
    )


def _checking(signed: SignedStatement) -> list[str]:
    record = signed.statement["record"]
    return [
        signed.statement["meaning"][-1],
        f"First row {record['first']['row']}, written {record['first']['written']}, {record['first']['hash']}",
        f"Last row {record['last']['row']}, written {record['last']['written']}, {record['last']['hash']}",
        (
            "The JSON file of this statement holds these numbers and a signature. The program verify_statement.py, from the "
            "page /statement-key/ of the organisation, checks it without a network: python3 verify_statement.py "
            "statement.json KEY. It prints the digest below; if it prints another, this paper is of another statement."
        ),
        f"Digest (SHA-256) {digest(signed.statement)}",
        f"Public key (Ed25519) {signed.public_key}",
    ]


def _points(milli: int) -> str:
    return f"{milli / 1000:,.1f}"


def _minutes(milliseconds: int) -> str:
    return f"{round(milliseconds / 60_000):,}"
