"""axe finds nothing on any public page in any theme; nothing scrolls sideways; no request leaves the host."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import axe_source, new_context
from tests.browser.public_pages import crawl
from tests.running_site import RunningSite

RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))"  # noqa: E501 - one expression of the browser


@pytest.fixture(scope="module")
def paths(site: RunningSite) -> list[str]:
    found = crawl(site.url)
    assert len(found) > 15
    return found


@pytest.fixture(scope="module", params=["light", "dark", "contrast"])
def page_in_theme(request: pytest.FixtureRequest, browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, bypass_csp=True)
    context.add_cookies([{"name": "hien_thi", "value": f"100.{request.param}", "url": site.url}])
    yield context.new_page()
    context.close()


def test_axe_finds_nothing(page_in_theme: Page, paths: list[str]) -> None:
    source, found = axe_source(), {}
    for path in paths:
        page_in_theme.goto(path)
        page_in_theme.evaluate(source)
        violations = page_in_theme.evaluate(RUN)
        if violations:
            found[path] = violations
    assert found == {}


def test_axe_would_find_a_fault(page_in_theme: Page) -> None:
    page_in_theme.goto("/")
    page_in_theme.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/x.png>')"
    )
    page_in_theme.evaluate(axe_source())
    assert any(v.startswith("image-alt") for v in page_in_theme.evaluate(RUN))


@pytest.mark.parametrize(("width", "text"), [(320, 100), (360, 150), (360, 200), (768, 200), (1920, 100)])
def test_no_page_scrolls_sideways(
    browser: Browser, site: RunningSite, paths: list[str], width: int, text: int
) -> None:
    context = new_context(browser, site, viewport={"width": width, "height": 640})
    context.add_cookies([{"name": "hien_thi", "value": f"{text}.light", "url": site.url}])
    page, wide = context.new_page(), []
    for path in paths:
        page.goto(path)
        if page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def test_no_request_leaves_the_host(browser: Browser, site: RunningSite, paths: list[str]) -> None:
    context = new_context(browser, site)
    page, foreign, broken = context.new_page(), [], []
    host = urlsplit(site.url).netloc
    page.on("request", lambda r: foreign.append(r.url) if urlsplit(r.url).netloc not in {host, ""} else None)
    page.on("console", lambda m: broken.append(m.text) if m.type == "error" and "404" not in m.text else None)
    for path in paths:
        page.goto(path)
    context.close()
    assert foreign == []
    assert broken == []


def test_targets_are_large_enough_for_a_thumb(phone: Page, paths: list[str]) -> None:
    small = {}
    script = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, .btn, .btn-2, nav a')]
        .filter(e => e.offsetParent !== null && !['radio', 'checkbox', 'file'].includes(e.type))
        .map(e => [e.outerHTML.slice(0, 80), Math.round(e.getBoundingClientRect().height)])
        .filter(([html, height]) => height > 1 && height < 48)"""
    for path in paths:
        phone.goto(path)
        if found := phone.evaluate(script):
            small[path] = found
    assert small == {}
