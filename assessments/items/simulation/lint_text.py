"""Faults of texts, numbers, addresses and sources. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from assessments.items.simulation.compile_public import compares_typed_text, compile_public
from assessments.items.simulation.fault import Fault
from assessments.items.simulation.world import World

MAX_WORDS = 25
ALLOWED_HOSTS = ("dichvucong.gov.vn", "vneid.gov.vn", "binhdanhocvuso.gov.vn", "online.gov.vn")
ALLOWED_NUMBERS = {"156", "5656", "19000368"}
_PHONE = re.compile(r"(?:0|\+84)[35789]\d{8}|1[89]00\d{4,6}")
_HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b")
_SENTENCE_END = re.compile(r"[.!?…:;](?:\s|$)|\n")
_ID12 = re.compile(r"(?<!\d)\d{12}(?!\d)")
_SKIPPED = {
    "id",
    "go",
    "src",
    "icon",
    "key",
    "of",
    "type",
    "kind",
    "task",
    "skill",
    "outcomes",
    "tags",
    "recorded",
    "qr",
}


def texts(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a person may read."""
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, list):
        for index, one in enumerate(node):
            name = one.get("id", str(index)) if isinstance(one, dict) else str(index)
            yield from texts(one, f"{where}/{name}")
    elif isinstance(node, dict):
        for key, one in node.items():
            if key not in _SKIPPED:
                yield from texts(one, f"{where}/{key}")


def _cut_texts(node: Any, where: str = "") -> Iterator[Fault]:
    """YAML reads ``{text: Tiền ra, tiền vào}`` as a short text and an empty key; the rest would be lost unseen."""
    if isinstance(node, list):
        for index, one in enumerate(node):
            yield from _cut_texts(one, f"{where}/{one.get('id', index) if isinstance(one, dict) else index}")
    elif isinstance(node, dict):
        for key, one in node.items():
            if one is None and key not in _SKIPPED:
                yield Fault(
                    "cut-text", f"{where}/{key}", f"“{key}” không có nội dung. Hãy đặt chữ trong ngoặc kép."
                )
            yield from _cut_texts(one, f"{where}/{key}")


def _visible(world: World) -> list[tuple[str, str]]:
    task = world.task
    shown = {key: task[key] for key in ("title", "brief", "screens", "parts") if key in task}
    return list(texts(shown)) + list(texts(world.judgement.get("feedback") or {}, "feedback"))


def _numbers(where: str, text: str) -> Iterator[Fault]:
    plain = re.sub(r"(?<=\d)[ .\-](?=\d)", "", text)
    for found in _PHONE.findall(plain):
        if found not in ALLOWED_NUMBERS:
            yield Fault("real-looking-number", where, f"“{found}” trông như số điện thoại có thật.")
    for found in _ID12.findall(plain):
        if not found.startswith("999"):
            yield Fault("real-looking-number", where, f"“{found}” trông như số định danh có thật.")


def _hosts(where: str, text: str) -> Iterator[Fault]:
    for host in _HOST.findall(text.casefold()):
        if host.endswith((".apk", ".jpg", ".png", ".pdf", ".svg")) and host.count(".") == 1:
            continue
        if host not in ALLOWED_HOSTS and not host.endswith(".example") and ".example" not in host:
            yield Fault("real-domain", where, f"“{host}” có thể là trang có thật.")


def _wording(world: World) -> Iterator[Fault]:
    for where, text in _visible(world):
        if unicodedata.normalize("NFC", text) != text:
            yield Fault("not-nfc", where, "Chữ chưa ở dạng NFC.")
        for sentence in _SENTENCE_END.split(text):
            if sum(1 for word in sentence.split() if any(c.isalnum() for c in word)) > MAX_WORDS:
                yield Fault("long-sentence", where, f"Câu dài hơn {MAX_WORDS} chữ.")
        yield from _numbers(where, text)
        yield from _hosts(where, text)


def _sources(world: World, today: date) -> Iterator[Fault]:
    task = world.task
    if not task.get("sources") or not all(one.get("source") for one in task["sources"]):
        yield Fault("no-source", "sources", "Bài chưa ghi nguồn.")
    # YAML gives a date, JSON its text.
    review_by = date.fromisoformat(str(task["review_by"])) if task.get("review_by") else None
    if review_by and review_by < today:
        yield Fault("fact-overdue", "review_by", f"Quá hạn xem lại từ {review_by:%d/%m/%Y}.", "warning")


def _typed_literals(world: World) -> Iterator[tuple[str, str]]:
    """(element, literal) of every typed text that a guard compares."""
    for screen in world.screens:
        for element in world.elements(screen):
            for part in [element, *(element.get("options") or [])]:
                for handler in part.get("then") or []:
                    if compares_typed_text(world, handler.get("if")):
                        yield from ((element["id"], text) for _, text in texts(_literals(handler["if"])))


def _literals(guard: Any) -> list[Any]:
    if isinstance(guard, list):
        return [one for part in guard for one in _literals(part)]
    if "any" in guard or "not" in guard:
        return _literals(guard.get("any", guard.get("not")))
    return [guard[key] for key in ("is", "is_not", "has") if key in guard]


def _handlers_in(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("then", "show_if", "enabled_if", "on_enter") if key in node)
        for one in node.values():
            yield from _handlers_in(one)
    elif isinstance(node, list):
        for one in node:
            yield from _handlers_in(one)


def _leaks(world: World) -> Iterator[Fault]:
    reactions = str(list(_handlers_in(compile_public(world.task, 1).public["screens"])))
    for element, literal in _typed_literals(world):
        if len(literal) > 2 and f"'{literal}'" in reactions:
            yield Fault("answer-in-public", element, f"“{literal}” đọc được trong phần gửi tới trình duyệt.")


def text_faults(world: World, today: date) -> list[Fault]:
    cut = _cut_texts({"brief": world.task["brief"], "screens": world.task["screens"]})
    return [*cut, *_wording(world), *_sources(world, today), *_leaks(world)]
