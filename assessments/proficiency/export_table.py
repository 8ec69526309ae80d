"""The table of a dashboard as CSV and XLSX: the same numbers, the same silence about small groups."""

from __future__ import annotations

import csv
import io

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.proficiency.dashboard import SHOWN, Dashboard, audience_name
from assessments.proficiency.explanation import about_whom, facts, improvements, meaning
from assessments.proficiency.shares import Estimate, Share

Value = str | int
# A cell that begins like this is run as a formula by spreadsheets.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(board: Dashboard) -> bytes:
    """With a byte order mark, so that spreadsheets read Vietnamese right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([safe(cell) for cell in row] for row in table(board))
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_file(board: Dashboard) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Figures"))
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 12, 18)
        for place, row in enumerate(table(board)):
            sheet.write_row(place, 0, [safe(cell) for cell in row], bold if place == _HEADS else None)
        told = book.add_worksheet(_("Explanation"))
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        told.set_column(0, 0, 40, wrapped)
        told.set_column(1, 1, 90, wrapped)
        for place, line in enumerate(explanation(board)):
            told.write_row(place, 0, [safe(cell) for cell in line])
    return content.getvalue()


def explanation(board: Dashboard) -> list[tuple[str, str]]:
    """The second sheet: what the figure of the unit says, where it comes from, what each column counts."""
    return [
        *[(_("What it says"), sentence) for sentence in meaning(board)],
        *facts(board),
        *[(_("How to make it better"), sentence) for sentence in improvements(board)],
        *[(card.label, card.meaning) for card in board.cards],
        (_("not published"), _("to protect groups of fewer than 10 people")),
    ]


_HEADS = 3


def table(board: Dashboard) -> list[list[Value]]:
    """What is counted and when; heads; the unit itself; every unit below."""
    rows: list[list[Value]] = [
        [board.unit.full_title, board.skill.name, audience_name(board.audience)],
        [_("As of"), timezone.localtime().strftime("%d/%m/%Y %H:%M")],
        [_("Not published: fewer than 10 people, or a number that would give such a group away.")],
        _heads(board),
        _line(board, board.unit.full_title, [card.people for card in board.cards], board.share),
    ]
    for group in board.groups:
        rows += [_line(board, row.unit.full_title, row.people, row.share) for row in group.rows]
    return rows


def _heads(board: Dashboard) -> list[Value]:
    counted: list[Value] = [str(milestone.label) for milestone in SHOWN]
    shares: list[Value] = [
        f"{board.measure}, %",
        _("Interval from, %"),
        _("Interval to, %"),
        _("Indicative"),
    ]
    if board.run is not None:
        shares += [_("People measured"), _("About whom"), _("Critical errors per 100 people measured")]
    return [_("Unit"), *counted, *shares]


def _line(board: Dashboard, name: str, people: list[int | None], share: Share | None) -> list[Value]:
    counted: list[Value] = [_("not published") if number is None else number for number in people]
    if share is None:
        return [name, *counted, *[""] * (4 if board.run is None else 7)]
    percents: list[Value] = [round(100 * part) for part in (share.value, share.low, share.high)]
    firm = _("yes") if share.indicative else _("no")
    return [name, *counted, *percents, firm, *_estimated(share)]


def _estimated(share: Share) -> list[Value]:
    if not isinstance(share, Estimate):
        return []
    return [share.n, about_whom(share), "" if share.risk is None else round(share.risk)]


def safe(value: Value) -> Value:
    """Text that no spreadsheet runs."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
