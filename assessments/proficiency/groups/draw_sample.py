"""Draw people at random, so that anybody can draw the same again, and keep what came of each of them."""

from __future__ import annotations

import random
import secrets
import uuid
from dataclasses import dataclass, field

from django.db import transaction

from assessments.items.api import Skill
from assessments.proficiency.groups.models import ReferenceMember, ReferenceSample, Reply
from assessments.sittings.api import EvidenceClass, Purpose, Sitting
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit

_BATCH = 500


@dataclass(frozen=True)
class Wish:
    """What to draw; the UUID comes with the form, so that a double click draws once."""

    name: str
    unit: Unit
    skill: Skill
    size: int
    seed: int = field(default_factory=lambda: secrets.randbits(31))
    uuid: uuid.UUID = field(default_factory=uuid.uuid4)


class TooFewPeople(Exception):
    """Carries how many there are."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people


def eligible_ids(unit: Unit) -> list[int]:
    """Everybody who belongs to the unit or below today, in one order."""
    current = Membership.objects.current().filter(
        unit__path__startswith=unit.path, person__is_active=True, person__erased_at__isnull=True
    )
    return list(current.order_by("person").values_list("person", flat=True).distinct())


def chosen_ids(people: list[int], size: int, seed: int) -> list[int]:
    """The draw itself: the same people, size and seed give the same sample."""
    return sorted(random.Random(seed).sample(people, size))  # noqa: S311 - repeatable on purpose


@transaction.atomic
def draw_sample(wish: Wish, drawn_by: Person | None = None) -> ReferenceSample:
    """Raises ``TooFewPeople`` when the unit does not hold so many."""
    there = ReferenceSample.objects.filter(uuid=wish.uuid).first()
    if there is not None:
        return there
    people = eligible_ids(wish.unit)
    if wish.size > len(people):
        raise TooFewPeople(len(people))
    sample = ReferenceSample.objects.create(
        uuid=wish.uuid,
        name=wish.name,
        unit=wish.unit,
        skill=wish.skill,
        seed=wish.seed,
        size=wish.size,
        drawn_by=drawn_by,
    )
    members = [
        ReferenceMember(sample=sample, person_id=pk) for pk in chosen_ids(people, wish.size, wish.seed)
    ]
    ReferenceMember.objects.bulk_create(members, batch_size=_BATCH)
    return sample


def note_reply(member: ReferenceMember, state: str) -> bool:
    """Reached or declined, told by hand. That somebody took part is told by a sitting only, and stays."""
    if state not in (Reply.DRAWN, Reply.REACHED, Reply.REFUSED) or member.state == Reply.RESPONDED:
        return False
    ReferenceMember.objects.filter(pk=member.pk).exclude(state=Reply.RESPONDED).update(state=state)
    return True


def note_reference_sitting(sitting: Sitting) -> None:
    """Listener; only a sitting of the sample, supervised and alone, answers for somebody drawn."""
    if sitting.purpose != Purpose.REFERENCE or not sitting.supervised or sitting.person_id is None:
        return
    if sitting.evidence_class != EvidenceClass.ALONE:
        return
    ReferenceMember.objects.filter(
        person=sitting.person_id, sample__skill__code__in=sitting.by_skill, sitting__isnull=True
    ).update(state=Reply.RESPONDED, sitting=sitting)
