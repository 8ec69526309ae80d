"""Each script adds comfort; without it the page still does its work. In real Chromium."""

from __future__ import annotations

import os
import shutil
import socketserver
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

# Headless Chromium has no voices; this one writes down what it is asked to say.
VIETNAMESE_VOICE = """
window.said = [];
const voice = { speaking: false, getVoices: () => [{ lang: "vi-VN" }], addEventListener() {},
  cancel() { this.speaking = false; }, speak(u) { window.said.push([u.text, u.rate]); this.speaking = true; } };
Object.defineProperty(window, "speechSynthesis", { value: voice });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *words: object) -> None:
        """The requests of a passing test are no news."""


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture
def address() -> Iterator[str]:
    """The small site without a database, so that no other test loses what its migrations put there."""
    with Server(("127.0.0.1", 0), QuietHandler) as server:
        server.set_app(StaticFilesHandler(WSGIHandler()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def phone(browser: Browser, address: str, path: str, scripts: bool = True, voice: str = "") -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        java_script_enabled=scripts,
        base_url=address,
        locale="vi-VN",
    )
    page = context.new_page()
    if voice:
        page.add_init_script(voice)
    page.goto(path)
    return page


def test_reading_aloud_hides_itself_without_a_voice(browser: Browser, address: str) -> None:
    page = phone(browser, address, "/cach-lam/")
    expect(page.locator("[data-listen='bai']")).to_be_hidden()


def test_reading_aloud_speaks_sentence_by_sentence_at_the_chosen_speed(
    browser: Browser, address: str
) -> None:
    page = phone(browser, address, "/cach-lam/", voice=VIETNAMESE_VOICE)
    control = page.locator("[data-listen='bai']")
    control.get_by_label("Chậm").check()
    control.get_by_text("Nghe trang này").click()
    expect(control.get_by_text("Dừng đọc")).to_be_visible()
    assert page.evaluate("said") == [["Câu một.", 0.75], ["Câu hai.", 0.75]]
    control.get_by_text("Dừng đọc").click()
    expect(control.get_by_text("Nghe trang này")).to_be_visible()


def test_a_recording_can_be_played_with_and_without_scripts(browser: Browser, address: str) -> None:
    plain = phone(browser, address, "/cach-lam/", scripts=False).locator("[data-listen='bai2']")
    expect(plain.locator("audio")).to_be_visible()
    expect(plain.locator("button")).to_be_hidden()
    better = phone(browser, address, "/cach-lam/").locator("[data-listen='bai2']")
    expect(better.locator("audio")).to_be_hidden()
    expect(better.locator("button")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_dialog_opens_and_closes(browser: Browser, address: str, scripts: bool) -> None:
    page = phone(browser, address, "/cach-lam/", scripts)
    dialog = page.locator("#hoi")
    expect(dialog).to_be_hidden()
    page.click("#mo")
    expect(dialog.get_by_text("Không lấy lại được.")).to_be_visible()
    dialog.get_by_text("Đóng lại").click()
    expect(dialog).to_be_hidden()
    if scripts:
        expect(page.locator("#mo")).to_be_focused()


def test_errors_are_read_first(browser: Browser, address: str) -> None:
    page = phone(browser, address, "/o-nhap/")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_selector("[data-error-summary]")
    page.click("[data-error-summary] a >> nth=0")
    expect(page.locator("#id_name")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_display_choice_works_on_a_phone(browser: Browser, address: str, scripts: bool) -> None:
    page = phone(browser, address, "/cong/", scripts)
    page.get_by_label("Lớn gấp đôi").check()
    page.get_by_label("Tương phản cao").check()
    page.get_by_text("Lưu cách hiển thị").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    expect(page.locator("html")).to_have_attribute("data-text", "200")
    assert page.url.endswith("/cong/#hien-thi")


@pytest.mark.parametrize(
    ("width", "size", "language"),
    [
        (320, "200", "vi-VN"),
        (320, "200", "en"),
        (360, "100", "vi-VN"),
        (768, "200", "vi-VN"),
        (1920, "100", "vi-VN"),
    ],
)
def test_nothing_leaves_the_screen_sideways(
    browser: Browser, address: str, width: int, size: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, locale=language)
    context.add_cookies([{"name": "hien_thi", "value": f"{size}.light", "url": address}])
    page = context.new_page()
    for path in ("/o-nhap/", "/cach-lam/", "/cam/"):
        page.goto(address + path)
        wide = page.evaluate(
            "[...document.querySelectorAll('body *')]"
            ".filter(e => !e.closest('.vh, .skip, svg') && e.getBoundingClientRect().right > innerWidth + 1)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert wide == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
