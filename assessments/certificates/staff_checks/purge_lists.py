"""Names and birth dates of a list go after a week; purpose, counts and hashes stay."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assessments.certificates.staff_checks.models import CheckState, StaffCheck, StaffCheckRow
from assessments.certificates.staff_checks.run_check import forget_file

USUAL_DAYS = 7


def kept_days() -> int:
    return int(getattr(settings, "STAFF_LIST_DAYS", USUAL_DAYS))


def purge_lists() -> int:
    """Every list that is older than the setting says; how many were purged."""
    oldest = timezone.now() - timedelta(days=kept_days())
    old = list(StaffCheck.objects.filter(created_at__lt=oldest, purged_at__isnull=True))
    for check in old:
        purge_list(check)
    return len(old)


def purge_list(check: StaffCheck) -> None:
    """A running check stops at its next step."""
    with transaction.atomic():
        StaffCheck.objects.filter(pk=check.pk).update(
            state=CheckState.PURGED, purged_at=timezone.now(), file_name=""
        )
        StaffCheckRow.objects.filter(check_of=check).delete()
    forget_file(check)
