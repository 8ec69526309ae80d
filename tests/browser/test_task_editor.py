"""An editor who knows no code builds a five-screen task from nothing in the admin; learners then do it on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import new_context, sign_in
from tests.browser.learner import Learner
from tests.running_site import RunningSite

DESK = {"width": 1366, "height": 768}
TITLE = "Khóa VNeID khi mất máy"


@pytest.fixture
def desk(browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, viewport=DESK)
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, "bientap")
    yield page
    context.close()


def _shot(page: Page, name: str) -> None:
    """Pictures for a person to look at, when asked for."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


class Editor:
    """Does only what can be seen and pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def step(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Các bước soạn bài").get_by_role("link", name=name).click()

    def save(self) -> None:
        self.page.get_by_role("button", name="Lưu bản nháp").click()
        expect(self.page.get_by_text("Đã lưu.").first).to_be_visible()

    def open_screen(self, title: str) -> None:
        self.step("Tổng quan và sơ đồ")
        self.page.locator(".task-screens").get_by_role("link", name=title, exact=True).click()

    def add(self, kind: str) -> str:
        """A new element at the end of the screen; the beginning of the names of its fields."""
        count = self.page.locator("[name=elements-count]")
        before = int(count.input_value())
        stream = self.page.locator("#elements-root > [data-streamfield-stream-container]")
        stream.locator("> div > button.c-sf-add-button").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        expect(count).to_have_value(str(before + 1))
        return f"elements-{before}-value"

    def more(self, path: str, at: int) -> str:
        """One more row of a list inside an element."""
        count = self.page.locator(f"[name='{path}-count']")
        if int(count.input_value()) <= at:
            count.locator("xpath=following-sibling::div[1]").locator("> button, > div > button").last.click()
            expect(count).to_have_value(str(at + 1))
        return f"{path}-{at}-value"

    def fill(self, block: str, **values: str) -> None:
        for name, value in values.items():
            field = self.page.locator(f"[name='{block}-{name}']")
            if field.evaluate("f => f.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def unfold(self, block: str) -> None:
        """Open “Thêm điều kiện” of the element that has this field."""
        child = self.page.locator(f"[data-streamfield-child]:has([name='{block}-text'])").last
        header = child.locator(
            ".w-panel__header", has=self.page.get_by_text("Thêm điều kiện", exact=True)
        ).last
        header.locator(".w-panel__toggle").click()

    # The practice phone ----------------------------------------------------------------------------------------------

    @property
    def phone(self) -> FrameLocator:
        return self.page.frame_locator("[data-trial]")

    def tap(self, text: str, leads_to: str) -> None:
        self.phone.locator(".phone button:not(.vh)").filter(has_text=text).first.click()
        expect(self.phone.locator(".phone h2")).to_have_text(leads_to)

    def finish(self) -> None:
        self.phone.get_by_role("button", name="Tôi đã làm xong").click()
        expect(self.page.get_by_role("button", name="Ghi lại làm lời giải")).to_be_visible()


def _write_brief(me: Editor) -> None:
    desk = me.page
    desk.get_by_label("Tình huống").fill("Bà Hoa đi chợ và bị mất điện thoại. Bà mượn máy của con.")
    desk.get_by_label("Việc phải làm").fill(
        "Hãy khóa tài khoản VNeID giúp bà. Xong thì bấm “Tôi đã làm xong”."
    )
    me.fill(me.more("facts", 0), label="Số định danh (tập luyện)", value="999300000127")
    fact = "Mất điện thoại thì khóa tài khoản VNeID ngay."
    source = "Sổ tay lĩnh vực, mục 4, KN2"
    me.fill(me.more("sources", 0), fact=fact, source=source, mark="Đọc trong nguồn công khai")
    me.save()


def _build_screens(me: Editor) -> None:
    me.open_screen("Màn hình chính")
    icon = {"text": "VNeID", "icon": "Thẻ căn cước", "new_screen": "Đăng nhập VNeID"}
    me.fill(me.add("Biểu tượng ứng dụng"), **icon)
    me.fill(me.add("Biểu tượng ứng dụng"), text="Tin nhắn", icon="Tin nhắn", new_screen="Tin nhắn lạ")
    _shot(me.page, "3-home")
    me.save()
    _shot(me.page, "4-home-saved")

    me.open_screen("Đăng nhập VNeID")
    me.fill(me.add("Ô điền"), text="Số định danh", input="Chữ số", max="12")
    me.save()
    button = me.add("Nút")
    me.fill(button, text="Đăng nhập", new_screen="VNeID")
    me.unfold(button)
    case = me.more(f"{button}-more", 0)
    me.fill(me.more(f"{case}-when-rows", 0), of="Số định danh", comparison="còn trống")
    me.fill(case, say="Anh/chị hãy gõ số định danh.")
    _shot(me.page, "5-condition")
    me.save()

    me.open_screen("VNeID")
    me.fill(me.add("Thẻ"), text="Khóa tài khoản", sub="Dùng khi mất điện thoại", new_screen="Đã khóa")
    me.save()
    me.open_screen("Đã khóa")
    me.fill(me.add("Đoạn chữ"), text="Tài khoản đã khóa. Không ai dùng được tài khoản này nữa.")
    me.save()

    me.open_screen("Tin nhắn lạ")
    thread = me.add("Đoạn trò chuyện")
    me.fill(thread, **{"from": "Số lạ"})
    me.fill(me.more(f"{thread}-messages", 0), text="Gửi mã OTP để chúng tôi khóa máy giúp bà.")
    replies = me.add("Câu trả lời để nói hoặc gửi")
    me.fill(replies, text="Bà trả lời")
    me.fill(me.more(f"{replies}-options", 0), text="Gửi mã OTP", go="Đã khóa")
    me.fill(me.more(f"{replies}-options", 1), text="Không trả lời", go="Màn hình chính")
    _shot(me.page, "6-replies")
    me.save()


def _record_and_judge(me: Editor) -> None:
    desk = me.page
    me.step("Làm thử và chấm")
    me.tap("VNeID", "Đăng nhập VNeID")
    me.phone.get_by_label("Số định danh").fill("999300000127")
    me.tap("Đăng nhập", "VNeID")
    me.tap("Khóa tài khoản", "Đã khóa")
    expect(desk.locator("[data-done-list]")).to_contain_text("Bấm “Khóa tài khoản”")
    me.finish()
    _shot(desk, "7-done")
    desk.get_by_role("button", name="Ghi lại làm lời giải").click()
    _judge(me, "Bấm “Đăng nhập”", "Cho điểm các ô đã điền", "2")
    _judge(me, "Bấm “Khóa tài khoản”", "Cho điểm bước này", "3")
    _shot(desk, "8-solution")

    me.tap("Tin nhắn", "Tin nhắn lạ")
    me.tap("Gửi mã OTP", "Đã khóa")
    me.finish()
    desk.get_by_label("Hoặc đặt tên cho cách làm sai này").fill("Gửi mã OTP cho số lạ")
    desk.get_by_role("button", name="Ghi lại làm cách làm sai").click()
    wrong = desk.locator("article", has_text="Gửi mã OTP cho số lạ")
    wrong.get_by_text("Từng bước").click()
    act = wrong.locator("li", has=desk.locator(".what", has_text="Chọn “Gửi mã OTP”"))
    act.get_by_text("Lỗi nghiêm trọng nếu làm bước này…").click()
    act.get_by_label("Bây giờ nên làm gì").fill("Gọi ngân hàng để khóa tài khoản, rồi báo công an xã.")
    act.get_by_role("button", name="Đây là lỗi nghiêm trọng").click()
    wrong.get_by_role("button", name="Đúng, ghi nhận").click()
    expect(wrong.get_by_role("button", name="Đúng, ghi nhận")).to_have_count(0)

    me.tap("VNeID", "Đăng nhập VNeID")
    me.phone.get_by_label("Số định danh").fill("999300000128")
    me.tap("Đăng nhập", "VNeID")
    me.finish()
    desk.get_by_label("Hoặc đặt tên cho cách làm sai này").fill("Gõ nhầm số rồi bỏ dở")
    desk.get_by_role("button", name="Ghi lại làm cách làm sai").click()
    _shot(desk, "9-wrong-ways")


def _judge(me: Editor, act: str, button: str, points: str) -> None:
    line = me.page.locator("#solution li", has=me.page.locator(".what", has_text=act))
    line.get_by_label("Điểm").fill(points)
    line.get_by_role("button", name=button).click()
    expect(me.page.get_by_text("Đã tính vào điểm.").first).to_be_visible()


def _publish(me: Editor) -> str:
    """The address for learners."""
    desk = me.page
    me.step("Điểm và lỗi")
    _shot(desk, "10-judgement")
    desk.get_by_label("Nói khi làm tốt cả").fill("Anh/chị đã khóa tài khoản ngay. Làm vậy là đúng.")
    desk.get_by_label("Nói khi chưa trọn").fill("Mất máy thì khóa tài khoản trước, không đưa mã cho ai.")
    me.save()
    me.step("Tổng quan và sơ đồ")
    expect(desk.locator(".task-faults .error")).to_have_count(0)
    expect(desk.locator(".task-map rect")).to_have_count(5)
    _shot(desk, "11-overview")
    desk.get_by_role("button", name="Đăng bản này và gửi duyệt").click()
    expect(desk.get_by_text("Người học nhận đúng những gì đang có ở đây.")).to_be_visible()
    _shot(desk, "12-published")
    return str(desk.locator("a[href*='/danh-gia/viec/thu/']").get_attribute("href"))


def _learn(me: Learner, address: str) -> None:
    page = me.page
    page.goto(address)
    me.go(page.get_by_role("button", name="Bắt đầu làm thử"))
    page.wait_for_selector("[data-ready]")
    me.press(page.locator(".phone .ic", has_text="VNeID"))
    expect(page.locator(".phone h2")).to_have_text("Đăng nhập VNeID")
    me.press(page.locator(".phone .go", has_text="Đăng nhập"))
    expect(page.locator(".phone [role=alert]")).to_contain_text("hãy gõ số định danh")
    me.type(page.get_by_label("Số định danh"), "999300000127")
    me.press(page.locator(".phone .go", has_text="Đăng nhập"))
    expect(page.locator(".phone h2")).to_have_text("VNeID")
    me.press(page.locator(".phone .crd", has_text="Khóa tài khoản"))
    expect(page.locator(".phone h2")).to_have_text("Đã khóa")
    me.go(page.get_by_role("button", name="Tôi đã làm xong"))
    page.wait_for_url("**/ket-qua/")


def test_from_nothing_to_a_judged_task(desk: Page, browser: Browser, site: RunningSite) -> None:
    me = Editor(desk)
    desk.goto("/quan-tri/cau-hoi/new/")
    desk.get_by_role("link", name="Việc làm thử").click()
    desk.get_by_label("Tên bài").fill(TITLE)
    desk.get_by_label("Bài đo việc gì").select_option(
        label="VID-7 Khóa được tài khoản khi mất máy và chuyển được VNeID sang máy mới"
    )
    _shot(desk, "1-new")
    desk.get_by_role("button", name="Bắt đầu").click()
    _write_brief(me)
    _shot(desk, "2-brief")
    _build_screens(me)
    _record_and_judge(me)
    address = _publish(me)
    for keyboard in (False, True):
        context = new_context(browser, site, has_touch=not keyboard)
        page = context.new_page()
        _learn(Learner(page, keyboard=keyboard), address)
        expect(page.locator("main")).to_contain_text("5 trên 5 điểm")
        expect(page.locator("main")).to_contain_text("Anh/chị đã khóa tài khoản ngay.")
        _shot(page, f"13-learner-{'keyboard' if keyboard else 'touch'}")
        context.close()
