"""An officer opened the overview of a unit: every holder there reads that the unit looked."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from assessments.certificates.models import Certificate
from assessments.certificates.staff_checks.staff_of_unit import staff_of
from assessments.certificates.verifying.record_view import record_views
from lms.accounts.api import Person
from lms.organisations.api import Unit


def note_overview(person_id: int, unit_id: int) -> None:
    unit = Unit.objects.get(pk=unit_id)
    seen = Certificate.objects.filter(
        person__in=staff_of(unit), superseded_by__isnull=True, revoked_at__isnull=True
    )
    with translation.override("vi"):
        purpose = _("Overview of the certificates of the unit's staff")
    record_views(seen.only("pk"), unit, purpose, Person.objects.get(pk=person_id))
