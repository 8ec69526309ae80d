"""Courses and lessons found by their whole address in one query, where the tree would take two for each level.

Wagtail still serves the page: its hooks (private pages, for example) run as always.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from courses.models import CoursePage, LessonPage

CATALOGUE = "khoa-hoc"


def course(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Anonymous visitors too."""
    path = f"{CATALOGUE}/{course_slug}/"
    required = CoursePage.prerequisites.through.objects.filter(from_coursepage=OuterRef("pk"))
    found = CoursePage.objects.annotate(has_prerequisites=Exists(required)).filter(url_path__in=_places(path))
    return _serve(request, found.live().select_related("locale", "skill", "assessment").first(), path)


def lesson(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Anonymous visitors too."""
    path = f"{CATALOGUE}/{course_slug}/{lesson_slug}/"
    found = LessonPage.objects.live().filter(url_path__in=_places(path))
    return _serve(request, found.select_related("locale").first(), path)


def _places(path: str) -> list[str]:
    """Where pages of this language hang in the tree; Wagtail keeps the list in the cache."""
    language = get_language() or settings.LANGUAGE_CODE
    return [root.root_path + path for root in Site.get_site_root_paths() if root.language_code == language]


def _serve(request: HttpRequest, page: Page | None, path: str) -> HttpResponse:
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # Wagtail looks here first
    response: HttpResponse = serve(request, path)
    return response
