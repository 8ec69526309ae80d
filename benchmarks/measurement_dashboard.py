"""The dashboard of the province: 124 communes, 4 audiences, 5 skills, with 2,000,000 responses in the database.

Everything is in one process on SQLite, so that processor time is the time of the page on an idle machine; the
baseline is a bare Django view of the same run. Prints one JSON line per page; bars: 100 ms, 6 queries, 100 KB.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common.http_timing import BASELINE, report

BAR_MS, BAR_QUERIES, BAR_BYTES = 100.0, 6, 100_000
RESPONSES, PER_SITTING = 2_000_000, 20
PAGE = "/so-lieu/tinh-lam-dong/?ky-nang=vid"
PAGES = [PAGE, "/so-lieu/tinh-lam-dong/in/?ky-nang=vid", "/so-lieu/tinh-lam-dong/giai-thich/?ky-nang=vid"]
ITEMS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO sittings_sittingitem (id, sitting_id, position, version_id, seed, scored, why)
    SELECT i, i / %s, i %% %s, 1, 1, 1, '{}' FROM n
"""
ANSWERS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO sittings_response (id, uuid, sitting_item_id, answer, points, max_points, correct, critical,
        evidence_class, received_at)
    SELECT i, printf('%%032x', i), i, '"a"', i %% 2, 1, i %% 2, '[]', 'A', '2026-11-01' FROM n
"""
BANDS = (("basic", 0.75), ("proficient", 0.5))


def fill() -> None:
    """A province with figures of every kind: firm, weak, withheld, apart and alike."""
    from assessments.items.models import Skill
    from assessments.proficiency.models import Aggregate, EstimateRun, GroupChange, GroupEstimate
    from lms.accounts.models import Audience
    from lms.organisations.api import load_units

    load_units()
    codes = {"vid": "VNeID", "dvc": "Dịch vụ công", "atm": "An toàn", "qrp": "Thanh toán", "mua": "Mua bán"}
    skills = [
        Skill.objects.create(code=code, name=name, short_name=name, position=place)
        for place, (code, name) in enumerate(codes.items())
    ]
    run = EstimateRun.objects.create(number=1, state="in_force", seed=1, finished_at="2026-11-20T00:00Z")
    rows = [row for skill in skills for row in _cells(run, skill, list(Audience.values))]
    models: tuple[Any, ...] = (Aggregate, GroupEstimate, GroupChange)
    for model in models:
        model.objects.bulk_create([row for row in rows if isinstance(row, model)], batch_size=400)


def _cells(run: Any, skill: Any, audiences: list[str]) -> Iterator[Any]:
    from assessments.proficiency.models import Aggregate, GroupChange, Milestone
    from lms.organisations.api import COMMUNE_LEVEL, Unit

    communes = list(Unit.objects.filter(kind__in=COMMUNE_LEVEL).order_by("path"))
    province = Unit.objects.get(depth=1)
    measured = {
        (unit.pk, audience): 4 + (unit.pk * 37 + place * 11) % 90
        for unit in communes
        for place, audience in enumerate(audiences)
    }
    for audience in audiences:
        measured[province.pk, audience] = sum(measured[unit.pk, audience] for unit in communes)
    for unit in [province, *communes]:
        for place, audience in enumerate(audiences):
            for milestone, part in zip(Milestone.values, (1.9, 1.4, 1.0, 0.5, 0.6), strict=True):
                people = round(measured[unit.pk, audience] * part)
                yield Aggregate(unit=unit, skill=skill, audience=audience, milestone=milestone, people=people)
            yield from _estimates(run, unit, skill, audience, measured[unit.pk, audience], place)
        total = sum(measured[unit.pk, audience] for audience in audiences)
        yield from _estimates(run, unit, skill, "", total, 0)
    yield GroupChange(
        run=run, unit=province, skill=skill, band="proficient", since="2026-06-01", share_before=0.41,
        share_after=0.5, low=0.03, high=0.15, people=900, shown=True,
    )  # fmt: skip


def _estimates(run: Any, unit: Any, skill: Any, audience: str, people: int, place: int) -> Iterator[Any]:
    from assessments.proficiency.models import GroupEstimate

    # The smaller the group, the wider: as a share of that many people would be.
    half = min(0.3, 0.8 / max(people, 1) ** 0.5)
    for band, middle in BANDS:
        share = min(0.95, max(0.05, middle + ((unit.pk * 29 + place * 7) % 60 - 30) / 100))
        standing = "suppressed" if people < 10 else "indicative" if people < 30 or half > 0.1 else "published"
        yield GroupEstimate(
            run=run, unit=unit, skill=skill, audience=audience, band=band, share=share, people=people,
            low=max(0.0, share - half), high=min(1.0, share + half), coverage=0.04, supervised_share=0.2,
            label="participants", standing=standing, risk_per_100=12.0,
        )  # fmt: skip


def answer(responses: int) -> None:
    """So many answers, written as plain rows: no page may look at them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute(ITEMS, [responses, PER_SITTING, PER_SITTING])
        cursor.execute(ANSWERS, [responses])
        cursor.execute("ANALYZE")


def processor_ms(client: Any, path: str, times: int = 15) -> float:
    """The least of several, as the busy neighbours of a shared processor only ever add to it."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        if client.get(path).status_code != 200:
            raise SystemExit(path)
        spent.append((time.process_time() - start) * 1000)
    return min(spent)


def main() -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from lms.accounts.models import Person

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill()
    answer(RESPONSES)
    client = Client()
    client.force_login(Person.objects.create(username="so-lieu", is_superuser=True, is_demo=True))
    missed = 0
    for page in PAGES:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            size = len(gzip.compress(client.get(page).content))
        asked = len(queries)  # the next request empties the log
        bare, spent = processor_ms(client, BASELINE, 40), processor_ms(client, page)
        # The page of all 124 units on paper is opened once a month; it is measured, not barred by time.
        quick = spent <= BAR_MS or page != PAGE
        passed = quick and asked <= BAR_QUERIES and size <= BAR_BYTES
        missed += not passed
        report(
            benchmark="dashboard", page=page, responses=RESPONSES, cpu_ms=round(spent, 1),
            bare_view_ms=round(bare, 2), over_bare=round(spent / bare, 1), queries=asked,
            gzip_bytes=size, bar_ms=BAR_MS, passed=passed,
        )  # fmt: skip
    return 1 if missed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "lms.settings.embedded", "VAR_DIR": folder}
        import django

        django.setup()
        sys.exit(main())
