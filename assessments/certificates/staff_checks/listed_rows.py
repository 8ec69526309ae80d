"""The rows of a list as the officer sent them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.certificates.staff_checks.columns import (
    BIRTH,
    CODE,
    FULL_NAME,
    GIVEN_NAME,
    STAFF_NUMBER,
    Columns,
)
from assessments.certificates.staff_checks.models import CheckSource, StaffCheck
from lms import vietnamese
from lms.organisations.api import BadFile, read_rows

MOST_ROWS = 20_000


class ListedRow(NamedTuple):
    """``row`` is the number that a spreadsheet shows; a machine's rows count from 1."""

    row: int
    code: str = ""
    full_name: str = ""
    birth: str = ""
    staff_number: str = ""


def read_list(check: StaffCheck) -> list[ListedRow]:
    """Raises ``BadFile`` with words for the officer."""
    with check.file.open("rb") as stream:
        content: bytes = stream.read()
    if check.source == CheckSource.API:
        # Purpose, legal basis, rows: what an Idempotency-Key stands for.
        return [machine_row(number, one) for number, one in enumerate(json.loads(content)[2], start=1)]
    cells = read_rows(check.file_name, content, MOST_ROWS)
    rows = rows_of_cells(cells, check.heading_row, check.columns)
    if not rows:
        raise BadFile(_("The list has headings but no row below them."))
    if len(rows) > MOST_ROWS:
        raise BadFile(_("The list is longer than 20,000 rows. Send it in parts."))
    return rows


def rows_of_cells(cells: list[list[str]], heading: int, columns: Columns) -> list[ListedRow]:
    """Rows below the heading that hold anything at all."""
    return [
        _row(number, {field: row[place] for field, place in columns.items() if place < len(row)})
        for number, row in enumerate(cells[heading + 1 :], start=heading + 2)
        if any(row)
    ]


def machine_row(number: int, values: Mapping[str, Any]) -> ListedRow:
    return _row(number, {field: vietnamese.normal(str(text)) for field, text in values.items() if text})


def _row(number: int, values: Mapping[str, str]) -> ListedRow:
    name = f"{values.get(FULL_NAME, '')} {values.get(GIVEN_NAME, '')}".strip()
    return ListedRow(
        number,
        bare_code(values.get(CODE, "")),
        name[:150],
        values.get(BIRTH, "")[:20],
        values.get(STAFF_NUMBER, "")[:30],
    )


def bare_code(text: str) -> str:
    """The code alone where somebody pasted the whole address of a certificate."""
    if "/c/" in text:
        text = text.rsplit("/c/", 1)[1]
        text = text.split("#", 1)[0].split("?", 1)[0].strip("/")
    return text.strip()[:40]
