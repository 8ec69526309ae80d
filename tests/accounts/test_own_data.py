"""A person sees, takes along, corrects and erases their own data; and nobody else's."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from lms.accounts.api import Person, erase_person, issue_card, record_consent
from lms.organisations.api import Membership, Role, export_person, load_units
from tests.accounts.conftest import PASSWORD

DATA = "/tai-khoan/du-lieu/"


@pytest.fixture
def resident(client: Client, learner: Person) -> Person:
    units = load_units()
    Membership.objects.create(person=learner, unit=units["xa-di-linh-thon-doi-thong"], staff_number="A1")
    record_consent(learner, "learning")
    record_consent(learner, "study")
    client.force_login(learner)
    return learner


def test_consents_are_listed_and_withdrawn_with_a_date(client: Client, resident: Person) -> None:
    assert "Tôi không đồng ý nữa" in client.get(DATA).content.decode()
    assert client.post(f"{DATA}dong-y/", {"purpose": "study", "agree": "no"}).status_code == 302
    withdrawn = resident.consents.get(purpose="study")
    assert withdrawn.withdrawn_at is not None
    client.post(f"{DATA}dong-y/", {"purpose": "study", "agree": "yes"})
    assert resident.consents.filter(purpose="study").count() == 2
    assert resident.consents.filter(purpose="study", withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize("purpose", ["learning", "", "x" * 999, "\x00"])
def test_other_purposes_are_refused(client: Client, resident: Person, purpose: str) -> None:
    assert client.post(f"{DATA}dong-y/", {"purpose": purpose, "agree": "no"}).status_code == 400
    assert resident.consents.filter(withdrawn_at__isnull=True).count() == 2


def test_the_same_words_agreed_twice_are_one_record(resident: Person) -> None:
    assert record_consent(resident, "learning") == resident.consents.get(purpose="learning")


def test_export_holds_everything_and_no_secret(client: Client, resident: Person) -> None:
    issued = issue_card(resident, None)
    response = client.post(f"{DATA}tai-ve/")
    data = json.loads(response.content)
    assert data["accounts"]["account"]["full_name"] == "Ka Hiền"
    assert data["accounts"]["cards"][0]["number"] == issued.card.number
    assert data["organisations"]["memberships"][0]["unit"] == "Thôn Đồi Thông"
    text = response.content.decode()
    assert issued.token not in text
    assert resident.password not in text
    assert response["Cache-Control"] == "no-store"


def test_erasing_needs_a_deliberate_tick(client: Client, resident: Person) -> None:
    assert client.post(f"{DATA}xoa/").status_code == 400
    resident.refresh_from_db()
    assert resident.erased_at is None


def test_erasing_forgets_the_person_and_keeps_the_row(client: Client, resident: Person) -> None:
    issued = issue_card(resident, None)
    assert client.post(f"{DATA}xoa/", {"sure": "on"}).status_code == 302
    resident.refresh_from_db()
    everything = str(Person.objects.filter(pk=resident.pk).values().get())
    for trace in ["kahien", "Hiền", "hien", "0912345678", "1961"]:
        assert trace not in everything
    assert not resident.is_active
    membership = Membership.objects.get(person=resident)
    assert membership.valid_to is not None
    assert membership.staff_number == ""
    assert client.get(DATA).status_code == 302
    stranger = Client()
    stranger.post("/tai-khoan/login/", {"login": "kahien", "password": PASSWORD})
    stranger.post("/tai-khoan/the/", {"number": issued.card.number, "pin": issued.pin})
    assert "_auth_user_id" not in stranger.session


def test_erasing_twice_changes_nothing_and_ends_roles(resident: Person) -> None:
    Role.objects.create(person=resident, unit=load_units()["xa-di-linh"], kind="facilitator")
    erase_person(resident)
    first = resident.erased_at
    erase_person(resident)
    assert resident.erased_at == first
    assert export_person(resident)["roles"] == []


@pytest.mark.parametrize("path", ["", "dong-y/", "tai-ve/", "xoa/"])
def test_strangers_are_sent_to_sign_in(client: Client, db: None, path: str) -> None:
    response = client.post(f"{DATA}{path}") if path else client.get(DATA)
    assert response["Location"].startswith("/tai-khoan/login/")
