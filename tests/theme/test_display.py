"""The choice of text size and colours works without a script and is remembered."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})


def test_choice_is_remembered_on_the_next_page(client: Client) -> None:
    answer = client.post("/hien-thi/", {"chu": "200", "mau": "dark", "next": "/cong/?q=a"})
    assert answer.status_code == 302
    assert answer["Location"] == "/cong/?q=a#hien-thi"
    assert answer.cookies["hien_thi"]["samesite"] == "Lax"
    assert answer.cookies["hien_thi"]["max-age"] == 60 * 60 * 24 * 365
    page = client.get("/cong/").content.decode()
    assert 'data-theme="dark" data-text="200"' in page
    assert 'name="chu" value="200" checked' in page


def test_light_and_plain_size_without_a_choice(client: Client) -> None:
    assert 'data-theme="light" data-text="100"' in client.get("/cong/").content.decode()


@pytest.mark.parametrize("cookie", ["999.dark", "200.pink", "200", '100.light" onload="x', "é.é", ""])
def test_a_cookie_that_is_not_ours_counts_as_no_choice(client: Client, cookie: str) -> None:
    client.cookies["hien_thi"] = cookie
    assert 'data-theme="light" data-text="100"' in client.get("/cong/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "\r\n", ""]
)
def test_the_way_back_never_leaves_the_site(client: Client, target: str) -> None:
    answer = client.post("/hien-thi/", {"chu": "125", "mau": "auto", "next": target})
    assert answer["Location"] == "/#hien-thi"


def test_unknown_values_keep_what_was_chosen_before(client: Client) -> None:
    client.post("/hien-thi/", {"chu": "150", "mau": "contrast", "next": "/"})
    answer = client.post("/hien-thi/", {"chu": "7000", "mau": "<b>", "next": "/"})
    assert answer.cookies["hien_thi"].value == "150.contrast"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "", "referer": "https://example.org/"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_strange_site_cannot_change_the_choice(client: Client, headers: dict[str, str]) -> None:
    answer = client.post("/hien-thi/", {"chu": "200", "mau": "dark", "next": "/"}, headers=headers)
    assert answer.status_code == 403
    assert "hien_thi" not in answer.cookies


def test_a_page_without_referrer_may_change_it(client: Client) -> None:
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = client.post("/hien-thi/", {"chu": "200", "mau": "dark", "next": "/"}, headers=headers)
    assert answer.cookies["hien_thi"].value == "200.dark"


def test_only_post_changes_it(client: Client) -> None:
    assert client.get("/hien-thi/").status_code == 405
