from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _small_site(settings: Settings) -> None:
    """The theme under its own addresses and without the rooms above it."""
    settings.ROOT_URLCONF = "tests.theme.site_urls"
    settings.LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
