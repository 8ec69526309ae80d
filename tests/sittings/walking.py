"""Walking through a sitting as a browser does: read the form of the page, fill it in, post it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')

_RUNNING = re.compile(r"/danh-gia/luot/[0-9a-f-]{36}/(?=\")")


def hidden_fields(page: str) -> dict[str, str]:
    return dict(_HIDDEN.findall(page))


def start(client: Client, slug: str) -> str:
    """Begin (or go on) and return the address of the sitting."""
    intro = client.get(f"/danh-gia/{slug}/").content.decode()
    begun = _RUNNING.search(intro)
    if begun:
        return begun[0]
    response = client.post(f"/danh-gia/{slug}/bat-dau/", hidden_fields(intro))
    assert response.status_code == 303
    return response["Location"]


def page(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query, follow=True)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def answer(client: Client, address: str, position: int, **fields: Any) -> Any:
    """Post the form of the item at a position as the page gave it."""
    form = hidden_fields(page(client, address, cau=position))
    return client.post(f"{urlsplit(address).path}tra-loi/", {**form, **fields})


def finish(client: Client, address: str) -> Any:
    form = hidden_fields(page(client, f"{address}ket-thuc/"))
    return client.post(f"{address}ket-thuc/", form)
