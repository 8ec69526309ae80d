"""Who sees which figures, what they say, and what they keep to themselves."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from assessments.proficiency.api import recount
from assessments.proficiency.shares import passed_share
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, Unit

Crowd = Callable[..., list[Person]]
Viewer = Callable[[str, str], Person]
ALL_SLUGS = ("tinh-thu", "xa-mot", "xa-hai", "thon-thong", "dang-bo-mot", "chi-bo-thong")


def shown(client: Client, slug: str, query: str = "") -> str:
    response = client.get(f"/so-lieu/{slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("kind", "slug", "seen"),
    [
        (RoleKind.COMMITTEE, "tinh-thu", set(ALL_SLUGS)),
        (RoleKind.COMMITTEE, "xa-mot", {"xa-mot", "thon-thong"}),
        (RoleKind.CELL_SECRETARY, "chi-bo-thong", {"chi-bo-thong"}),
        (RoleKind.ADMINISTRATOR, "tinh-thu", set(ALL_SLUGS)),
    ],
)
def test_each_role_sees_its_units_and_below(
    client: Client, viewer: Viewer, crowd: Crowd, kind: str, slug: str, seen: set[str]
) -> None:
    crowd(1, "thon-thong")
    client.force_login(viewer(kind, slug))
    for one in ALL_SLUGS:
        for ending in ("", "bang.csv", "bang.xlsx"):
            assert client.get(f"/so-lieu/{one}/{ending}").status_code == (200 if one in seen else 404)
    assert client.get("/so-lieu/")["Location"] == f"/so-lieu/{slug}/"


@pytest.mark.parametrize("kind", [RoleKind.EDITOR, RoleKind.HR_OFFICER, RoleKind.FACILITATOR])
def test_other_roles_see_nothing(client: Client, viewer: Viewer, kind: str) -> None:
    assert client.get("/so-lieu/").status_code == 302
    client.force_login(viewer(kind, "tinh-thu"))
    for address in ("/so-lieu/", "/so-lieu/tinh-thu/", "/so-lieu/tinh-thu/bang.csv"):
        assert client.get(address).status_code == 403


def test_each_number_in_words(client: Client, viewer: Viewer, crowd: Crowd) -> None:
    crowd(40, "thon-thong", passed=16)
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    page = shown(client, "xa-mot")
    assert "khoảng 40 người đạt ngay lần đầu" in page
    assert "từ 28 đến 53" in page
    assert "không phải của mọi người dân" in page
    assert "16 người" in page
    assert 'class="tile l1 weak"' in page


def test_small_groups_and_their_counterparts_are_withheld(
    client: Client, viewer: Viewer, crowd: Crowd
) -> None:
    """54 in the commune, 47 in one hamlet: showing both would show the seven of the other."""
    crowd(47, "thon-thong", passed=20)
    crowd(7, "thon-suoi", passed=3)
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    for slug in ("tinh-thu", "xa-mot", "thon-thong", "thon-suoi"):
        for page in (shown(client, slug), client.get(f"/so-lieu/{slug}/bang.csv").content.decode()):
            said = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
            assert not re.search(r"(?<![\d:/–(])(7|47) người|,(7|47),|>(7|47)<", said)
    assert "54 người" in shown(client, "xa-mot")
    assert "Chưa công bố" in shown(client, "thon-thong")


def test_nobody_passed_is_not_said_of_a_small_group(client: Client, viewer: Viewer, crowd: Crowd) -> None:
    crowd(30, "thon-thong", passed=20)
    crowd(6, "thon-suoi", passed=0)
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    text = client.get("/so-lieu/xa-mot/bang.csv").content.decode("utf-8-sig")
    assert "Thôn Suối,chưa công bố,0,chưa công bố,chưa công bố,,,," in text


def test_exports_carry_the_same_numbers_and_no_formula(client: Client, viewer: Viewer, crowd: Crowd) -> None:
    crowd(20, "thon-thong", passed=12)
    crowd(15, "thon-suoi", passed=10)
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    text = client.get("/so-lieu/xa-mot/bang.csv").content.decode("utf-8-sig")
    assert "'=Thôn Thông,20,0,20,12,60," in text
    response = client.get("/so-lieu/xa-mot/bang.xlsx")
    assert "attachment" in response["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert ["'=Thôn Thông", 20, 0, 20, 12] in [row[:5] for row in rows]


def test_the_number_of_queries_does_not_grow(
    client: Client, viewer: Viewer, crowd: Crowd, units: dict[str, Unit], django_assert_max_num_queries: Any
) -> None:
    """Four for the figures; the rest is session, person, role and navigation."""
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    crowd(3, "thon-thong")
    shown(client, "tinh-thu")
    with django_assert_max_num_queries(6) as first:
        shown(client, "tinh-thu")
    crowd(40, "thon-suoi")
    for n in range(40):
        Unit.objects.get(pk=units["tinh-thu"].pk).add_child(kind="commune", name=f"Xã {n}", slug=f"xa-{n}")
    with django_assert_max_num_queries(len(first)):
        shown(client, "tinh-thu")


@pytest.mark.parametrize("query", ["?ky-nang=xxx", "?doi-tuong=xxx", "?ky-nang=%00", "?doi-tuong=all%27"])
def test_what_is_not_there_is_not_found(client: Client, viewer: Viewer, crowd: Crowd, query: str) -> None:
    crowd(1, "thon-thong")
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    assert client.get(f"/so-lieu/tinh-thu/{query}").status_code == 404


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_random_input_is_never_a_fault(client: Client, viewer: Viewer, skill: Any, text: str) -> None:
    person = Person.objects.filter(username__startswith="committee").first()
    client.force_login(person or viewer(RoleKind.COMMITTEE, "tinh-thu"))
    quoted = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for address in (f"/so-lieu/{quoted}/", f"/so-lieu/tinh-thu/?ky-nang={quoted}&doi-tuong={quoted}"):
        assert client.get(address).status_code < 500


@given(st.integers(1, 500), st.data())
def test_a_share_lies_in_its_interval(n: int, data: Any) -> None:
    share = passed_share(data.draw(st.integers(0, n)), n)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.indicative or n >= 30


@pytest.fixture
def starter(db: None) -> None:
    from assessments.items.api import load_starter_items
    from assessments.sittings.api import load_starter_blueprints
    from lms.organisations.api import load_units

    load_units()
    load_starter_items()
    load_starter_blueprints()


def test_simulated_figures_equal_a_recount(starter: None, client: Client, capsys: Any) -> None:
    call_command("simulate", people=300, seed=7, bias=0.5)
    truth = capsys.readouterr().out
    assert '"seed": 7' in truth
    assert recount() == []
    call_command("audit_aggregates")
    client.force_login(Person.objects.create(username="lanh-dao", is_superuser=True, is_demo=True))
    from assessments.sittings.api import Sitting

    measured = Sitting.objects.filter(by_skill__has_key="vid").values("person").distinct().count()
    assert f"{measured} người được đo" in shown(client, "tinh-lam-dong", "?ky-nang=vid")


def test_a_seed_repeats_itself_and_is_used_once(starter: None, capsys: Any) -> None:
    call_command("simulate", people=60, seed=3)
    with pytest.raises(CommandError):
        call_command("simulate", people=60, seed=3)
    with pytest.raises(CommandError):
        call_command("simulate", people=0, seed=4)
