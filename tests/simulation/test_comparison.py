"""How typed values are compared: Vietnamese-tolerant where it should be, never more."""

from __future__ import annotations

import unicodedata

import pytest

from assessments.items.simulation.comparison import SHAPES, expected, same


@pytest.mark.parametrize(
    ("how", "given", "wanted", "equal"),
    [
        ("exact", "a", "a", True),
        ("exact", "A", "a", False),
        ("exact", True, 1, False),
        ("exact", "", "", False),
        ("text", "  đinh thị hương ", "Đinh Thị Hương", True),
        ("text", "Dinh Thi Huong", "Đinh Thị Hương", False),
        ("text", "K’Brếp", "K'Brếp", True),
        ("text", "Hoà Thắng", "Hòa Thắng", True),
        ("text", unicodedata.normalize("NFD", "Hòa Thắng"), "Hòa Thắng", True),
        ("loose", "đinh thi huong", "Đinh Thị Hương", True),
        ("loose", "dinh thi huong", "Đinh Thị Hương", False),
        ("digits", "999 090 006 308", "999090006308", True),
        ("digits", "+84 912 345 678", "0912345678", True),
        ("amount", "35.000 đ", "35000", True),
        ("amount", "350.000", "35000", False),
        ("date", "1/3/2026", "01-03-2026", True),
        ("date", "3/1/2026", "01/03/2026", False),
        ("host", "https://VNeID.gov.vn/", "vneid.gov.vn", True),
        ("host", "vneid.gov.vn.khoa.example", "vneid.gov.vn", False),
    ],
)
def test_truth_table(how: str, given: object, wanted: object, equal: bool) -> None:
    assert same(given, wanted, how) is equal


def test_expected_forms() -> None:
    assert expected("5656", ["156", "5656"], "digits")
    assert expected("250.000 đ", {"between": [200000, 300000]})
    assert not expected("hai trăm", {"between": [200000, 300000]})
    mentions = {"mentions": [["giả công an", "mạo danh"], ["0600 000 123"]]}
    assert expected("Số 0600 000 123 giả công an", mentions)
    assert not expected("Số lạ giả công an", mentions)


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        ("phone", "0912 345 678", "912345678"),
        ("id12", "999185004721", "99918500472"),
        ("pin6", "123456", "12345a"),
        ("date", "31/12/2026", "12/31/2026"),
        ("amount", "35.000", "0"),
        ("host", "vneid.gov.vn", "vneid"),
    ],
)
def test_shapes(shape: str, good: str, bad: str) -> None:
    assert SHAPES[shape](good)
    assert not SHAPES[shape](bad)
