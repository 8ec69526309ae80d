"""What a holder owns, for the holder's own page."""

from __future__ import annotations

from django.db.models import QuerySet

from assessments.certificates.models import Certificate
from lms.accounts.api import Person


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Newest first, superseded and withdrawn ones included; one query."""
    mine = Certificate.objects.filter(person=person)
    return mine.select_related("superseded_by", "achievement__skill").order_by("-issued_on", "-pk")
