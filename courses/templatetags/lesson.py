"""Template tags of lessons: ``{% load lesson %}``."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.theme import drawings
from media.library.api import PictureFile, small_version

register = template.Library()
_DRAWN = frozenset(drawings.names("illustrations"))


@register.simple_tag
def lesson_picture(picture: PictureFile) -> SafeString:
    """Drawings as they are, photographs made small; the alternative text is the one of this place."""
    shown = small_version(picture)
    alt = "" if picture.decorative else picture.contextual_alt_text or picture.default_alt_text
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" decoding="async">',
        shown.url,
        alt,
        str(shown.width),
        str(shown.height),
    )


@register.filter
def drawn_skill(code: str) -> str:
    """The illustration of a skill; skills that have none yet share one."""
    return code if code in _DRAWN else "empty"
