"""A file of a stranger becomes rows of plain text, or one clear refusal. Nothing is evaluated, nothing unpacks
without a limit."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from lms import vietnamese

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
# What a list of 5,000 people can need when unpacked, many times over.
_MOST_UNPACKED = 80 * 1024 * 1024
_MOST_MEMBERS = 300
# Rows above and below the list itself: titles, notes, empty lines.
_SPARE_ROWS = 200
_CHUNK = 1024 * 1024
_LONGEST_CELL = 300
_ENCODINGS = ("utf-8-sig", "cp1258")
_FORMULA_STARTS = ("=", "@")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]{0,400}?\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")


class BadFile(Exception):
    """Carries the words for the person who sent the file."""


def read_rows(name: str, content: bytes, most_rows: int = MOST_ROWS) -> list[list[str]]:
    """Rows of text, NFC, formula cells emptied."""
    if len(content) > MOST_BYTES:
        raise BadFile(_("The file is too large. Choose a file below 10 MB."))
    if not content.strip():
        raise BadFile(_("The file is empty."))
    lower = name.lower()
    if lower.endswith(".xlsx"):
        rows = _xlsx(content, most_rows)
    elif lower.endswith(".csv"):
        rows = _csv(content, most_rows)
    else:
        raise BadFile(_("Choose an XLSX or a CSV file."))
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > most_rows + _SPARE_ROWS:
        raise _too_long(most_rows)
    return rows


def _too_long(most_rows: int) -> BadFile:
    most = number_format(most_rows, force_grouping=True)
    return BadFile(_("The list is too long. Send at most %(most)s rows at a time.") % {"most": most})


def _xlsx(content: bytes, most_rows: int) -> list[list[str]]:
    try:
        has_formulas = _refuse_bombs(content, most_rows)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        if not names:
            raise BadFile(_("The file has no sheet."))
        rows = workbook.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
        if has_formulas:
            _empty_formulas(rows, content, names[0])
    except BadFile:
        raise
    except PasswordError:
        raise BadFile(
            _("The file is locked with a password. Remove the password and send it again.")
        ) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except (
        CalamineError,
        zipfile.BadZipFile,
        BaseException,
    ) as error:  # a panic of the reader is a BaseException
        raise BadFile(_("The file cannot be read as XLSX. Save it again and send it again.")) from error
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _empty_formulas(rows: list[list[Any]], content: bytes, sheet: str) -> None:
    """A formula keeps its last result in the file, where the fast reader takes it for a typed value."""
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        page = book[sheet]
        page.reset_dimensions()
        for row, cells in zip(rows, page.iter_rows(), strict=False):
            for place, cell in enumerate(cells[: len(row)]):
                if cell.data_type == "f":
                    row[place] = ""
    finally:
        book.close()


def _refuse_bombs(content: bytes, most_rows: int) -> bool:
    """Before anything is opened: size of every member as it unpacks, and the farthest cell of every sheet.

    True when a sheet holds formulas.
    """
    has_formulas = False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > _MOST_UNPACKED:
            raise BadFile(_("The file unpacks to too much data and was not opened."))
        for member in members:
            sheet = member.filename.startswith("xl/worksheets/")
            with archive.open(member) as stream:
                has_formulas |= _measure(stream, sheet, most_rows)
    return has_formulas


def _measure(stream: Any, is_sheet: bool, most_rows: int) -> bool:
    """Reading to the end also checks the size and the sum that the archive claims. True for formulas."""
    tail, has_formulas = b"", False
    while chunk := stream.read(_CHUNK):
        if not is_sheet:
            continue
        has_formulas = has_formulas or _FORMULA.search(tail + chunk) is not None
        for letters, digits in _PLACE.findall(tail + chunk):
            if int(digits) > most_rows + _SPARE_ROWS:
                raise _too_long(most_rows)
            if _column(letters) > MOST_COLUMNS:
                raise BadFile(_("The list has too many columns. Keep the columns of the sample only."))
        tail = chunk[-500:]
    return has_formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _csv(content: bytes, most_rows: int) -> list[list[str]]:
    text = _decoded(content)
    head = text[:4_000]
    delimiter = max(",;\t", key=head.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([_text(cell) for cell in row[:MOST_COLUMNS]])
            if len(rows) > most_rows + _SPARE_ROWS:
                raise _too_long(most_rows)
    except csv.Error:
        raise BadFile(_("The file cannot be read as CSV. Save it again and send it again.")) from None
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = _ENCODINGS
    for encoding in candidates:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(_("The letters of the file cannot be read. Save it as CSV UTF-8 and send it again."))


def _text(cell: Any) -> str:
    """Plain text of a cell; a date as dd/mm/yyyy, a whole number without a fraction, a formula as nothing."""
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = vietnamese.normal(str(cell))[:_LONGEST_CELL]
    return "" if text.startswith(_FORMULA_STARTS) else text
