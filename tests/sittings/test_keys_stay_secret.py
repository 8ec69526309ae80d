"""Nothing that a browser gets before an answer may tell the key: every byte of every page is searched."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from django.test import Client

from assessments.items.api import Item, ItemState, load_items
from assessments.items.kinds import KINDS
from assessments.sittings.api import Blueprint, Purpose, Sitting
from assessments.sittings.models import Selection
from tests.sittings import walking
from tests.sittings.conftest import EXAMPLES

# Fields of content that are for the author or for after the answer.
_SECRET_FIELDS = {"feedback", "feedback_right", "feedback_wrong", "feedback_other", "why", "next_step"}


def secrets_of(content: Any, name: str = "") -> set[str]:
    """Every feedback text of an item, and the words under which the author stores the key."""
    if isinstance(content, dict):
        return {text for key, one in content.items() for text in secrets_of(one, key)}
    if isinstance(content, list):
        return {text for one in content for text in secrets_of(one, name)}
    return {content} if name in _SECRET_FIELDS and isinstance(content, str) else set()


@pytest.fixture
def every_kind(db: None) -> list[str]:
    """One item of each kind that a person can answer alone, live for this test."""
    assert not load_items([EXAMPLES]).problems
    Item.objects.update(state=ItemState.LIVE)
    alone = [code for code, kind in KINDS.items() if kind.self_service]
    codes = [Item.objects.filter(kind=code).order_by("code").first() for code in alone]
    return [item.code for item in codes if item]


def start_fixed(client: Client, codes: list[str], purpose: str) -> tuple[str, Sitting]:
    Blueprint.objects.create(
        slug="thu", title="Bài thử", purpose=purpose, selection=Selection.FIXED, fixed_items=codes
    )
    address = walking.start(client, "thu")
    return address, Sitting.objects.get()


@pytest.mark.parametrize("purpose", [Purpose.SCORED, Purpose.PRACTICE])
def test_no_page_before_the_answer_holds_key_or_feedback(
    browser: Client, every_kind: list[str], purpose: str
) -> None:
    address, sitting = start_fixed(browser, every_kind, purpose)
    places = list(sitting.items.select_related("version__item"))
    assert len(places) == len(every_kind) >= 14
    for place in places:
        page = walking.page(browser, address, cau=place.position)
        for secret in secrets_of(place.version.content):
            assert secret not in page, (place.version.item.code, secret)
        main = page[page.index("<main") : page.index("</main>")].replace('aria-hidden="true"', "")
        for word in ("correct", "genuine", "true", "fault", place.version.item.code, str(place.seed)):
            assert word not in main, (place.version.item.code, word)
        # The author's ids never leave the server: option ids "a", "b" … would keep the author's order.
        values = re.findall(r'<(?:input|option)[^>]* value="([^"]*)"', main)
        assert {v for v in values if re.fullmatch(r"[a-z]\d?[a-z]?", v)} == set()


def test_a_shuffled_order_differs_between_two_sittings(browser: Client, stranger: Any, load: Any) -> None:
    from tests.sittings.conftest import choice_item

    load(*[choice_item(n, options=6) for n in range(1, 7)])
    codes = [f"VID-3-CH-00{n}" for n in range(1, 7)]
    address, _sitting = start_fixed(browser, codes, Purpose.SCORED)
    other = Client()
    other.force_login(stranger)
    other_address = walking.start(other, "thu")
    orders = [
        [re.findall(r"Cách (\d) của", walking.page(c, a, cau=n)) for n in range(1, 7)]
        for c, a in ((browser, address), (other, other_address))
    ]
    assert orders[0] != orders[1]
    assert all(sorted(order) == list("012345") for order in orders[0])


def test_scored_sitting_says_nothing_after_an_answer_until_it_is_handed_in(
    browser: Client, scored: Blueprint
) -> None:
    address = walking.start(browser, "vneid")
    walking.answer(browser, address, 1, tra_loi="0")
    assert "KÍN" not in walking.page(browser, address, cau=1)
    assert "checked" in walking.page(browser, address, cau=1)
    walking.finish(browser, address)
    assert "LỜI-GIẢI-KÍN" in walking.page(browser, address, cau=1)


def test_practice_explains_after_the_answer_only(browser: Client, practice: Blueprint) -> None:
    address = walking.start(browser, practice.slug)
    assert "KÍN" not in walking.page(browser, address, cau=1)
    response = walking.answer(browser, address, 1, tra_loi="0")
    assert response["Location"].endswith("?cau=1")
    explained = walking.page(browser, address, cau=1)
    assert "LỜI-GIẢI-KÍN" in explained
    assert "VÌ-SAO-KÍN" in explained
    assert "KÍN" not in walking.page(browser, address, cau=2)


def test_examples_hold_secrets_to_search_for() -> None:
    """If the search found nothing to search for, the tests above would prove nothing."""
    items = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["items"]
    assert all(len(secrets_of(content)) > 2 for content in items)
