"""Save, sign and hand in the minutes of a gathering. Signed minutes never change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.gatherings.minutes.collect_log import collect_log
from courses.gatherings.minutes.paper_forms import PaperForm, paper_forms, usual_form
from courses.gatherings.minutes.record import Absent, Details, Record
from courses.gatherings.minutes.render_docx import minutes_docx
from courses.gatherings.minutes.render_pdf import minutes_pdf
from courses.gatherings.minutes.stored import (
    details_from_json,
    details_to_json,
    record_from_json,
    record_to_json,
)
from courses.gatherings.minutes.wording import PARTY, paper
from courses.gatherings.models import Gathering, Minutes, MinutesState, Phase
from courses.gatherings.record_event import append_event, locked
from lms.accounts.api import Person


class MinutesRefused(Exception):
    """``reason``: running, signed, draft, stale, contradictions (``faults`` names them)."""

    def __init__(self, reason: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.faults = reason, faults


@dataclass(frozen=True)
class Papers:
    docx: bytes
    pdf: bytes


def minutes_of(gathering: Gathering) -> Minutes:
    """The row, or a new unsaved one with what can be guessed."""
    kept = Minutes.objects.filter(gathering=gathering).first()
    if kept is not None:
        return kept
    return Minutes(gathering=gathering, form=usual_form(gathering.unit.kind).key, details=_guessed(gathering))


def record_of(minutes: Minutes) -> Record:
    """What the papers are made of: the frozen record once signed, log and draft before."""
    if minutes.frozen is not None:
        return record_from_json(minutes.frozen)
    return Record(collect_log(minutes.gathering), details_from_json(minutes.details))


def save_draft(
    gathering: Gathering, details: Details, form: str, from_version: int, actor: Person
) -> Minutes:
    """Raises ``MinutesRefused`` when it is signed, or when somebody else saved since ``from_version``."""
    with transaction.atomic():
        minutes = _locked_minutes(gathering)
        if minutes.state != MinutesState.DRAFT:
            raise MinutesRefused("signed")
        if minutes.version != from_version:
            raise MinutesRefused("stale")
        minutes.details, minutes.form = details_to_json(details), form
        _save(minutes, actor)
    return minutes


def sign(gathering: Gathering, actor: Person) -> Minutes:
    """Freeze record and papers; signing again changes nothing."""
    with transaction.atomic():
        minutes = _locked_minutes(gathering)
        if minutes.state != MinutesState.DRAFT:
            return minutes
        if minutes.gathering.phase != Phase.ENDED:
            raise MinutesRefused("running")
        record = record_of(minutes)
        faults = record.contradictions()
        if faults:
            raise MinutesRefused("contradictions", tuple(faults))
        minutes.frozen = record_to_json(record)
        papers = papers_of(minutes)
        minutes.docx_sha256, minutes.pdf_sha256 = _sha256(papers.docx), _sha256(papers.pdf)
        minutes.state, minutes.signed_at, minutes.signed_by = MinutesState.SIGNED, timezone.now(), actor
        _save(minutes, actor)
        said = {"docx": minutes.docx_sha256, "pdf": minutes.pdf_sha256, "by": str(actor.uuid)}
        append_event(minutes.gathering, "minutes_signed", said)
    return minutes


def hand_in(gathering: Gathering, actor: Person | None) -> Minutes:
    """The signed minutes are with the unit above: merged. Handing in again changes nothing."""
    with transaction.atomic():
        minutes = _locked_minutes(gathering)
        if minutes.state == MinutesState.DRAFT:
            raise MinutesRefused("draft")
        if minutes.state == MinutesState.SIGNED:
            minutes.state, minutes.merged_at = MinutesState.MERGED, timezone.now()
            _save(minutes, actor)
    return minutes


def form_of(minutes: Minutes) -> PaperForm:
    return paper_forms()[minutes.form]


def papers_of(minutes: Minutes) -> Papers:
    """The same record gives the same bytes, today and later."""
    record, form = record_of(minutes), form_of(minutes)
    words = paper(record, form.kind)
    return Papers(
        docx=minutes_docx(words, form.template, record.ended_at),
        pdf=minutes_pdf(words, form.kind, form.paper, record.ended_at),
    )


def _guessed(gathering: Gathering) -> dict[str, object]:
    log = collect_log(gathering)
    party = usual_form(gathering.unit.kind).kind == PARTY
    copies = (log.upper_unit, "Lưu Chi bộ" if party else "Lưu hồ sơ lớp học")
    return details_to_json(
        Details(
            upper_issuer=log.upper_unit,
            issuer=log.unit,
            chair=log.facilitator,
            speaker=log.facilitator,
            absent=tuple(Absent(name) for name in log.not_joined),
            recipients="\n".join(line for line in copies if line),
        )
    )


def _locked_minutes(gathering: Gathering) -> Minutes:
    """The row of the gathering is the lock, also for the first save."""
    row = locked(gathering.pk)
    minutes = minutes_of(row)
    minutes.gathering = row
    return minutes


def _save(minutes: Minutes, actor: Person | None) -> None:
    minutes.version += 1
    minutes.changed_at, minutes.changed_by = timezone.now(), actor
    minutes.save()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
