"""Tags of items: the usual ones with their words, and where they stand in the content."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.items.verdict import Content
from lms import vietnamese

TAGS: dict[str, str | Promise] = {
    "phone-friendly": _("Good on a phone"),
    "desktop-friendly": _("Needs a wide screen"),
    "screen-reader-friendly": _("Works by ear"),
    "low-literacy": _("Good for people who read slowly"),
    "audio-first": _("Meant to be heard"),
    "fraud-false": _("A case of fraud"),
    "fraud-genuine": _("A genuine case that looks odd"),
    "practice-only": _("Only for practice"),
    "negative-stem": _("The question says “not”"),
    "citation": _("Asks for a document by name"),
    "observed": _("Somebody watches"),
    "offline": _("Without a network"),
    "two-observers": _("Two people watch"),
}
AUDIENCES: dict[str, str | Promise] = {
    "citizen": _("Citizens"),
    "elderly": _("Elderly people"),
    "minority": _("Ethnic minorities"),
    "farmer": _("Farmers"),
    "trader": _("Traders"),
    "worker": _("Workers"),
    "student": _("Students"),
    "cadre": _("Civil servants"),
    "party-member": _("Party members"),
}
SPOIL_RISKS: dict[str, str | Promise] = {
    "low": _("Low: may be known"),
    "medium": _("Medium"),
    "high": _("High: worthless once known"),
}
LANGUAGE_STATES: dict[str, str | Promise] = {
    "draft": _("Draft"),
    "reviewed": _("Read by a second native speaker"),
}
_NOT_OF_A_TAG = re.compile(r"[^a-z0-9]+")


def tags_of(content: Content) -> list[str]:
    """Every tag to search by: the author's, and risk, place and language as tags of their own."""
    tags = [clean_tag(str(tag)) for tag in content.get("tags") or []]
    simulation = content.get("simulation") or {}
    of_task = simulation.get("tags") or {}
    language = (simulation.get("language") or {}).get("vi")
    for prefix, value in (
        ("spoil", content.get("spoil_risk") or of_task.get("spoil_risk")),
        ("place", content.get("geography") or of_task.get("geography")),
        ("language", content.get("language_state") or language),
    ):
        if value:
            tags.append(clean_tag(f"{prefix}-{value}"))
    return list(dict.fromkeys(tag for tag in tags if tag))


def clean_tag(text: str) -> str:
    """Lower case letters without diacritics, digits and hyphens: the same tag is always written the same."""
    return _NOT_OF_A_TAG.sub("-", vietnamese.folded(text)).strip("-")[:40]
