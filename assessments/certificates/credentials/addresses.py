"""Public addresses that credentials name."""

from __future__ import annotations

from django.conf import settings

from assessments.certificates import codes


def site_address() -> str:
    return settings.SITE_URL.rstrip("/")


def certificate_address(code: str) -> str:
    return f"{site_address()}/c/{codes.shown(code)}"


def achievement_address(key: str, version: int) -> str:
    return f"{site_address()}/achievements/{key}/{version}"


def status_address(number: int) -> str:
    return f"{site_address()}/status/{number}"
