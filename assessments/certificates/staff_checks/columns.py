"""Which column of a list holds what: guessed from Vietnamese headings and from cells, corrected by the officer."""

from __future__ import annotations

from assessments.certificates.codes import read_code
from lms.organisations.api import heading_key

CODE, FULL_NAME, GIVEN_NAME, BIRTH, STAFF_NUMBER = "code", "full_name", "given_name", "birth", "staff_number"
FIELDS = (FULL_NAME, GIVEN_NAME, BIRTH, STAFF_NUMBER, CODE)
_HEADINGS = {
    CODE: (
        "ma chung nhan", "ma giay chung nhan", "ma chung chi", "ma cn", "ma xac thuc", "ma xac minh",
        "ma kiem tra", "ma so chung nhan", "certificate code", "code",
    ),
    FULL_NAME: (
        "ho va ten", "ho ten", "ho, ten", "ho va ten can bo", "ho ten can bo", "ten can bo", "ten nhan vien",
        "ho va ten nhan vien", "ho va ten khai sinh", "ho, chu dem va ten", "ten day du", "ho va ten dem",
        "ho dem", "ho lot", "ho", "full name", "name",
    ),
    GIVEN_NAME: ("ten",),
    BIRTH: (
        "ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh", "nam sinh", "sinh ngay", "ngay thang nam",
        "ngay/thang/nam sinh", "date of birth", "birth date", "year of birth",
    ),
    STAFF_NUMBER: (
        "ma can bo", "ma nhan vien", "so hieu", "so hieu can bo", "so hieu cong chuc", "so hieu vien chuc",
        "ma so can bo", "ma so nhan vien", "ma cb", "ma nv", "ma so", "ma dinh danh can bo", "staff number",
    ),
}  # fmt: skip
_BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_ROWS_SEARCHED = 20
_CELLS_TRIED = 50

Columns = dict[str, int]


def guess_columns(rows: list[list[str]]) -> tuple[int, Columns]:
    """Index of the row with the headings (-1: none was found) and field to column."""
    heading, columns = -1, Columns()
    for index, row in enumerate(rows[:_ROWS_SEARCHED]):
        found = _named(row)
        if len(found) > len(columns):
            heading, columns = index, found
    if GIVEN_NAME in columns and FULL_NAME not in columns:
        columns[FULL_NAME] = columns.pop(GIVEN_NAME)
    if CODE not in columns:
        place = _column_of_codes(rows[heading + 1 :], set(columns.values()))
        if place is not None:
            columns[CODE] = place
    return heading, columns


def _named(row: list[str]) -> Columns:
    columns = Columns()
    for place, text in enumerate(row):
        field = _BY_HEADING.get(heading_key(text)) if text else None
        if field is not None:
            columns.setdefault(field, place)
    return columns


def _column_of_codes(rows: list[list[str]], taken: set[int]) -> int | None:
    """The first column of which at least half of the filled cells are right codes."""
    tried = rows[:_CELLS_TRIED]
    width = max((len(row) for row in tried), default=0)
    for place in range(width):
        cells = [row[place] for row in tried if place < len(row) and row[place]]
        if (
            place not in taken
            and cells
            and sum(read_code(cell) is not None for cell in cells) * 2 >= len(cells)
        ):
            return place
    return None
