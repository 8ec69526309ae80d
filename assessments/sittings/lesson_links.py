"""Lessons that teach an outcome. They stand in an upper room, which registers a reader."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class LessonLink:
    title: str
    url: str


Reader = Callable[[Collection[str]], dict[str, LessonLink]]
_readers: list[Reader] = []


def register_lesson_reader(reader: Reader) -> None:
    """Once, in ``AppConfig.ready``. It gives one lesson by code of the outcome, for outcomes that have any."""
    if reader not in _readers:
        _readers.append(reader)


def lessons_for(outcomes: Collection[str]) -> dict[str, LessonLink]:
    found: dict[str, LessonLink] = {}
    for reader in _readers if outcomes else ():
        found = {**reader(outcomes), **found}
    return found
