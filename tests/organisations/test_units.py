"""The 124 units of the province, as the domain book lists them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from lms.accounts.api import load_demo_people
from lms.organisations.api import (
    COMMUNE_LEVEL,
    FormerUnit,
    Role,
    Unit,
    UnitKind,
    assign_demo_roles,
    leaf_unit_ids,
    load_units,
    with_ancestors,
)


def test_there_are_103_communes_20_wards_and_one_special_zone(units: dict[str, Unit]) -> None:
    kinds = Counter(Unit.objects.filter(kind__in=COMMUNE_LEVEL).values_list("kind", flat=True))
    assert kinds == {UnitKind.COMMUNE: 103, UnitKind.WARD: 20, UnitKind.SPECIAL_ZONE: 1}


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("22924", "Phường Phú Thủy"), ("23272", "Đặc khu Phú Quý"), ("24829", "Phường B'Lao"),
        ("24934", "Xã D'Ran"), ("24781", "Phường Xuân Hương - Đà Lạt"), ("24823", "Phường 1 Bảo Lộc"),
        ("25000", "Xã Di Linh"), ("24718", "Xã Đắk Song"), ("23023", "Xã Sông Lũy"), ("22963", "Xã Tuyên Quang"),
        ("25162", "Xã Cát Tiên 3"), ("24616", "Xã Quảng Sơn"), ("22960", "Phường Bình Thuận"),
    ],
)  # fmt: skip
def test_names_are_spelled_as_in_the_domain_book(units: dict[str, Unit], code: str, title: str) -> None:
    assert str(Unit.objects.get(code=code).full_title) == title


def test_names_are_composed_with_straight_apostrophes(units: dict[str, Unit]) -> None:
    for name in [
        *Unit.objects.values_list("name", flat=True),
        *FormerUnit.objects.values_list("name", flat=True),
    ]:
        assert name == unicodedata.normalize("NFC", name)
        assert not re.search("[’ʼ‘]", name)


def test_the_uncertain_code_says_so(units: dict[str, Unit]) -> None:
    assert "chưa chắc chắn" in Unit.objects.get(name="Hàm Liêm").note


def test_every_commune_knows_what_it_was_made_of(units: dict[str, Unit]) -> None:
    assert not Unit.objects.filter(kind__in=COMMUNE_LEVEL, former_units__isnull=True).exists()
    di_linh = FormerUnit.objects.filter(unit__name="Di Linh").values_list("name", flat=True)
    assert set(di_linh) == {"Thị trấn Di Linh", "Xã Liên Đầm", "Xã Tân Châu", "Xã Gung Ré"}


def test_loading_again_changes_nothing_and_repairs_a_name(units: dict[str, Unit]) -> None:
    before = list(Unit.objects.order_by("pk").values_list("pk", "path", "name"))
    former = set(FormerUnit.objects.values_list("pk", flat=True))
    Unit.objects.filter(code="25000").update(name="Sai")
    load_units()
    assert list(Unit.objects.order_by("pk").values_list("pk", "path", "name")) == before
    assert set(FormerUnit.objects.values_list("pk", flat=True)) == former
    assert Unit.find_problems() == ([], [], [], [], [])


def test_ancestors_come_in_one_query(units: dict[str, Unit], django_assert_num_queries: object) -> None:
    hamlet = units["xa-di-linh-thon-doi-thong"]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = with_ancestors([hamlet.pk])
    assert found == [units["tinh-lam-dong"].pk, units["xa-di-linh"].pk, hamlet.pk]
    assert with_ancestors([]) == []


def test_demo_people_belong_somewhere_and_twice_is_once(units: dict[str, Unit]) -> None:
    people = load_demo_people("mot-mat-khau-dai")
    assign_demo_roles(people)
    assign_demo_roles(load_demo_people("mot-mat-khau-khac"))
    assert leaf_unit_ids(people["hocvien"]) == [units["xa-di-linh-thon-doi-thong"].pk]
    assert Role.objects.count() == 5
    assert set(people) == {"hocvien", "bientap", "bithu", "canbo", "lanhdao", "quantri"}
