"""“Able to guide others”: the level of the assessment, and enough guided people who agreed and passed themselves."""

from __future__ import annotations

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.certificates.issue_certificate import issue_certificate
from assessments.certificates.models import Achievement, Award, Certificate, Coaching
from assessments.sittings.api import EvidenceClass, Purpose, Sitting
from lms.accounts.api import Person

INVITATION_DAYS = 30
_signer = signing.TimestampSigner(salt="certificates.coaching")


class NotInvited(Exception):
    """The link is spoiled or too old, its guide has left, or it is the reader's own."""


def invitation(coach: Person) -> str:
    """Names nobody; whoever signs in with it may agree."""
    return _signer.sign(coach.uuid.hex)


def invited_by(token: str, learner: Person) -> Person:
    try:
        found = _signer.unsign(token, max_age=INVITATION_DAYS * 86_400)
    except signing.BadSignature:
        raise NotInvited from None
    coach = Person.objects.filter(uuid=found, erased_at__isnull=True, is_active=True).first()
    if coach is None or coach == learner:
        raise NotInvited
    return coach


def agree(learner: Person, coach: Person) -> None:
    """Agreeing twice is agreeing once."""
    try:
        with transaction.atomic():
            Coaching.objects.create(coach=coach, learner=learner)
            award_coaching(coach)
    except IntegrityError:
        return


def take_back(learner: Person, coaching_id: int) -> bool:
    """Counts no longer from now on; a certificate that was earned stays."""
    open_ones = Coaching.objects.filter(pk=coaching_id, learner=learner, withdrawn_at__isnull=True)
    return bool(open_ones.update(withdrawn_at=timezone.now()))


def award_after(sitting: Sitting) -> None:
    """Listener on passed sittings: of the guided person, and of the guide who gets the level last or anew."""
    if sitting.person_id is None or not sitting.passed or not _coaching_achievements(sitting.blueprint_id):
        return
    guides = Person.objects.filter(
        people_guided__learner=sitting.person_id, people_guided__withdrawn_at__isnull=True
    )
    for person in [sitting.person, *guides.distinct()]:
        if person is not None:
            award_coaching(person)


def award_coaching(coach: Person) -> None:
    """Stands on the sitting of the level that is in force: one certificate for it, and a newer level renews."""
    for achievement in _coaching_achievements():
        held = _level_in_force(coach, achievement)
        if held is None:
            continue
        passed = people_passed(coach, achievement)
        if passed >= achievement.least_coached:
            issue_certificate(held.sitting, achievement, {"coached": passed})


def people_passed(coach: Person, achievement: Achievement) -> int:
    """Guided people who agree and passed the same assessment alone."""
    agreed = Coaching.objects.filter(coach=coach, withdrawn_at__isnull=True)
    passed = Sitting.objects.filter(
        person__in=agreed.values("learner"),
        blueprint=achievement.blueprint_id,
        purpose=Purpose.SCORED,
        evidence_class=EvidenceClass.ALONE,
        passed=True,
        finished_at__isnull=False,
    )
    return passed.values("person").distinct().count()


def _level_in_force(coach: Person, achievement: Achievement) -> Certificate | None:
    held = Certificate.objects.filter(
        person=coach,
        achievement__blueprint=achievement.blueprint_id,
        achievement__award=Award.SITTING,
        revoked_at__isnull=True,
        superseded_by__isnull=True,
    ).exclude(valid_until__lt=timezone.localdate())
    return held.select_related("sitting__person").order_by("-pk").first()


def _coaching_achievements(blueprint_id: int | None = None) -> list[Achievement]:
    """The newest version of each that is still awarded."""
    found = Achievement.objects.filter(award=Award.COACHING, active=True).select_related("skill")
    if blueprint_id is not None:
        found = found.filter(blueprint=blueprint_id)
    return list({one.key: one for one in found.order_by("version")}.values())


def progress(coach: Person) -> list[tuple[Achievement, int, bool]]:
    """Each achievement of guiding: people who passed so far, and whether the guide holds the level."""
    return [
        (one, people_passed(coach, one), _level_in_force(coach, one) is not None)
        for one in _coaching_achievements()
    ]
