"""Whole pages are kept for anonymous visitors only, and never longer than they are true."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as project
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from lms.theme.page_cache import purge_pages


def turn(client: Client, address: str = "/cong/", **headers: str) -> str:
    found = re.search(r"Lần (\d+)", client.get(address, headers=headers).content.decode())
    assert found is not None
    return found[1]


def test_a_public_page_is_made_once(client: Client) -> None:
    first = client.get("/cong/")
    second = Client().get("/cong/")
    assert first["X-Page-Cache"] == "stored"
    assert second["X-Page-Cache"] == "hit"
    assert first.content == second.content
    assert first["Content-Type"] == second["Content-Type"]


def test_a_page_that_nobody_called_public_is_not_kept(client: Client) -> None:
    assert turn(client, "/rieng/") != turn(client, "/rieng/")


def test_each_display_choice_language_and_query_has_its_own_page(client: Client) -> None:
    plain = turn(client)
    dark = Client()
    dark.cookies["hien_thi"] = "100.dark"
    assert turn(dark) != plain
    assert 'data-theme="dark"' in dark.get("/cong/").content.decode()
    assert turn(client, "/cong/?q=a") != plain
    assert turn(client) == plain


def test_a_packed_page_is_kept_apart_from_a_plain_one(client: Client, settings: Settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.gzip.GZipMiddleware"]
    packed = client.get("/cong/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert client.get("/cong/", headers={"accept-encoding": "gzip, br"})["X-Page-Cache"] == "hit"
    assert "Lần" in client.get("/cong/").content.decode()


def test_an_unknown_query_key_goes_past_the_cache(client: Client) -> None:
    assert turn(client, "/cong/?x=1") != turn(client, "/cong/?x=1")


@pytest.mark.parametrize("cookie", [project.SESSION_COOKIE_NAME, "messages", "anything"])
@pytest.mark.django_db
def test_a_visitor_who_carries_state_gets_a_fresh_page(client: Client, cookie: str) -> None:
    kept = turn(client)
    client.cookies[cookie] = "abc"
    assert turn(client) != kept


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/cong-cookie/", "/cong-token/", "/cong-404/"])
def test_answers_for_one_person_or_one_moment_are_never_kept(address: str) -> None:
    assert Client().get(address).content != Client().get(address).content


@pytest.mark.django_db
def test_publishing_forgets_every_page_once_the_change_is_committed(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = turn(client)
    with django_capture_on_commit_callbacks(execute=True):
        purge_pages()
        assert turn(client) == before
    assert turn(client) != before


def test_a_browser_that_has_the_page_gets_304(client: Client) -> None:
    tag = client.get("/cong/")["ETag"]
    again = client.get("/cong/", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.django_db
def test_the_cache_stands_before_sessions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/cong/")
    with django_assert_num_queries(0):
        client.get("/cong/")
    order = project.MIDDLEWARE
    assert order.index("lms.theme.page_cache.PageCacheMiddleware") < order.index(
        "django.contrib.sessions.middleware.SessionMiddleware"
    )
