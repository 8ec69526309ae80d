"""A facilitator looks after the people of a commune."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.accounts.api import Person
from lms.organisations.api import Unit
from tests.organisations.conftest import member


def page(client: Client, unit: Unit, query: str = "") -> str:
    response = client.get(f"/don-vi/{unit.uuid}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def details(**changes: str) -> dict[str, str]:
    filled = {
        "full_name": "Cil Yũ K'Brăh", "birth_year": "1950", "phone": "", "audience": "citizen",
        "consent": "on", "person_uuid": str(uuid.uuid4()),
    }  # fmt: skip
    return {**filled, **changes}


def test_people_are_found_without_diacritics_and_sorted_by_given_name(
    roster: Client, units: dict[str, Unit]
) -> None:
    hamlet = units["xa-di-linh-thon-doi-thong"]
    for name in ["Đặng Văn Ánh", "Nguyễn Thị Bình", "K'Brếp", "Lê Thị Ân", "Trần Hòa"]:
        member(hamlet, name)
    text = page(roster, units["xa-di-linh"])
    places = [text.index(name) for name in ["Đặng Văn Ánh", "Lê Thị Ân", "Nguyễn Thị Bình", "Trần Hòa"]]
    assert places == sorted(places)
    found = page(roster, units["xa-di-linh"], "?q=DANG van anh")
    assert "Đặng Văn Ánh" in found
    assert "Nguyễn Thị Bình" not in found
    assert "K&#x27;Brếp" in page(roster, units["xa-di-linh"], "?q=k’brep")
    assert "Không tìm thấy ai" in page(roster, units["xa-di-linh"], "?q=zzz")


def test_the_list_does_not_ask_per_row(roster: Client, units: dict[str, Unit]) -> None:
    unit, counts = units["xa-di-linh"], []
    page(roster, unit)
    for size in (3, 47):
        for number in range(size):
            member(unit, f"Người Thứ {number}")
        with CaptureQueriesContext(connection) as queries:
            page(roster, unit)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
    member(unit, "Người Cuối")
    assert "Trang 2" in page(roster, unit, "?trang=2")
    assert page(roster, units["xa-di-linh"], "?trang=abc")
    assert page(roster, units["xa-di-linh"], "?trang=99999999999999999999999")


def test_one_person_is_added_once_with_the_consent_that_was_asked(
    roster: Client, units: dict[str, Unit], facilitator: Person
) -> None:
    address = f"/don-vi/{units['xa-di-linh'].uuid}/them/"
    form = details()
    assert roster.post(address, form).status_code == 302
    assert roster.post(address, form).status_code == 302
    person = Person.objects.get(full_name="Cil Yũ K'Brăh")
    assert person.consents.get().recorded_by == facilitator
    assert not person.has_usable_password()
    again = roster.post(address, details(full_name="cil yu k’brah"))
    assert again.status_code == 400
    assert "Người này đã có trong đơn vị." in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consent": ""}, "Hãy hỏi người đó trước"),
        ({"full_name": ""}, ""),
        ({"full_name": "123"}, "Hãy gõ đủ họ và tên"),
        ({"birth_year": "1800"}, "Năm sinh này chưa đúng"),
        ({"birth_year": "9" * 99}, "Năm sinh này chưa đúng"),
        ({"birth_year": "mười"}, ""),
        ({"phone": "123"}, "Số điện thoại gồm 10 chữ số"),
        ({"audience": "x"}, ""),
        ({"person_uuid": "x"}, ""),
        ({"full_name": "\x00"}, ""),
    ],
)
def test_wrong_details_are_400_with_words(
    roster: Client, units: dict[str, Unit], changes: dict[str, str], words: str
) -> None:
    response = roster.post(f"/don-vi/{units['xa-di-linh'].uuid}/them/", details(**changes))
    assert response.status_code == 400
    assert words in response.content.decode()


def test_a_sheet_of_cards_comes_as_pdf_and_twice_is_the_same(roster: Client, units: dict[str, Unit]) -> None:
    people = [member(units["xa-di-linh"], f"Người {n}") for n in range(3)]
    form = {"person": [str(p.uuid) for p in people], "cards_uuid": str(uuid.uuid4())}
    address = f"/don-vi/{units['xa-di-linh'].uuid}/the/"
    first = roster.post(address, form)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    numbers = sorted(card.number for p in people for card in p.cards.all())
    roster.post(address, form)
    assert sorted(card.number for p in people for card in p.cards.all()) == numbers
    assert "Mọi người ở đây đều có thẻ" in roster.get(address).content.decode()


def test_a_card_is_withdrawn(roster: Client, units: dict[str, Unit]) -> None:
    person = member(units["xa-di-linh"], "Ka Hiền")
    unit = units["xa-di-linh"]
    roster.post(f"/don-vi/{unit.uuid}/the/", {"person": str(person.uuid), "cards_uuid": str(uuid.uuid4())})
    assert "Thu hồi thẻ" in page(roster, unit)
    assert roster.post(f"/don-vi/{unit.uuid}/the/thu-hoi/", {"person": str(person.uuid)}).status_code == 302
    assert person.cards.get().revoked_at is not None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.sampled_from(["\x00", "%", "_", "9" * 500, "-1", "💥"]))
def test_random_input_is_never_a_server_error(roster: Client, units: dict[str, Unit], text: str) -> None:
    unit = units["xa-di-linh"]
    value = text.encode("utf-8", "replace").decode()
    data = dict.fromkeys(
        ["full_name", "birth_year", "phone", "audience", "person_uuid", "cards_uuid", "person"], value
    )
    for path in ["them/", "the/", "the/thu-hoi/", "nhap/"]:
        assert roster.post(f"/don-vi/{unit.uuid}/{path}", data).status_code == 400
    for path in ["/don-vi/", f"/don-vi/{unit.uuid}/", f"/don-vi/{unit.uuid}/the/"]:
        assert roster.get(path, {"q": value, "trang": value, "nguoi": value}).status_code == 200
