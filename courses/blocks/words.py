"""Names of the kinds of screens, as editors read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GOAL = _("Goal")
STORY = _("Story")
IDEA = _("One idea")
STEPS = _("Steps")
WAY_OUT = _("What can go wrong, and the way out")
CALLOUT = _("To remember")
PRACTICE = _("Practice")
H5P = _("H5P activity")
SELF_CHECK = _("Self-check")
TAKE_AWAY = _("Card to take away")
