"""A new person makes an account: consent is asked, never assumed."""

from __future__ import annotations

import re
import unicodedata
import uuid

import pytest
from django.test import Client

from lms.accounts.api import Person
from lms.organisations.api import leaf_unit_ids, load_units

SIGN_UP = "/tai-khoan/signup/"


def answers(**changes: str) -> dict[str, str]:
    filled = {
        "full_name": "H'Hồng Niê Kđăm",
        "phone": "",
        "username": "",
        "email": "",
        "password1": "nuong-ca-phe-88",
        "password2": "nuong-ca-phe-88",
        "audience": "citizen",
        "commune": "",
        "consent_learning": "on",
        "signup_uuid": str(uuid.uuid4()),
    }
    return {name: value for name, value in {**filled, **changes}.items() if value != "-"}


def test_name_password_audience_and_consent_are_enough(client: Client, db: None) -> None:
    response = client.post(SIGN_UP, answers())
    assert response.status_code == 302, response.content.decode()
    person = Person.objects.get(full_name="H'Hồng Niê Kđăm")
    assert person.username.startswith("hhongniekdam-")
    assert int(client.session["_auth_user_id"]) == person.pk
    consent = person.consents.get()
    assert (consent.purpose, consent.text_version) == ("learning", "2026-11")
    assert "Tôi đồng ý" in consent.text
    assert consent.recorded_by is None


def test_nothing_is_ticked_beforehand_and_the_needed_consent_is_required(client: Client, db: None) -> None:
    page = client.get(SIGN_UP).content.decode()
    assert not re.search(r'type="checkbox"[^>]*checked', page)
    refused = client.post(SIGN_UP, answers(consent_learning="-"))
    assert "Nếu đồng ý, hãy đánh dấu ô này." in refused.content.decode()
    assert not Person.objects.exists()


def test_optional_consents_are_kept_apart(client: Client, db: None) -> None:
    client.post(SIGN_UP, answers(consent_study="on"))
    assert set(Person.objects.get().consents.values_list("purpose", flat=True)) == {"learning", "study"}


def test_commune_makes_a_membership(client: Client, db: None) -> None:
    unit = load_units()["xa-di-linh"]
    client.post(SIGN_UP, answers(commune="xa-di-linh"))
    assert leaf_unit_ids(Person.objects.get()) == [unit.pk]


def test_decomposed_letters_are_composed(client: Client, db: None) -> None:
    client.post(SIGN_UP, answers(full_name=unicodedata.normalize("NFD", "Nguyễn Thị Ớt")))
    assert Person.objects.get().full_name == "Nguyễn Thị Ớt"


def test_the_same_form_twice_is_one_person(client: Client, db: None) -> None:
    form = answers()
    client.post(SIGN_UP, form)
    again = Client().post(SIGN_UP, form)
    assert Person.objects.count() == 1
    assert "Phiếu này đã được gửi" in again.content.decode()


def test_a_phone_number_belongs_to_one_person(client: Client, learner: Person) -> None:
    response = client.post(SIGN_UP, answers(phone="+84912345678"))
    assert "Số này đã có tài khoản" in response.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": ""}, {"full_name": "1"}, {"full_name": "\x00"}, {"full_name": "x" * 5000},
        {"phone": "091234567"}, {"phone": "\x00"}, {"email": "khong-phai-thu"}, {"username": "có dấu cách"},
        {"username": "0987654321"}, {"username": "a@b.vn"},
        {"password2": "khac-han-99999"}, {"password1": "123", "password2": "123"}, {"audience": "king"},
        {"commune": "khong-co"}, {"commune": "\x00"}, {"signup_uuid": "không phải"}, {"signup_uuid": "\x00"},
    ],
)  # fmt: skip
def test_wrong_forms_say_so_and_keep_nothing(client: Client, db: None, changes: dict[str, str]) -> None:
    response = client.post(SIGN_UP, answers(**changes))
    assert response.status_code == 400
    assert "cần sửa" in response.content.decode() or 'class="err"' in response.content.decode()
    assert not Person.objects.exists()
