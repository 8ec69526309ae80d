"""Each fault is planted in a good task and found, in words for editors; the starter tasks are free of errors."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assessments.items.simulation.lint import lint
from tests.simulation.conftest import TASKS

TODAY = date(2026, 11, 23)
Task = dict[str, Any]


def _base() -> Task:
    return copy.deepcopy(TASKS["2-khoa-vneid-khi-mat-may"])


def _screen(task: Task, name: str) -> dict[str, Any]:
    return next(screen for screen in task["screens"] if screen["id"] == name)


def _add_screen(task: Task, **keys: Any) -> None:
    task["screens"].append({"kind": "app", "title": "Màn hình mới", "elements": [], **keys})


def _elements(task: Task, screen: str) -> list[dict[str, Any]]:
    return list(_screen(task, screen)["elements"])


def _unknown_target(task: Task) -> None:
    _elements(task, "trang_chu")[1]["then"] = [{"go": "khong_co"}]


def _hotspot(task: Task) -> None:
    regions = [{"key": "a", "text": "Góc", "x": 0, "y": 0, "width": 5, "height": 5}]
    spot = {
        "id": "vung",
        "type": "hotspot",
        "text": "Chạm",
        "src": "x.svg",
        "alt": "Tờ giấy",
        "options": regions,
    }
    _screen(task, "trang_chu")["elements"].append(spot)


PLANTED: dict[str, Callable[[Task], object]] = {
    "unreachable-screen": lambda t: _add_screen(t, id="mo_coi"),
    "unknown-target": _unknown_target,
    "duplicate-id": lambda t: _add_screen(t, id="trang_chu"),
    "unknown-name": lambda t: t["private"]["criteria"][0].update(when={"did": "khong_co"}),
    "dead-end": lambda t: _screen(t, "gioi_thieu").update(back=False, home=False),
    "solution-not-full": lambda t: t["recorded"]["solution"].remove("set k_ly_do=mat_may"),
    "also-full-not-full": lambda t: t["recorded"]["also_full"][0].remove("set k_ly_do=mat_may"),
    "wrong-path-differs": lambda t: t["recorded"]["wrong"][1].update(points=9),
    "fewer-than-two-wrong-paths": lambda t: t["recorded"].update(wrong=t["recorded"]["wrong"][:1]),
    "criterion-never-lost": lambda t: t["private"]["criteria"].append(
        {"id": "them", "label": "Mở máy", "points": 1, "when": {"visited": "man_hinh_chinh"}}
    ),
    "critical-never-fired": lambda t: t["private"]["critical"].append(
        {
            "id": "x",
            "code": "money_sent",
            "label": "Gửi tiền",
            "when": {"did": "bt_gioi_thieu"},
            "advice": "Gọi.",
        }
    ),
    "idle-scores": lambda t: t["private"]["criteria"][0].update(when={"visited": "man_hinh_chinh"}),
    "never-without-needs": lambda t: t["private"]["criteria"][5].pop("needs"),
    "no-name": lambda t: _elements(t, "trang_chu")[1].update(text=" "),
    "no-alt": lambda t: _screen(t, "trang_chu")["elements"].append({"type": "picture", "src": "x.svg"}),
    "alt-gives-away": lambda t: _screen(t, "trang_chu")["elements"].append(
        {"type": "picture", "src": "x.svg", "alt": "Trang giả của kẻ gian"}
    ),
    "target-too-small": _hotspot,
    "too-much": lambda t: _screen(t, "trang_chu")["elements"].extend([{"type": "text", "text": "Chữ"}] * 20),
    "real-looking-number": lambda t: _elements(t, "khoa_2")[0]["rows"].append(["Gọi", "0912 345 678"]),
    "real-domain": lambda t: _screen(t, "gia_1").update(address="vneid-khoa.com"),
    "not-nfc": lambda t: _screen(t, "trang_chu").update(title="VNeID chi\u0301nh"),
    "long-sentence": lambda t: _screen(t, "trang_chu").update(title="một " * 26),
    "cut-text": lambda t: _elements(t, "trang_chu")[1].update({"tiền vào": None}),
    "fact-overdue": lambda t: t.update(review_by=date(2026, 1, 1)),
    "no-source": lambda t: t.update(sources=[]),
}


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_fault_is_found(code: str) -> None:
    task = _base()
    PLANTED[code](task)
    found = {fault.code: fault for fault in lint(task, TODAY, walks=False)}
    assert code in found
    assert len(found[code].message) > 10


def test_points_for_chance_are_found() -> None:
    task = _base()
    task["private"] = {"criteria": [{"id": "di", "label": "Đi", "points": 1, "when": {"used": "back"}}]}
    assert "guessable" in {fault.code for fault in lint(task, TODAY)}


def test_an_answer_that_reaches_the_browser_is_found() -> None:
    task = _base()
    _elements(task, "trang_chu")[1]["then"][0]["say"] = "vneid.gov.vn"
    assert "answer-in-public" in {fault.code for fault in lint(task, TODAY, walks=False)}


@pytest.mark.parametrize("name", TASKS)
def test_starter_tasks_have_no_errors(name: str) -> None:
    assert [fault for fault in lint(TASKS[name], TODAY) if fault.level == "error"] == []
