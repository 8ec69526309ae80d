"""A person signs in by name, phone or e-mail; a stranger is slowed down and told what to do."""

from __future__ import annotations

import pytest
from django.test import Client

from lms.accounts.api import Person, normal_phone
from tests.accounts.conftest import PASSWORD

SIGN_IN = "/tai-khoan/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": login, "password": password}).status_code


@pytest.mark.parametrize(
    "login",
    ["kahien", "KaHien", " kahien ", "0912345678", "+84 912 345 678", "0912.345.678", "84912345678",
     "kahien@example.vn", "KAHIEN@example.vn"],
)  # fmt: skip
def test_every_way_of_signing_in_leads_to_my_learning(client: Client, learner: Person, login: str) -> None:
    response = client.post(SIGN_IN, {"login": login, "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == "/toi/"
    assert int(client.session["_auth_user_id"]) == learner.pk


@pytest.mark.parametrize(
    "login", ["kahien", "nobody", "0912345678", "0999999999", "kahien@example.vn", "a@b.vn"]
)
def test_wrong_data_gets_the_same_kind_words_whoever_is_asked_for(
    client: Client, learner: Person, login: str
) -> None:
    response = client.post(SIGN_IN, {"login": login, "password": "sai-roi-nhe"})
    text = response.content.decode()
    assert response.status_code == 400
    assert "Tên hoặc mật khẩu chưa khớp. Thử lại, hoặc nhờ người hướng dẫn." in text
    assert "_auth_user_id" not in client.session


def test_an_address_that_two_people_gave_opens_neither(client: Client, learner: Person) -> None:
    Person.objects.create_user("khac", PASSWORD, full_name="Người Khác", email="kahien@example.vn")
    sign_in(client, "kahien@example.vn")
    assert "_auth_user_id" not in client.session


def test_a_name_is_locked_after_eight_failures_by_any_spelling_and_others_are_not(
    client: Client, learner: Person, facilitator: Person
) -> None:
    for login in ["kahien", "0912345678", "+84912345678", "kahien@example.vn"] * 2:
        sign_in(client, login, "sai-roi-nhe")
    locked = client.post(SIGN_IN, {"login": "kahien", "password": PASSWORD})
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) == 1800
    assert "Chờ 30 phút rồi thử lại" in locked.content.decode()
    assert sign_in(client, "huongdan") == 302


def test_a_hall_behind_one_address_signs_in_at_once(db: None) -> None:
    for number in range(40):
        Person.objects.create_user(f"nguoi{number}", PASSWORD)
    assert all(sign_in(Client(), f"nguoi{number}") == 302 for number in range(40))


def test_without_the_tick_the_session_ends_with_the_browser(client: Client, learner: Person) -> None:
    sign_in(client, "kahien")
    assert client.session.get_expire_at_browser_close()


def test_the_admin_has_no_door_of_its_own(client: Client, learner: Person) -> None:
    response = client.post("/quan-tri/login/", {"username": "kahien", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/login/")
    assert "_auth_user_id" not in client.session
    assert client.get("/quan-tri/")["Location"].startswith("/tai-khoan/login/")


@pytest.mark.parametrize(
    "login",
    ["\x00", "a" * 10_000, "💥", "0" * 500, "@" * 300, "'; DROP TABLE", "\ud800".encode("utf-8", "replace")],
)
def test_hostile_logins_are_answered(client: Client, db: None, login: str) -> None:
    assert sign_in(client, login) == 400  # type: ignore[arg-type]


def test_sign_out(client: Client, learner: Person) -> None:
    client.force_login(learner)
    assert client.post("/tai-khoan/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_password_change_and_reset_by_mail(client: Client, learner: Person, mailoutbox: list[object]) -> None:
    client.force_login(learner)
    new = "doi-che-xanh-33"
    changed = client.post(
        "/tai-khoan/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert changed.status_code == 302
    learner.refresh_from_db()
    assert learner.check_password(new)
    client.logout()
    client.post("/tai-khoan/password/reset/", {"email": "kahien@example.vn"})
    assert len(mailoutbox) == 1
    assert "đặt lại mật khẩu" in mailoutbox[0].body  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0912 345 678", "0912345678"), ("+84(0)912-345-678", "0912345678"), ("0084912345678", "0912345678"),
     ("091234567", None), ("0112345678", None), ("", None), ("٠٩١٢٣٤٥٦٧٨", None)],
)  # fmt: skip
def test_phone_numbers_have_one_form(typed: str, kept: str | None) -> None:
    assert normal_phone(typed) == kept
