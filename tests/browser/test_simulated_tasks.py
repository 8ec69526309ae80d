"""A learner plays simulated tasks on a small phone: by touch, by keyboard, without scripts, offline for a while."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import axe_source, new_context
from tests.browser.test_accessibility import RUN
from tests.running_site import RunningSite

APP, LOCK = "VID-1-ST-201", "VID-7-ST-401"


@pytest.fixture(params=["touch", "no script"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, scripts=request.param == "touch", has_touch=True)
    page = context.new_page()
    yield page
    context.close()


def _begin(page: Page, code: str, *, script: bool = True) -> None:
    page.goto(f"/danh-gia/viec/thu/{code}/")
    page.get_by_role("button", name="Bắt đầu làm thử").click()
    if script:
        page.wait_for_selector("[data-ready]")


def _press(page: Page, name: str) -> None:
    page.locator(".phone button:visible").filter(has_text=name).first.click()


def _screen(page: Page, title: str) -> None:
    expect(page.locator(".phone h2")).to_have_text(title)


def test_a_task_is_played_by_touch_and_without_scripts(visitor: Page) -> None:
    visitor.goto(f"/danh-gia/viec/thu/{APP}/")
    visitor.get_by_role("button", name="Bắt đầu làm thử").click()
    _press(visitor, "Cửa hàng ứng dụng")
    _press(visitor, "Tìm")
    expect(visitor.get_by_role("alert")).to_contain_text("gõ tên ứng dụng")
    visitor.get_by_label("Tìm ứng dụng").fill("VNeID")
    _press(visitor, "Tìm")
    _press(visitor, "Bộ Công an")
    _press(visitor, "Cài đặt VNeID")
    _press(visitor, "Mở")
    _screen(visitor, "VNeID")
    expect(visitor.locator(".phone .sim")).to_have_text("MÔ PHỎNG – không nhập thông tin thật")
    visitor.get_by_role("button", name="Tôi đã làm xong").click()
    visitor.wait_for_url("**/ket-qua/")
    expect(visitor.locator("main")).to_contain_text("10 trên 10 điểm")


def test_a_task_is_played_by_keyboard_alone(phone: Page) -> None:
    _begin(phone, APP)
    phone.locator(".phone .ic").first.focus()
    phone.keyboard.press("Enter")
    _screen(phone, "Cửa hàng ứng dụng")
    assert phone.evaluate("() => document.activeElement.id") == "ten-man-hinh"
    phone.keyboard.press("Tab")
    phone.keyboard.type("VNeID")
    phone.keyboard.press("Enter")
    _screen(phone, "Kết quả tìm kiếm")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    _screen(phone, "VNeID")


def test_a_lost_connection_and_a_reload_lose_nothing(phone: Page) -> None:
    _begin(phone, LOCK)
    _press(phone, "Trình duyệt")
    phone.get_by_label("Địa chỉ trang web").fill("vneid.gov.vn")
    _press(phone, "Đi tới")
    _screen(phone, "VNeID")
    phone.context.set_offline(True)
    _press(phone, "Đăng nhập")
    _press(phone, "Yêu cầu khóa tài khoản")
    _screen(phone, "Yêu cầu khóa tài khoản")
    expect(phone.locator("[data-link]")).to_contain_text("Đang chờ kết nối")
    phone.context.set_offline(False)
    expect(phone.locator("[data-link]")).to_be_empty()
    phone.reload()
    phone.wait_for_selector("[data-ready]")
    _screen(phone, "Yêu cầu khóa tài khoản")


def test_what_was_not_sent_before_a_reload_is_sent_after_it(phone: Page) -> None:
    _begin(phone, APP)
    phone.route("**/vet/", lambda route: route.abort())
    _press(phone, "Cửa hàng ứng dụng")
    expect(phone.locator("[data-link]")).to_contain_text("Đang chờ kết nối")
    phone.unroute("**/vet/")
    phone.evaluate("() => { window.fetch = () => new Promise(() => {}) }")
    phone.reload()
    phone.wait_for_selector("[data-ready]")
    _screen(phone, "Cửa hàng ứng dụng")


def test_a_forged_post_from_the_page_changes_nothing(phone: Page) -> None:
    _begin(phone, APP)
    root = phone.locator("[data-task]")
    address = root.get_attribute("data-trace")
    token = phone.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    data = phone.request.get(str(root.get_attribute("data-task"))).json()
    forged = {"n": 0, "t": 1, "s": data["state"]["screen"], "e": None, "a": "success", "v": True}
    answer = phone.request.post(
        str(address),
        data=json.dumps({"from": 0, "events": [forged], "tag": data["tag"]}),
        headers={"Content-Type": "application/json", "X-CSRFToken": str(token), "Referer": phone.url},
    )
    assert answer.status == 409
    assert answer.json()["state"]["n"] == 0
    _press(phone, "Cửa hàng ứng dụng")
    _screen(phone, "Cửa hàng ứng dụng")


def test_escape_leaves_a_dialog_where_going_back_is_possible(phone: Page) -> None:
    _begin(phone, APP)
    _press(phone, "Tin nhắn")
    _press(phone, "vneid-banmoi.example")
    _screen(phone, "Cài đặt từ nguồn không xác định?")
    phone.keyboard.press("Escape")
    expect(phone.locator(".phone h2")).to_have_text("Tin nhắn")


@pytest.mark.parametrize("width", [320, 360])
def test_screens_fit_and_axe_finds_nothing(browser: Browser, site: RunningSite, width: int) -> None:
    context = new_context(browser, site, viewport={"width": width, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for code, presses in {
        APP: ["Tin nhắn", "vneid-banmoi.example", "Vẫn cài đặt"],
        "QR-3-ST-401": ["Mở điện thoại", "Ngân hàng", "Quét mã QR", "Mã dán ở mép bàn"],
        "DVC-5-ST-301": ["Cổng Dịch vụ công", "Đăng nhập"],
        "ATS-1-ST-401": ["Nghe máy", "Tôi sẽ lên"],
    }.items():
        _begin(page, code)
        for name in ["", *presses]:
            if name:
                _press(page, name)
            page.wait_for_timeout(250)
            wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not page.evaluate(wide), (code, name)
            small = "() => [...document.querySelectorAll('.phone button:not(.vh), .phone input:not([type=hidden], [type=radio], [type=checkbox]), .phone select')].filter(e => e.offsetParent !== null && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 90))"  # noqa: E501 - one expression of the browser
            assert page.evaluate(small) == [], (code, name)
            page.evaluate(axe_source())
            assert page.evaluate(RUN) == [], (code, name)
    context.close()
