"""Every answer about a paper or a file has its own seal and heading, for every reader and on every width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assessments.certificates.codes import new_code, shown
from tests.browser.conftest import HALL, PHONE, axe_source, new_context
from tests.browser.issue_on_site import issue_on_site
from tests.running_site import RunningSite

MAKE = """
valid = issued("dau-1", "Người Giữ Giấy", 400)
make_paper(valid.pk)
valid.refresh_from_db()
gone, old = issued("dau-2", "Người Bị Thu", 400), issued("dau-3", "Người Đổi Tên", 400)
revoke_certificate(gone, "Thử thu hồi", None)
correct_name(old, "Người Đổi Tên Mới", None)
print("SAID valid", valid.code)
print("SAID expired", issued("dau-4", "Người Quá Hạn", -2).code)
print("SAID revoked", gone.code)
print("SAID superseded", old.code)
print("SAID paper", valid.pdf.path)
"""
HEADINGS = {
    "valid": "Chứng nhận thật, còn hiệu lực",
    "expired": "Chứng nhận thật, nhưng đã hết hạn",
    "revoked": "Chứng nhận này đã bị thu hồi",
    "superseded": "Chứng nhận thật, nhưng đã có bản mới thay",
    "unknown": "Chúng tôi chưa cấp chứng nhận nào mang mã này",
    "file valid": "Tệp thật, còn hiệu lực",
    "file altered": "Tệp này đã bị sửa",
    "file without seal": "Tệp này không có dấu niêm phong",
}
FAULTS = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id)"
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# A page of one line that nobody sealed.
BARE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000052 00000 n 
0000000101 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
162
%%EOF
"""  # noqa: W291 - lines of that table end with a blank


@pytest.fixture(scope="module")
def made(site: RunningSite) -> dict[str, str]:
    return dict(issue_on_site(site, MAKE))  # type: ignore[arg-type] # pairs


@pytest.fixture(params=["light", "dark", "contrast"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: RunningSite) -> Iterator[Page]:
    context = new_context(browser, site, bypass_csp=True)
    context.add_cookies([{"name": "hien_thi", "value": f"100.{request.param}", "url": site.url}])
    yield context.new_page()
    context.close()


def ask(page: Page, state: str, made: dict[str, str]) -> None:
    if not state.startswith("file "):
        page.goto(f"/c/{shown(made.get(state) or new_code())}")
        return
    paper = Path(made["paper"]).read_bytes()
    data = {"file valid": paper, "file altered": paper + b"\n% more", "file without seal": BARE}[state]
    page.goto("/chung-nhan/")
    sent = {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": data}
    page.set_input_files("input[name=tep]", sent)  # type: ignore[arg-type]
    page.get_by_role("button", name="Kiểm tra tệp này").click()
    page.wait_for_url("**/chung-nhan/tep/")


def test_every_answer_has_its_own_seal_and_no_fault(visitor: Page, made: dict[str, str]) -> None:
    seals = {}
    for state, heading in HEADINGS.items():
        ask(visitor, state, made)
        assert visitor.locator("h1").inner_text() == heading
        seals[state] = visitor.locator(".seal > svg").inner_html()
        visitor.evaluate(axe_source())
        assert visitor.evaluate(FAULTS) == [], state
        for size in (PHONE, HALL):
            visitor.set_viewport_size(size)  # type: ignore[arg-type]
            assert not visitor.evaluate(WIDE), (state, size)
    del seals["file valid"]  # a genuine file and a genuine code are the same answer
    assert len(set(seals.values())) == len(seals)
