"""Cards as they are printed, turned and tilted, are read by the very modules of the facilitator's phone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from courses.gatherings.cards.card_codes import CODES, LETTERS, SIDE, turned, white_fields

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "courses" / "gatherings" / "static" / "gatherings"
READER = ROOT / "node_modules" / "js-aruco2" / "src"

# Draws cards on one picture as a camera would see them: a grey hall, white sheets, turned and slightly tilted.
DRAW = """
({cards, size}) => {
  const paper = document.createElement("canvas").getContext("2d");
  paper.canvas.width = 1280; paper.canvas.height = 720;
  paper.fillStyle = "#888"; paper.fillRect(0, 0, 1280, 720);
  for (const {fields, x, y, quarters, tilt} of cards) {
    paper.setTransform(1, 0, 0, 1, x, y);
    paper.rotate(-quarters * Math.PI / 2 + tilt);
    paper.transform(1, 0.06, -0.04, 0.92, 0, 0);
    const cell = size / 9;
    paper.fillStyle = "#fff"; paper.fillRect(-size / 2, -size / 2, size, size);
    paper.fillStyle = "#111"; paper.fillRect(-3.5 * cell, -3.5 * cell, 7 * cell, 7 * cell);
    paper.fillStyle = "#eee";
    for (const [column, row] of fields) paper.fillRect((column - 2.5) * cell, (row - 2.5) * cell, cell + .5, cell + .5);
  }
  const frame = Object.assign(paper.canvas, {videoWidth: 1280, videoHeight: 720});
  return window.read(window.frameOf(frame, document.createElement("canvas"))).map(({card, letter}) => [card, letter]);
}
"""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_content("<!doctype html><title>cards</title>")
    for name in ("cv.js", "aruco.js"):
        page.add_script_tag(path=READER / name)
    module = (STATIC / "read-cards.js").read_text()
    page.add_script_tag(
        content=f"{module}\nObject.assign(window, {{frameOf, read: cardReader(AR, {list(CODES)})}});",
        type="module",
    )
    page.wait_for_function("() => window.read")
    return page


def _see(page: Page, shown: list[tuple[int, str, float]], size: int = 110) -> dict[int, str]:
    cards = [
        {
            "fields": white_fields(card),
            "x": 90 + 155 * (place % 8),
            "y": 90 + 155 * (place // 8),
            "quarters": LETTERS.index(letter),
            "tilt": tilt,
        }
        for place, (card, letter, tilt) in enumerate(shown)
    ]
    return dict(page.evaluate(DRAW, {"cards": cards, "size": size}))


@pytest.mark.parametrize("tilt", [0.0, 0.3, -0.35, 0.6])
def test_every_card_tells_its_letter_in_every_orientation(reader: Page, tilt: float) -> None:
    wanted = list(zip(itertools.count(1), (LETTERS * 15), strict=False))[:60]
    for first in range(0, 60, 20):
        part = wanted[first : first + 20]
        assert _see(reader, [(card, letter, tilt) for card, letter in part]) == dict(part)
        other = [(card, LETTERS[(LETTERS.index(letter) + 2) % 4]) for card, letter in part]
        assert _see(reader, [(card, letter, tilt) for card, letter in other]) == dict(other)


def test_cards_far_away_are_still_read(reader: Page) -> None:
    shown = [(card, LETTERS[card % 4], 0.1) for card in range(1, 21)]
    assert _see(reader, shown, size=44) == {card: letter for card, letter, _tilt in shown}


def test_no_card_can_be_taken_for_another_or_for_itself_turned() -> None:
    def turns(code: int) -> list[int]:
        found = [code]
        for _quarter in range(3):
            found.append(turned(found[-1]))
        return found

    every = [(card, turn) for card, code in enumerate(CODES) for turn in turns(code)]
    for (card, one), (_other, two) in itertools.combinations(every, 2):
        assert (one ^ two).bit_count() >= 8, card
    assert len(CODES) == 60
    assert max(CODES) < 2 ** (SIDE * SIDE)
