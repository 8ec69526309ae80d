"""Which column holds what, by its Vietnamese heading."""

from __future__ import annotations

from lms import vietnamese

_HEADINGS = {
    "full_name": ("ho va ten", "ho ten", "ho, ten", "ten day du", "full name"),
    "birth_year": ("nam sinh",),
    "birth_date": ("ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh"),
    "phone": ("so dien thoai", "dien thoai", "sdt", "so dt", "dien thoai di dong"),
    "email": ("thu dien tu", "email", "e-mail"),
    "unit": (
        "don vi/thon",
        "don vi",
        "thon",
        "thon/to dan pho",
        "to dan pho",
        "thon, to dan pho",
        "buon",
        "bon",
    ),
    "commune": ("xa", "xa/phuong", "xa, phuong", "phuong", "xa cu", "xa/phuong cu", "xa/phuong/dac khu"),
    "audience": ("doi tuong", "nhom doi tuong", "nhom"),
    "staff_number": ("ma can bo", "ma nhan vien", "so hieu", "ma so"),
}
_BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_ROWS_SEARCHED = 20


def heading_key(text: str) -> str:
    """``Đơn vị / Thôn (*)`` and ``don vi/thon`` are the same heading."""
    plain = vietnamese.folded(text).replace("(*)", "").replace("*", "")
    return plain.replace(" / ", "/").replace("/ ", "/").replace(" /", "/").strip(" :.")


def find_columns(rows: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """Index of the heading row and field to column; None when no row holds a column of names."""
    for index, row in enumerate(rows[:_ROWS_SEARCHED]):
        columns: dict[str, int] = {}
        for place, text in enumerate(row):
            field = _BY_HEADING.get(heading_key(text))
            if field is not None:
                columns.setdefault(field, place)
        if "full_name" in columns:
            return index, columns
    return None
