"""What each essential skill is good for, in the words of the front page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SKILL_WORDS: dict[str, str | Promise] = {
    "dvc": _("Send in papers, follow the result"),
    "vid": _("Your papers on your phone"),
    "qr": _("Scan, read the name, then pay"),
    "ats": _("Recognise false news, know how to stop"),
    "tmd": _("Choose well, sell what you grow"),
}
