"""A whole session in a hall of 35: 12 phones, 9 cards and 14 people who raise their hands."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HALL, axe_source, new_context, sign_in
from tests.gatherings.hall_visitor import HallPhone
from tests.running_site import RunningSite

AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))"  # noqa: E501 - one expression of the browser
# Everything that the page brought, unpacked: itself, style and scripts.
WEIGHT = "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.decodedBodySize, 0)"  # noqa: E501 - one expression of the browser
PHONES, CARDS, HANDS = 12, 9, 14
PLAN = "Đảng viên tiên phong"
MOST_BYTES = 30 * 1024


def _faults(page: Page) -> list[str]:
    page.evaluate(axe_source())
    return page.evaluate(AXE)


def _prepare(lead: Page) -> str:
    """From the plan to the presenter's page; the code of the session."""
    lead.goto("/buoi-hoc/")
    lead.locator("[aria-labelledby=plans] article", has_text=PLAN).get_by_role("link").click()
    lead.get_by_role("button", name="Vào buổi học").click()
    return re.sub(r"\D", "", lead.locator(".join-card b.clock").inner_text())


def _state(lead: Page) -> dict[str, object]:
    address = re.sub(r"[?#].*", "", lead.url)
    return json.loads(lead.request.get(f"{address}state").text())


def _press(lead: Page, key: str, phase: str) -> None:
    """A key of the presenter or the clicker, and what the page says afterwards."""
    expect(lead.locator("body")).to_have_attribute("data-led", "yes")
    lead.keyboard.press(key)
    expect(lead.locator("#pres .tag")).to_contain_text(phase)


def _phone_page(browser: Browser, site: RunningSite, code: str) -> Page:
    page = new_context(browser, site, bypass_csp=True).new_page()
    page.goto("/b/")
    page.get_by_label("Mã buổi học, 6 chữ số").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Vào buổi học").click()
    assert _faults(page) == []
    page.get_by_text("Tôi không có trong danh sách").click()
    page.get_by_label("Tên tôi", exact=True).fill("Bà Sáu")
    page.get_by_role("button", name="Vào như khách").click()
    expect(page.locator("[data-note]")).to_contain_text("Chờ người hướng dẫn")
    assert 5_000 < page.evaluate(WEIGHT) < MOST_BYTES
    return page


def _hold_up_cards(lead: Page, letters: str) -> None:
    lead.get_by_role("link", name="Quét phiếu trả lời").click()
    assert _faults(lead) == []
    for card, letter in enumerate(letters, start=1):
        lead.locator(f'input[name="card_{card}"][value="{letter}"]').check(force=True)
    lead.get_by_role("button", name="Lưu các câu trả lời này").click()


def _raise_hands(lead: Page, people: int, counts: dict[str, int]) -> None:
    lead.get_by_role("link", name="Đếm tay hoặc phiếu giấy").click()
    lead.get_by_label("Có bao nhiêu người").fill(str(people))
    lead.get_by_role("button", name="Lưu số người").click()
    lead.get_by_role("link", name="Đếm tay hoặc phiếu giấy").click()
    for letter, number in counts.items():
        lead.get_by_label(letter, exact=True).fill(str(number))
    lead.get_by_role("button", name="Ghi số đếm").click()
    lead.get_by_role("link", name="Đếm tay hoặc phiếu giấy").click()
    assert _faults(lead) == []
    lead.get_by_label("Số ghế của người xác nhận").fill("2")
    lead.get_by_role("button", name="Xác nhận số đếm").click()


@pytest.fixture(scope="module")
def lead(browser: Browser, site: RunningSite) -> Page:
    context = new_context(
        browser, site, viewport={"width": 1366, "height": 768}, locale="vi-VN", bypass_csp=True
    )
    page = context.new_page()
    sign_in(page, "bithu")
    return page


def test_a_whole_session(browser: Browser, site: RunningSite, lead: Page) -> None:
    code = _prepare(lead)
    screen = new_context(browser, site, viewport=HALL, bypass_csp=True).new_page()
    screen.goto(lead.get_by_role("link", name="Mở màn chiếu").get_attribute("href") or "")
    expect(screen.locator(".hall-join")).to_contain_text(f"{code[:3]} {code[3:]}")
    cards = new_context(browser, site, bypass_csp=True)
    cards.add_cookies(lead.context.cookies())
    paper = cards.new_page()
    paper.goto(re.sub(r"[?#].*", "", lead.url) + f"in/phieu/?so={CARDS}")
    assert paper.locator(".marker svg").count() == CARDS

    phone = _phone_page(browser, site, code)
    others = [HallPhone(site.port, code) for _number in range(PHONES - 1)]
    for number, one in enumerate(others):
        one.join("guest", name=f"Khách {number}")
    expect(screen.locator("#noi-dung [data-live=present]")).to_have_text(str(PHONES))

    for _step in range(4):
        lead.keyboard.press("PageDown")
        expect(lead.locator("#pres .tag")).to_contain_text(f"Bước {_step + 1}/")
    _press(lead, "Space", "đang nhận trả lời")
    expect(screen.locator(".hall-opt")).to_have_count(3)
    assert _faults(screen) == []
    assert _faults(lead) == []

    # The network of one phone fails; the answer waits and is delivered once.
    phone.context.set_offline(True)
    phone.get_by_label("Nhóm trò chuyện của bạn bè").check(force=True)
    phone.get_by_role("button", name="Gửi câu trả lời").click()
    expect(phone.locator("[data-note]")).to_contain_text("Câu trả lời giữ trên máy")
    assert [one.answer("BC"[number % 2]) for number, one in enumerate(others)] == [204] * len(others)
    phone.context.set_offline(False)
    expect(phone.locator("[data-note]")).to_contain_text("Đã nhận câu trả lời A", timeout=10_000)
    assert _faults(phone) == []

    _count_and_reveal(lead, screen, phone, code)
    _discuss_and_ask_again(lead, screen, phone)
    _press(lead, "b", "đang nghỉ")
    expect(screen.locator("h1")).to_have_text("Nghỉ một lát")
    _press(lead, "b", "đã hiện kết quả")
    _vote_and_end(lead, screen, phone, others)
    _see_figures(lead)


def _count_and_reveal(lead: Page, screen: Page, phone: Page, code: str) -> None:
    _hold_up_cards(lead, "ABCCCCCCB")
    _raise_hands(lead, PHONES + CARDS + HANDS, {"A": 2, "B": 2, "C": 10})
    state = _state(lead)
    assert state["present"] == PHONES + CARDS + HANDS
    assert state["presenter"]["classes"] == {"A": PHONES, "B": CARDS, "C": 0, "D": HANDS}  # type: ignore[index]
    assert "key" not in phone.request.get(f"/b/{code}/state").text()

    _press(lead, "r", "đã hiện kết quả")
    expect(screen.locator(".hbar.yes")).to_contain_text("Cách làm đúng")
    assert (
        sum(
            int(text)
            for text in screen.locator(".val").evaluate_all("all => all.map(one => one.firstChild.data)")
        )
        == 35
    )
    expect(phone.locator("[data-note]")).to_contain_text("Chưa đúng, mình xem lại nhé")
    assert _faults(screen) == []


def _discuss_and_ask_again(lead: Page, screen: Page, phone: Page) -> None:
    lead.get_by_role("button", name="Cho trao đổi").click()
    expect(screen.locator("h1")).to_contain_text("Trao đổi với người bên cạnh")
    _press(lead, "ArrowRight", "đang nhận trả lời")
    phone.get_by_label("Sổ tay đảng viên điện tử").check(force=True)
    phone.get_by_role("button", name="Gửi câu trả lời").click()
    expect(phone.locator("[data-note]")).to_contain_text("Đã nhận câu trả lời C")
    assert _state(lead)["presenter"]["classes"]["C"] == 1  # type: ignore[index]
    _press(lead, "r", "đã hiện kết quả")
    expect(phone.locator("[data-note]")).to_contain_text("Đúng rồi")


def _vote_and_end(lead: Page, screen: Page, phone: Page, others: list[HallPhone]) -> None:
    while _state(lead)["step"]["kind"] != "vote":  # type: ignore[index]
        before = lead.locator("#pres .tag").inner_text()
        skip = lead.get_by_role("button", name="Qua bước sau, không hỏi")
        (skip if skip.count() else lead.locator("#act-main")).click()
        expect(lead.locator("#pres .tag")).not_to_have_text(before)
    _press(lead, "Space", "đang nhận trả lời")
    phone.get_by_label("Không tán thành").check(force=True)
    phone.get_by_role("button", name="Gửi câu trả lời").click()
    expect(phone.locator("[data-note]")).to_contain_text("Đã nhận câu trả lời B")
    assert {one.answer("A") for one in others} == {204}
    _press(lead, "r", "đã hiện kết quả")
    expect(screen.locator(".hbar").first).to_contain_text(str(len(others)))
    lead.get_by_text("Kết thúc buổi học").click()
    lead.get_by_role("button", name="Kết thúc ngay").click()
    expect(screen.locator("h1")).to_contain_text("Buổi học đã xong")
    expect(phone.locator("h1")).to_contain_text("Buổi học đã xong")
    expect(lead.get_by_role("link", name="Viết biên bản").first).to_be_visible()


def _see_figures(lead: Page) -> None:
    """The unit's page tells the classes apart: each with its own people, none added to another."""
    lead.goto("/so-lieu/")
    lead.goto(re.sub(r"[?#].*", "", lead.url) + "?ky-nang=cb")
    section = lead.locator("section", has_text="Trả lời trong các buổi học")
    expect(section).to_contain_text("35 lượt người có mặt")
    rows = [re.findall(r"\d+", row)[:1] for row in section.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert rows == [[str(PHONES)], [str(CARDS)], [str(HANDS)]]
    assert _faults(lead) == []


def test_without_scripts_people_take_part(browser: Browser, site: RunningSite, lead: Page) -> None:
    code = _prepare(lead)
    phone = new_context(browser, site, scripts=False).new_page()
    phone.goto(f"/b/{code}")
    phone.get_by_text("Tôi không có trong danh sách").click()
    phone.get_by_label("Tên tôi", exact=True).fill("Ông Tư")
    phone.get_by_role("button", name="Vào như khách").click()
    for _step in range(4):
        lead.locator("#act-main").click()
        expect(lead.locator("#pres .tag")).to_contain_text(f"Bước {_step + 1}/")
    lead.locator("#act-main").click()
    expect(lead.locator("#pres .tag")).to_contain_text("đang nhận trả lời")
    phone.reload()
    phone.locator('input[value="B"]').check(force=True)
    phone.get_by_role("button", name="Gửi câu trả lời").click()
    expect(phone.locator("[data-note]")).to_contain_text("Đã nhận câu trả lời B")
