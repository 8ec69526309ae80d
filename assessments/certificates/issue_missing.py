"""Find passed sittings without their certificate: an achievement added later, or rows from a hall kit."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assessments.certificates.issue_certificate import issue_for_sitting
from assessments.certificates.models import Achievement, Award, Certificate
from assessments.sittings.api import EvidenceClass, Purpose, Sitting


def issue_missing() -> int:
    """The number of certificates issued; one short transaction each."""
    before = Certificate.objects.count()
    for sitting in _due().order_by("finished_at", "pk").iterator(chunk_size=200):
        with transaction.atomic():
            issue_for_sitting(sitting)
    return Certificate.objects.count() - before


def _due() -> QuerySet[Sitting]:
    """Passed alone, by a known person, of a blueprint with an achievement, and nothing issued for it."""
    awarded = Achievement.objects.filter(active=True, award=Award.SITTING, blueprint=OuterRef("blueprint"))
    issued = Certificate.objects.filter(sitting=OuterRef("pk"))
    passed = Sitting.objects.filter(
        passed=True,
        purpose=Purpose.SCORED,
        evidence_class=EvidenceClass.ALONE,
        finished_at__isnull=False,
        person__isnull=False,
        person__erased_at__isnull=True,
    )
    return passed.filter(Exists(awarded), ~Exists(issued)).select_related("person")
