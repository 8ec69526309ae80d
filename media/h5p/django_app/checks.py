"""Tells at the start that H5P's own player is missing; the site works without it."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from media.h5p.django_app.cores import standalone_folder, standalone_is_there


@register()
def player_is_there(**options: Any) -> list[CheckMessage]:
    if standalone_is_there():
        return []
    return [
        Warning(
            f"H5P's player is not in {standalone_folder()}: uploaded H5P activities cannot be played, our own can.",
            hint="Install Node.js and run `make setup`, which fetches h5p-standalone by the lock file.",
            id="h5p.W001",
        )
    ]
