"""200 certificates as PDF: our typst page against WeasyPrint drawing the same words, fonts, border and QR.

Prints one JSON line; bar: typst needs at most a quarter of WeasyPrint's time.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import logging
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")

import django
import fontpkg_noto_serif
import fontpkg_source_sans_3
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from benchmarks.common.http_timing import report

django.setup()
logging.getLogger("weasyprint").setLevel(logging.ERROR)

from assessments.certificates import codes  # noqa: E402 - Django must be set up
from assessments.certificates.models import Certificate  # noqa: E402
from assessments.certificates.paper import render_page  # noqa: E402

COUNT, TURNS = 200, 4
BAR = 4.0
STYLE = """
@font-face {{ font-family: "Source Sans 3"; src: url("{sans}"); }}
@font-face {{ font-family: "Noto Serif"; src: url("{serif}"); }}
@page {{ size: A4 landscape; margin: 21mm 26mm; }}
body {{ font: 12pt "Source Sans 3"; text-align: center; }}
h1, .name, .title {{ font-family: "Noto Serif"; }} h1 {{ font-size: 33pt; }} .name {{ font-size: 36pt; }}
.border {{ position: fixed; left: -18mm; top: -13mm; width: 281mm; }} img {{ width: 32mm; }}
td {{ text-align: left; vertical-align: bottom; }}
"""


def certificates() -> list[Certificate]:
    day = dt.date(2026, 11, 23)
    said = {
        "title": "Định danh điện tử VNeID",
        "criteria": "Biết dùng tài khoản định danh điện tử, xuất trình giấy tờ trên điện thoại, giữ kín mã OTP.",
        "issuer": "Ban Chỉ đạo phong trào Bình dân học vụ số tỉnh Lâm Đồng",
        "items": 10,
        "supervised": True,
    }
    return [
        Certificate(
            code=codes.new_code(), number=f"2026-{n:06d}", name=f"Nguyễn Thị Hường {n}", level="Cơ bản",
            snapshot=said, issued_on=day, valid_until=day.replace(year=2028), credential="x" * 2_000, ticket="t" * 330,
        )
        for n in range(COUNT)
    ]  # fmt: skip


def band() -> str:
    """The woven border as our paper has it: the same number of diamonds."""
    colours = ["#fff", "#fff", "#f2b51d", "#b4402f"]
    places = [(4 * n, y) for y in (0, 190) for n in range(70)] + [
        (x, 4 * n) for x in (0, 277) for n in range(1, 47)
    ]
    diamonds = "".join(
        f'<path fill="{colours[(x + y) // 4 % 4]}" d="M{x + 2} {y + 0.5}l1.5 1.5-1.5 1.5-1.5-1.5z"/>'
        for x, y in places
    )
    frame = '<path fill="none" stroke="#14574a" stroke-width="4" d="M2 2h277v190H2z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 281 194">{frame}{diamonds}</svg>'


def picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def page(words: dict[str, object], style: str) -> str:
    said = {key: html.escape(str(value)) for key, value in words.items()}
    mark = (render_page._FOLDER / "mark.svg").read_text()
    return f"""<html lang="vi"><head><title>{said["number"]}</title><style>{style}</style></head><body>
<img class="border" alt="Viền" src="{picture(band())}"><img alt="Dấu hiệu" src="{picture(mark)}">
<p>{said["issuer"]}</p><h1>Chứng nhận</h1><p>Cấp cho</p><p class="name">{said["name"]}</p>
<p class="title">{said["title"]}, mức {said["level"]}</p><p>{said["criteria"]}</p><table><tr>
<td>Ngày cấp {said["issued_on"]}<br>Có giá trị đến hết {said["valid_until"]}<br>Số {said["number"]}
<br>Mã chứng nhận {said["code"]}<br>Cách đánh giá {said["measured"]}</td>
<td><img alt="Mã QR" src="{picture(str(words["qr"]))}"></td></tr></table>
<p>Kiểm tra: quét mã QR hoặc mở {said["shown_address"]}</p></body></html>"""


Paper = tuple[Certificate, dict[str, object]]


def with_typst(papers: list[Paper]) -> float:
    begin = time.perf_counter()
    for paper, words in papers:
        render_page._drawn([words], paper, paper.number, paper.credential)
    return time.perf_counter() - begin


def with_weasyprint(papers: list[Paper], style: str, fonts: FontConfiguration) -> float:
    begin = time.perf_counter()
    for paper, words in papers:
        attached = weasyprint.Attachment(string=paper.credential, name="credential.jwt")
        made = weasyprint.HTML(string=page(words, style))
        made.write_pdf(font_config=fonts, attachments=[attached], pdf_variant="pdf/ua-1")
    return time.perf_counter() - begin


def main() -> int:
    fonts = FontConfiguration()
    style = STYLE.format(
        sans=next(Path(fontpkg_source_sans_3.ROOT).rglob("*.ttf")).as_uri(),
        serif=next(Path(fontpkg_noto_serif.ROOT).rglob("*.ttf")).as_uri(),
    )
    # Words and QR are the same for both and made before.
    papers = [(one, render_page._words(one)) for one in certificates()]
    with_typst(papers[:2])
    with_weasyprint(papers[:2], style, fonts)
    # In turns, so that a busy machine slows both.
    half = COUNT // TURNS
    ours = theirs = 0.0
    for turn in range(TURNS):
        part = papers[turn * half : (turn + 1) * half]
        ours += with_typst(part)
        theirs += with_weasyprint(part, style, fonts)
    ratio = theirs / ours
    report(
        benchmark="certificates_paper", certificates=COUNT, typst_s=round(ours, 2),
        weasyprint_s=round(theirs, 2), weasyprint_over_typst=round(ratio, 1), bar=BAR, passed=ratio >= BAR,
    )  # fmt: skip
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
