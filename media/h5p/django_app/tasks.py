"""Work of this room for the worker."""

from __future__ import annotations

from celery import shared_task

from media.h5p.django_app.take_in_package import take_in_upload


@shared_task(name="h5p.take_in", ignore_result=True)
def take_in_task(upload_pk: int) -> None:
    take_in_upload(upload_pk)
