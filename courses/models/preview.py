"""Editors look at a page on a phone first: 360 pixels wide, as most learners do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

PREVIEW_SIZES: list[dict[str, Any]] = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Preview on a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Preview on a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview on a computer")},
]


class PhoneFirst:
    """Mixed into every page. A preview is the page itself, served as to a visitor."""

    serve: Callable[[HttpRequest], HttpResponse]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return PREVIEW_SIZES
