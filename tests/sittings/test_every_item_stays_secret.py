"""Every item of the bank: no byte of its page before the answer depends on its key, and none of its secrets is there.

The form is made twice, the second time with another key, other points and other feedback: both must be the same byte
for byte. Whatever told the key, under whatever name, would differ. For each kind whole pages of the site are compared.
"""

from __future__ import annotations

import html
import re
from difflib import unified_diff
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from assessments.items.api import Item, ItemState, ItemVersion, Outcome, get_kind, load_outcomes, present
from assessments.items.audit import read_files
from assessments.items.audit.leaks import depends_on_key, twin
from assessments.items.audit.texts import asked_texts
from assessments.sittings.api import Blueprint, Purpose, Sitting
from assessments.sittings.models import Selection
from tests.sittings import walking
from tests.sittings.test_keys_stay_secret import secrets_of

ITEMS: dict[str, dict[str, Any]] = {
    item["id"]: item
    for item in read_files.bank_of(read_files.starter_files(), timezone.localdate()).items
    if item["kind"] != "simulated_task"
}
ALONE = [code for code, item in ITEMS.items() if get_kind(item["kind"]).self_service]
# What is new on every page, whoever asks.
_FRESH = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[A-Za-z0-9+/=_-]{22,}"
    r"|nonce=\"[^\"]*\"|name=\"hien_luc\" value=\"[^\"]*\""
)
_SHORT = 4
SEED = 5
KINDS = {item["kind"] for item in ITEMS.values()}


def page_of(content: dict[str, Any]) -> str:
    """Question and form as the page holds them."""
    shown = present(ItemVersion(content=content), SEED, with_hint=True)
    return shown.stem + render_to_string("items/item.html", {"item": shown.context})


@pytest.mark.parametrize("kind", sorted(KINDS - {"simulated_task"}))
def test_no_form_of_any_item_depends_on_its_key(kind: str) -> None:
    for code, item in ITEMS.items():
        if item["kind"] != kind:
            continue
        shown = page_of(item)
        assert not depends_on_key(item, shown, page_of(twin(item))), code
        text = html.unescape(shown).replace(_BANNER, "")
        assert [secret for secret in secrets_of(item) | unseen_answers(item) if secret in text] == [], code
        values = re.findall(r'value="([^"]*)"', shown)
        assert {value for value in values if re.fullmatch(r"[a-z]\d?[a-z]?", value)} == set(), code


@pytest.fixture
def some_of_each_kind(db: None) -> list[str]:
    """Two items of each kind that a person can answer alone."""
    load_outcomes()
    outcomes = {outcome.code: outcome for outcome in Outcome.objects.select_related("skill")}
    codes = [code for kind in KINDS for code in [code for code in ALONE if ITEMS[code]["kind"] == kind][:2]]
    for code in codes:
        outcome = outcomes[ITEMS[code]["outcome"]]
        item = Item.objects.create(
            code=code,
            kind=ITEMS[code]["kind"],
            outcome=outcome,
            skill=outcome.skill,
            title=code,
            state=ItemState.LIVE,
        )
        item.current = ItemVersion.objects.create(item=item, number=1, content=ITEMS[code])
        item.save()
    return codes


def fetched(client: Client, address: str, sitting: Sitting) -> dict[str, str]:
    places = sitting.items.select_related("version__item").order_by("position")
    return {
        place.version.item.code: _FRESH.sub("", walking.page(client, address, cau=place.position))
        for place in places
    }


def exchange_keys() -> None:
    versions = list(ItemVersion.objects.all())
    for version in versions:
        version.content = twin(version.content)
    ItemVersion.objects.bulk_update(versions, ["content"])


# The same on every drawn screen, whatever is asked.
_BANNER = "MÔ PHỎNG – không nhập thông tin thật"
_READ_OFF = ("hint", "payload", "shown_after_scan")


def unseen_answers(item: dict[str, Any]) -> set[str]:
    """Accepted forms that are long enough to search for and stand nowhere in the question itself."""
    parts = [part for name in ("blanks", "questions") for part in item.get(name, [])]
    accepted = {str(form) for part in parts for form in part.get("accept", [])}
    # What is to be read off a screen stands on it.
    asked = " ".join([*asked_texts(item), *(str(item.get(name)) for name in _READ_OFF)]).casefold()
    return {form for form in accepted if len(form) > _SHORT and form.casefold() not in asked}


def test_no_page_before_the_answer_depends_on_the_key(browser: Client, some_of_each_kind: list[str]) -> None:
    Blueprint.objects.create(
        slug="thu",
        title="Bài thử",
        purpose=Purpose.PRACTICE,
        selection=Selection.FIXED,
        fixed_items=some_of_each_kind,
    )
    address = walking.start(browser, "thu")
    sitting = Sitting.objects.get()
    before = fetched(browser, address, sitting)
    exchange_keys()
    after = fetched(browser, address, sitting)
    assert set(before) == set(some_of_each_kind)
    for code, page in before.items():
        lines = unified_diff(page.splitlines(), after[code].splitlines(), n=0, lineterm="")
        assert not depends_on_key(ITEMS[code], page, after[code]), (code, *lines)


def test_the_comparison_sees_a_page_that_tells(
    browser: Client, some_of_each_kind: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it did not, the test above would prove nothing."""
    code = next(code for code in some_of_each_kind if ITEMS[code]["kind"] == "choice")
    kind = type(get_kind("choice"))
    honest = kind.ask

    def leaky(self: Any, content: Any, seed: int, draft: Any = None) -> dict[str, Any]:
        shown = honest(self, content, seed, draft)
        for option, part in zip(shown["options"], self.order(content, seed), strict=True):
            option["text"] += " " * part["correct"]
        return shown

    monkeypatch.setattr(kind, "ask", leaky)
    Blueprint.objects.create(
        slug="thu", title="Bài thử", purpose=Purpose.PRACTICE, selection=Selection.FIXED, fixed_items=[code]
    )
    address = walking.start(browser, "thu")
    before = fetched(browser, address, Sitting.objects.get())
    exchange_keys()
    after = fetched(browser, address, Sitting.objects.get())
    assert depends_on_key(ITEMS[code], before[code], after[code])
