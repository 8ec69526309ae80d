"""An officer with a phone: a list sent, its columns put right, results read and taken away; who holds what."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HALL, axe_source, new_context, sign_in
from tests.browser.issue_on_site import issue_on_site
from tests.running_site import RunningSite

MAKE = """
unit = Role.objects.get(person__username="canbo", kind="hr_officer").unit
for number, (name, days) in enumerate([("Ka Hòa Mẫu", 400), ("Trần Sắp Hết", 20), ("Lê Bị Thu", 400)]):
    certificate = issued(f"can-bo-mau-{number}", name, days)
    Membership.objects.create(person=certificate.person, unit=unit, staff_number=f"MAU{number}")
    if number == 2:
        revoke_certificate(certificate, "Thử thu hồi", None)
    print("SAID", certificate.code)
"""
FAULTS = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id)"
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
PAGES = ("/can-bo/", "/can-bo/gui/", "/can-bo/nhan-su/", "/can-bo/thong-bao/", "/can-bo/khoa/")


@pytest.fixture(scope="module")
def codes(site: RunningSite) -> list[str]:
    """Of a certificate that lasts, one that ends soon and one that was withdrawn."""
    return [code for [code] in issue_on_site(site, MAKE)]


@pytest.fixture(scope="module")
def staff_list(codes: list[str]) -> bytes:
    """A heading that nobody knows stands above the years of birth, and a formula among the names."""
    rows = [
        ["STT", "Họ và tên", "Sinh", "Mã chứng nhận"],
        ["1", "KA HOÀ MẪU", "1980", ""],
        ["2", "Tran Sap Het", "1980", codes[1]],
        ["3", "Lê Bị Thu", "", codes[2].lower()],
        ["4", "Người Khác Hẳn", "", codes[0]],
        ["5", "=HYPERLINK(1)", "1980", ""],
        ["6", "Không Ai", "1980", "7K3M-Q9TX-2HVD-W5RX"],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.fixture(scope="module")
def desk(browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site)
    page = context.new_page()
    sign_in(page, "canbo")
    yield page
    context.close()


@pytest.fixture(scope="module")
def results(desk: Page, staff_list: bytes) -> str:
    """The address of the finished check; every page on the way fits a narrow phone."""
    desk.goto("/can-bo/")
    desk.get_by_role("link", name="Kiểm tra danh sách").last.click()
    assert not desk.evaluate(WIDE)
    list_file = {"name": "ds.csv", "mimeType": "text/csv", "buffer": staff_list}
    desk.set_input_files("input[type=file]", list_file)  # type: ignore[arg-type]
    desk.fill("input[name=purpose]", "Rà soát bồi dưỡng")
    desk.fill("input[name=legal_basis]", "Kế hoạch mẫu")
    desk.get_by_role("button", name="Tiếp tục").click()
    expect(desk.locator("h1")).to_have_text("Cột nào ghi gì")
    expect(desk.locator("select[name=full_name]")).to_have_value("1")
    expect(desk.locator("select[name=code]")).to_have_value("3")
    expect(desk.locator("select[name=birth]")).to_have_value("")
    assert not desk.evaluate(WIDE)
    desk.select_option("select[name=birth]", "2")
    desk.get_by_role("button", name="Bắt đầu kiểm tra").click()
    expect(desk.get_by_role("progressbar").or_(desk.get_by_role("table"))).to_be_visible()
    expect(desk.get_by_role("table")).to_be_visible(timeout=60_000)  # the page reloads itself
    assert not desk.evaluate(WIDE)
    return desk.url


def rows_of(page: Page) -> dict[str, str]:
    """Row number to the words of its result."""
    lines = page.locator("table tbody tr").all()
    return {
        line.locator("td").first.inner_text(): line.locator(".tag").inner_text().strip() for line in lines
    }


def test_each_row_says_its_result_in_words(desk: Page, results: str) -> None:
    desk.goto(results)
    assert rows_of(desk) == {
        "2": "Còn hiệu lực",
        "3": "Sắp hết hạn",
        "4": "Đã thu hồi",
        "5": "Khác tên",
        "6": "Chưa rõ là ai",
        "7": "Mã không có",
    }
    desk.get_by_role("link", name="Không dùng được 1").click()
    assert rows_of(desk) == {"4": "Đã thu hồi"}
    desk.get_by_role("link", name="Cần xem lại 3").click()
    assert set(rows_of(desk)) == {"5", "6", "7"}


def taken(page: Page, words: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=words).click()
    return Path(download.value.path()).read_bytes()


def test_the_officer_takes_tables_and_a_signed_report_away(
    desk: Page, results: str, staff_list: bytes
) -> None:
    desk.goto(f"{results}?loc=can-xem-lai")
    sheet = load_workbook(io.BytesIO(taken(desk, "Tải bảng XLSX"))).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [5, 6, 7]
    lines = list(csv.reader(io.StringIO(taken(desk, "Bảng CSV").decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["5", "6", "7"]
    assert not any(cell.startswith("=") for line in lines for cell in line)
    report = json.loads(taken(desk, "Tải báo cáo có ký"))
    said = json.loads(base64.urlsafe_b64decode(report["payload"] + "=="))
    assert said["input"]["sha256"] == hashlib.sha256(staff_list).hexdigest()
    assert (said["purpose"], len(said["rows"])) == ("Rà soát bồi dưỡng", 6)


def test_the_overview_counts_first_and_leads_to_the_people(desk: Page, codes: list[str]) -> None:
    desk.goto("/can-bo/nhan-su/")
    by_skill = desk.get_by_role("region", name=re.compile("theo kỹ năng"))
    soon = by_skill.get_by_role("link").first
    expect(soon).to_have_text("1")
    soon.click()
    people = desk.get_by_role("region", name=re.compile(r"^1 người$"))
    expect(people.get_by_role("rowheader")).to_have_text("Trần Sắp Hết")
    desk.get_by_role("link", name=re.compile("Tất cả")).click()
    expect(desk.locator(".staff-table tbody tr")).not_to_have_count(1)


def test_being_told_is_asked_for_and_ended(desk: Page) -> None:
    desk.goto("/can-bo/thong-bao/")
    desk.get_by_role("button", name="Báo cho tôi").click()
    desk.get_by_role("button", name="Thôi báo").click()
    expect(desk.get_by_role("button", name="Thôi báo")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: RunningSite, desk: Page, results: str, theme: str
) -> None:
    state = desk.context.storage_state()
    context = new_context(browser, site, bypass_csp=True, storage_state=state)
    context.add_cookies([{"name": "hien_thi", "value": f"100.{theme}", "url": site.url}])
    page, faults, wide = context.new_page(), {}, []
    for place in (*PAGES, results):
        page.goto(place)
        page.evaluate(axe_source())
        if found := page.evaluate(FAULTS):
            faults[place] = found
        for size in ({"width": 360, "height": 640}, HALL):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if page.evaluate(WIDE):
                wide.append((place, size["width"]))
    context.close()
    assert faults == {}
    assert wide == []
