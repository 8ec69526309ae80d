"""A staff list of 10,000 rows against 1,000,000 certificates on SQLite, from the upload to the signed report.

The baseline looks up one row at a time, as a page for single codes does (400 rows, scaled). Bars: 10 s end to end,
150 MB more memory than the process had before the list came. Prints one JSON line.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common.http_timing import report

BAR_SECONDS, BAR_MEGABYTES = 10.0, 150
ROWS, STAFF, CERTIFICATES, PER_PERSON = 10_000, 10_000, 1_000_000, 4
ALONE = 400
PEOPLE = """
    WITH RECURSIVE n(i) AS (SELECT %(first)s UNION ALL SELECT i + 1 FROM n WHERE i < %(last)s)
    INSERT INTO accounts_person (id, password, is_superuser, uuid, username, full_name, sort_name, folded_name, email,
        birth_year, audience, language, is_active, is_staff, is_demo, date_joined)
    SELECT i, '', 0, printf('%%032x', i), 'nguoi-' || i, 'Người ' || i, i, 'nguoi ' || i, '', 1980, 'citizen', 'vi',
        1, 0, 0, '2026-01-01' FROM n
"""
HELD = """
    WITH RECURSIVE n(i) AS (SELECT %(first)s UNION ALL SELECT i + 1 FROM n WHERE i < %(last)s)
    INSERT INTO certificates_certificate (id, code, number, achievement_id, person_id, sitting_id, origin, name, level,
        snapshot, state, issued_on, valid_until, revoke_reason, pdf{extra_names})
    SELECT i, printf('X%%015d', i), 'x-' || i, 1, i / %(each)s + 1, %(sitting)s, 'correction', 'Người ' || i, 'Cơ bản',
        '{{"title": "VNeID"}}', 'stored', '2026-01-01', '2028-01-01', '', ''{extra_values} FROM n
"""
ISSUED = """
    INSERT INTO certificates_certificateevent (certificate_id, position, kind, at, details, previous_hash, hash)
    SELECT id, 1, 'issued', '2026-01-01', '{}', '', printf('%064x', id) FROM certificates_certificate
"""
GIVEN = ["Hòa", "Hường", "Thủy", "Đức", "Nga", "Sương", "Lũy", "Xuân", "Quý", "Mẫu"]
FAMILIES = ["Nguyễn", "Trần", "Lê", "Đỗ", "Võ", "K'Brếp", "Ka", "H'Hồng", "Đặng", "Phạm"]


def fill(folder: Path) -> None:
    """Staff through the models; everybody else as plain rows."""
    from django.core.management import call_command
    from django.db import connection

    from assessments.certificates.models import Certificate

    call_command("migrate", verbosity=0)
    staff, sitting = _staff()
    last_person = CERTIFICATES // PER_PERSON
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(PEOPLE, {"first": staff[-1].pk + 1, "last": last_person})
        first = Certificate.objects.latest("pk").pk + 1
        where = {"first": first, "last": CERTIFICATES, "each": PER_PERSON, "sitting": sitting.pk}
        extra = _columns_with_defaults(cursor)
        cursor.execute(
            HELD.format(extra_names="".join(f", {name}" for name in extra), extra_values=", ''" * len(extra)),
            where,
        )
        cursor.execute(ISSUED)
        cursor.execute("ANALYZE")
    (folder / "list.xlsx").write_bytes(workbook(staff))


def _columns_with_defaults(cursor: Any) -> list[str]:
    """Text columns of later parts of the room, which are empty here."""
    cursor.execute("PRAGMA table_info(certificates_certificate)")
    listed = HELD.split("(id, code")[1].split(")")[0]
    return [
        name for _cid, name, kind, required, *_ in cursor.fetchall()
        if required and name not in {"id", "code"} and f" {name}" not in listed and "(" not in name
        and kind.lower().startswith(("text", "varchar"))
    ]  # fmt: skip


def _staff() -> tuple[list[Any], Any]:
    from assessments.certificates.codes import new_code
    from assessments.certificates.models import Achievement, Certificate
    from assessments.items.models import Skill
    from assessments.sittings.api import Blueprint, Sitting
    from lms.accounts.api import Person
    from lms.organisations.api import Membership, Role, Unit, load_units

    load_units()
    unit = Unit.objects.get(slug="xa-di-linh")
    officer = Person.objects.create(username="nhan-su", full_name="Lê Văn Sự")
    Role.objects.create(person=officer, unit=unit, kind="hr_officer")
    chance = random.Random(5)
    skill = Skill.objects.create(code="vid", name="VNeID", short_name="VNeID")
    blueprint = Blueprint.objects.create(slug="vneid", title="VNeID", purpose="scored", parts=[])
    achievement = Achievement.objects.create(
        pk=1,
        key="vid",
        title="VNeID",
        skill=skill,
        level="Cơ bản",
        criteria="-",
        issuer="-",
        blueprint=blueprint,
    )
    sitting = Sitting.objects.create(
        person=officer, blueprint=blueprint, start_uuid=uuid.uuid4(), frozen={}, purpose="scored", seed=1,
        audience="citizen",
    )  # fmt: skip
    people = []
    for number in range(STAFF):
        name = f"{chance.choice(FAMILIES)} Văn {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
        born = dt.date(1960, 1, 1) + dt.timedelta(chance.randrange(16_000))
        person = Person(username=f"can-bo-{number}", full_name=name, birth_date=born, birth_year=born.year)
        person.set_name_keys()
        people.append(person)
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(person=person, unit=unit, staff_number=f"CB{person.pk}") for person in people
    )
    Certificate.objects.bulk_create(
        Certificate(
            code=new_code(), number=f"n-{person.pk}-{number}", achievement=achievement, person=person, sitting=sitting,
            origin="correction", name=person.full_name, level="Cơ bản", snapshot={"title": "VNeID"}, state="stored",
            valid_until=dt.date(2028, 1, 1) + dt.timedelta(number),
        )
        for person in people
        for number in range(PER_PERSON)
    )  # fmt: skip
    return people, sitting


def workbook(staff: list[Any]) -> bytes:
    """Half by code, a quarter by staff number, a quarter by name and date of birth."""
    import xlsxwriter

    from assessments.certificates.models import Certificate

    held = Certificate.objects.order_by("pk").values_list("person_id", "code")
    codes = dict(held[: STAFF * PER_PERSON])
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Mã cán bộ", "Mã chứng nhận"])
        for number in range(ROWS):
            person = staff[number % STAFF]
            code = codes[person.pk] if number % 4 < 2 else ""
            staff_number = f"CB{person.pk}" if number % 4 == 2 else ""
            born = f"{person.birth_date:%d/%m/%Y}"
            sheet.write_row(number + 1, 0, [person.full_name, born, staff_number, code])
    return content.getvalue()


def measure(folder: Path) -> int:
    """In a process of its own, so that filling the database does not count as memory of the check."""
    from django.utils import timezone

    from assessments.certificates.staff_checks.judge_rows import judge_rows
    from assessments.certificates.staff_checks.keep_list import Sender, keep_list, start_check
    from assessments.certificates.staff_checks.listed_rows import ListedRow, read_list
    from assessments.certificates.staff_checks.report import signed_report
    from assessments.certificates.staff_checks.results import Result
    from assessments.certificates.staff_checks.run_check import run_check
    from assessments.certificates.staff_checks.tables import RESULT_WIDTHS, result_table, xlsx_bytes
    from lms.accounts.api import Person
    from lms.organisations.api import Unit

    officer, unit = Person.objects.get(username="nhan-su"), Unit.objects.get(slug="xa-di-linh")
    day = timezone.localdate()
    judge_rows([ListedRow(1, full_name="Không Ai")], unit, day)
    content = (folder / "list.xlsx").read_bytes()
    before, start, processor = _megabytes(), time.perf_counter(), time.process_time()
    check = keep_list(Sender(officer, unit, "Rà soát", "Kế hoạch"), uuid.uuid4(), "list.xlsx", content)
    start_check(check, check.columns)
    run_check(check.pk)
    xlsx_bytes("x", result_table(check, tuple(Result)), RESULT_WIDTHS)
    check.refresh_from_db()
    signed_report(check)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    more = _megabytes() - before
    copy = keep_list(Sender(officer, unit, "Rà soát", "Kế hoạch"), uuid.uuid4(), "list.xlsx", content)
    rows = read_list(copy)[:ALONE]
    alone = _one_at_a_time(rows, unit, day) * ROWS / ALONE
    passed = seconds <= BAR_SECONDS and more <= BAR_MEGABYTES and sum(check.counts.values()) == ROWS
    report(
        benchmark="staff_check", rows=ROWS, certificates=CERTIFICATES, seconds=round(seconds, 2),
        processor_seconds=round(processor, 2), more_megabytes=round(more), counts=check.counts,
        baseline="one row at a time, looked up only", baseline_seconds=round(alone, 2),
        over_baseline=round(seconds / alone, 2), bar_seconds=BAR_SECONDS, bar_megabytes=BAR_MEGABYTES, passed=passed,
    )  # fmt: skip
    return 0 if passed else 1


def _one_at_a_time(rows: list[Any], unit: Any, day: dt.date) -> float:
    from assessments.certificates.staff_checks.judge_rows import judge_rows

    start = time.perf_counter()
    for row in rows:
        judge_rows([row], unit, day)
    return time.perf_counter() - start


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(words: list[str]) -> int:
    if words:
        folder = Path(words[0])
        os.environ |= {"DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "VAR_DIR": str(folder)}
        import django

        django.setup()
        if words[1:] == ["fill"]:
            fill(folder)
            return 0
        return measure(folder)
    with tempfile.TemporaryDirectory() as folder_name:
        for step in ("fill", "measure"):
            done = subprocess.run([sys.executable, __file__, folder_name, step], check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
