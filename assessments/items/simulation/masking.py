"""What is kept of typed text: free text that no rule reads is blotted out, and so are real-looking numbers. Pure."""

from __future__ import annotations

import re
from typing import Any

from assessments.items.simulation.world import Element, World

# Vietnamese mobile numbers, and identity numbers (which begin with a province, never with 999).
_PHONE = re.compile(r"(?<!\d)(?:\+84|0)[ .\-]?[35789](?:[ .\-]?\d){8}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)0(?:[ .\-]?\d){11}(?!\d)")
_FREE_INPUTS = {"text", "message", "search"}


def _names(rule: Any) -> set[str]:
    if isinstance(rule, list):
        return set().union(*map(_names, rule), set())
    if not isinstance(rule, dict):
        return set()
    own = {str(rule["of"])} if "of" in rule else set()
    return own.union(*map(_names, rule.values()), set())


def _is_read(world: World, name: str) -> bool:
    return name in _names([world.judgement.get("criteria"), world.judgement.get("critical")])


def masked(world: World, element: Element, text: str) -> str:
    """The text that may be stored; masking twice changes nothing."""
    free = element.get("input", "text") in _FREE_INPUTS
    if element.get("keep") is False and free and not _is_read(world, element["id"]):
        return re.sub(r"\S", "•", text)
    return looks_real(text) or text


def looks_real(text: str) -> str | None:
    """The text with zeros for the digits of real-looking numbers; None when there is none."""
    blotted = _IDENTITY.sub(_zeros, _PHONE.sub(_zeros, text))
    return blotted if blotted != text else None


def _zeros(match: re.Match[str]) -> str:
    return re.sub(r"\d", "0", match.group(0))
