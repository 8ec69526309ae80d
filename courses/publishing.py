"""What follows when a page is published or taken away: facts are linked, stored pages are forgotten."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from assessments.items.api import Fact
from courses.lesson_text import fact_codes
from courses.models import LessonPage
from lms.theme.page_cache import purge_pages


def listen() -> None:
    page_published.connect(_published, dispatch_uid="courses.published")
    for signal in (page_unpublished, post_page_move, page_slug_changed):
        signal.connect(_changed, dispatch_uid="courses.changed")


def _published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, LessonPage):
        instance.facts.set(Fact.objects.filter(key__in=fact_codes(instance)))
    purge_pages()


def _changed(sender: type[Page], **kwargs: Any) -> None:
    purge_pages()
