"""H5P in real Chromium: own activities, H5P's player, two on one page, and a library that tries to break out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from media.h5p.django_app.load_own import OWN
from tests.browser.conftest import axe_source, new_context, sign_in
from tests.h5p.contents import multi_choice
from tests.h5p.corpus import Members, dependency, encode, library_json, manifest, zipped
from tests.running_site import RunningSite

LESSON = "/khoa-hoc/an-toan-tren-mang/dung-ba-giay/?buoc=11"
RIGHT = "Tắt máy, rồi tự gọi số in trên thẻ để hỏi lại."
STORY = "/khoa-hoc/an-toan-tren-mang/giong-con-mat-con/?buoc=11"
SCREEN = "/khoa-hoc/vneid/lay-dung-vneid-tu-kho-ung-dung/?buoc=9"
SMALL_TARGETS = """() => [...document.querySelectorAll('button')].filter(button => {
  const box = button.getBoundingClientRect();
  return box.height < 48 || box.width < 48 || box.right > innerWidth;
}).map(button => button.textContent)"""
MOST_REQUESTS = 15
AXE = """async () => (await axe.run(document, {resultTypes: ['violations']}))
  .violations.map(v => v.id + ' ' + v.nodes[0].html)"""
HOSTILE = """
H5P.Hostile = function () { H5P.EventDispatcher.call(this); };
H5P.Hostile.prototype.attach = function ($container) {
  var tried = {origin: String(window.origin)};
  function attempt(name, act) {
    try { tried[name] = "got " + String(act()).slice(0, 40); } catch (e) { tried[name] = e.name; }
  }
  attempt("cookie", function () { return document.cookie; });
  attempt("parent", function () { return window.parent.document.title; });
  attempt("top", function () { window.top.location = "/toi/"; });
  attempt("open", function () { return window.open("/toi/"); });
  attempt("storage", function () { localStorage.setItem("a", "1"); return localStorage.getItem("a"); });
  var image = new Image();
  image.onload = function () { tried.image = "loaded"; };
  image.onerror = function () { tried.image = "blocked"; };
  image.src = "/static/theme/icon.svg";
  for (var n = 0; n < 3000; n++) {
    var said = {verb: {id: "http://adlnet.gov/expapi/verbs/answered"}, actor: {mbox: "mailto:a@b.c"}};
    window.parent.postMessage({h5p: 1, kind: "statement", statement: said}, "*");
    window.parent.postMessage({h5p: 1, kind: "size", height: 1e9}, "*");
    window.parent.postMessage({kind: "verdict", raw: 1}, "*");
  }
  var result = {score: {raw: 9, max: 9}, success: true, response: "0"};
  var snapshot = {statement: {result: result}};
  window.parent.postMessage({h5p: 1, kind: "result", claimed: {raw: 9, max: 9}, snapshot: snapshot}, "*");
  fetch("/toi/").then(function () { tried.fetch = "got"; }, function () { tried.fetch = "blocked"; }).then(function () {
    $container[0].insertAdjacentHTML("beforeend", "<p>xong</p><pre></pre>");
    setTimeout(function () { $container[0].querySelector("pre").textContent = JSON.stringify(tried); }, 300);
  });
};
"""


def package(machine_name: str, script: str, params: Any) -> bytes:
    folder = f"{machine_name}-1.0"
    members: Members = {
        "h5p.json": encode(
            manifest(
                title=machine_name, mainLibrary=machine_name, preloadedDependencies=[dependency(machine_name)]
            )
        ),
        "content/content.json": encode(params),
        f"{folder}/library.json": encode(library_json(machine_name, preloadedCss=None)),
        f"{folder}/js/test.js": script.encode(),
    }
    return zipped(members)


@pytest.fixture
def learner(browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, bypass_csp=False)
    page = context.new_page()
    sign_in(page, "hocvien")
    yield page
    context.close()


@pytest.fixture(scope="module")
def administrator(browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    sign_in(page, "quantri")
    yield page
    context.close()


def opened(page: Page, number: int = 0) -> FrameLocator:
    section = page.locator("[data-h5p]").nth(number)
    section.locator("[data-begin]").click()
    return section.frame_locator("iframe")


def said(page: Page, words: str, number: int = 0) -> None:
    expect(page.locator("[data-said]").nth(number)).to_have_text(words)


def taken_in(page: Page, body: bytes) -> None:
    """Sent in the admin as an administrator does; ends on the page of the new activity."""
    page.goto("/quan-tri/h5p/gui/")
    page.set_input_files(
        "input[type=file]", {"name": "goi.h5p", "mimeType": "application/zip", "buffer": body}
    )
    page.locator("form[enctype] button[type=submit]").click()
    install = page.get_by_role("button", name="Cài các thư viện này và lưu gói")
    install.click(timeout=30_000)
    page.get_by_role("link", name="Xem hoạt động").click(timeout=30_000)


def test_a_visitor_plays_an_own_activity_lightly_and_accessibly(browser: Browser, site: RunningSite) -> None:
    context = new_context(browser, site, bypass_csp=True)
    page = context.new_page()
    page.goto(LESSON)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = opened(page)
    frame.get_by_text(RIGHT).click()
    frame.get_by_role("button", name="Trả lời").click()
    said(page, "Kết quả: 1/1 điểm.")
    assert len(asked) <= MOST_REQUESTS
    assert all(url.startswith(site.url) for url in asked)
    inner = page.frames[-1]
    for one in (page.main_frame, inner):
        one.evaluate(axe_source())
        assert one.evaluate(AXE) == []
    address = inner.url
    context.close()
    opened_by_itself_it_is_nobody(browser, site, address)


def opened_by_itself_it_is_nobody(browser: Browser, site: RunningSite, address: str) -> None:
    """As much as in the frame; axe needs the policy switched off, so this takes another visitor."""
    context = new_context(browser, site)
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("window.origin") == "null"
    assert (
        page.evaluate("() => { try { return document.cookie } catch (e) { return e.name } }")
        == "SecurityError"
    )
    context.close()


def is_accessible(page: Page) -> None:
    inner = page.frames[-1]
    inner.evaluate(axe_source())
    assert inner.evaluate(AXE) == []
    assert inner.evaluate(SMALL_TARGETS) == []
    assert inner.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_story_is_played_with_the_keyboard_and_scored_by_its_way(learner: Page) -> None:
    learner.set_viewport_size({"width": 320, "height": 640})
    learner.goto(STORY)
    frame = opened(learner)
    frame.get_by_role("button", name="Ông hỏi cháu câu riêng").press("Enter")
    expect(frame.locator(".bd-scene")).to_be_focused()
    expect(frame.locator(".bd-scene")).to_contain_text("Bị giục: vừa")
    said(learner, "Đã ghi lại câu trả lời.")
    is_accessible(learner)
    learner.goto(STORY)
    frame = opened(learner)
    expect(frame.locator(".bd-told")).to_contain_text("Ông hỏi cháu câu riêng")
    frame.get_by_role("button", name="Ông tắt máy, gọi lại số cũ").press("Enter")
    expect(frame.locator(".bd-scene")).to_contain_text("Cháu thật bắt máy")
    said(learner, "Kết quả: 4/4 điểm.")
    expect(frame.locator(".bd-word")).to_have_count(0)


def test_places_of_a_screen_are_buttons_in_the_reader_s_colours(browser: Browser, site: RunningSite) -> None:
    context = new_context(browser, site, bypass_csp=True, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "hien_thi", "value": "150.contrast", "url": site.url}])
    page = context.new_page()
    page.goto(SCREEN)
    frame = opened(page)
    file = frame.get_by_role("button", name="vneid-ban-moi.apk")
    file.press("Space")
    expect(file).to_have_attribute("aria-pressed", "true")
    assert page.frames[-1].evaluate("getComputedStyle(document.body).fontSize") == "27px"
    assert page.frames[-1].evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    is_accessible(page)
    frame.get_by_role("button", name="Xóa tin").click()
    frame.get_by_role("button", name="Trả lời").press("Enter")
    expect(frame.locator(".bd-said")).to_be_focused()
    said(page, "Kết quả: 0/2 điểm.")
    context.close()


def test_without_scripts_the_lesson_says_so(browser: Browser, site: RunningSite) -> None:
    context = new_context(browser, site, scripts=False)
    page = context.new_page()
    page.goto(LESSON)
    expect(page.locator("[data-h5p] noscript p")).to_contain_text("Hoạt động này cần JavaScript")
    expect(page.locator("[data-begin]")).to_be_hidden()
    context.close()


def test_a_person_stops_and_goes_on_where_they_were(learner: Page) -> None:
    learner.goto(LESSON)
    frame = opened(learner)
    frame.get_by_text(RIGHT).click()
    said(learner, "Đã ghi lại câu trả lời.")
    learner.goto(LESSON)
    frame = opened(learner)
    expect(frame.get_by_label(RIGHT)).to_be_checked()
    frame.get_by_role("button", name="Trả lời").press("Enter")
    said(learner, "Kết quả: 1/1 điểm.")
    learner.get_by_role("button", name="Làm lại từ đầu").click()
    expect(frame.get_by_label(RIGHT)).not_to_be_checked()


def test_answers_wait_for_the_connection(learner: Page) -> None:
    learner.goto(LESSON)
    frame = opened(learner)
    frame.get_by_text(RIGHT).wait_for()
    learner.context.set_offline(True)
    frame.get_by_text(RIGHT).click()
    frame.get_by_role("button", name="Trả lời").click()
    said(learner, "Chưa có mạng. Câu trả lời giữ trên máy này, có mạng sẽ tự gửi.")
    learner.context.set_offline(False)
    said(learner, "Kết quả: 1/1 điểm.")


def test_two_on_one_page_do_not_mix(learner: Page) -> None:
    def doubled(route: Route) -> None:
        answer = route.fetch()
        section = re.search(r"<section [^>]*data-h5p.*?</section>", answer.text(), re.DOTALL)
        assert section
        route.fulfill(response=answer, body=answer.text().replace("</main>", section[0] + "</main>"))

    # Signed out, so that the two are two plays of one activity.
    learner.context.clear_cookies()
    learner.route(re.compile("buoc=11"), doubled)
    learner.goto(LESSON)
    first, second = opened(learner, 0), opened(learner, 1)
    first.get_by_text(RIGHT).click()
    first.get_by_role("button", name="Trả lời").click()
    said(learner, "Kết quả: 1/1 điểm.", 0)
    said(learner, "", 1)
    expect(second.get_by_label(RIGHT)).not_to_be_checked()
    second.get_by_text("Đọc mã cho nhanh").click()
    second.get_by_role("button", name="Trả lời").click()
    said(learner, "Kết quả: 0/1 điểm.", 1)
    said(learner, "Kết quả: 1/1 điểm.", 0)


def test_a_hostile_library_gets_nowhere(administrator: Page, site: RunningSite) -> None:
    page = administrator
    taken_in(page, package("H5P.Hostile", HOSTILE, {"a": 1}))
    address = page.url
    frame = opened(page)
    expect(frame.locator("pre")).to_have_text(re.compile(r"^\{"))
    tried = json.loads(frame.locator("pre").inner_text())
    assert tried["origin"] == "null"
    assert tried["cookie"] == tried["parent"] == tried["top"] == "SecurityError"
    assert tried["open"] == "got null"
    assert tried["storage"] == "got 1"
    assert tried["fetch"] == tried["image"] == "blocked"
    assert page.url == address
    assert page.locator("[data-frame] iframe").bounding_box()["height"] <= 4010  # type: ignore[index]
    said(page, "Đã xong. Hoạt động này để luyện tập, không tính điểm.")
    (count,) = site.rows(
        "SELECT COUNT(*) FROM h5p_statement JOIN h5p_attempt a ON a.id = attempt_id"
        " JOIN h5p_activityversion v ON v.id = a.version_id JOIN h5p_activity x ON x.id = v.activity_id"
        " WHERE x.title = 'H5P.Hostile'"
    )[0]
    assert count <= 40


def test_h5p_s_own_player_plays_scores_and_keeps_no_key(administrator: Page) -> None:
    """Our choice under the name of a real type, so that it runs on the large player."""
    script = (OWN / "BinhDan.Choice-1.0" / "choice.js").read_text(encoding="utf-8")
    script = script.replace("window.BinhDan.Choice =", "H5P.MultiChoice =")
    page = administrator
    taken_in(page, package("H5P.MultiChoice", script, multi_choice("-+-", {"type": "single"})))
    frame = opened(page)
    expect(frame.locator(".bd-option")).to_have_count(3)
    assert "correct" not in page.frames[-1].content()
    frame.get_by_text("Đáp án 1").click()
    said(page, "Đã ghi lại câu trả lời.")
    page.reload()
    frame = opened(page)
    expect(frame.get_by_label("Đáp án 1")).to_be_checked()
    frame.get_by_role("button", name="Trả lời").click()
    said(page, "Kết quả: 1/1 điểm.")
