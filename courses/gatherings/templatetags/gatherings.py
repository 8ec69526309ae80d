"""Filters of the hall: ``{% load gatherings %}``."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def minutes_seconds(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
