"""A list of people is checked, shown, then saved; nothing hostile is opened, nothing is saved twice."""

from __future__ import annotations

import io
import unicodedata
import uuid
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TransactionTestCase
from openpyxl import Workbook

from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit
from lms.organisations.models import PeopleImport
from lms.organisations.people_import import run_import
from lms.organisations.people_import.run_import import begin_saving, check_import, save_import
from tests.organisations.conftest import member

HEAD = ["Họ và tên", "Năm sinh", "Số điện thoại", "Đơn vị/Thôn", "Đối tượng"]


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def checked(unit: Unit, content: bytes, name: str = "ds.xlsx", by: Person | None = None) -> PeopleImport:
    job = PeopleImport.objects.create(
        unit=unit, created_by=by, file_name=name, file=ContentFile(content, name=f"{uuid.uuid4()}.bin")
    )
    check_import(job.pk)
    job.refresh_from_db()
    return job


def saved(unit: Unit, content: bytes, name: str = "ds.xlsx", by: Person | None = None) -> PeopleImport:
    job = checked(unit, content, name, by)
    assert begin_saving(job)
    save_import(job.pk)
    job.refresh_from_db()
    return job


def said(job: PeopleImport) -> str:
    return " | ".join(f"{one['row']} {one['level']} {one['message']}" for one in job.messages)


def test_a_good_list_is_shown_first_and_saved_after(units: dict[str, Unit], facilitator: Person) -> None:
    content = xlsx(
        ["DANH SÁCH HỌC VIÊN"],
        HEAD,
        ["Ka Hiền", 1961, 912345678, "Thôn Đồi Thông", "Công dân"],
        ["H'Hồng Niê Kđăm", "1984", "0987 654 321", "buon hoa ban", "Đảng viên"],
        ["Nguyễn Văn A", None, None, None, None],
    )
    job = checked(units["xa-di-linh"], content)
    assert (job.state, job.counts) == ("checked", {"new": 3, "duplicate": 0, "error": 0})
    assert not Person.objects.filter(full_name="Ka Hiền").exists()
    job = saved(units["xa-di-linh"], content, by=facilitator)
    assert (job.state, job.done, job.file.name) == ("saved", 3, "")
    ka_hien = Person.objects.get(full_name="Ka Hiền")
    assert (ka_hien.phone, ka_hien.birth_year) == ("0912345678", 1961)
    assert Membership.objects.get(person=ka_hien).unit.name == "Thôn Đồi Thông"
    assert ka_hien.consents.get().recorded_by == facilitator
    assert Person.objects.get(full_name="H'Hồng Niê Kđăm").audience == "cadre"
    assert Membership.objects.get(person__full_name="Nguyễn Văn A").unit == units["xa-di-linh"]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1258", ",")],
)
def test_csv_of_every_usual_kind_and_decomposed_letters(
    units: dict[str, Unit], encoding: str, separator: str
) -> None:
    lines = [["Họ và tên", "Năm sinh"], ["Nguyễn Thị Ớt", "1970"], ["Đặng Đình Đệ", "1955"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    text = unicodedata.normalize("NFD", text)
    if encoding == "cp1258":
        text = to_cp1258(text)
    saved(units["xa-di-linh"], text.encode(encoding), "ds.csv")
    assert set(Person.objects.exclude(username="huongdan").values_list("full_name", flat=True)) == {
        "Nguyễn Thị Ớt", "Đặng Đình Đệ",
    }  # fmt: skip


def to_cp1258(text: str) -> str:
    """The old code page knows whole vowels with their hat, and tones as marks after them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    composed = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        composed += base + "".join(c for c in parts if c in tones)
    return composed


def test_duplicates_by_folded_name_year_and_unit(units: dict[str, Unit]) -> None:
    hamlet = units["xa-di-linh-thon-doi-thong"]
    member(hamlet, "Trần Thị Hòa", birth_year=1960)
    job = saved(
        units["xa-di-linh"],
        xlsx(
            HEAD,
            ["TRẦN THỊ HOÀ", 1960, None, "Thôn Đồi Thông", None],
            ["Trần Thị Hòa", 1961, None, "Thôn Đồi Thông", None],
            ["tran thi hoa", 1961, None, "Thôn Đồi Thông", None],
            ["Trần Thị Hòa", 1960, None, "Thôn Suối Mơ", None],
        ),
    )
    assert job.counts == {"new": 2, "duplicate": 2, "error": 0}
    assert "2 warning Người này đã có trong đơn vị." in said(job)
    assert "4 warning Người này đã có ở dòng 3." in said(job)
    assert Person.objects.filter(folded_name="tran thi hoa").count() == 3


def test_old_commune_names_lead_to_the_new_units(units: dict[str, Unit]) -> None:
    head = ["Họ và tên", "Xã/Phường"]
    job = saved(
        units["tinh-lam-dong"],
        xlsx(
            head,
            ["Người Một", "xã Gung Ré"],
            ["Người Hai", "Thị trấn Mađaguôi"],
            ["Người Ba", "xã Tân Thành"],
            ["Người Bốn", "Phường 8"],
            ["Người Năm", "xã Phong Phú"],
            ["Người Sáu", "Xã Nơi Nào"],
            ["Người Bảy", "P. B’Lao"],
            ["Người Tám", "xã Bình Thạnh"],
        ),
    )
    where = dict(Membership.objects.values_list("person__full_name", "unit__name"))
    assert where == {
        "Người Một": "Di Linh", "Người Hai": "Đạ Huoai", "Người Ba": "Tân Thành",
        "Người Bốn": "Lâm Viên - Đà Lạt", "Người Bảy": "B'Lao",
    }  # fmt: skip
    words = said(job)
    assert "2 warning Xã Gung Ré nay thuộc Xã Di Linh." in words
    assert "6 error “xã Phong Phú” có thể là nhiều đơn vị" in words
    assert "7 error Không thấy đơn vị “Xã Nơi Nào” trong Tỉnh Lâm Đồng." in words
    assert "9 error “xã Bình Thạnh” có thể là nhiều đơn vị" in words


def test_a_list_for_a_commune_cannot_reach_another_one(units: dict[str, Unit]) -> None:
    job = checked(units["xa-di-linh"], xlsx(HEAD, ["Người Xa", 1970, None, "Bon Đất Đỏ", None]))
    assert job.counts == {"new": 0, "duplicate": 0, "error": 1}


def test_formula_cells_are_never_taken_as_text(units: dict[str, Unit]) -> None:
    job = saved(
        units["xa-di-linh"],
        xlsx(
            HEAD,
            ['=HYPERLINK("http://evil.example","Bấm đây")', 1970, None, None, None],
            ["@SUM(1+1)", 1970, None, None, None],
            ["+84 gọi tôi", 1970, None, None, None],
            ["-2+3+cmd|' /C calc'!A0", 1970, None, None, None],
            ["Người Tốt", "=1+1", None, "=A1", None],
        ),
    )
    assert job.counts["error"] == 4
    assert list(Person.objects.exclude(username="huongdan").values_list("full_name", flat=True)) == [
        "Người Tốt"
    ]
    csv = "Họ và tên,Năm sinh\n=cmd|'/C calc'!A0,1970\n\"\t=1+1\",1970\n".encode()
    assert checked(units["xa-di-linh"], csv, "ds.csv").counts["error"] == 2


def test_wrong_cells_are_named_row_by_row(units: dict[str, Unit]) -> None:
    head = ["Họ và tên", "Ngày sinh", "Năm sinh", "Số điện thoại", "Email", "Đối tượng"]
    job = checked(
        units["xa-di-linh"],
        xlsx(
            head,
            ["Người Một", "31/02/1970", None, None, None, None],
            ["Người Hai", "05/02/1970", 1971, None, None, None],
            ["Người Ba", None, 1492, None, None, None],
            ["Người Bốn", "5/2/1970", None, "123", "không", "vua"],
            ["", "5/2/1970", None, None, None, None],
        ),
    )
    words = said(job)
    assert "2 error Ngày sinh “31/02/1970” chưa đúng dạng ngày/tháng/năm." in words
    assert "3 error Năm sinh và ngày sinh không khớp nhau." in words
    assert "4 error Năm sinh 1492 chưa đúng." in words
    assert "5 warning Số điện thoại “123” chưa đúng nên không lưu." in words
    assert "5 warning Không rõ đối tượng “vua”" in words
    assert "6 error Thiếu họ và tên" in words
    assert job.counts == {"new": 1, "duplicate": 0, "error": 4}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (100 * 1024 * 1024))
    return out.getvalue()


def far_cell(place: bytes) -> bytes:
    """A sheet of a few bytes whose last cell lies so far out that a reader would fill the memory."""
    source, out = io.BytesIO(xlsx(HEAD, ["Người Một", 1970, None, None, None])), io.BytesIO()
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", place + b"</sheetData>")
            bad.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (bomb(), "ds.xlsx", "quá nhiều dữ liệu"),
        (far_cell(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "ds.xlsx", "dài quá"),
        (far_cell(b'<row r="9"><c r="XFD9"><v>1</v></c></row>'), "ds.xlsx", "quá nhiều cột"),
        (far_cell(b"<row r='1048576'><c><v>1</v></c></row>"), "ds.xlsx", "dài quá"),
        (b"PK\x03\x04 khong phai", "ds.xlsx", "Không đọc được tệp XLSX"),
        (b"\x00\xff\xfe" * 100, "ds.xlsx", "Không đọc được tệp XLSX"),
        (b"", "ds.csv", "Tệp trống"),
        (b"\x81\x8d\x8f\x90\x9d", "ds.csv", ""),
        (b"a,b\n1,2\n", "ds.csv", "Không thấy cột “Họ và tên”"),
        ("Họ và tên\n".encode(), "ds.csv", "chưa có người nào"),
        (("Họ và tên\n" + "Người\n" * 6000).encode(), "ds.csv", "nhiều nhất 5.000 dòng"),
        (b'"' + b"x" * 200_000, "ds.csv", ""),
        (b"x", "ds.exe", "XLSX hoặc CSV"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_words(
    units: dict[str, Unit], content: bytes, name: str, words: str
) -> None:
    job = checked(units["xa-di-linh"], content, name)
    assert job.state == "failed"
    assert words in job.problem
    assert job.problem


def test_five_thousand_rows_in_few_queries(
    units: dict[str, Unit], django_assert_max_num_queries: object
) -> None:
    rows = [[f"Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}", 1950, None,
             "Thôn Đồi Thông", None] for n in range(5000)]  # fmt: skip
    with django_assert_max_num_queries(500):  # type: ignore[operator]
        job = saved(units["xa-di-linh"], xlsx(HEAD, *rows))
    assert job.counts["new"] == job.done == 5000
    assert Membership.objects.filter(unit=units["xa-di-linh-thon-doi-thong"]).count() == 5000


class KilledWorkerTest(TransactionTestCase):
    def test_a_killed_worker_goes_on_where_it_stopped(self) -> None:
        from lms.organisations.api import load_units

        unit = load_units()["xa-di-linh"]
        rows = [
            [f"Người Thứ {'Abcdefghij'[n % 10] * (n // 10 + 1)}", 1970, None, None, None] for n in range(450)
        ]
        job = checked(unit, xlsx(HEAD, *rows))
        begin_saving(job)
        people, _messages = run_import._parsed(job)
        assert run_import._save_step(job.pk, people)
        assert Person.objects.count() == 200
        save_import(job.pk)
        save_import(job.pk)
        job.refresh_from_db()
        assert (job.state, Person.objects.count()) == ("saved", 450)


def upload(content: bytes, name: str = "ds.xlsx", **changes: Any) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile(name, content),
        "consent": "on",
        "import_uuid": str(uuid.uuid4()),
        **changes,
    }


def test_the_whole_way_on_pages(
    roster: Client, units: dict[str, Unit], django_capture_on_commit_callbacks: Any
) -> None:
    unit = units["xa-di-linh"]
    form = upload(
        xlsx(HEAD, ["Ka Hiền", 1961, None, None, None], ["", 1, None, None, None]), "Danh sách.xlsx"
    )
    sent = roster.post(f"/don-vi/{unit.uuid}/nhap/", form)
    waiting = roster.get(sent["Location"])
    assert waiting["Refresh"] == "3"
    assert "Đang" in waiting.content.decode() or "đang chờ" in waiting.content.decode()
    check_import(PeopleImport.objects.get().pk)
    page = roster.get(sent["Location"])
    text = page.content.decode()
    assert "Refresh" not in page
    assert "Danh sách.xlsx" in text
    assert "Lưu 1 người" in text
    with django_capture_on_commit_callbacks(execute=True):
        roster.post(f"{sent['Location']}luu/")
    assert "Đã thêm 1 người." in roster.get(sent["Location"]).content.decode()
    roster.post(f"{sent['Location']}luu/")
    assert Person.objects.filter(full_name="Ka Hiền").count() == 1


def test_the_same_upload_twice_is_one_import(roster: Client, units: dict[str, Unit]) -> None:
    unit, key = units["xa-di-linh"], str(uuid.uuid4())
    for _time in range(2):
        form = upload(xlsx(HEAD), import_uuid=key)
        assert roster.post(f"/don-vi/{unit.uuid}/nhap/", form).status_code == 302
    assert PeopleImport.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {}, {"consent": "on", "import_uuid": "x"}, upload(b"x", consent=""), upload(b"x", name="ds.exe"),
        upload(b"", name="ds.csv"), upload(b"x" * (10 * 1024 * 1024 + 1), name="ds.csv"),
    ],
)  # fmt: skip
def test_wrong_uploads_are_400(roster: Client, units: dict[str, Unit], form: dict[str, Any]) -> None:
    assert roster.post(f"/don-vi/{units['xa-di-linh'].uuid}/nhap/", form).status_code == 400


def test_an_import_of_others_is_not_there(roster: Client, units: dict[str, Unit]) -> None:
    job = checked(units["xa-dak-mil"], xlsx(HEAD, ["Người Một", 1970, None, None, None]))
    assert roster.get(f"/don-vi/nhap/{job.uuid}/").status_code == 404
    assert roster.post(f"/don-vi/nhap/{job.uuid}/luu/").status_code == 404
