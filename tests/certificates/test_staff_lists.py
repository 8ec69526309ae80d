"""A list of 10,000 rows is answered as the oracle answers it, row for row; a killed worker changes nothing."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import uuid
from collections import Counter

import xlsxwriter
from django.utils import timezone

from assessments.certificates.models import Achievement, Certificate
from assessments.certificates.staff_checks.keep_list import Sender, keep_list, start_check
from assessments.certificates.staff_checks.models import StaffCheck, StaffCheckRow
from assessments.certificates.staff_checks.notes import note
from assessments.certificates.staff_checks.run_check import run_check
from assessments.sittings.api import Sitting
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit
from tests.certificates.conftest import MakeSitting
from tests.certificates.staff_list_oracle import (
    OTHER_PLACE,
    TODAY,
    WAYS,
    Human,
    Paper,
    World,
    answers,
    make_world,
)

AS_OF = dt.datetime.combine(TODAY, dt.time(10, 5), tzinfo=timezone.get_default_timezone())


def fill(world: World, units: dict[str, Unit], sitting: Sitting, achievement: Achievement) -> None:
    """Half of the own people one level below the officer's unit."""
    own, other = units["xa-di-linh"], units["xa-bao-thuan"]
    below = own.add_child(name="Tổ một", slug="to-mot", kind="hamlet")
    people = [_person(human) for human in world.people]
    Person.objects.bulk_create(people)
    places = [(below if human.key % 2 else own) if human.own else other for human in world.people]
    Membership.objects.bulk_create(
        Membership(person=person, unit=place, staff_number=human.number)
        for person, place, human in zip(people, places, world.people, strict=True)
    )
    papers: dict[str, Certificate] = {}
    for number, paper in enumerate(world.papers):
        papers[paper.code] = _certificate(paper, number, people[paper.holder], sitting, achievement)
    Certificate.objects.bulk_create(papers.values())
    newer = []
    for paper in world.papers:
        if paper.newer:
            papers[paper.newer].replaces = papers[paper.code]
            newer.append(papers[paper.newer])
    Certificate.objects.bulk_update(newer, ["replaces"])


def _person(human: Human) -> Person:
    person = Person(
        username=f"nguoi-{human.key}",
        full_name=human.name,
        birth_date=human.born if human.knows == "date" else None,
        birth_year=None if human.knows == "nothing" else human.born.year,
    )
    person.set_name_keys()
    return person


def _certificate(
    paper: Paper, number: int, person: Person, sitting: Sitting, achievement: Achievement
) -> Certificate:
    return Certificate(
        code=paper.code,
        number=f"2026-{number:06d}",
        achievement=achievement,
        person=person,
        sitting=sitting,
        origin="correction",
        name=paper.name,
        level="Cơ bản",
        snapshot={"title": "Định danh điện tử VNeID"},
        issued_on=TODAY - dt.timedelta(400),
        valid_until=paper.last,
        revoked_at=AS_OF if paper.state == "revoked" else None,
        state="stored",
    )


def workbook(world: World) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["DANH SÁCH CÁN BỘ"])
        sheet.write_row(2, 0, ["TT", "Họ và tên", "Ngày sinh", "Mã cán bộ", "Mã chứng nhận", "Ghi chú"])
        codes = [paper.code for paper in world.papers]
        for number, row in enumerate(world.rows):
            place = number + 3
            sheet.write_string(place, 1, row.shown)
            if row.born and row.born[1] and number % 3 == 0:
                sheet.write_datetime(place, 2, dt.datetime.combine(row.born[1], dt.time()), day)
            else:
                sheet.write_string(place, 2, row.birth)
            sheet.write_string(place, 3, row.number)
            sheet.write_string(place, 4, row.code)
            if "name" in row.formulas:
                sheet.write_formula(place, 1, '=CONCATENATE("a","b")', None, row.shown)
            if "code" in row.formulas:
                sheet.write_formula(place, 4, "=A1", None, codes[number % len(codes)])
            # So that a row of nothing but formulas and a birth date is a row.
            sheet.write_string(place, 5, "x")
    return content.getvalue()


def begun(officer: Person, unit: Unit, content: bytes, name: str = "ds.xlsx") -> StaffCheck:
    sender = Sender(officer, unit, "Rà soát bồi dưỡng", "Kế hoạch mẫu")
    check = keep_list(sender, uuid.uuid4(), name, content)
    assert start_check(check, check.columns)
    StaffCheck.objects.filter(pk=check.pk).update(as_of=AS_OF)
    check.refresh_from_db()
    return check


def holds_every_kind(world: World) -> None:
    """Each spelling and each trap of the task is in the list, and often."""
    own = {human.key for human in world.people if human.own}
    ways, kinds = Counter(row.way for row in world.rows), Counter(row.kind for row in world.rows)
    assert min(ways[way] for way in WAYS) > 300
    assert set(kinds) == {"by_code", "by_name", "by_number", "unknown_code", "formula", "nobody"}
    assert min(kinds.values()) > 500
    printed = {paper.code: paper.plain for paper in world.papers}
    cells = Counter[str]()
    for row in world.rows:
        tones = any(word in row.shown for word in OTHER_PLACE.values())
        cells.update(
            {
                "decomposed": row.shown != unicodedata.normalize("NFC", row.shown),
                "upper case": row.shown.isupper(),
                "no diacritics": bool(row.plain) and row.shown.lower() == row.plain,
                "tone elsewhere": tones,
                "other apostrophe": any(mark in row.shown for mark in "’ʼ‘"),
                "K'Ho name": row.plain.startswith(("k'", "h'")),
                "person of another unit": row.kind == "by_name" and row.about not in own,
                "wrong name": row.kind == "by_code" and row.plain not in ("", printed[row.means]),
                "formula": bool(row.formulas),
                "mistyped code": row.kind == "unknown_code" and not row.means,
                "code of nothing": row.kind == "unknown_code" and bool(row.means),
            }
        )
    assert min(cells.values()) > 100, cells
    assert sum(world.rows.count(row) > 1 for row in world.rows[:300]) > 5  # the same row twice


def answered_like_nobody(world: World, check: StaffCheck) -> None:
    """A row about somebody of another unit says word for word what a row about nobody says."""
    names = {human.plain for human in world.people if human.own}
    others = [
        place for place, row in enumerate(world.rows, 4) if row.kind == "by_name" and row.plain not in names
    ]
    nobody = [place for place, row in enumerate(world.rows, 4) if row.kind == "nobody" and row.plain]
    said = {
        row.row: (row.result, row.facts, row.title, row.code, row.valid_until, note(row))
        for row in StaffCheckRow.objects.filter(check_of=check, row__in=[*others, *nobody])
    }
    assert len(others) > 30
    assert all(said[place] == said[nobody[0]] for place in others + nobody)


def test_ten_thousand_rows_equal_the_oracle(
    officer: Person, units: dict[str, Unit], make_sitting: MakeSitting, achievement: Achievement
) -> None:
    world = make_world(seed=5)
    fill(world, units, make_sitting(), achievement)
    check = begun(officer, units["xa-di-linh"], workbook(world))
    assert check.columns == {"full_name": 1, "birth": 2, "staff_number": 3, "code": 4}
    run_check(check.pk)
    check.refresh_from_db()
    assert (check.state, check.total) == ("done", 10_000)
    expected = {
        number: (one.result, one.code, one.same_as) for number, one in enumerate(answers(world), start=4)
    }
    found = {
        row.row: (row.result, row.code, row.facts.get("same_as", 0))
        for row in StaffCheckRow.objects.filter(check_of=check)
    }
    wrong = {
        number: (world.rows[number - 4], expected[number], found.get(number))
        for number in expected
        if found.get(number) != expected[number]
    }
    assert list(wrong.items())[:5] == []
    assert len(found) == 10_000
    holds_every_kind(world)
    answered_like_nobody(world, check)
    # Every answer that can be given was given often enough to mean something.
    assert min(check.counts.values()) > 50
    assert len(check.counts) == 10
