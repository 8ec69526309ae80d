"""Draw the two DOCX forms of the minutes: `tools/make_minutes_forms.py`. A person may go on in a word processor.

Measures of the party form: A4, margins 20/20/30/15 mm, Times New Roman 14, lines of 19 pt, first line 10 mm.
"""

from __future__ import annotations

import sys
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from courses.gatherings.minutes.stable_zip import repacked  # noqa: E402 - found by the line above

FORMS = ROOT / "courses" / "gatherings" / "minutes" / "forms"
FONT = "Times New Roman"
# Widths of the columns: number, question, four classes; together the 165 mm between the margins.
COLUMNS = (15, 78, 18, 18, 18, 18)


def main() -> None:
    for name, head, line in (("party-2026", party_head, 19), ("class-2020", class_head, 18)):
        document = blank(line)
        head(document)
        body(document)
        signatures(document, bold_role=True)
        recipients(document, underlined=name.startswith("party"))
        document.save(str(FORMS / f"{name}.docx"))
        file = FORMS / f"{name}.docx"
        file.write_bytes(repacked(file.read_bytes()))


def blank(line: int) -> Document:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.different_first_page_header_footer = True
    page.header_distance = Mm(10)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(line)
    number_pages(page.header.paragraphs[0])
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return document


def number_pages(paragraph: Paragraph) -> None:
    """In the middle of the head, from the second page on."""
    paragraph.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def party_head(document: Document) -> None:
    left, right = two_columns(document, 75, 90)
    write(left, "{{ upper_issuer }}", first=True)
    write(left, "{{ issuer }}", bold=True)
    write(left, "*")
    write(left, "{{ number }}")
    write(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, first=True, size=15)
    rule(right, 10)
    write(right, "{{ place_and_date }}", italic=True, size=13)
    titles(document, "-----")


def class_head(document: Document) -> None:
    left, right = two_columns(document, 70, 95)
    write(left, "{{ upper_issuer }}", first=True, size=13)
    write(left, "{{ issuer }}", bold=True, size=13)
    rule(left, 22)
    write(left, "{{ number }}", size=13)
    write(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, first=True, size=12)
    write(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    rule(right, 18)
    write(right, "{{ place_and_date }}", italic=True, size=13)
    titles(document, "")


def titles(document: Document, dashes: str) -> None:
    space(write(document, "{{ title }}", bold=True, size=16), before=18)
    write(document, "{{ abstract }}", bold=True)
    write(document, dashes)


def body(document: Document) -> None:
    lines(document, "before_table")
    write(document, "{%p if table %}")
    results(document)
    note = write(document, "{{ table_note }}", italic=True, size=11)
    note.alignment = ALIGN.JUSTIFY
    note.paragraph_format.line_spacing = Pt(14)
    space(note, before=3, after=3)
    write(document, "{%p endif %}")
    lines(document, "after_table")


def lines(document: Document, name: str) -> None:
    write(document, f"{{%p for line in {name} %}}")
    # What announces a table or a list stays on the page of what it announces.
    leads, others = "line.text.endswith(':')", "not line.text.endswith(':')"
    for style, when in (("section", ""), ("text", leads), ("text", others), ("item", "")):
        write(document, f"{{%p if line.style == '{style}'{f' and {when}' if when else ''} %}}")
        paragraph = write(document, "{{ line.text }}", bold=style == "section")
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.paragraph_format.keep_with_next = style == "section" or when == leads
        space(paragraph, before=6 if style == "section" else 3)
        write(document, "{%p endif %}")
    write(document, "{%p endfor %}")


def results(document: Document) -> None:
    table = document.add_table(rows=4, cols=len(COLUMNS))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, COLUMNS)
    for column in range(len(COLUMNS)):
        cell(table, 0, column, f"{{{{ table[0][{column}] }}}}", bold=True)
        cell(table, 2, column, f"{{{{ row[{column}] }}}}", left=column == 1)
    cell(table, 1, 0, "{%tr for row in table[1:] %}")
    cell(table, 3, 0, "{%tr endfor %}")
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def cell(table: Table, row: int, column: int, text: str, *, bold: bool = False, left: bool = False) -> None:
    paragraph = write(table.cell(row, column), text, bold=bold, size=12, first=True)
    paragraph.paragraph_format.line_spacing = Pt(15)
    if left:
        paragraph.alignment = ALIGN.LEFT


def signatures(document: Document, *, bold_role: bool) -> None:
    space(write(document, ""), after=4)
    left, right = two_columns(document, 82, 83)
    for side, name in ((left, "left"), (right, "right")):
        write(side, f"{{{{ {name}.role }}}}", bold=bold_role, first=True)
        write(side, "(Ký, ghi rõ họ tên)", italic=True, size=13)
        space(write(side, f"{{{{ {name}.name }}}}", bold=True), before=62)


def recipients(document: Document, *, underlined: bool) -> None:
    write(document, "{%p if recipients %}")
    head = space(write(document, "Nơi nhận:", size=12, bold=not underlined, italic=not underlined), before=14)
    head.alignment = ALIGN.LEFT
    head.runs[0].underline = underlined
    write(document, "{%p for one in recipients %}")
    one = write(document, "- {{ one }}{{ '.' if loop.last else ',' }}", size=12)
    one.alignment = ALIGN.LEFT
    one.paragraph_format.line_spacing = Pt(15)
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")
    write(document, "{%p if log_note %}")
    note = space(write(document, "{{ log_note }}", size=10, italic=True), before=10)
    note.alignment = ALIGN.LEFT
    write(document, "{%p endif %}")


def two_columns(document: Document, left: int, right: int) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    set_widths(table, (left, right))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table.cell(0, 0), table.cell(0, 1)


def set_widths(table: Table, widths: tuple[int, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        for one in column.cells:
            one.width = Mm(width)
        column.width = Mm(width)


def write(
    where: Document | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 14,
    first: bool = False,
) -> Paragraph:
    """A centred paragraph; ``first`` takes the empty one that a cell is born with."""
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def space(paragraph: Paragraph, before: int = 0, after: int = 0) -> Paragraph:
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def rule(where: _Cell, inset: int) -> None:
    """A line across, shorter than the column: an empty low paragraph with a border above."""
    paragraph = space(write(where, "", size=6), before=3)
    paragraph.paragraph_format.line_spacing = Pt(7)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(inset)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


if __name__ == "__main__":
    main()
