"""Every page of accounts is drawn in our look, in Vietnamese, and answers anything without falling over."""

from __future__ import annotations

from pathlib import Path

import allauth
import polib
import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.accounts.api import Person
from tests.accounts.conftest import PASSWORD

ANONYMOUS = ["login/", "signup/", "password/reset/", "password/reset/done/", "the/", "inactive/"]
SIGNED_IN = ["logout/", "password/change/", "email/", "2fa/", "reauthenticate/", "du-lieu/", "3rdparty/"]
ENGLISH = ["Sign In", "Sign Up", "Password", "Username", "Change", "Activate", "Remove", "Email", "Confirm"]


@pytest.mark.parametrize("page", ANONYMOUS)
def test_pages_for_strangers(client: Client, db: None, page: str) -> None:
    text = client.get(f"/tai-khoan/{page}").content.decode()
    assert 'id="noi-dung"' in text
    assert not [word for word in ENGLISH if f">{word}" in text or f" {word}<" in text]


@pytest.mark.parametrize("page", SIGNED_IN)
def test_pages_for_people(client: Client, learner: Person, page: str) -> None:
    client.post("/tai-khoan/login/", {"login": "kahien", "password": PASSWORD})
    response = client.get(f"/tai-khoan/{page}")
    assert response.status_code == 200
    text = response.content.decode()
    assert 'id="noi-dung"' in text
    assert not [word for word in ENGLISH if f">{word}" in text or f" {word}<" in text]


@pytest.mark.parametrize("page", ["2fa/totp/activate/", "2fa/webauthn/add/"])
def test_pages_behind_a_fresh_password(client: Client, learner: Person, page: str) -> None:
    client.post("/tai-khoan/login/", {"login": "kahien", "password": PASSWORD})
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"/tai-khoan/{page}")
    assert response.status_code == 200
    assert 'id="noi-dung"' in response.content.decode()


def test_every_text_of_allauth_has_vietnamese() -> None:
    """The package ships none; its French catalogue lists every text."""
    folder = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES"
    missing = []
    with translation.override("vi"):
        for entry in polib.pofile(str(folder / "django.po")):
            places = [place for place, _line in entry.occurrences]
            if entry.obsolete or all(p.startswith(("idp/", "headless/", "templates/idp/")) for p in places):
                continue
            if entry.msgctxt:
                said = translation.pgettext(entry.msgctxt, entry.msgid)
            elif entry.msgid_plural:
                said = translation.ngettext(entry.msgid, entry.msgid_plural, 2)
            else:
                said = translation.gettext(entry.msgid)
            if said in (entry.msgid, entry.msgid_plural):
                missing.append(entry.msgid)
    assert missing == []


WORDS = st.text(max_size=80) | st.sampled_from(
    ["\x00", "-1", "9" * 400, "NaN", "[]", "{}", "<script>", "%00", "💥"]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(WORDS, min_size=12, max_size=12))
def test_random_input_is_never_a_server_error(db: None, values: list[str]) -> None:
    names = ["login", "password", "number", "pin", "next", "full_name", "phone", "email", "signup_uuid",
             "purpose", "agree", "commune"]  # fmt: skip
    data = {
        name: value.encode("utf-8", "replace").decode() for name, value in zip(names, values, strict=True)
    }
    client = Client(raise_request_exception=False)
    for page in ["login/", "signup/", "the/", "the/abc/", "password/reset/", "du-lieu/dong-y/", "logout/"]:
        assert client.post(f"/tai-khoan/{page}", data).status_code < 500
        assert client.get(f"/tai-khoan/{page}", data).status_code < 500
