"""Administrators look after people and roles in the Wagtail admin, with one full name."""

from __future__ import annotations

import pytest
from django.test import Client

from lms.accounts.api import Person
from lms.organisations.api import Role, load_units

PEOPLE = "/quan-tri/users/"


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(Person.objects.create_superuser("quantri", full_name="Phạm Quốc Đạt", is_demo=True))
    return client


def test_a_person_is_made_found_and_changed(admin: Client) -> None:
    form = {
        "username": "MaiAnh", "full_name": "Trần Thị Mai Anh", "phone": "+84987654321", "email": "",
        "audience": "cadre", "password1": "dat-do-bazan-5", "password2": "dat-do-bazan-5",
    }  # fmt: skip
    created = admin.post(f"{PEOPLE}new/", form)
    assert created.status_code == 302, created.content.decode()
    person = Person.objects.get(username="maianh")
    assert (person.full_name, person.phone) == ("Trần Thị Mai Anh", "0987654321")
    listed = admin.get(PEOPLE, {"q": "tran thi mai"}).content.decode()
    assert "Trần Thị Mai Anh" in listed
    assert "Trần Thị Mai Anh" not in admin.get(PEOPLE, {"q": "zzzz"}).content.decode()
    edited = {
        **form,
        "username": "maianh",
        "full_name": "Trần Mai Anh",
        "is_active": "on",
        "password1": "",
        "password2": "",
    }
    assert admin.post(f"{PEOPLE}edit/{person.pk}/", edited).status_code == 302
    person.refresh_from_db()
    assert person.full_name == "Trần Mai Anh"
    assert person.check_password("dat-do-bazan-5")


def test_wrong_phone_is_told(admin: Client) -> None:
    response = admin.post(f"{PEOPLE}new/", {"username": "x", "phone": "12"})
    assert "Số điện thoại gồm 10 chữ số" in response.content.decode()


def test_a_role_is_given_by_sign_in_name(admin: Client) -> None:
    unit = load_units()["xa-di-linh"]
    person = Person.objects.create_user("huongdan", full_name="Nguyễn Thị Hướng")
    form = {"person": "HuongDan", "kind": "facilitator", "unit": unit.pk, "valid_from": "23/11/2026"}
    response = admin.post("/quan-tri/roles/new/", form)
    assert response.status_code == 302, response.content.decode()
    assert Role.objects.get(person=person).unit == unit
    wrong = admin.post("/quan-tri/roles/new/", {**form, "person": "khong-co"})
    assert "Không có ai dùng tên đăng nhập này." in wrong.content.decode()
    assert admin.get("/quan-tri/roles/").status_code == 200
    assert admin.get(f"/quan-tri/roles/edit/{Role.objects.get().pk}/").status_code == 200
    assert admin.get("/quan-tri/units/").status_code == 200
    assert admin.get("/quan-tri/account/").status_code == 200


def test_own_settings_never_ask_for_a_split_name(admin: Client) -> None:
    page = admin.get("/quan-tri/account/").content.decode()
    assert "theme-theme" in page
    assert "first_name" not in page
    assert "last_name" not in page
