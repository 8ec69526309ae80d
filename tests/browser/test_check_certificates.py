"""A paper's square code: read from a picture, checked in the browser, and checked again without network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, axe_source, chromium_path, new_context
from tests.running_site import RunningSite

MAKE = """
import uuid
from django.utils import timezone
from assessments.certificates.api import Achievement
from assessments.certificates.credentials.qr_address import qr_address
from assessments.certificates.credentials.sign_credential import sign_credential
from assessments.certificates.issue_certificate import issue_certificate
from assessments.sittings.api import Purpose, Sitting
from lms.accounts.api import Person
achievement = Achievement.objects.select_related("blueprint", "skill").filter(active=True).first()
sitting = Sitting.objects.create(
    person=Person.objects.create_user("nguoi-giu-giay", full_name="Người Giữ Giấy"),
    blueprint=achievement.blueprint, start_uuid=uuid.uuid4(),
    frozen={"title": "", "parts": [], "pass_share": 0.7}, purpose=Purpose.SCORED, seed=1, audience="citizen",
    finished_at=timezone.now(), points=8.0, max_points=10.0, passed=True, by_skill={},
)
certificate = issue_certificate(sitting, achievement)
sign_credential(certificate)
print("ADDRESS", qr_address(certificate), certificate.name, sep="|")
"""
WITHDRAW = """
from assessments.certificates.api import Certificate, revoke_certificate
revoke_certificate(Certificate.objects.get(code="{code}"), "Thử thu hồi", None)
"""


@pytest.fixture(scope="module")
def paper(site: RunningSite) -> tuple[str, str]:
    """The address in the square code of a new paper, and the name on it."""
    line = next(one for one in site.manage("shell", "-c", MAKE).splitlines() if one.startswith("ADDRESS|"))
    _, address, name = line.split("|")
    return address, name


@pytest.fixture
def picture(paper: tuple[str, str], tmp_path: Path) -> Path:
    path = tmp_path / "qr.png"
    segno.make(paper[0], error="m").save(str(path), scale=6, border=4)
    return path


def forged(address: str) -> str:
    """Another letter in the middle of the ticket, which the signature covers."""
    place = address.index("#") + 60
    return address[:place] + ("A" if address[place] != "A" else "B") + address[place + 1 :]


def test_the_paper_in_hand_shows_the_full_name(
    browser: Browser, site: RunningSite, paper: tuple[str, str]
) -> None:
    address, name = paper
    context = new_context(browser, site)
    page, sent = context.new_page(), []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(address.split("#")[0])
    expect(page.locator("[data-name]")).not_to_have_text(name)
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("[data-name]")).to_have_text(name)
    expect(page.locator("[data-says=held]")).to_be_visible()
    page.goto("about:blank")
    page.goto(forged(address))
    expect(page.locator("[data-says=forged]")).to_be_visible()
    expect(page.locator("[data-name]")).not_to_have_text(name)
    ticket = address.split("#")[1]
    assert not any(ticket[:40] in one.split("#")[0] for one in sent)
    context.close()


def test_a_picture_of_the_code_opens_the_page(
    browser: Browser, site: RunningSite, paper: tuple[str, str], picture: Path
) -> None:
    context = new_context(browser, site)
    page = context.new_page()
    page.goto("/chung-nhan/")
    page.set_input_files("#id_anh", picture)
    page.wait_for_url("**/c/**")
    expect(page.locator("[data-name]")).to_have_text(paper[1])
    context.close()


def test_without_scripts_the_form_still_checks(
    browser: Browser, site: RunningSite, paper: tuple[str, str]
) -> None:
    code = re.search(r"/c/([0-9A-Z-]+)", paper[0])
    assert code is not None
    context = new_context(browser, site, scripts=False)
    page = context.new_page()
    page.goto("/chung-nhan/")
    expect(page.locator("[data-scan]")).to_be_hidden()
    page.fill("input[name=ma]", code.group(1).lower())
    page.click("text=Kiểm tra mã này")
    expect(page.locator("h1")).to_have_text("Chứng nhận thật, còn hiệu lực")
    context.close()


def check_offline(page: Page, address: str) -> None:
    page.fill("#id_dia_chi", address)
    page.click("[data-typed] button")


def test_checked_without_network_and_withdrawn_after_a_refresh(
    browser: Browser, site: RunningSite, paper: tuple[str, str], picture: Path
) -> None:
    address, name = paper
    context = new_context(browser, site)
    page = context.new_page()
    page.goto("/chung-nhan/ngoai-mang/")
    expect(page.locator("[data-state=ready]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.reload()
    expect(page.locator("[data-state=ready]")).to_be_visible()
    page.set_input_files("#id_anh", picture)
    expect(page.locator("[data-result=valid]")).to_be_visible()
    expect(page.locator("[data-fact=name]")).to_have_text(name)
    check_offline(page, forged(address))
    expect(page.locator("[data-result=forged]")).to_be_visible()
    expect(page.locator("[data-facts]")).to_be_hidden()
    check_offline(page, address.split("#")[0])
    expect(page.locator("[data-result=bare]")).to_be_visible()
    code = re.search(r"/c/([0-9A-Z-]+)", address)
    assert code is not None
    site.manage("shell", "-c", WITHDRAW.format(code=code.group(1).replace("-", "")))
    check_offline(page, address)
    expect(page.locator("[data-result=valid]")).to_be_visible()  # it cannot know yet
    context.set_offline(False)
    page.click("[data-refresh]")
    expect(page.locator("[data-state=ready]")).to_be_visible()
    context.set_offline(True)
    check_offline(page, address)
    expect(page.locator("[data-result=withdrawn]")).to_be_visible()
    context.close()


# The browser's own cryptography without Ed25519, as before 2025: the library must say the same.
WITHOUT_ED25519 = """
const known = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (kind, key, how, ...rest) =>
  how?.name === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : known(kind, key, how, ...rest);
"""


def test_older_browsers_check_with_the_library(
    browser: Browser, site: RunningSite, paper: tuple[str, str]
) -> None:
    context = new_context(browser, site)
    context.add_init_script(WITHOUT_ED25519)
    page = context.new_page()
    page.goto(paper[0])
    expect(page.locator("[data-says=held]")).to_be_visible()
    page.goto("about:blank")
    page.goto(forged(paper[0]))
    expect(page.locator("[data-says=forged]")).to_be_visible()
    context.close()


def test_the_new_pages_have_no_fault_for_axe(
    browser: Browser, site: RunningSite, paper: tuple[str, str]
) -> None:
    run = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id)"
    for theme in ("light", "dark", "contrast"):
        context = new_context(browser, site, bypass_csp=True)
        context.add_cookies([{"name": "hien_thi", "value": f"100.{theme}", "url": site.url}])
        page = context.new_page()
        for place in (paper[0], "/chung-nhan/", "/chung-nhan/ngoai-mang/"):
            page.goto(place)
            page.wait_for_load_state("networkidle")
            page.evaluate(axe_source())
            assert page.evaluate(run) == [], (place, theme)
        context.close()


def test_the_camera_reads_the_code(
    site: RunningSite, paper: tuple[str, str], tmp_path: Path, browser: Browser
) -> None:
    """Chromium's pretended camera plays a film of the code."""
    film = tmp_path / "qr.y4m"
    film.write_bytes(film_of(segno.make(paper[0], error="m")))
    flags = [*FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    with_camera = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*flags, f"--use-file-for-fake-video-capture={film}"]
    )
    context = new_context(with_camera, site, permissions=["camera"])
    page = context.new_page()
    page.goto("/chung-nhan/")
    page.click("[data-scan-start]")
    page.wait_for_url("**/c/**")
    expect(page.locator("[data-says=held]")).to_be_visible()
    with_camera.close()


def film_of(code: Any, side: int = 480) -> bytes:
    """One black and white frame in the plainest film format (YUV4MPEG2)."""
    rows = [list(row) for row in code.matrix_iter(border=4)]
    size = len(rows)
    luma = bytearray()
    for y in range(side):
        row = rows[y * size // side]
        luma += bytes(16 if row[x * size // side] else 235 for x in range(side))
    frame = b"FRAME\n" + bytes(luma) + bytes([128]) * (side * side // 2)
    return b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (side, side) + frame * 2


def test_the_machine_documentation_works_under_the_policy(browser: Browser, site: RunningSite) -> None:
    context = new_context(browser, site)
    page, broken = context.new_page(), []
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    page.goto("/api/v1/docs")
    expect(page.get_by_text("/api/v1/verify").first).to_be_visible()
    assert broken == []
    context.close()
