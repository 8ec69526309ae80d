"""An editor works in the item bank without writing code."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.items.api import Item, ItemVersion, load_items
from assessments.items.kinds import KINDS
from lms.accounts.api import Person
from tests.sittings.conftest import EXAMPLES, choice_item, load

__all__ = ["load"]
BANK = "/quan-tri/cau-hoi/"


@pytest.fixture
def editor(db: None, settings: Any) -> Client:
    person = Person.objects.create_user("bien-tap", "mat-khau-rat-dai")
    wanted = ["access_admin", "add_item", "change_item", "view_item", "view_fact", "change_fact"]
    person.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    # The second factor has tests of its own.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "second_factor" not in one]
    client = Client()
    client.force_login(person)
    return client


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would post if nothing was changed."""
    form = page.context["form"]
    values: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            value = "on"
        if value is not None and value is not False:
            values[name] = value
    return values


def test_list_finds_without_diacritics_and_filters(editor: Client, load: Any) -> None:
    load(choice_item(1, title="Gói hàng trước cửa"), choice_item(2, title="Mật khẩu"))
    found = editor.get(BANK, {"q": "goi hang"}).content.decode()
    assert "VID-3-CH-001" in found
    assert "VID-3-CH-002" not in found
    assert "VID-3-CH-001" not in editor.get(BANK, {"state": "retired"}).content.decode()
    assert editor.get(BANK, {"q": "đừng\x00'\"%", "kind": "khong-co", "difficulty": "x"}).status_code == 200


def test_list_of_five_thousand_takes_at_most_twelve_queries(editor: Client, load: Any) -> None:
    (first,) = load(choice_item(1))
    Item.objects.bulk_create(
        Item(
            code=f"VID-3-CH-{n:05d}",
            kind="choice",
            outcome=first.outcome,
            skill=first.skill,
            title="Câu",
            folded_text="cau",
        )
        for n in range(10_000, 15_000)
    )
    editor.get(BANK)
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(BANK, {"q": "cau"}).status_code == 200
    assert len(queries) <= 12, [q["sql"][:150] for q in queries]


def test_editing_makes_a_new_version_and_keeps_the_old(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    page = editor.get(f"{BANK}edit/{item.pk}/")
    form = form_of(page)
    form |= {"options-0-text": "Cách viết lại", "reason": "Viết rõ hơn"}
    saved = editor.post(f"{BANK}edit/{item.pk}/", form)
    assert saved.status_code == 302, saved.context["form"].errors
    item.refresh_from_db()
    first, second = ItemVersion.objects.filter(item=item).order_by("number")
    assert first.content["options"][0]["text"] == "Cách 0 của câu 1"
    assert second.content["options"][0]["text"] == "Cách viết lại"
    assert item.current == second
    assert second.created_by is not None
    assert second.content["options"][0]["id"] == "a"


def test_a_faulty_item_is_refused_in_words(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    form = form_of(editor.get(f"{BANK}edit/{item.pk}/"))
    form |= {"options-0-correct": "on", "reason": "Thử"}
    refused = editor.post(f"{BANK}edit/{item.pk}/", form)
    assert refused.status_code == 200
    assert "Phải có đúng một lựa chọn đúng." in refused.content.decode()
    assert item.versions.count() == 1


def test_a_new_choice_item_is_written_in_the_form(editor: Client, load: Any) -> None:
    (item,) = load(choice_item(1))
    assert "true_false" in editor.get(f"{BANK}new/").content.decode()
    form = {
        "code": "VID-3-CH-900", "outcome": item.outcome.pk, "difficulty": 2, "title": "Câu mới",
        "stem": "Nên làm gì?", "why": "Vì thế.", "next_step": "Làm ngay.", "source": "Nguồn", "reason": "Câu mới",
        "options-0-text": "Đúng cách", "options-0-correct": "on", "options-0-feedback": "Đúng, vì an toàn.",
        "options-1-text": "Sai cách", "options-1-feedback": "Dễ nhầm, nhưng chưa đúng.",
    }  # fmt: skip
    saved = editor.post(f"{BANK}new/?kieu=choice", form)
    assert saved.status_code == 302, saved.context["form"].errors
    made = Item.objects.get(code="VID-3-CH-900")
    assert made.current is not None
    assert [option["correct"] for option in made.current.content["options"]] == [True, False]
    assert "mới" in made.title
    assert made.folded_text.startswith("vid-3-ch-900")


def test_every_kind_opens_saves_unchanged_and_previews(editor: Client) -> None:
    load_items([EXAMPLES])
    for kind in KINDS:
        item = Item.objects.filter(kind=kind).order_by("code").first()
        if item is None:
            continue
        page = editor.get(f"{BANK}edit/{item.pk}/")
        saved = editor.post(f"{BANK}edit/{item.pk}/", form_of(page) | {"reason": "Không đổi gì"})
        assert saved.status_code == 302, (kind, saved.context["form"].errors)
        assert KINDS[kind].validate(Item.objects.get(pk=item.pk).current.content) == []  # type: ignore[union-attr]
        assert editor.get(f"{BANK}{item.pk}/xem-thu/").status_code == 200
        assert editor.get(f"{BANK}{item.pk}/man-hinh/").status_code == 200
        assert editor.post(f"{BANK}{item.pk}/man-hinh/", {}).status_code in {200, 400}


def test_learners_see_nothing_of_the_bank(load: Any) -> None:
    (item,) = load(choice_item(1))
    client = Client()
    client.force_login(Person.objects.create_user("hoc-vien", "mat-khau-rat-dai"))
    for path in (BANK, f"{BANK}edit/{item.pk}/", f"{BANK}{item.pk}/xem-thu/", f"{BANK}{item.pk}/man-hinh/"):
        assert client.get(path).status_code in {302, 403}
