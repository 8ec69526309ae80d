"""An erased holder leaves the packed files of every batch; these are packed and dated again without."""

from __future__ import annotations

import functools

from django.db import transaction

from assessments.certificates.issuing.models import Batch, BatchMember, BatchState
from assessments.certificates.models import Certificate
from assessments.certificates.private_files import private_files
from assessments.certificates.tasks import make_batch


def forget_in_batches(certificate: Certificate) -> None:
    """Must stand in the transaction that erases the holder."""
    storage = private_files()
    for batch in Batch.objects.filter(members__certificate=certificate):
        BatchMember.objects.filter(batch=batch, certificate=certificate).update(digest="")
        Batch.objects.filter(pk=batch.pk).update(
            state=BatchState.WORKING, archive="", print_file="", root="", time_stamp=b""
        )
        for name in filter(None, (batch.archive, batch.print_file)):
            transaction.on_commit(functools.partial(storage.delete, name), robust=True)
        transaction.on_commit(functools.partial(make_batch.delay, batch.pk), robust=True)
