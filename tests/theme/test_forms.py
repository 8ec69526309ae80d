"""Any form of any room is drawn in the look and can be used with a screen reader."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

pytestmark = pytest.mark.django_db


def form_after(client: Client, **data: str) -> BeautifulSoup:
    return BeautifulSoup(client.post("/o-nhap/", {"name": "", **data}).content, "html.parser")


def field(page: BeautifulSoup, name: str) -> Tag:
    found = page.find(id=f"id_{name}")
    assert isinstance(found, Tag)
    return found


def test_every_field_has_a_label_and_names_what_describes_it(client: Client) -> None:
    page = form_after(client, phone="091234567")
    ids = {tag["id"] for tag in page.find_all(id=True)}
    for tag in page.select("input.in, select.in, textarea.in"):
        assert page.select_one(f"label[for='{tag['id']}']") is not None
        for described in str(tag.get("aria-describedby", "")).split():
            assert described in ids
    phone = field(page, "phone")
    assert phone["aria-invalid"] == "true"
    assert phone["aria-describedby"] == "id_phone_error"
    assert field(page, "document")["aria-describedby"] == "id_document_helptext"
    assert "gõ đủ 10 chữ số" in field(page, "phone_error").get_text()


def test_the_summary_leads_to_each_place(client: Client) -> None:
    page = form_after(client, phone="091234567")
    summary = page.select_one("[data-error-summary]")
    assert summary is not None
    assert "Còn 5 chỗ cần sửa" in summary.get_text()
    targets = [str(link["href"]) for link in summary.select("a")]
    assert "#id_audience_0" in targets
    assert all(page.select_one(target) is not None for target in targets)


def test_choices_are_a_group_with_a_name(client: Client) -> None:
    page = BeautifulSoup(client.get("/o-nhap/").content, "html.parser")
    group = field(page, "audience_0").find_parent("fieldset")
    assert isinstance(group, Tag)
    legend = group.find("legend")
    assert isinstance(legend, Tag)
    assert legend.get_text(strip=True) == "Dành cho"
    assert page.select_one("[data-error-summary]") is None


def test_what_people_typed_comes_back_escaped(client: Client) -> None:
    page = client.post("/o-nhap/", {"name": "<script>x</script>", "phone": '"><b>'}).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert re.search(r'value="&quot;&gt;&lt;b&gt;"', page)


def test_a_message_is_shown_once(client: Client) -> None:
    good = {"name": "Ka Hiền", "audience": "people", "unit": "1", "agreed": "on"}
    page = client.post("/o-nhap/", good).content.decode()
    assert 'role="status"' in page
    assert "Đã lưu." in page
    assert "Đã lưu." not in client.get("/o-nhap/").content.decode()
