"""Give a certificate a place in a status list: a random free one, so that places tell nothing about order."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from assessments.certificates.credentials.models import StatusList
from assessments.certificates.models import Certificate

# Beyond this share a random place is too often taken.
_FULL = 0.6
_TRIES = 100


class NoFreePlace(Exception):
    """Random places were taken a hundred times in a row: the count of the list is wrong."""


def allocate_status(certificate_id: int) -> None:
    """Does nothing when the certificate has its place."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                _take(certificate_id, _open_list())
                return
        except IntegrityError:
            continue  # the place is taken
    raise NoFreePlace


def _take(certificate_id: int, status_list: StatusList) -> None:
    waiting = Certificate.objects.filter(pk=certificate_id, status_index__isnull=True)
    index = secrets.randbelow(StatusList.LENGTH)
    if not waiting.update(status_list=status_list, status_index=index):
        return
    StatusList.objects.filter(pk=status_list.pk).update(allocated=F("allocated") + 1)
    # Withdrawn before it had a place: the list must learn it now.
    if Certificate.objects.filter(gone(), pk=certificate_id).exists():
        StatusList.objects.filter(pk=status_list.pk).update(changes=F("changes") + 1)


def gone() -> Q:
    """Revoked, or replaced by a newer certificate: the issuer no longer stands behind this one."""
    return Q(revoked_at__isnull=False) | Q(superseded_by__isnull=False)


def _open_list() -> StatusList:
    """Read at one moment: a second look would count the list that another worker makes now as full."""
    last = StatusList.objects.order_by("-number").first()
    if last is not None and last.allocated < int(StatusList.LENGTH * _FULL):
        return last
    number = last.number + 1 if last is not None else 1
    return StatusList.objects.get_or_create(number=number)[0]
