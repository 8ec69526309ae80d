from __future__ import annotations

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "lms.theme"
    label = "theme"
    default_auto_field = "django.db.models.BigAutoField"
