"""Results and the overview as XLSX and CSV, without anything that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.certificates.codes import shown
from assessments.certificates.staff_checks.models import StaffCheck, StaffCheckRow
from assessments.certificates.staff_checks.notes import note
from assessments.certificates.staff_checks.results import Result
from assessments.certificates.staff_checks.staff_overview import StaffLine
from assessments.items.api import Skill

Value = str | int
Table = Iterable[Sequence[Value]]
# A cell that begins like this is run as a formula by spreadsheets.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Value) -> Value:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def csv_bytes(table: Table) -> bytes:
    """With a byte order mark, so that spreadsheets read Vietnamese right."""
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in table)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_bytes(title: str, table: Table, widths: Sequence[int]) -> bytes:
    """The first row holds the headings and stays in view."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, wrapped)
        for number, row in enumerate(table):
            sheet.write_row(number, 0, [safe(cell) for cell in row], bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


RESULT_WIDTHS = (8, 28, 14, 14, 24, 36, 14, 22, 22, 50)


def result_table(check: StaffCheck, results: Sequence[Result]) -> Iterator[Sequence[Value]]:
    yield (
        _("Row"),
        _("Full name"),
        _("Birth"),
        _("Staff number"),
        _("Result"),
        _("Skill, level"),
        _("Use until the end of"),
        _("Certificate code"),
        _("Code in the list"),
        _("Remarks"),
    )
    rows = StaffCheckRow.objects.filter(check_of=check, result__in=results).order_by("row")
    for row in rows.iterator(2_000):
        yield (
            row.row,
            row.full_name,
            row.birth,
            row.staff_number,
            str(Result(row.result).label),
            row.title,
            f"{row.valid_until:%d/%m/%Y}" if row.valid_until else "",
            shown(row.code) if row.code else "",
            row.listed_code,
            note(row),
        )


def overview_table(lines: Iterable[StaffLine], skills: Sequence[Skill]) -> Iterator[Sequence[Value]]:
    """Two columns for each skill: what is held, and until when."""
    as_of = timezone.localtime().strftime("%d/%m/%Y %H:%M")
    heads: list[Value] = [_("Full name"), _("Staff number")]
    for skill in skills:
        heads += [skill.short_name, _("%(skill)s: until") % {"skill": skill.short_name}]
    yield [*heads, _("As of %(time)s") % {"time": as_of}]
    for line in lines:
        cells: list[Value] = [str(line.person), line.staff_number]
        for cell in line.cells:
            held = f"{cell.level} – {cell.meaning.result.label}" if cell.meaning else _("none")
            cells += [held, f"{cell.valid_until:%d/%m/%Y}" if cell.valid_until else ""]
        yield cells
