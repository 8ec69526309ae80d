"""E12, E13: who does not see the picture or does not read the text gets the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from assessments.items.audit.bank import Bank, audience_of, id_of, listed, parts, tags_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import folded_tokens, short, words
from assessments.items.audit.texts import key_texts, pictures_of
from assessments.items.verdict import Content

_FEWEST, _MOST = 5, 60
_SAYS_PICTURE = re.compile(r"^(?:hình|ảnh|hình ảnh)(?: (?:ảnh|chụp|vẽ))? của\b", re.IGNORECASE)
_KEY_WORDS = 3
_PHONE_WIDTH, _TARGET = 360, 48
_MOST_OVERLAP = 0.20
_NEEDS_SOUND = frozenset({"elderly", "minority", "trader"})
_MOST_HEARD = 110
_NOT_HEARD = re.compile(r"\d|http|%|/", re.IGNORECASE)
_AUDIO_FIRST = "audio-first"


def faults(bank: Bank) -> Iterator[Fault]:
    for content in [*bank.audited, *bank.lessons]:
        for field, picture in pictures_of(content):
            for message in _alternative(picture, content):
                yield Fault("E12", id_of(content), field, message)
        for field, script in _scripts(content):
            for message in _heard(script):
                yield Fault("E13", id_of(content), field, message)
    for item in bank.audited:
        yield from _regions(item)
        if _AUDIO_FIRST in tags_of(item) and not (item.get("recording") or item.get("audio_script")):
            yield Fault("E13", id_of(item), "audio_script", "is heard first, but there is nothing to hear")
    for lesson in bank.lessons:
        yield from _silent(lesson)


def _alternative(picture: Content, content: Content) -> Iterator[str]:
    alt = str(picture.get("alt") or "").strip()
    if picture.get("decorative") is True:
        if alt:
            yield "is decorative, but has an alternative text"
        return
    if not alt:
        # An option that is named in words needs no second name.
        if not str(picture.get("text") or "").strip():
            yield "has no alternative text"
        return
    count = len(words(alt))
    if not _FEWEST <= count <= _MOST:
        yield f"the alternative text has {count} words: {short(alt)}"
    if _SAYS_PICTURE.match(alt):
        yield f"begins with “hình của”: {short(alt)}"
    told = " ".join(folded_tokens(alt))
    for key in key_texts(content):
        tokens = folded_tokens(key)
        if len(tokens) >= _KEY_WORDS and f" {' '.join(tokens)} " in f" {told} ":
            yield f"the alternative text holds the key: {short(key)}"


def _regions(item: Content) -> Iterator[Fault]:
    picture = item.get("picture") if isinstance(item.get("picture"), dict) else {}
    regions = parts(item, "regions")
    for region in regions:
        field = f"regions.{region.get('id')}"
        if not str(region.get("label") or "").strip():
            yield Fault("E12", id_of(item), field, "has no label")
        if not _inside(region):
            yield Fault("E12", id_of(item), field, "does not lie inside the picture")
    placed = [region for region in regions if _inside(region)]
    ratio = _number(picture, "height") / _number(picture, "width")
    for region in placed:
        _x, _y, width, height = region["rect"]
        sides = (width / 100 * _PHONE_WIDTH, height / 100 * _PHONE_WIDTH * ratio)
        if min(sides) < _TARGET:
            message = f"is {sides[0]:.0f} × {sides[1]:.0f} px at {_PHONE_WIDTH} px; {_TARGET} is the least"
            yield Fault("E12", id_of(item), f"regions.{region.get('id')}", message)
    for one, other in combinations(placed, 2):
        if _overlap(one["rect"], other["rect"]) > _MOST_OVERLAP:
            yield Fault("E12", id_of(item), f"regions.{one.get('id')}", f"overlaps {other.get('id')}")


def _number(picture: object, name: str) -> float:
    value = picture.get(name) if isinstance(picture, dict) else None
    return float(value) if isinstance(value, int | float) and value > 0 else 360.0


def _inside(region: Content) -> bool:
    rect = listed(region.get("rect"))
    if len(rect) != 4 or not all(isinstance(side, int | float) for side in rect):
        return False
    x, y, width, height = rect
    return bool(x >= 0 and y >= 0 and width > 0 and height > 0 and x + width <= 100 and y + height <= 100)


def _overlap(one: list[float], other: list[float]) -> float:
    """The share of the smaller region that lies under the other."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height) / min(one[2] * one[3], other[2] * other[3])


def _scripts(content: Content) -> Iterator[tuple[str, str]]:
    for field, holder in [("", content), *pictures_of(content), *_screens(content)]:
        if holder.get("audio_script"):
            yield f"{field}.audio_script".lstrip("."), str(holder["audio_script"])


def _screens(lesson: Content) -> list[tuple[str, Content]]:
    return [(f"screens.{screen.get('id', '?')}", screen) for screen in parts(lesson, "screens")]


def _heard(script: str) -> Iterator[str]:
    count = len(words(script))
    if count > _MOST_HEARD:
        yield f"takes {count} words to say; {_MOST_HEARD} is the most"
    found = _NOT_HEARD.search(script)
    if found:
        yield f"“{found.group()}” cannot be heard; write it in words: {short(script)}"


def _silent(lesson: Content) -> Iterator[Fault]:
    if not audience_of(lesson) & _NEEDS_SOUND:
        return
    for field, screen in _screens(lesson):
        if not str(screen.get("audio_script") or "").strip():
            yield Fault("E13", id_of(lesson), f"{field}.audio_script", "is missing")
