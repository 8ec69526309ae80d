"""A person at a phone who can tap, type and choose, by touch or by keyboard alone, and who knows the right answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
FOCUSED = "e => e === document.activeElement"
MAX_TABS = 150


def _bank() -> dict[str, dict[str, Any]]:
    """Every starter item by its stem: what the person has learnt."""
    files = [
        *(ROOT / "assessments/items/starter").glob("*.yaml"),
        *(ROOT / "courses/starter/lessons").glob("*.yaml"),
    ]
    items = [
        item for file in files for item in yaml.safe_load(file.read_text(encoding="utf-8")).get("items", [])
    ]
    return {item["stem"].strip(): item for item in items if "stem" in item}


BANK = _bank()


class Learner:
    """Acts on a page only as a person could."""

    def __init__(self, page: Page, *, keyboard: bool = False) -> None:
        self.page, self.keyboard = page, keyboard

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus."""
        for _ in range(MAX_TABS):
            if target.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reachable by keyboard: {target}")

    def press(self, target: Locator) -> None:
        target = target.first
        if not self.keyboard:
            target.tap()
            return
        self.reach(target)
        self.page.keyboard.press("Enter")

    def go(self, target: Locator) -> None:
        """Press what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.press(target)

    def type(self, target: Locator, text: str) -> None:
        target = target.first
        if not self.keyboard:
            target.fill(text)
            return
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, target: Locator) -> None:
        """A radio button or a box to tick, by its label as people do."""
        target = target.first
        if not self.keyboard:
            target.locator("xpath=ancestor::label[1]").tap()
            return
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        name = target.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']")
        self._tab_into(group)
        for _ in range(group.count() + 1):
            self.page.keyboard.press("Space")
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"cannot be chosen by keyboard: {target}")

    def _tab_into(self, group: Locator) -> None:
        for _ in range(MAX_TABS):
            if group.evaluate_all("all => all.includes(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reachable by keyboard: {group}")

    def select(self, target: Locator, label: str) -> None:
        if not self.keyboard:
            target.select_option(label=label)
            return
        self.reach(target)
        for _ in range(target.locator("option").count()):
            if target.evaluate("s => s.selectedOptions[0].text.trim()") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no such option: {label}")

    # Answers ------------------------------------------------------------------------------------------------------

    def answer(self, question: Locator, send: Locator) -> None:
        """Answer the shown item rightly and send it."""
        item = BANK[question.first.inner_text().strip()]
        kind = item["kind"]
        if kind == "conversation":
            self._converse(item, send)
            return
        getattr(self, f"_{kind}")(item)
        self.go(send)

    def _option(self, text: str) -> Locator:
        label = self.page.locator("main label", has=self.page.get_by_text(text, exact=True))
        if label.count() == 0:
            label = self.page.locator("main label", has_text=text)
        return label.locator("input")

    def _choice(self, item: dict[str, Any]) -> None:
        for option in item["options"]:
            if option["correct"]:
                self.choose(self._option(option["text"]))

    _multiple_choice = _true_false = _choice

    def _fill_in(self, item: dict[str, Any]) -> None:
        fields = self.page.locator("main input.in")
        for place, blank in enumerate(item["blanks"]):
            self.type(fields.nth(place), str(blank["accept"][0]))

    def _number(self, item: dict[str, Any]) -> None:
        self.type(self.page.locator("main input.in"), str(item["answer"]["value"]))

    def _match(self, item: dict[str, Any]) -> None:
        for pair in item["pairs"]:
            field = self.page.locator("main .field", has=self.page.get_by_text(pair["left"], exact=True))
            self.select(field.locator("select"), pair["right"])

    def _order(self, item: dict[str, Any]) -> None:
        wanted = [card["text"] for card in sorted(item["cards"], key=lambda card: card["position"])]
        cards = self.page.locator("main .order .card > b")
        for _ in range(len(wanted) ** 2):
            shown = [text.strip() for text in cards.all_inner_texts()]
            wrong = next(
                (i for i in range(1, len(shown)) if wanted.index(shown[i]) < wanted.index(shown[i - 1])), None
            )
            if wrong is None:
                return
            self.press(self.page.locator("main .order .card").nth(wrong).locator("button[name=len]"))
            expect(cards).not_to_have_text(shown)
        raise AssertionError("the cards do not come into order")

    def _sort_groups(self, item: dict[str, Any]) -> None:
        names = {group["id"]: group["text"] for group in item["groups"]}
        for card in item["cards"]:
            box = self.page.locator("main fieldset", has=self.page.get_by_text(card["text"], exact=True))
            self.choose(box.locator("label", has_text=names[card["group"]]).locator("input"))

    def _message_triage(self, item: dict[str, Any]) -> None:
        for case in item.get("messages") or item["addresses"]:
            box = self.page.locator("main fieldset", has=self.page.get_by_text(case["text"], exact=True))
            value = "that" if case["genuine"] else "gia"
            self.choose(box.locator(f"input[value={value}]"))

    _web_address = _message_triage

    def _hotspot(self, item: dict[str, Any]) -> None:
        for region in item["regions"]:
            if region["correct"]:
                self.choose(self._option(region["label"]))

    def _document_check(self, item: dict[str, Any]) -> None:
        for field in item["fields"]:
            if field["fault"]:
                self.choose(self._option(field["value"]))

    def _qr_reading(self, item: dict[str, Any]) -> None:
        fields = self.page.locator("main input.in")
        for place, question in enumerate(item["questions"]):
            self.type(fields.nth(place), str(question["accept"][0]))

    def _converse(self, item: dict[str, Any], send: Locator) -> None:
        nodes = {node["id"]: node for node in item["nodes"]}
        place = item["start"]
        while place != "end":
            best = max(nodes[place]["choices"], key=lambda choice: choice["points"])
            self.choose(self._option(best["text"]))
            self.go(send)
            place = best["goto"]
