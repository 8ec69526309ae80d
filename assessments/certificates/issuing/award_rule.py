"""Whether a sitting earns an achievement: the level beyond doubt, with care, without danger, by the right person."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from assessments.certificates.models import Achievement, Identity
from assessments.sittings.api import EvidenceClass, Purpose, Sitting
from lms.accounts.api import LearnerCard
from lms.organisations.api import Membership


class Refusal(enum.StrEnum):
    """Why a sitting earns nothing; the first that applies."""

    NOT_FINISHED = "not finished"
    NOT_SCORED = "not scored"
    NO_PERSON = "nobody known"
    NOT_ALONE = "not alone"
    NOT_PASSED = "not passed"
    UNCERTAIN = "level not certain enough"
    CRITICAL = "too many dangerous acts"
    RUSHED = "answers rushed"
    NOT_SUPERVISED = "not supervised"
    IDENTITY = "identity not vouched for"


def refusal(sitting: Sitting, achievement: Achievement) -> Refusal | None:
    """None when the achievement is earned."""
    return _of_sitting(sitting) or _of_measurement(sitting, achievement) or _of_person(sitting, achievement)


def _of_sitting(sitting: Sitting) -> Refusal | None:
    """Help or a shared screen is activity, not ability."""
    if sitting.finished_at is None:
        return Refusal.NOT_FINISHED
    if sitting.purpose != Purpose.SCORED:
        return Refusal.NOT_SCORED
    if sitting.person_id is None:
        return Refusal.NO_PERSON
    if sitting.evidence_class != EvidenceClass.ALONE:
        return Refusal.NOT_ALONE
    return None if sitting.passed else Refusal.NOT_PASSED


def _of_measurement(sitting: Sitting, achievement: Achievement) -> Refusal | None:
    """Where only points decide there is no estimate, and passing is all that is known."""
    known: Mapping[str, Any] | None = sitting.estimates.get(achievement.skill.code)
    if known is None:
        return None
    if _measured_by_cut(sitting) and known["p_basic"] < achievement.least_probability:
        return Refusal.UNCERTAIN
    if known.get("critical", 0) >= achievement.critical_limit:
        return Refusal.CRITICAL
    effort = known.get("effort")
    if effort is not None and effort < achievement.least_effort:
        return Refusal.RUSHED
    return None


def _measured_by_cut(sitting: Sitting) -> bool:
    return sitting.frozen.get("cut_basic") is not None


def _of_person(sitting: Sitting, achievement: Achievement) -> Refusal | None:
    if achievement.supervised and not sitting.supervised:
        return Refusal.NOT_SUPERVISED
    if achievement.identity == Identity.VOUCHED and not _is_vouched(sitting.person_id or 0):
        return Refusal.IDENTITY
    return None


def _is_vouched(person_id: int) -> bool:
    """A facilitator met the person and gave a card, or an agency wrote the person into its staff list."""
    cards = LearnerCard.objects.filter(person_id=person_id, revoked_at__isnull=True)
    staff = Membership.objects.current().filter(person_id=person_id).exclude(staff_number="")
    return cards.exists() or staff.exists()
