"""Make a batch: issue what is due, make every paper, date them together, pack. A killed worker's work goes on."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from assessments.certificates.issue_certificate import issue_for_sitting
from assessments.certificates.issuing import merkle
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.issuing.models import Batch, BatchMember, BatchState
from assessments.certificates.models import Achievement, Award, Certificate, CertificateState
from assessments.certificates.own_loop import in_own_loop
from assessments.certificates.paper.render_page import print_pages
from assessments.certificates.paper.seal_pdf import time_stamper
from assessments.certificates.private_files import private_files
from assessments.sittings.api import EvidenceClass, Purpose, Sitting
from lms.organisations.api import Unit


def run_batch(batch_id: int) -> None:
    """Every step looks first at what is there already."""
    batch = Batch.objects.select_related("unit").filter(pk=batch_id, state=BatchState.WORKING).first()
    if batch is None:
        return
    try:
        if batch.total is None:
            _collect(batch)
        _make_papers(batch)
        _date(batch)
        _pack(batch)
    except (TimestampRequestError, OSError) as problem:
        working = Batch.objects.filter(pk=batch_id, state=BatchState.WORKING)
        working.update(state=BatchState.FAILED, problem=str(problem)[:300])


def _collect(batch: Batch) -> None:
    units = _units_below(batch.unit)
    sittings = [sitting for sitting in _sittings(batch) if _of_unit(sitting, units)]
    for sitting in sittings:
        with transaction.atomic():
            issue_for_sitting(sitting)
    found = Certificate.objects.filter(
        sitting__in=sittings, person__isnull=False, revoked_at__isnull=True, superseded_by__isnull=True
    )
    with transaction.atomic():
        # The row is the lock: two workers do not both write the list.
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.total is None:
            ordered = list(found.order_by("person__sort_name", "number"))
            BatchMember.objects.bulk_create(
                BatchMember(batch=batch, certificate=one, position=position)
                for position, one in enumerate(ordered)
            )
            Batch.objects.filter(pk=batch.pk).update(total=len(ordered), touched_at=timezone.now())
    batch.refresh_from_db()


def _sittings(batch: Batch) -> Iterator[Sitting]:
    """Passed alone in these days, in an assessment that awards something."""
    awarded = Achievement.objects.filter(active=True, award=Award.SITTING)
    zone = timezone.get_default_timezone()
    begin = dt.datetime.combine(batch.first_day, dt.time(), tzinfo=zone)
    end = dt.datetime.combine(batch.last_day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    passed = Sitting.objects.filter(
        blueprint__in=awarded.values("blueprint"),
        purpose=Purpose.SCORED,
        evidence_class=EvidenceClass.ALONE,
        passed=True,
        person__isnull=False,
        finished_at__gte=begin,
        finished_at__lt=end,
    )
    return passed.select_related("person").order_by("finished_at", "pk").iterator(chunk_size=500)


def _units_below(unit: Unit) -> frozenset[int]:
    return frozenset(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))


def _of_unit(sitting: Sitting, units: frozenset[int]) -> bool:
    """By the units of that day: who has moved since was tested here."""
    return not units.isdisjoint(sitting.unit_ids)


def _make_papers(batch: Batch) -> None:
    for member in batch.members.filter(digest="").select_related("certificate"):
        make_paper(member.certificate_id)
        # A holder who was erased meanwhile has no paper; the place stays empty.
        made = Certificate.objects.filter(
            pk=member.certificate_id, state=CertificateState.STORED, person__isnull=False
        )
        digest = made.values_list("pdf_digest", flat=True).first() or ""
        BatchMember.objects.filter(pk=member.pk).update(digest=digest)
        Batch.objects.filter(pk=batch.pk).update(done=member.position + 1, touched_at=timezone.now())


def _date(batch: Batch) -> None:
    """One time-stamp over the root dates every file of the batch; whoever is first stores it."""
    digests = _digests(batch)
    stamper = time_stamper()
    if not digests or batch.root:
        return
    root = merkle.root_of(digests)
    token = _time_stamp(stamper, root) if stamper else b""
    Batch.objects.filter(pk=batch.pk, root="").update(root=root.hex(), time_stamp=token)
    batch.refresh_from_db()


def _time_stamp(stamper: TimeStamper, root: bytes) -> bytes:
    token: bytes = in_own_loop(lambda: asyncio.run(stamper.async_timestamp(root, "sha256")).dump())
    return token


def _digests(batch: Batch) -> list[bytes]:
    return [bytes.fromhex(digest) for digest in _dated(batch).values_list("digest", flat=True)]


def _dated(batch: Batch) -> QuerySet[BatchMember]:
    return batch.members.exclude(digest="").order_by("position")


def _pack(batch: Batch) -> None:
    members = list(_dated(batch).select_related("certificate__status_list"))
    values: dict[str, str] = {}
    if members:
        storage = private_files()
        values = {"archive": f"batches/{batch.uuid}.zip", "print_file": f"batches/{batch.uuid}.pdf"}
        pages = print_pages([member.certificate for member in members])
        storage.save(values["print_file"], ContentFile(pages))
        with tempfile.TemporaryFile() as packed:
            _write_archive(batch, members, packed)
            packed.seek(0)
            storage.save(values["archive"], File(packed))
    working = Batch.objects.filter(pk=batch.pk, state=BatchState.WORKING)
    working.update(state=BatchState.DONE, touched_at=timezone.now(), problem="", **values)


def _write_archive(batch: Batch, members: list[BatchMember], into: IO[bytes]) -> None:
    digests = [bytes.fromhex(member.digest) for member in members]
    listed = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for at, member in enumerate(members):
            name = f"{member.certificate.number}.pdf"
            with member.certificate.pdf.open("rb") as paper:
                archive.writestr(name, paper.read())
            path = [{"side": side, "hash": beside.hex()} for side, beside in merkle.path_to(digests, at)]
            listed.append({"file": name, "sha256": member.digest, "path": path})
        said = {"root": batch.root, "tree": "RFC 6962, SHA-256 over SHA-256 of each file", "files": listed}
        archive.writestr("batch.json", json.dumps(said, ensure_ascii=False, indent=1))
        if batch.time_stamp:
            archive.writestr("time-stamp.p7s", bytes(batch.time_stamp))
