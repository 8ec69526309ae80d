"""Queries that do not grow with the content, and bytes that an old phone can carry."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.courses import build
from tests.courses.conftest import School

KB = 1024
LINKED = re.compile(r'<(?:link|script|img|audio|source)[^>]*?(?:href|src)="(/[^"]+)"')


def queries(client: Client, address: str) -> int:
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(school: School) -> None:
    build.lessons(school.course, count=6, first=2)
    for number in range(4):
        build.lessons(build.course(school.catalogue, slug=f"khoa-{number}"), count=1)


def test_queries_of_a_signed_in_person_do_not_grow(school: School, signed_in: Client) -> None:
    budgets = {
        "/khoa-hoc/ma-qr/": 8,
        "/khoa-hoc/": 16,
        "/": 16,
        "/toi/": 12,
        school.address() + "?buoc=3": 12,
    }
    signed_in.post(reverse("courses:go_on", args=[school.lessons[0].pk]), {"buoc": "2"})
    small = {address: queries(signed_in, address) for address in budgets}
    assert {address: n for address, n in small.items() if n > budgets[address]} == {}
    grow(school)
    large = {address: queries(signed_in, address) for address in budgets}
    assert {address: n for address, n in large.items() if n > small[address]} == {}


def test_cached_pages_ask_nothing(school: School, client: Client) -> None:
    for address in ("/", "/khoa-hoc/", "/khoa-hoc/ma-qr/", school.address()):
        assert queries(client, address) == 0


def first_view(client: Client, address: str) -> tuple[int, list[tuple[str, int]]]:
    page = client.get(address).content
    parts = [(link, compressed(link)) for link in dict.fromkeys(LINKED.findall(page.decode()))]
    return len(gzip.compress(page)), parts


def compressed(link: str) -> int:
    if link.startswith(settings.STATIC_URL):
        found = finders.find(link.removeprefix(settings.STATIC_URL))
        assert found, link
        return len(gzip.compress(Path(found).read_bytes()))
    stored = Path(settings.MEDIA_ROOT) / link.removeprefix(settings.MEDIA_URL)
    return len(gzip.compress(stored.read_bytes())) if stored.is_file() else 0


def test_first_view_of_every_step_fits(school: School, client: Client) -> None:
    for step in range(1, len(school.lessons[0].screens) + 1):
        page, parts = first_view(client, f"{school.address()}?buoc={step}")
        assert page + sum(size for _link, size in parts) <= 100 * KB
        assert 1 + len(parts) <= 10
        assert sum(size for link, size in parts if link.endswith(".css")) <= 15 * KB
        assert sum(size for link, size in parts if link.endswith(".js")) <= 15 * KB


def test_no_style_or_script_stands_in_the_page(school: School, client: Client) -> None:
    for address in (
        "/",
        "/khoa-hoc/",
        "/khoa-hoc/ma-qr/",
        *(f"{school.address()}?buoc={n}" for n in range(1, 13)),
    ):
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son\w+=", page)
        assert "http://" not in page.replace("http://www.w3.org", "").replace("http://localhost", "")
