"""What stands in the column of notes: the facts of a row in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.certificates.codes import shown
from assessments.certificates.staff_checks.models import StaffCheckRow
from assessments.certificates.staff_checks.results import Result


def note(row: StaffCheckRow) -> str:
    facts: dict[str, Any] = row.facts
    sentences = [_why(row, facts), *_of_certificate(facts)]
    if "same_as" in facts:
        sentences.append(_("Same certificate as row %(row)s.") % {"row": facts["same_as"]})
    if "others" in facts:
        others = facts["others"]
        sentences.append(
            ngettext("Holds %(n)s other certificate.", "Holds %(n)s other certificates.", others)
            % {"n": others}
        )
    return " ".join(sentence for sentence in sentences if sentence)


def _why(row: StaffCheckRow, facts: dict[str, Any]) -> str:
    """Nobody of another unit and nobody at all are told in the same words."""
    why = facts.get("why", "")
    if why == "people":
        people = facts["people"]
        return ngettext(
            "%(n)s person of your units fits this row.", "%(n)s people of your units fit this row.", people
        ) % {"n": people}
    if row.result == Result.NOT_FOUND and not why:
        return _("Not among the people of your units.")
    return _WHY[why]() if why in _WHY else ""


def _of_certificate(facts: dict[str, Any]) -> list[str]:
    sentences = []
    if "days" in facts:
        days = facts["days"]
        sentences.append(ngettext("%(n)s day left.", "%(n)s days left.", days) % {"n": days})
    if "revoked" in facts:
        day = dt.datetime.fromisoformat(facts["revoked"]).astimezone().strftime("%d/%m/%Y")
        sentences.append(_("Withdrawn on %(day)s.") % {"day": day})
    if "newer" in facts:
        sentences.append(_("The newer one: %(code)s.") % {"code": shown(facts["newer"])})
    if "name" in facts:
        sentences.append(_("On the certificate: %(name)s.") % {"name": facts["name"]})
    return sentences


_WHY = {
    "mistyped": lambda: _("The code is mistyped: compare it with the paper again."),
    "unknown": lambda: _("The code is well formed, but nothing was issued under it."),
    "name": lambda: _("The certificate carries another name."),
    "birth": lambda: _("The name fits; a birth date that agrees is missing."),
    "other_birth": lambda: _("The name fits, but the birth date is another."),
    "number": lambda: _("The staff number belongs to another name."),
    "renamed": lambda: _("The person is known under this name; the certificate carries another."),
    "none": lambda: _("This person of your units holds no certificate."),
    "little": lambda: _("The row holds neither code nor staff number nor name, or its cells are formulas."),
}
