"""What the dashboards say once a run of the estimates is in force."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from assessments.items.api import Skill
from assessments.proficiency.comparison import compared, natural
from assessments.proficiency.models import Aggregate, EstimateRun, GroupChange, GroupEstimate, Milestone
from assessments.proficiency.shares import Estimate
from assessments.proficiency.tile_map import places
from assessments.sittings.api import Calibration
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, Unit, load_units

Viewer = Callable[[str, str], Person]
Said = Callable[..., GroupEstimate]
EXPLAIN = "giai-thich/"


@pytest.fixture
def run(db: None, skill: Skill) -> EstimateRun:
    Calibration.objects.create(
        skill=skill,
        number=3,
        model="2pl",
        state="in_force",
        in_force_from=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    )
    at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    return EstimateRun.objects.create(number=7, state="in_force", seed=1, started_at=at, finished_at=at)


@pytest.fixture
def said(run: EstimateRun, skill: Skill, units: dict[str, Unit]) -> Said:
    """An estimate, and as many measured people in the roll-ups of this unit."""

    def make(
        slug: str, share: float, low: float, high: float, people: int = 60, **fields: Any
    ) -> GroupEstimate:
        counted = fields.pop("counted", people)
        key: dict[str, Any] = {
            "unit": units[slug],
            "skill": skill,
            "audience": "citizen",
            "milestone": Milestone.MEASURED,
        }
        Aggregate.objects.update_or_create(**key, defaults={"people": counted})
        usual = {"run": run, "band": "proficient", "label": "participants", "standing": "published"}
        numbers = {"share": share, "low": low, "high": high, "people": people}
        return GroupEstimate.objects.create(unit=units[slug], skill=skill, **{**usual, **numbers, **fields})

    return make


@pytest.fixture
def committee(client: Client, viewer: Viewer) -> Client:
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    return client


def page(client: Client, slug: str, rest: str = "") -> str:
    """What is read: no drawings, one space between words."""
    response = client.get(f"/so-lieu/{slug}/{rest}")
    assert response.status_code == 200
    text = re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(text.replace("\u00a0", " ").split())


def test_a_figure_of_participants_never_speaks_of_all(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.58, 0.52, 0.64, 412, risk_per_100=12.4)
    said("tinh-thu", 0.80, 0.75, 0.85, 412, band="basic")
    text = page(committee, "tinh-thu")
    assert "Cứ 100 người ở đây làm bài đánh giá “VNeID” thì khoảng 58 người thành thạo." in text
    assert "từ 52 đến 64" in text
    assert "Trong số người đã làm bài" in text
    assert "không phải của mọi người dân" in text
    assert "khoảng 80 trong 100 người (từ 75 đến 85)" in text
    assert "Toàn dân" not in text
    assert '<span class="tag t-warn">' not in text
    assert '<p class="big">12</p>' in text


def test_a_figure_of_the_population_says_so(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.41, 0.35, 0.47, 300, label="population")
    text = page(committee, "tinh-thu")
    assert "Cứ 100 người dân ở đây thì khoảng 41 người thành thạo" in text
    assert "Toàn dân" in text
    assert "không phải của mọi người dân" not in text


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ((0.5, 0.44, 0.56, 20), "còn ít người"),
        ((0.5, 0.3, 0.7, 50), "còn rộng"),
        ((0.5, 0.45, 0.55, 99), "ngẫu nhiên"),
    ],
)
def test_a_weak_figure_says_why(committee: Client, said: Said, numbers: Any, reason: str) -> None:
    said("tinh-thu", *numbers, standing="indicative")
    assert "Chỉ để tham khảo: " in page(committee, "tinh-thu")
    assert re.search(f"Chỉ để tham khảo: [^.]*{reason}", page(committee, "tinh-thu", EXPLAIN))


def test_withheld_by_the_run_or_by_the_counts_is_withheld_everywhere(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.37, 0.31, 0.43, 200)
    said("xa-mot", 0.91, 0.87, 0.93, 100, standing="suppressed")
    said("xa-hai", 0.83, 0.79, 0.86, 100, counted=5)
    for slug in ("tinh-thu", "xa-mot", "xa-hai"):
        for rest in ("", "in/", EXPLAIN, "bang.csv"):
            text = page(committee, slug, rest)
            assert not re.search(r"\b(91|83|87|79)\b( %|,|–| người)", text), (slug, rest)
    assert "Chưa công bố tỷ lệ" in page(committee, "xa-mot")
    assert "37 %" in page(committee, "tinh-thu")


def test_not_measured_is_not_nothing(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.37, 0.31, 0.43, 200)
    text = page(committee, "xa-mot")
    assert "Chưa đo không có nghĩa là chưa ai làm được." in text
    assert "0 %</b>" not in text


def test_only_the_run_in_force_is_read(committee: Client, said: Said) -> None:
    old = EstimateRun.objects.create(number=6, state="superseded", seed=1)
    broken = EstimateRun.objects.create(number=8, state="failed", seed=1)
    said("tinh-thu", 0.37, 0.31, 0.43, 200)
    said("tinh-thu", 0.99, 0.98, 1.0, 200, run=old)
    said("tinh-thu", 0.98, 0.97, 1.0, 200, run=broken)
    assert not re.search(r"(99|98) %", page(committee, "tinh-thu"))


def test_units_are_told_apart_only_where_ranges_do_not_touch(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.50, 0.45, 0.55, 200)
    said("xa-mot", 0.30, 0.25, 0.44, 100)
    said("xa-hai", 0.60, 0.54, 0.66, 100)
    text = page(committee, "tinh-thu")
    below, alike = text.index("nơi cần giúp trước"), text.index("Chưa thấy khác rõ")
    assert below < text.index("Xã Một", below) < alike < text.index("Xã Hai", alike)
    assert "Cao hơn rõ rệt so với số chung" not in text


def test_a_change_is_said_only_beyond_error(
    committee: Client, said: Said, run: EstimateRun, skill: Skill
) -> None:
    estimate = said("tinh-thu", 0.58, 0.52, 0.64, 412)
    change = GroupChange.objects.create(
        run=run, unit=estimate.unit, skill=skill, band="proficient", since=dt.date(2026, 6, 1), share_before=0.41,
        share_after=0.58, low=0.09, high=0.25, people=200, shown=True,
    )  # fmt: skip
    text = page(committee, "tinh-thu")
    assert "Ngày 01/06/2026 là 41 %, nay là 58 %." in text
    assert "thêm từ 9 đến 25 người trong 100 người" in text
    GroupChange.objects.filter(pk=change.pk).update(shown=False)
    text = page(committee, "tinh-thu")
    assert "chưa chắc là có thay đổi" in text
    assert "41 %" not in text


def test_every_figure_explains_itself(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.58, 0.52, 0.64, 1412, coverage=0.04, supervised_share=0.1, risk_per_100=12.0)
    for href in re.findall(r'href="(/so-lieu/[^"]*giai-thich[^"]*)"', page(committee, "tinh-thu")):
        assert committee.get(href.replace("&amp;", "&")).status_code == 200
    text = page(committee, "tinh-thu", EXPLAIN)
    for word in ("1.412", "52–64 %", "lần số 7, xong ngày 20/11/2026", "bảng số 3, dùng từ ngày 01/10/2026"):
        assert word in text
    for word in ("phân biệt rõ", "4 %", "10 %", "có người coi", "chọn một nhóm người ngẫu nhiên"):
        assert word in text


def test_the_workbook_carries_its_explanation(committee: Client, said: Said) -> None:
    said("tinh-thu", 0.58, 0.52, 0.64, 412, risk_per_100=12.0)
    book = CalamineWorkbook.from_filelike(io.BytesIO(committee.get("/so-lieu/tinh-thu/bang.xlsx").content))
    rows = book.get_sheet_by_name("Số liệu").to_python()
    assert rows[4][5:] == [58, 52, 64, "không", 412, "Trong số người đã làm bài", 12]
    told = {str(row[0]): row[1] for row in book.get_sheet_by_name("Giải thích").to_python()}
    assert told["Lần tính"] == "lần số 7, xong ngày 20/11/2026"


def test_six_queries_whatever_the_volume(
    committee: Client, said: Said, units: dict[str, Unit], run: Any
) -> None:
    said("tinh-thu", 0.58, 0.52, 0.64, 412)
    page(committee, "tinh-thu")  # what a process reads once
    asked = []
    for size in (2, 60):
        for n in range(size):
            units["tinh-thu"] = Unit.objects.get(pk=units["tinh-thu"].pk)
            slug = f"xa-{size}-{n}"
            units[slug] = units["tinh-thu"].add_child(kind="commune", name=f"Xã {n}", slug=slug)
            said(slug, 0.5, 0.45, 0.55, 50)
        for rest in ("", EXPLAIN, "in/", "bang.csv", "bang.xlsx"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert committee.get(f"/so-lieu/tinh-thu/{rest}").status_code == 200
            asked.append(len(queries))
    assert max(asked) <= 6, asked


def test_every_commune_of_the_province_has_a_place_of_its_own(db: None) -> None:
    slugs = {slug for slug, unit in load_units().items() if unit.kind in ("commune", "ward", "special_zone")}
    assert slugs == set(places())
    assert len(set(places().values())) == len(slugs) == 124


class Row:
    def __init__(self, name: str, share: Estimate | None):
        self.sorted_by = name
        self.share = share


_PARTS = st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans())


@given(st.lists(_PARTS | st.none(), max_size=12), _PARTS)
def test_comparing_keeps_every_unit_once_and_ranks_none(parts: list[Any], whole: Any) -> None:
    def share(one: Any) -> Estimate:
        low, high = sorted(one[:2])
        return Estimate((low + high) / 2, low, high, 50, False, one[2], None, 0.0, None)

    rows = [Row(f"thôn {n}", None if one is None else share(one)) for n, one in enumerate(parts)]
    groups = compared(rows, share(whole))
    assert sorted(row.sorted_by for _title, found in groups for row in found) == sorted(
        row.sorted_by for row in rows
    )
    for title, found in groups:
        assert found == sorted(found, key=lambda row: natural(row.sorted_by))
        for row in found:
            touches = row.share is not None and not (
                row.share.high < share(whole).low or row.share.low > share(whole).high
            )
            assert not (touches and "rõ rệt" in title)
