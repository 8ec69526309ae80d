"""Residents by commune: good rows are saved, every poisoned row is refused with its number and a reason."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.proficiency.groups.import_cells import Origin, import_cells
from assessments.proficiency.groups.read_cells import read_cells
from assessments.proficiency.models import PopulationCell
from lms.accounts.api import Person
from lms.organisations.api import BadFile, RoleKind, Unit

HEAD = ["Xã/phường", "Nhóm tuổi", "Giới tính", "Nhóm dân tộc", "Số dân"]
GOOD = [["Xã Một", band, "Nữ", "Kinh", "1.200"] for band in ("dưới 30", "30-44", "45–59", "từ 60 trở lên")]
ORIGIN = Origin("Bảng thử", dt.date(2026, 1, 1))
Viewer = Callable[[str, str], Person]


def csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in [HEAD, *rows]).encode()


@pytest.mark.django_db
def test_good_rows_are_saved_and_each_bad_one_is_named(units: dict[str, Unit]) -> None:
    bad = [
        ["Xã Không Có", "30-44", "Nữ", "Kinh", "5"],
        ["=Thôn Thông", "30-44", "Nữ", "Kinh", "5"],
        ["Xã Hai", "20-25", "Nữ", "Kinh", "5"],
        ["Xã Hai", "30-44", "khác", "Kinh", "5"],
        ["Xã Hai", "30-44", "Nam", "", "5"],
        ["Xã Hai", "30-44", "Nam", "Kinh", "-5"],
        ["Xã Hai", "30-44", "Nam", "Kinh", "1e9"],
        ["Xã Hai", "30-44", "Nam", "Kinh", "2000000"],
        ["Xã Hai", "30-44", "Nam", "Kinh", "12,5"],
        ["Xã Hai", "30-44"],
        GOOD[0],
    ]
    found = import_cells("dan-so.csv", csv([*GOOD, *bad]), units["tinh-thu"], ORIGIN)
    assert (found.saved, found.people, found.incomplete) == (4, 4800, [])
    assert [one.row for one in found.refused] == list(range(6, 17))
    assert all(one.message for one in found.refused)
    assert set(PopulationCell.objects.values_list("unit__slug", "people", "source")) == {
        ("xa-mot", 1200, "Bảng thử")
    }


@pytest.mark.django_db
def test_a_new_table_replaces_numbers_and_a_part_is_called_incomplete(units: dict[str, Unit]) -> None:
    import_cells("a.csv", csv(GOOD[:1]), units["tinh-thu"], ORIGIN)
    found = import_cells("a.csv", csv([[*GOOD[0][:4], "7"]]), units["tinh-thu"], ORIGIN)
    assert found.incomplete == ["Xã Một"]
    assert PopulationCell.objects.get().people == 7
    outside = import_cells("a.csv", csv(GOOD[:1]), units["xa-hai"], ORIGIN)
    assert (outside.saved, len(outside.refused)) == (0, 1)


@pytest.mark.django_db
def test_xlsx_is_read_and_other_files_are_refused(units: dict[str, Unit]) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["Dân số"], HEAD, *GOOD]):
            sheet.write_row(number, 0, row)
        sheet.write_number(2, 4, 1500)
        sheet.write_formula(3, 4, "=1+1", value=2)
    found = import_cells("a.xlsx", stream.getvalue(), units["tinh-thu"], ORIGIN)
    assert found.saved >= 3
    assert PopulationCell.objects.get(age_band="u30").people == 1500
    for name, content in (("a.csv", b"a;b\n1;2"), ("a.xlsx", b"PK\x03\x04"), ("a.pdf", b"x"), ("a.csv", b"")):
        with pytest.raises(BadFile):
            import_cells(name, content, units["tinh-thu"], ORIGIN)


_CELLS = st.sampled_from(
    ["", "Xã Một", "30-44", "nữ", "Kinh", "12", "-1", "1.000", "=1", "٣", "1e3"]
) | st.text(max_size=4)


@settings(deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_CELLS, max_size=6), max_size=6))
def test_whatever_stands_in_a_row_it_becomes_a_cell_or_a_message(rows: list[list[str]]) -> None:
    found = read_cells([HEAD, *rows], lambda name: 1 if name else "?")
    assert found is not None
    assert len(found.people) + len(found.refused) == sum(any(row) for row in rows)
    assert all(0 <= people <= 1_000_000 for people in found.people.values())


@pytest.mark.django_db
def test_the_page_saves_and_names_rows(client: Client, viewer: Viewer, units: dict[str, Unit]) -> None:
    client.force_login(viewer(RoleKind.COMMITTEE, "tinh-thu"))
    page = "/so-lieu/quan-ly/dan-so/"
    assert client.get(page).status_code == 200

    def send(content: bytes, **more: str) -> object:
        fields = {"source": "Bảng thử", "as_of": "2026-01-01", **more}
        return client.post(page, {"file": SimpleUploadedFile("a.csv", content), **fields})

    answer = send(csv([*GOOD, ["Xã Ma", "30-44", "Nữ", "Kinh", "5"]]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "4.800" in text
    assert "Không có xã, phường nào" in text
    assert send(b"\x00\xff").status_code == 400
    assert send(csv(GOOD), as_of="2999-01-01").status_code == 400
    assert client.post(page, {}).status_code == 400
