"""Why a count or a reading was refused, in plain words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "people": _("Write how many people are in the hall, at most 5,000."),
    "step": _("This question is not open for counting now."),
    "options": _("These letters are not options of this question."),
    "sum": _("More hands than people who have not answered. Count again, or correct how many are present."),
    "confirmer": _("A second person must confirm: another one than the one who counted."),
    "changed": _("Somebody changed the count meanwhile. Look at it once more."),
    "code": _("This seat code is not known here. Look at it once more."),
    "seat": _("There is no such seat. Look at the number once more."),
    "cards": _("The cards could not be read. Look at the grid once more."),
    "way": _("Choose hands or papers."),
}
