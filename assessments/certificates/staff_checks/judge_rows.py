"""What we know about each row of a list: by code, else by staff number, else by name and birth."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from assessments.certificates.check_code import CodeStatus, status_of
from assessments.certificates.codes import read_code
from assessments.certificates.models import Certificate
from assessments.certificates.staff_checks.birth import Birth, read_birth
from assessments.certificates.staff_checks.listed_rows import ListedRow
from assessments.certificates.staff_checks.results import SOON_DAYS, Result
from assessments.certificates.staff_checks.staff_of_unit import (
    StaffMember,
    number_key,
    staff_by_id,
    staff_by_name,
    staff_by_number,
)
from lms import vietnamese
from lms.organisations.api import Unit

_OF_STATUS = {
    CodeStatus.REVOKED: Result.REVOKED,
    CodeStatus.SUPERSEDED: Result.SUPERSEDED,
    CodeStatus.EXPIRED: Result.EXPIRED,
}
# Of several certificates of one person the most useful one speaks; the others are counted in the note.
_ORDER = (Result.VALID, Result.EXPIRING, Result.EXPIRED, Result.REVOKED)


class Judgement(NamedTuple):
    result: Result
    certificate: Certificate | None = None
    facts: Mapping[str, Any] = {}


class Known(NamedTuple):
    """Everything that the rows of one step can need, read in a handful of queries."""

    day: dt.date
    by_code: dict[str, Certificate]
    holders: dict[int, StaffMember]
    by_number: Mapping[str, list[StaffMember]]
    by_name: Mapping[str, list[StaffMember]]


def judge_rows(rows: Sequence[ListedRow], unit: Unit, day: dt.date) -> list[Judgement]:
    """First who is meant, then what those people hold: homonyms cost nothing."""
    known = _look_up(rows, unit, day)
    meant = [_judge(listed, known) for listed in rows]
    held = _heads(one.pk for one in meant if isinstance(one, StaffMember))
    return [
        _of_person(listed, held.get(one.pk, []), day) if isinstance(one, StaffMember) else one
        for listed, one in zip(rows, meant, strict=True)
    ]


def _look_up(rows: Sequence[ListedRow], unit: Unit, day: dt.date) -> Known:
    codes = {code for row in rows if (code := read_code(row.code)) is not None}
    by_code = {one.code: one for one in _certificates().filter(code__in=codes)} if codes else {}
    holders = staff_by_id(unit, (one.person_id for one in by_code.values() if one.person_id is not None))
    without = [row for row in rows if not row.code]
    by_number = staff_by_number(unit, (row.staff_number for row in without))
    names = {vietnamese.folded(row.full_name) for row in without if row.full_name}
    by_name = staff_by_name(unit, names) if names else {}
    return Known(day, by_code, holders, by_number, by_name)


def _certificates() -> QuerySet[Certificate]:
    """Only what is said: the signed credential of a certificate alone is larger than all of this."""
    return (
        Certificate.objects.select_related("superseded_by")
        .only("code", "name", "level", "person_id", "valid_until", "revoked_at", "superseded_by__code")
        .annotate(title=KT("snapshot__title"))
    )


def _heads(people: Iterable[int]) -> Mapping[int, list[Certificate]]:
    """Certificates that nothing has replaced, by person."""
    held = defaultdict(list)
    wanted = set(people)
    if wanted:
        for one in _certificates().filter(person__in=wanted, superseded_by__isnull=True):
            held[one.person_id or 0].append(one)
    return held


def _judge(listed: ListedRow, known: Known) -> Judgement | StaffMember:
    """The person, where one was found and their certificates decide."""
    if listed.code:
        return _by_code(listed, known)
    members = known.by_number.get(number_key(listed.staff_number), []) if listed.staff_number else []
    if members:
        return _by_number(listed, members)
    if listed.full_name:
        return _by_name(listed, known)
    if listed.staff_number:
        return Judgement(Result.NOT_FOUND)
    return Judgement(Result.AMBIGUOUS, facts={"why": "little"})


def _by_code(listed: ListedRow, known: Known) -> Judgement:
    """The code is proof that the paper was handed over, so it counts wherever its holder belongs."""
    code = read_code(listed.code)
    certificate = known.by_code.get(code) if code else None
    if certificate is None:
        return Judgement(Result.UNKNOWN_CODE, facts={"why": "unknown" if code else "mistyped"})
    if _other_name(listed, certificate):
        return Judgement(Result.NAME_MISMATCH, certificate, {"why": "name"})
    holder = known.holders.get(certificate.person_id or 0)
    if holder is not None and _contradicts(read_birth(listed.birth), holder.birth):
        return Judgement(Result.NAME_MISMATCH, certificate, {"why": "other_birth"})
    return _standing(listed, certificate, known.day)


def _by_number(listed: ListedRow, members: list[StaffMember]) -> Judgement | StaffMember:
    folded = vietnamese.folded(listed.full_name)
    named = [one for one in members if not folded or one.folded_name == folded]
    if not named:
        return Judgement(Result.NAME_MISMATCH, facts={"why": "number"})
    if len(named) > 1:
        return Judgement(Result.AMBIGUOUS, facts={"why": "people", "people": len(named)})
    if _contradicts(read_birth(listed.birth), named[0].birth):
        return Judgement(Result.NAME_MISMATCH, facts={"why": "other_birth"})
    return named[0]


def _by_name(listed: ListedRow, known: Known) -> Judgement | StaffMember:
    """One person with this name whose birth agrees, and nobody else who could be meant."""
    same = known.by_name.get(vietnamese.folded(listed.full_name), [])
    born = read_birth(listed.birth)
    possible = [one for one in same if not _contradicts(born, one.birth)]
    if not possible:
        return Judgement(Result.NOT_FOUND)
    if len(possible) > 1:
        return Judgement(Result.AMBIGUOUS, facts={"why": "people", "people": len(possible)})
    if born is None or possible[0].birth is None:
        return Judgement(Result.AMBIGUOUS, facts={"why": "birth"})
    return possible[0]


def _of_person(listed: ListedRow, certificates: list[Certificate], day: dt.date) -> Judgement:
    held = [(_standing(listed, one, day), one) for one in certificates]
    if not held:
        return Judgement(Result.NOT_FOUND, facts={"why": "none"})
    best, certificate = min(held, key=lambda pair: _usefulness(*pair))
    if _other_name(listed, certificate):
        return Judgement(Result.NAME_MISMATCH, certificate, {"why": "renamed", "name": certificate.name})
    if len(held) == 1:
        return best
    return best._replace(facts={**best.facts, "others": len(held) - 1})


def _usefulness(judgement: Judgement, certificate: Certificate) -> tuple[int, int, int]:
    result = Result.VALID if judgement.result == Result.DIACRITICS_DIFFER else judgement.result
    last = certificate.valid_until or dt.date.max
    return _ORDER.index(result), -last.toordinal(), -certificate.pk


def _standing(listed: ListedRow, certificate: Certificate, day: dt.date) -> Judgement:
    status = status_of(certificate, day)
    facts: dict[str, Any] = {}
    differs = bool(listed.full_name and certificate.name) and not same_spelling(
        listed.full_name, certificate.name
    )
    if differs:
        facts["name"] = certificate.name
    if status == CodeStatus.REVOKED and certificate.revoked_at is not None:
        facts["revoked"] = certificate.revoked_at.isoformat()
    if status == CodeStatus.SUPERSEDED and certificate.successor is not None:
        facts["newer"] = certificate.successor.code
    if status in _OF_STATUS:
        return Judgement(_OF_STATUS[status], certificate, facts)
    days = (certificate.valid_until - day).days if certificate.valid_until else SOON_DAYS + 1
    if days <= SOON_DAYS:
        return Judgement(Result.EXPIRING, certificate, {**facts, "days": days})
    return Judgement(Result.DIACRITICS_DIFFER if differs else Result.VALID, certificate, facts)


def same_spelling(one: str, other: str) -> bool:
    """Upper and lower case, composed and decomposed letters, hòa and hoà, K’Ho and K'Ho are one spelling."""
    return vietnamese.same_tone_place(one) == vietnamese.same_tone_place(other)


def _other_name(listed: ListedRow, certificate: Certificate) -> bool:
    """The name of an erased holder is gone and contradicts nobody."""
    if not listed.full_name or not certificate.name:
        return False
    return vietnamese.folded(listed.full_name) != vietnamese.folded(certificate.name)


def _contradicts(listed: Birth | None, known: Birth | None) -> bool:
    return listed is not None and known is not None and not listed.agrees(known)
