"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from assessments.certificates import rotate_keys
from assessments.certificates.credentials import status
from assessments.certificates.issuing import make_paper
from assessments.certificates.issuing.models import Batch, BatchState


@shared_task(name="certificates.render", ignore_result=True)
def render_certificate(certificate_id: int) -> None:
    """Sign, draw, seal and keep the paper. Run twice, it does the work once."""
    make_paper.make_paper(certificate_id)


@shared_task(name="certificates.recover", ignore_result=True)
def recover_certificates() -> int:
    """Ask again for every certificate that was issued but whose paper is not there, and for unfinished batches."""
    unfinished = make_paper.unfinished_ids()
    for certificate_id in unfinished:
        render_certificate.delay(certificate_id)
    for batch_id in Batch.objects.filter(state=BatchState.WORKING).values_list("pk", flat=True):
        make_batch.delay(batch_id)
    return len(unfinished)


@shared_task(name="certificates.batch", ignore_result=True)
def make_batch(batch_id: int) -> None:
    """Issue and pack a whole test day. A killed worker's work goes on where it stood."""
    # Issuing asks this module for papers, so it is read when it is needed.
    from assessments.certificates.issuing.run_batch import run_batch

    run_batch(batch_id)


@shared_task(name="certificates.sign_status_lists", ignore_result=True)
def sign_status_lists() -> int:
    """Status lists are never older than a day, whether or not somebody asks for them."""
    return status.sign_stale_lists()


@shared_task(name="certificates.rotate_keys", ignore_result=True)
def rotate_old_keys() -> int:
    return len(rotate_keys.rotate_old_keys())
