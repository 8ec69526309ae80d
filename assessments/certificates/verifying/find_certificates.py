"""Find certificates in the admin by code, number or name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from assessments.certificates import codes
from assessments.certificates.models import Certificate
from lms import vietnamese


def find_certificates(words: str) -> QuerySet[Certificate]:
    """Newest first; everything when nothing was typed. Names are found without diacritics too."""
    found = Certificate.objects.select_related("superseded_by", "person").order_by("-issued_on", "-pk")
    plain = vietnamese.normal(words)
    if not plain:
        return found
    code = codes.read_code(plain)
    if code is not None:
        return found.filter(code=code)
    by_name = Q(name__icontains=plain) | Q(person__folded_name__contains=vietnamese.folded(plain))
    return found.filter(by_name | Q(number__startswith=plain))
