"""Why minutes were refused, in words for the person who writes them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def fault_words(reason: str) -> str:
    words = {
        "running": _("The gathering is still running. End it first."),
        "signed": _("The minutes are signed and cannot be changed."),
        "draft": _("Sign the minutes first."),
        "stale": _("Somebody else saved meanwhile. Copy what you typed, load the page again and add it."),
        "chair": _("Who was the chair?"),
        "secretary": _("Who wrote the minutes?"),
        "place": _("Where was it?"),
        "conclusions": _("What did the chair conclude?"),
        "present_full": _("More full members were present than there are."),
        "present_probationary": _("More probationary members were present than there are."),
        "absent": _("People present and absent are together more than there are members."),
        "read_back": _("Read the minutes back to everybody, then tick it."),
    }
    return words[reason]
