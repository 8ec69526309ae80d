"""What a sitting must show, achievement by achievement; and what guiding others needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.certificates.api import Achievement, Certificate, issue_for_sitting, revoke_certificate
from assessments.certificates.issuing import award_coaching
from assessments.certificates.issuing.award_rule import Refusal, refusal
from assessments.certificates.models import Award, Coaching, Identity
from assessments.sittings.api import EvidenceClass, Purpose, Sitting
from lms.accounts.api import LearnerCard, Person
from lms.organisations.api import Membership, Unit, UnitKind
from tests.certificates.conftest import MakeSitting

GOOD = {
    "theta": 1.0, "se": 0.3, "p_basic": 0.93, "p_proficient": 0.2, "n": 10, "effort": 0.95,
    "provisional": False, "critical": 0, "complete": True,
}  # fmt: skip


def measured(make_sitting: MakeSitting, **known: Any) -> Sitting:
    frozen = {"title": "x", "parts": [], "pass_share": 0.7, "cut_basic": 0.0, "cut_proficient": 1.0}
    return make_sitting(frozen=frozen, estimates={"vid": {**GOOD, **known}})


@pytest.mark.parametrize(
    ("demand", "known", "why"),
    [
        ({}, {}, None),
        ({}, {"p_basic": 0.80}, None),
        ({}, {"p_basic": 0.7999}, Refusal.UNCERTAIN),
        ({"least_probability": 0.95}, {}, Refusal.UNCERTAIN),
        ({}, {"critical": 1}, None),
        ({}, {"critical": 2}, Refusal.CRITICAL),
        ({"critical_limit": 1}, {"critical": 1}, Refusal.CRITICAL),
        ({"least_effort": 0.9}, {"effort": 0.89}, Refusal.RUSHED),
        ({"least_effort": 0.9}, {"effort": 0.9}, None),
        ({"least_effort": 0.9}, {"effort": None}, None),
        ({"supervised": True}, {}, Refusal.NOT_SUPERVISED),
        ({"identity": Identity.VOUCHED}, {}, Refusal.IDENTITY),
    ],
)
def test_the_demands_of_an_achievement(
    make_sitting: MakeSitting, achievement: Achievement, demand: Any, known: Any, why: Refusal | None
) -> None:
    for field, value in demand.items():
        setattr(achievement, field, value)
    achievement.save()
    sitting = measured(make_sitting, **known)
    assert refusal(sitting, achievement) == why
    issue_for_sitting(sitting)
    assert Certificate.objects.exists() == (why is None)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"finished_at": None}, Refusal.NOT_FINISHED),
        ({"purpose": Purpose.PRACTICE}, Refusal.NOT_SCORED),
        ({"person": None}, Refusal.NO_PERSON),
        ({"evidence_class": EvidenceClass.ASSISTED}, Refusal.NOT_ALONE),
        ({"passed": False}, Refusal.NOT_PASSED),
    ],
)
def test_why_a_sitting_earns_nothing(
    make_sitting: MakeSitting, achievement: Achievement, fields: Any, why: Refusal
) -> None:
    assert refusal(make_sitting(**fields), achievement) == why


def test_a_card_or_a_staff_number_vouches(
    make_sitting: MakeSitting, achievement: Achievement, person: Person
) -> None:
    achievement.identity = Identity.VOUCHED
    agency = Unit.add_root(kind=UnitKind.AGENCY, name="Cơ quan thử", slug="co-quan-thu")
    belongs = Membership.objects.create(person=person, unit=agency)
    assert refusal(make_sitting(), achievement) == Refusal.IDENTITY
    belongs.staff_number = "CB-1"
    belongs.save()
    assert refusal(make_sitting(), achievement) is None
    assert not LearnerCard.objects.exists()


@pytest.fixture
def guiding(achievement: Achievement) -> Achievement:
    return Achievement.objects.create(
        key="huong-dan-vneid",
        title="Hướng dẫn người khác dùng VNeID",
        skill=achievement.skill,
        level="Hướng dẫn viên",
        criteria="Đạt mức VNeID và đã hướng dẫn người khác.",
        issuer=achievement.issuer,
        blueprint=achievement.blueprint,
        award=Award.COACHING,
    )


def guided(person: Person, count: int) -> list[Person]:
    people = [Person.objects.create_user(f"hoc-{n}", full_name=f"Học Viên {n}") for n in range(count)]
    for one in people:
        award_coaching.agree(one, person)
    return people


def finish(make_sitting: MakeSitting, person: Person, **fields: Any) -> None:
    sitting = make_sitting(person=person, **fields)
    issue_for_sitting(sitting)
    award_coaching.award_after(sitting)


def test_guiding_needs_the_level_and_three_who_agree_and_pass(
    make_sitting: MakeSitting, person: Person, guiding: Achievement
) -> None:
    people = guided(person, 3)
    for one in people:
        finish(make_sitting, one)
    held = Certificate.objects.filter(achievement=guiding)
    assert not held.exists()  # the guide has no level yet
    finish(make_sitting, person)
    assert held.get().person == person
    assert held.get().snapshot["coached"] == 3
    finish(make_sitting, people[0])
    assert held.count() == 1


def test_who_did_not_pass_or_took_back_does_not_count(
    make_sitting: MakeSitting, person: Person, guiding: Achievement
) -> None:
    finish(make_sitting, person)
    people = guided(person, 4)
    finish(make_sitting, people[0])
    finish(make_sitting, people[1])
    finish(make_sitting, people[2], passed=False)
    finish(make_sitting, people[3], evidence_class=EvidenceClass.ASSISTED)
    assert award_coaching.take_back(people[0], Coaching.objects.get(learner=people[0]).pk)
    finish(make_sitting, people[2])
    held = Certificate.objects.filter(achievement=guiding)
    assert not held.exists()
    finish(make_sitting, people[3])
    assert held.count() == 1


def test_a_withdrawn_level_earns_no_guiding(
    make_sitting: MakeSitting, person: Person, guiding: Achievement
) -> None:
    finish(make_sitting, person)
    revoke_certificate(Certificate.objects.get(person=person), "Làm bài hộ", None)
    for one in guided(person, 3):
        finish(make_sitting, one)
    assert not Certificate.objects.filter(achievement=guiding).exists()


def test_the_guided_person_agrees_and_takes_back_on_the_page(person: Person, client: Client) -> None:
    learner = Person.objects.create_user("hoc-vien-moi", full_name="Học Viên Mới")
    link = f"/chung-nhan/huong-dan/{award_coaching.invitation(person)}/"
    client.force_login(learner)
    assert person.full_name in client.get(link).content.decode().replace("&#x27;", "'")
    assert not Coaching.objects.exists()
    client.post(link)
    client.post(link)
    one = Coaching.objects.get()
    assert (one.coach, one.learner, one.withdrawn_at) == (person, learner, None)
    client.force_login(person)
    assert client.get(link).status_code == 404  # nobody guides themselves
    assert client.post(f"/chung-nhan/huong-dan/thu-hoi/{one.pk}/").status_code == 404
    page = client.get("/chung-nhan/huong-dan/").content.decode()
    assert learner.full_name not in page
    client.force_login(learner)
    client.post(f"/chung-nhan/huong-dan/thu-hoi/{one.pk}/")
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert one.withdrawn_at <= timezone.now()
    assert client.get(link[:-3] + "xx/").status_code == 404
