"""What a sitting that ends says about its items."""

from __future__ import annotations

from assessments.sittings.models import EvidenceClass, ItemEvidence, Purpose, Sitting
from lms.accounts.api import Person

_MEASURING = (Purpose.SCORED, Purpose.REFERENCE, Purpose.PRETEST)


def evidence_of(sitting: Sitting) -> ItemEvidence:
    """Inside the finishing transaction. Only a person's first measured sitting in its skills counts as measured."""
    if sitting.purpose == Purpose.PRACTICE:
        return ItemEvidence.PRACTISED
    alone = sitting.evidence_class == EvidenceClass.ALONE
    if sitting.person_id is None or not alone or sitting.purpose not in _MEASURING:
        return ItemEvidence.NONE
    # Two sittings of one person that end at once must not both be the first.
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=sitting.person_id)
    earlier = Sitting.objects.filter(
        person=sitting.person_id, purpose__in=_MEASURING, finished_at__isnull=False
    ).exclude(pk=sitting.pk)
    seen = {skill for by_skill in earlier.values_list("by_skill", flat=True) for skill in by_skill}
    return ItemEvidence.NONE if seen & set(sitting.by_skill) else ItemEvidence.MEASURED
