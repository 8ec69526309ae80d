"""One person's whole way: home, course, lesson with practice, sign-up, assessment, certificate, a stranger, figures.

Walked at 360×640 by touch, again without JavaScript, again by keyboard alone.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import new_context, sign_in
from tests.browser.learner import Learner
from tests.listed_questions import list_questions
from tests.running_site import RunningSite

WAYS = {
    "touch": {"has_touch": True},
    "no_javascript": {"has_touch": True, "scripts": False},
    "keyboard": {"keyboard": True},
}
PASSWORD = "nha-toi-o-di-linh"


def _learn_the_first_lesson(me: Learner, page: Page) -> None:
    page.goto("/")
    me.go(page.get_by_role("link", name="Khóa học").first)
    me.go(page.locator("main").get_by_role("link", name="VNeID cho mọi người"))
    me.go(page.get_by_role("link", name="Bắt đầu học"))
    for _ in range(40):
        if page.locator("main #cau-hoi button:has-text('Trả lời')").count():
            me.answer(page.locator("#cau-hoi h3"), page.locator("#cau-hoi button", has_text="Trả lời"))
            expect(page.locator("#cau-hoi")).to_contain_text("Đúng")
            following = page.locator("#cau-hoi").get_by_role("link", name="Câu tiếp theo")
            if following.count():
                me.go(following)
            continue
        on = page.locator("main form.acts button[name=buoc]")
        if on.count() == 0:
            break
        me.go(on)
    expect(page.locator("main")).to_contain_text("Xong bài 1")


def _sign_up(me: Learner, page: Page, name: str, way: str) -> None:
    page.goto("/tai-khoan/signup/")
    me.type(page.locator("input[name=full_name]"), name)
    me.type(page.locator("input[name=username]"), f"hoc-{way.replace('_', '-')}")
    me.type(page.locator("input[name=password1]"), PASSWORD)
    me.type(page.locator("input[name=password2]"), PASSWORD)
    me.choose(page.locator("input[name=audience][value=citizen]"))
    me.select(
        page.locator("select[name=commune]"),
        page.locator("select[name=commune] option").nth(5).inner_text().strip(),
    )
    me.choose(page.locator("input[name=consent_learning]"))
    me.go(page.get_by_role("button", name="Tạo tài khoản của tôi"))
    assert "signup" not in page.url, page.locator("main").inner_text()


def _sit(me: Learner, page: Page) -> None:
    page.goto("/danh-gia/vneid/")
    me.go(page.locator("main form button"))
    for _ in range(10):
        me.answer(page.locator("main h1.ask"), page.locator("main button[name=nop]"))
    me.go(page.get_by_role("button", name="Nộp bài"))
    expect(page.locator("main h1")).to_have_text("Đã đạt")


def _certificate_code(page: Page) -> str:
    """The worker makes the paper within moments; the page is looked at again as people do."""
    for _ in range(30):
        page.goto("/toi/")
        paper = page.locator("main a[href*='/pdf']")
        address = paper.first.get_attribute("href") if paper.count() else None
        answer = page.request.get(address) if address else None
        if address and answer and answer.status == 200:
            assert answer.body().startswith(b"%PDF-")
            return address.rstrip("/").split("/")[-2]
        page.wait_for_timeout(1000)
    raise AssertionError("no certificate on /toi/")


def _as_a_stranger(browser: Browser, site: RunningSite, code: str, name: str) -> None:
    context = new_context(browser, site)
    page = context.new_page()
    page.goto("/chung-nhan/")
    page.fill("main input[type=text]", code.lower())
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("còn hiệu lực")
    assert name not in page.content()
    context.close()


def _took_part(browser: Browser, site: RunningSite) -> int:
    """People of the province who took part in VNeID, as the committee reads it."""
    context = new_context(browser, site, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, "lanhdao")
    page.goto("/so-lieu/")
    address = page.url.split("?")[0].rstrip("/") + "/bang.csv?ky-nang=vid"
    rows = page.request.get(address).text()
    context.close()
    found = re.search(r"\nTỉnh Lâm Đồng,(\d+)", rows)
    assert found, rows[:500]
    return int(found.group(1))


@pytest.fixture(scope="module")
def peopled_site(site: RunningSite) -> RunningSite:
    """Figures below ten people are withheld, so that the province has some learners already."""
    site.manage("simulate", "--people", "600", "--seed", "7")
    list_questions(site)
    return site


@pytest.mark.parametrize("way", WAYS)
def test_the_whole_journey(browser: Browser, peopled_site: RunningSite, way: str) -> None:
    site, options = peopled_site, dict(WAYS[way])
    keyboard = bool(options.pop("keyboard", False))
    name = f"Nguyễn Thị Hường {way.replace('_', ' ')}"
    before = _took_part(browser, site)
    context: BrowserContext = new_context(browser, site, **options)
    page = context.new_page()
    me = Learner(page, keyboard=keyboard)
    _learn_the_first_lesson(me, page)
    _sign_up(me, page, name, way)
    page.goto("/toi/")
    expect(page.locator("main")).to_contain_text("VNeID cho mọi người")
    _sit(me, page)
    code = _certificate_code(page)
    context.close()
    _as_a_stranger(browser, site, code, name)
    assert _took_part(browser, site) == before + 1
