"""What each check of the self-test says, and what to do when it fails."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECKS: dict[str, tuple[Promise, Promise]] = {
    "key": (_("The key of the kit is here and valid"), _("Open the kit again, or ask for a new one.")),
    "clock": (_("The clock of the computer"), _("Set date and time of the computer.")),
    "writes": (_("Answers can be saved"), _("Restart the computer.")),
    "disk": (_("Room on the disk"), _("Delete large files.")),
    "media": (_("Pictures and recordings"), _("Open the kit again.")),
    "roster": (_("The list of names"), _("People join as guests, or ask for a new kit.")),
    "network": (_("Phones can reach this computer"), _("Switch on the Wi-Fi of the hall or the hotspot.")),
}
BUNDLE_FAULTS: dict[str, Promise] = {
    "not_a_bundle": _(
        "These are no results of a hall. Choose the file, or copy the letters of the QR once more."
    ),
    "too_large": _("This is larger than the results of a hall can be."),
    "foreign_key": _("This server does not know the kit."),
    "revoked": _("The kit was withdrawn."),
    "expired": _("The kit has expired. Ask the operator to extend it."),
    "altered": _("The results were changed on their way. Bring them once more from the laptop."),
    "malformed": _("The results cannot be read. Bring them once more from the laptop."),
    "truncated": _("A part is missing. Copy the letters of the QR once more."),
    "wrong_scope": _("This kit may not bring results for this gathering, or you may not lead it."),
    "wrong_plan": _("The gathering had other steps than this server knows."),
    "broken_chain": _("The record of the gathering has a gap or was changed."),
    "forked": _("The gathering went on in two places. An administrator must look at it."),
}
KIT_FAULTS: dict[str, Promise] = {
    "elsewhere": _("A laptop has this gathering already."),
    "begun": _("The gathering has begun. A kit is made before people join."),
    "expiry": _("A kit is valid for 1 to 60 days."),
    "media": _("A picture or recording of the plan is missing on this server."),
}
