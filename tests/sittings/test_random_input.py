"""Random and hostile input at every view: a clear refusal, never a 500."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.sittings.api import Blueprint
from tests.sittings import walking
from tests.sittings.test_keys_stay_secret import every_kind, start_fixed

__all__ = ["every_kind"]

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "\x00",
            "0",
            "-1",
            "1e9",
            "99999999999999999999",
            "٣",
            "None",
            "[]",
            "0,1,2",
            "0,0,0",
            "a" * 5000,
            "\ud7ff",
        ]
    ),
)
NAMES = st.sampled_from(
    [
        "cau", "answer_uuid", "hien_luc", "tra_loi", "thu_tu", "len", "xuong", "lai", "duong", "so", "lam", "loi",
        "ghep_0", "o_0", "tin_0", "nhom_0", "cau_0", "start_uuid", "finish_uuid", "nop",
    ]
)  # fmt: skip
FIELDS = st.dictionaries(NAMES, st.lists(HOSTILE, max_size=3), max_size=8)
quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def begun(browser: Client, scored: Blueprint) -> str:
    browser.raise_request_exception = False
    return walking.start(browser, "vneid")


@quick
@given(fields=FIELDS)
def test_posts_with_anything_in_the_fields(browser: Client, begun: str, fields: dict[str, list[str]]) -> None:
    for path in ("tra-loi/", "ket-qua/", "", "ket-thuc/"):
        if path == "ket-thuc/" and "finish_uuid" in fields:
            continue
        assert browser.post(f"{begun}{path}", fields).status_code in {303, 400, 404, 405, 409}
    assert browser.post("/danh-gia/vneid/bat-dau/", fields).status_code in {303, 400, 404, 409}


@quick
@given(value=HOSTILE, again=HOSTILE)
def test_pages_with_anything_in_the_address(browser: Client, begun: str, value: str, again: str) -> None:
    assert browser.get(begun, {"cau": value, "lai": again}).status_code in {200, 400, 404}


@pytest.mark.parametrize(
    "path", ["luot/khong-phai-uuid/", "luot/1/tra-loi/", "\x00/", "a" * 500 + "/", "luot/"]
)
def test_addresses_that_do_not_exist(browser: Client, path: str, db: None) -> None:
    browser.raise_request_exception = False
    assert browser.get(f"/danh-gia/{path}").status_code == 404


@settings(quick, max_examples=8)
@given(data=st.data())
def test_every_kind_survives_any_answer(browser: Client, every_kind: list[str], data: st.DataObject) -> None:
    """Right form, wrong values: each field of the item gets something hostile."""
    browser.raise_request_exception = False
    if not Blueprint.objects.filter(slug="thu").exists():
        start_fixed(browser, every_kind, "practice")
    address = walking.start(browser, "thu")
    for position in range(1, len(every_kind) + 1):
        form: dict[str, object] = dict(
            walking.hidden_fields(walking.page(browser, address, cau=position, lai=1))
        )
        form |= data.draw(FIELDS)
        form["cau"] = str(position)
        assert browser.post(f"{address}tra-loi/", form).status_code in {200, 303, 400, 409}
