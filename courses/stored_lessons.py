"""Published lessons as the plain form in which their authors write files; what the audit of content reads."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Locale

from courses.lesson_text import plain_list
from courses.models import CoursePage, LessonPage

# A page keeps only how it speaks; that says for whom it is, and how long its sentences may be.
_FOR_WHOM = {"ong_ba": ["elderly"], "ba_con": ["minority", "farmer"]}
_MOST_WORDS = {"ong_ba": 20}


def stored_lessons() -> list[dict[str, Any]]:
    """Vietnamese ones: other languages are translations with reviewers of their own."""
    courses = {page.path: page for page in CoursePage.objects.all()}
    pages = LessonPage.objects.live().filter(locale=Locale.get_default()).order_by("path")
    return [_lesson(page, courses.get(page.path[: -LessonPage.steplen])) for page in pages]


def _lesson(page: LessonPage, course: CoursePage | None) -> dict[str, Any]:
    audiences = list(course.audiences) if course else []
    return {
        "id": page.code or page.slug,
        "title": page.title,
        "audience": [*audiences, *_FOR_WHOM.get(page.address, [])],
        "address": page.address,
        "max_words_per_sentence": _MOST_WORDS.get(page.address),
        "goal": page.goal,
        "why_it_matters": page.why_it_matters,
        "screens": [_screen(raw, number) for number, raw in enumerate(page.screens.raw_data, start=1)],
    }


def _screen(raw: Any, number: int) -> dict[str, Any]:
    value = raw["value"]
    screen: dict[str, Any] = {
        "id": f"s{number:02d}",
        "kind": raw["type"],
        "heading": value.get("heading") or "",
        "text": _plain(value.get("text") or ""),
        "audio_script": value.get("audio_script") or "",
        "steps": [step.get("text") or "" for step in plain_list(value.get("steps"))],
        "statements": plain_list(value.get("statements")),
        "items": plain_list(value.get("items")),
        "activity": value.get("activity") or "",
    }
    picture = value.get("picture") or {}
    if picture.get("image"):
        screen["picture"] = {
            "alt": picture.get("alt_text") or "",
            "decorative": picture.get("decorative") is True,
        }
    return screen


def _plain(html: str) -> str:
    """Paragraphs and entries of a list end a line, so that they end a sentence."""
    lines = html.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br/>", "\n")
    return unescape(strip_tags(lines)).strip()
