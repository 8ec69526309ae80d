"""A certificate of a demonstration person through the real pipeline, and everything that a checker needs beside it."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction

from assessments.certificates.credentials.allocate_status import gone
from assessments.certificates.credentials.published_keys import published_did_document
from assessments.certificates.credentials.signed_document import signed_document
from assessments.certificates.credentials.status import published
from assessments.certificates.issue_certificate import issue_certificate
from assessments.certificates.issuing.make_paper import make_paper
from assessments.certificates.models import Achievement, Award, Certificate, CertificateState
from assessments.certificates.signing.seal_identity import ca_pem
from assessments.sittings.api import Blueprint, Purpose, Sitting, finish_sitting
from lms.accounts.api import Person

HOLDER = "hocvien"
# Closed and of its own, so that no real assessment takes it for an attempt.
_BLUEPRINT = "chung-nhan-mau"


class NoSample(Exception):
    """This installation has no demonstration people or no achievements."""


def issue_sample(folder: Path) -> Certificate:
    """Write the files into ``folder``; the certificate in force is used again."""
    if not settings.EMBEDDED:
        raise NoSample("samples exist on an embedded installation only")
    person = Person.objects.filter(username=HOLDER, is_demo=True).first()
    achievement = Achievement.objects.filter(active=True, award=Award.SITTING).order_by("pk").first()
    if person is None or achievement is None:
        raise NoSample("run `manage.py load_starter` first")
    certificate = _in_force(person) or _issue(person, achievement)
    make_paper(certificate.pk)
    certificate.refresh_from_db()
    _write(certificate, folder)
    return certificate


def _in_force(person: Person) -> Certificate | None:
    """Not one whose paper was made before credentials were."""
    mine = Certificate.objects.filter(person=person).exclude(gone()).order_by("-pk")
    mine = mine.exclude(state=CertificateState.STORED, credential="")
    return next((certificate for certificate in mine if not certificate.expired()), None)


def _issue(person: Person, achievement: Achievement) -> Certificate:
    """A sitting that asked for nothing counts in no figure of ability."""
    blueprint, _ = Blueprint.objects.get_or_create(
        slug=_BLUEPRINT,
        defaults={
            "title": "Chứng nhận mẫu",
            "purpose": Purpose.SCORED,
            "parts": achievement.blueprint.parts,
            "open": False,
        },
    )
    with transaction.atomic():
        sitting = Sitting.objects.create(
            person=person,
            blueprint=blueprint,
            start_uuid=uuid.uuid4(),
            frozen={"title": blueprint.title, "parts": blueprint.parts, "pass_share": 0.0},
            purpose=Purpose.SCORED,
            seed=0,
            audience=person.audience,
        )
        return issue_certificate(finish_sitting(sitting, uuid.uuid4()), achievement)


def _write(certificate: Certificate, folder: Path) -> None:
    status_list = published(certificate.status_list.number) if certificate.status_list else None
    folder.mkdir(parents=True, exist_ok=True)
    with certificate.pdf.open("rb") as paper:
        (folder / "certificate.pdf").write_bytes(paper.read())
    (folder / "credential.jwt").write_text(certificate.credential, encoding="utf-8")
    (folder / "ca.pem").write_bytes(ca_pem())
    (folder / "status.json").write_text(status_list.json_text if status_list else "", encoding="utf-8")
    for name, content in (
        ("credential.json", signed_document(certificate)),
        ("did.json", published_did_document()),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")
