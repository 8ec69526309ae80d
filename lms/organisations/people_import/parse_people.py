"""Rows of text become people, or messages that say which row, what is wrong and what to do."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import vietnamese
from lms.accounts.api import Audience, normal_phone
from lms.organisations.models import Unit
from lms.organisations.people_import.columns import find_columns
from lms.organisations.people_import.find_unit import UnitFinder
from lms.organisations.people_import.read_rows import MOST_ROWS, BadFile

_OLDEST = 120
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_LETTER = re.compile(r"[^\W\d_]")
_BIRTH_YEAR = re.compile(r"\d{4}")
_AUDIENCES = {
    "cong dan": Audience.CITIZEN,
    "nguoi dan": Audience.CITIZEN,
    "can bo": Audience.CADRE,
    "can bo, dang vien": Audience.CADRE,
    "dang vien": Audience.CADRE,
    "cong chuc": Audience.CADRE,
    "vien chuc": Audience.CADRE,
    "hoc sinh": Audience.STUDENT,
    "sinh vien": Audience.STUDENT,
    "hoc sinh, sinh vien": Audience.STUDENT,
    "nguoi lao dong": Audience.WORKER,
    "cong nhan": Audience.WORKER,
    "nong dan": Audience.WORKER,
}


class Message(NamedTuple):
    row: int
    level: str
    message: str


class NewPerson(NamedTuple):
    """One good row; ``row`` is its number in the file as a spreadsheet shows it."""

    row: int
    full_name: str
    birth_year: int | None
    birth_date: dt.date | None
    phone: str | None
    email: str
    audience: str
    unit: Unit
    staff_number: str

    @property
    def key(self) -> tuple[str, int | None, int]:
        """Two rows with the same key are the same person."""
        return vietnamese.folded(self.full_name), self.birth_year, self.unit.pk


class RowProblem(Exception):
    pass


def parse_people(rows: list[list[str]], finder: UnitFinder) -> tuple[list[NewPerson], list[Message]]:
    found = find_columns(rows)
    if found is None:
        raise BadFile(_("No column “Họ và tên” was found. Use the headings of the sample file."))
    heading, columns = found
    people: list[NewPerson] = []
    messages: list[Message] = []
    for number, row in enumerate(rows[heading + 1 :], start=heading + 2):
        if not any(row):
            continue
        if len(people) + len(messages) > 2 * MOST_ROWS:
            raise BadFile(_("The list is too long. Send at most 5,000 rows at a time."))
        cells = {field: row[place] if place < len(row) else "" for field, place in columns.items()}
        try:
            person, notes = _person(number, cells, finder)
        except RowProblem as problem:
            messages.append(Message(number, "error", str(problem)))
            continue
        people.append(person)
        messages += [Message(number, "warning", note) for note in notes]
    if not people and not messages:
        raise BadFile(_("The list has headings but no person."))
    return people, messages


def _person(number: int, cells: dict[str, str], finder: UnitFinder) -> tuple[NewPerson, list[str]]:
    notes: list[str] = []
    full_name = _full_name(cells.get("full_name", ""))
    birth_date = _birth_date(cells.get("birth_date", ""))
    birth_year = _birth_year(cells.get("birth_year", ""), birth_date)
    unit = _unit(cells, finder, notes)
    person = NewPerson(
        row=number,
        full_name=full_name,
        birth_year=birth_year,
        birth_date=birth_date,
        phone=_phone(cells.get("phone", ""), notes),
        email=_email(cells.get("email", ""), notes),
        audience=_audience(cells.get("audience", ""), notes),
        unit=unit,
        staff_number=cells.get("staff_number", "")[:30],
    )
    return person, notes


def _full_name(text: str) -> str:
    if not text:
        raise RowProblem(_("The full name is missing, or the cell holds a formula. Type the name as text."))
    if text[0] in "+-" or len(text) < 2 or not _LETTER.search(text) or any(c.isdigit() for c in text):
        raise RowProblem(
            _("“%(name)s” does not look like a full name. Type the name as text.") % {"name": text[:60]}
        )
    if len(text) > 150:
        raise RowProblem(_("The full name is longer than 150 letters."))
    return text


def _birth_date(text: str) -> dt.date | None:
    if not text or _BIRTH_YEAR.fullmatch(text):
        return None
    match = _DATE.fullmatch(text)
    try:
        born = dt.date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        born = None
    if born is None:
        raise RowProblem(_("The date of birth “%(text)s” is not day/month/year.") % {"text": text[:30]})
    _check_year(born.year)
    return born


def _birth_year(text: str, birth_date: dt.date | None) -> int | None:
    if not text:
        return birth_date.year if birth_date else None
    if not _BIRTH_YEAR.fullmatch(text) or not text.isascii():
        raise RowProblem(
            _("The year of birth “%(text)s” is not a year of four digits.") % {"text": text[:30]}
        )
    year = int(text)
    _check_year(year)
    if birth_date and birth_date.year != year:
        raise RowProblem(_("Year of birth and date of birth do not agree."))
    return year


def _check_year(year: int) -> None:
    this_year = timezone.localdate().year
    if not this_year - _OLDEST <= year <= this_year:
        raise RowProblem(_("The year of birth %(year)s cannot be right.") % {"year": year})


def _phone(text: str, notes: list[str]) -> str | None:
    if not text:
        return None
    # A spreadsheet that took the number for a figure has dropped the leading 0.
    phone = normal_phone(text) or normal_phone(f"0{text}")
    if phone is None:
        notes.append(
            _("The phone number “%(text)s” is not a mobile number and was left out.") % {"text": text[:30]}
        )
    return phone


def _email(text: str, notes: list[str]) -> str:
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        notes.append(_("The e-mail address “%(text)s” is not right and was left out.") % {"text": text[:60]})
        return ""
    return text.lower()


def _audience(text: str, notes: list[str]) -> str:
    if not text:
        return Audience.CITIZEN
    audience = _AUDIENCES.get(vietnamese.folded(text))
    if audience is None:
        notes.append(_("The audience “%(text)s” is not known; “Công dân” is used.") % {"text": text[:60]})
    return audience or Audience.CITIZEN


def _unit(cells: dict[str, str], finder: UnitFinder, notes: list[str]) -> Unit:
    name, commune = cells.get("unit", ""), cells.get("commune", "")
    found = finder.find(name, commune)
    words = {"name": (name or commune)[:60], "top": finder.top.full_title}
    if found.ambiguous:
        raise RowProblem(
            _("“%(name)s” can be more than one unit of %(top)s. Write the new name of the commune.") % words
        )
    if found.unit is None:
        raise RowProblem(_("No unit “%(name)s” was found in %(top)s.") % words)
    if found.former_name:
        notes.append(
            _("%(old)s is now %(new)s.") % {"old": found.former_name, "new": str(found.unit.full_title)}
        )
    return found.unit
