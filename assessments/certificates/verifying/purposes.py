"""Why an officer looks at a certificate; the holder reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGE = "page"
FILE = "file"
CHOICES: tuple[tuple[str, str | Promise], ...] = (
    (PAGE, _("Check of a paper")),
    ("recruitment", _("Recruitment")),
    ("appraisal", _("Yearly appraisal")),
    ("appointment", _("Appointment")),
)
_WORDS: dict[str, str | Promise] = {**dict(CHOICES), FILE: _("Check of a file")}


def chosen(text: str) -> str:
    """What stands in an address is chosen from our list or is the plain check."""
    return text if text in dict(CHOICES) else PAGE


def words_of(purpose: str) -> str:
    """Staff checks keep the officer's own words."""
    return str(_WORDS.get(purpose, purpose))
