"""Real Chromium against a real site; one site per test process, started as `make run` does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.running_site import DEMO_PASSWORD, RunningSite

PHONE = {"width": 360, "height": 640}
HALL = {"width": 1920, "height": 1080}
# No background chatter: the suite also proves that no page asks another host.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium is needed: tools/find_chromium.sh installs it")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The driver runs an event loop in this thread; the suite's own ORM calls are plain ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def phone(browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site)
    yield context.new_page()
    context.close()


def new_context(
    browser: Browser, site: RunningSite, *, scripts: bool = True, **options: object
) -> BrowserContext:
    """A fresh visitor with an old phone (360×640 unless told otherwise)."""
    settings = {
        "viewport": PHONE,
        "base_url": site.url,
        "locale": "vi-VN",
        "java_script_enabled": scripts,
        **options,
    }
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context


def sign_in(page: Page, username: str, password: str = DEMO_PASSWORD) -> None:
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)


def axe_source() -> str:
    return (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
