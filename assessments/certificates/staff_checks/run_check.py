"""Check a list in steps. The place reached stands in the same transaction as the answers and the events of a step,
so a killed worker or two workers at once change nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone, translation

from assessments.certificates.models import Certificate
from assessments.certificates.staff_checks.judge_rows import Judgement, judge_rows
from assessments.certificates.staff_checks.listed_rows import ListedRow, read_list
from assessments.certificates.staff_checks.models import CheckState, StaffCheck, StaffCheckRow
from assessments.certificates.staff_checks.report import report_bytes
from assessments.certificates.staff_checks.results import Result
from assessments.certificates.verifying.record_view import record_views
from lms.organisations.api import BadFile

_STEP = 500
_LONGEST_TITLE = 220


def run_check(check_id: int) -> None:
    """Called again, it goes on where it stopped, or does nothing."""
    check = StaffCheck.objects.get(pk=check_id)
    if check.state != CheckState.RUNNING:
        return
    with translation.override("vi"):
        try:
            rows = read_list(check)
        except BadFile as problem:
            _move(check, state=CheckState.FAILED, problem=str(problem)[:300])
            forget_file(check)
            return
    _move(check, total=len(rows))
    while _step(check_id, rows):
        pass
    _finish(check_id)


def _step(check_id: int, rows: Sequence[ListedRow]) -> bool:
    """One short transaction; False when every row is answered."""
    with transaction.atomic():
        check = (
            StaffCheck.objects.select_for_update(of=("self",))
            .select_related("unit", "created_by")
            .get(pk=check_id)
        )
        if check.state != CheckState.RUNNING or check.as_of is None:
            return False
        step = rows[check.done : check.done + _STEP]
        if step:
            judgements = judge_rows(step, check.unit, timezone.localdate(check.as_of))
            _keep_answers(check, step, judgements)
            _move(check, done=check.done + len(step))
    return check.done < len(rows)


def _keep_answers(check: StaffCheck, step: Sequence[ListedRow], judgements: list[Judgement]) -> None:
    certificates = {one.certificate.pk: one.certificate for one in judgements if one.certificate}
    earlier = _first_rows(check, certificates)
    looked_at = set(_looked_at(check, certificates))
    answers = []
    for listed, judgement in zip(step, judgements, strict=True):
        facts = dict(judgement.facts)
        certificate = judgement.certificate
        if certificate is not None and judgement.result != Result.NAME_MISMATCH:
            first = earlier.setdefault(certificate.pk, listed.row)
            if first != listed.row:
                facts["same_as"] = first
        answers.append(_answer(check, listed, judgement, facts))
    StaffCheckRow.objects.bulk_create(answers)
    fresh = [one for pk, one in certificates.items() if pk not in looked_at]
    if fresh and check.created_by is not None:
        record_views(fresh, check.unit, check.purpose, check.created_by)


def _answer(
    check: StaffCheck, listed: ListedRow, judgement: Judgement, facts: dict[str, object]
) -> StaffCheckRow:
    certificate = judgement.certificate
    tells = certificate is not None and judgement.result != Result.NAME_MISMATCH
    return StaffCheckRow(
        check_of=check,
        row=listed.row,
        full_name=listed.full_name,
        birth=listed.birth,
        staff_number=listed.staff_number,
        listed_code=listed.code,
        result=judgement.result,
        certificate=certificate,
        code=certificate.code if certificate and tells else "",
        title=_title(certificate) if certificate else "",
        valid_until=certificate.valid_until if certificate and tells else None,
        facts=facts,
    )


def _title(certificate: Certificate) -> str:
    """``title`` is read with the row from the snapshot of the day of issue."""
    title = getattr(certificate, "title", None) or ""
    return f"{title} – {certificate.level}"[:_LONGEST_TITLE]


def _first_rows(check: StaffCheck, certificates: dict[int, Certificate]) -> dict[int, int]:
    """Where in the steps before a certificate stood first."""
    rows = StaffCheckRow.objects.filter(check_of=check, certificate__in=certificates)
    told = rows.exclude(result=Result.NAME_MISMATCH).order_by("-row").values_list("certificate_id", "row")
    return {pk: row for pk, row in told if pk is not None}


def _looked_at(check: StaffCheck, certificates: dict[int, Certificate]) -> list[int | None]:
    rows = StaffCheckRow.objects.filter(check_of=check, certificate__in=certificates)
    return list(rows.values_list("certificate_id", flat=True))


def _finish(check_id: int) -> None:
    check = StaffCheck.objects.select_related("unit").get(pk=check_id)
    if check.state != CheckState.RUNNING:
        return
    results = StaffCheckRow.objects.filter(check_of=check).order_by().values_list("result", flat=True)
    check.counts = dict(Counter(results))
    check.finished_at = timezone.now()
    digest = hashlib.sha256(report_bytes(check)).hexdigest()
    _move(
        check,
        state=CheckState.DONE,
        counts=check.counts,
        finished_at=check.finished_at,
        report_hash=digest,
    )
    forget_file(check)


def forget_file(check: StaffCheck) -> None:
    """The list itself is personal data and has done its work."""
    name, storage = check.file.name, check.file.storage
    StaffCheck.objects.filter(pk=check.pk).update(file="")
    if name:
        storage.delete(name)


def _move(check: StaffCheck, **fields: object) -> None:
    for name, value in fields.items():
        setattr(check, name, value)
    check.touched_at = timezone.now()
    check.save(update_fields=[*fields, "touched_at"])
