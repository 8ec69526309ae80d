"""A printed card signs in a person who has neither phone nor e-mail."""

from __future__ import annotations

import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from django.test import Client

from lms.accounts.api import (
    AccountEvent,
    CardRefused,
    LearnerCard,
    Person,
    PrintedCard,
    card_sheet_pdf,
    issue_card,
    revoke_cards,
)
from tests.accounts.conftest import PASSWORD

CARD = "/tai-khoan/the/"


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06d}"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_number_and_pin_sign_in(client: Client, learner: Person, facilitator: Person) -> None:
    issued = issue_card(learner, facilitator)
    number = f"{issued.card.number[:4]} {issued.card.number[4:]}"
    response = client.post(CARD, {"number": number, "pin": issued.pin})
    assert response["Location"] == "/toi/"
    assert signed_in(client)
    assert client.session.get_expire_at_browser_close()
    issued.card.refresh_from_db()
    assert issued.card.last_used_at is not None


def test_qr_then_pin_signs_in(client: Client, learner: Person) -> None:
    issued = issue_card(learner, None)
    page = client.get(f"{CARD}{issued.token}/")
    assert page.status_code == 200
    assert "Ka Hiền" not in page.content.decode()
    client.post(f"{CARD}{issued.token}/", {"pin": issued.pin, "next": "/don-vi/"})
    assert signed_in(client)


def test_an_unknown_token_looks_like_any_other(client: Client, learner: Person) -> None:
    known = client.get(f"{CARD}{issue_card(learner, None).token}/").content.decode()
    unknown = client.get(f"{CARD}{'a' * 32}/").content.decode()
    assert "Bây giờ gõ mã PIN" in known
    assert "Bây giờ gõ mã PIN" in unknown
    refused = client.post(f"{CARD}{'a' * 32}/", {"pin": "123456"})
    assert refused.status_code == 400
    assert "Thẻ và mã PIN chưa khớp" in refused.content.decode()


def test_five_wrong_pins_lock_the_card_even_for_the_right_one(client: Client, learner: Person) -> None:
    issued = issue_card(learner, None)
    for _try in range(5):
        assert client.post(CARD, {"number": issued.card.number, "pin": wrong(issued.pin)}).status_code == 400
    locked = client.post(CARD, {"number": issued.card.number, "pin": issued.pin})
    assert locked.status_code == 429
    assert "Hãy xin người hướng dẫn thẻ mới" in locked.content.decode()
    assert not signed_in(client)
    assert AccountEvent.objects.filter(person=learner, kind="card_locked").count() == 1


def test_a_right_pin_forgets_earlier_mistakes(client: Client, learner: Person) -> None:
    issued = issue_card(learner, None)
    for _round in range(3):
        for _try in range(3):
            client.post(CARD, {"number": issued.card.number, "pin": wrong(issued.pin)})
        assert client.post(CARD, {"number": issued.card.number, "pin": issued.pin}).status_code == 302


def test_a_new_card_stops_the_old_one_and_withdrawal_stops_all(
    client: Client, learner: Person, facilitator: Person
) -> None:
    old = issue_card(learner, facilitator)
    new = issue_card(learner, facilitator)
    assert client.post(CARD, {"number": old.card.number, "pin": old.pin}).status_code == 400
    assert revoke_cards(learner, facilitator) == 1
    assert client.post(f"{CARD}{new.token}/", {"pin": new.pin}).status_code == 400
    kinds = list(
        AccountEvent.objects.filter(person=learner, actor=facilitator).values_list("kind", flat=True)
    )
    assert sorted(kinds) == ["card_issued", "card_issued", "card_revoked", "card_revoked"]


def test_the_same_request_gives_the_same_card(learner: Person, facilitator: Person) -> None:
    request = uuid.uuid4()
    assert issue_card(learner, facilitator, request) == issue_card(learner, facilitator, request)
    assert LearnerCard.objects.count() == 1


def test_the_database_knows_neither_pin_nor_token(learner: Person) -> None:
    issued = issue_card(learner, None)
    stored = str(LearnerCard.objects.values().get())
    assert issued.pin not in stored.replace(issued.card.number, "").replace(str(issued.card.issued_at), "")
    assert issued.token not in stored


def test_people_who_need_a_second_factor_get_no_card_and_an_old_one_opens_nothing(
    client: Client, learner: Person
) -> None:
    issued = issue_card(learner, None)
    learner.is_staff = True
    learner.save()
    assert client.post(CARD, {"number": issued.card.number, "pin": issued.pin}).status_code == 400
    with pytest.raises(CardRefused):
        issue_card(learner, None)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_nobody_is_sent_elsewhere_after_signing_in(client: Client, learner: Person, target: str) -> None:
    issued = issue_card(learner, None)
    response = client.post(CARD, {"number": issued.card.number, "pin": issued.pin, "next": target})
    assert response["Location"] == "/toi/"


@pytest.mark.parametrize(
    ("number", "pin"), [("", ""), ("\x00", "\x00"), ("1" * 9999, "9" * 9999), ("١٢٣٤٥٦٧٨", "١٢٣٤٥٦")]
)
def test_wrong_forms_are_400(client: Client, db: None, number: str, pin: str) -> None:
    assert client.post(CARD, {"number": number, "pin": pin}).status_code == 400
    assert client.post(f"{CARD}%00/", {"pin": pin}).status_code == 400


def test_the_sheet_is_a_pdf_with_names_numbers_and_pins(db: None, tmp_path: Path) -> None:
    names = ["Nguyễn Thị Ớt", "K'Brếp", "H'Hồng Niê Kđăm", "Điểu Bƀăng Ŭ", "Ka Hiền"] * 2
    printed = []
    for number, name in enumerate(names):
        person = Person.objects.create_user(f"p{number}", PASSWORD, full_name=name)
        printed.append(PrintedCard(issue_card(person, None), "Thôn Đồi Thông"))
    pdf = card_sheet_pdf(printed)
    assert pdf.startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        return
    file = tmp_path / "cards.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("\f") == 2
    for card in printed:
        assert card.issued.card.person.full_name in text
        assert card.issued.pin in text
        assert f"{card.issued.card.number[:4]} {card.issued.card.number[4:]}" in text
