"""What the browser gets of a content, and the key that stays: the same pair for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from media.h5p.django_app.models import ActivityVersion, Content
from media.h5p.errors import CannotBlind
from media.h5p.scoring import blind


@dataclass(frozen=True)
class Delivery:
    """``public`` for the browser, ``key`` for scoring."""

    public: dict[str, Any]
    key: dict[str, Any]


def can_be_blind(content: Content) -> bool:
    return _blinded(content, "may it be?") is not None


def is_blind(version: ActivityVersion) -> bool:
    """As the editor wishes and the content allows."""
    return version.activity.blind and can_be_blind(version.content)


def delivery(content: Content, seed: str, *, blindly: bool) -> Delivery:
    found = _blinded(content, seed) if blindly else None
    return found or Delivery(content.params, content.params)


def _blinded(content: Content, seed: str) -> Delivery | None:
    try:
        public, key = blind(content.main_library.machine_name, content.params, seed)
    except CannotBlind:
        return None
    return Delivery(public, key)
