"""Milestones are counted once, where they happened, and a recount agrees exactly."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.test import Client

from assessments.items.api import Skill
from assessments.proficiency.api import Milestone, Reached, reach, recount
from assessments.proficiency.models import Aggregate
from assessments.proficiency.tasks import audit_nightly
from assessments.sittings.api import EvidenceClass, Purpose, Sitting, finish_sitting
from lms.accounts.api import Person, erase_person
from lms.celery import app
from lms.organisations.api import Membership, Unit
from tests.proficiency.conftest import Sit


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(username="ha", full_name="Ha Brẽm", audience="worker")


def people(unit: Unit, milestone: str) -> int:
    return sum(Aggregate.objects.filter(unit=unit, milestone=milestone).values_list("people", flat=True))


def test_a_milestone_counts_once_in_each_unit_above(
    person: Person, skill: Skill, units: dict[str, Unit]
) -> None:
    for slug in ("thon-thong", "thon-suoi", "chi-bo-thong"):
        Membership.objects.create(person=person, unit=units[slug])
    assert reach(person, "vid", Milestone.TOOK_PART)
    assert not reach(person, "vid", Milestone.TOOK_PART)
    counted = {slug: people(unit, Milestone.TOOK_PART) for slug, unit in units.items()}
    assert counted == {slug: 0 if slug == "xa-hai" else 1 for slug in units}
    assert Reached.objects.get().audience == "worker"


def test_who_belongs_nowhere_counts_for_the_province(
    person: Person, skill: Skill, units: dict[str, Unit]
) -> None:
    reach(person, "vid", Milestone.TOOK_PART)
    assert Aggregate.objects.get().unit == units["tinh-thu"]


def test_only_the_first_sitting_makes_the_share(person: Person, sit: Sit, units: dict[str, Unit]) -> None:
    sit(person, "thon-thong", points=3.0)
    sit(person, "thon-suoi", points=9.0)
    commune = units["xa-mot"]
    numbers = [people(commune, milestone) for milestone in Milestone]
    assert dict(zip(Milestone.values, numbers, strict=True)) == {
        "took_part": 1,
        "finished": 0,
        "measured": 1,
        "passed_first": 0,
        "passed": 1,
    }
    assert people(units["thon-thong"], Milestone.MEASURED) == 1
    assert people(units["thon-suoi"], Milestone.MEASURED) == 0
    assert recount() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence_class": EvidenceClass.ASSISTED},
        {"evidence_class": EvidenceClass.DISCUSSED},
        {"purpose": "practice"},
    ],
)
def test_help_and_practice_are_activity_not_ability(person: Person, sit: Sit, fields: dict[str, Any]) -> None:
    sit(person, "thon-thong", **fields)
    assert list(Reached.objects.values_list("milestone", flat=True)) == [Milestone.TOOK_PART]


def test_the_sitting_counts_where_it_began(person: Person, sit: Sit, units: dict[str, Unit]) -> None:
    Membership.objects.create(person=person, unit=units["xa-hai"])
    sit(person, "thon-thong", audience="student")
    assert people(units["xa-hai"], Milestone.MEASURED) == 0
    assert Aggregate.objects.filter(unit=units["thon-thong"], audience="student").exists()


def test_a_finished_sitting_reports_through_the_real_door(
    person: Person, sit: Sit, units: dict[str, Unit]
) -> None:
    template = sit(Person.objects.create(username="mau"), "thon-thong", purpose=Purpose.PRACTICE)
    sitting = Sitting.objects.create(
        person=person,
        blueprint=template.blueprint,
        frozen=template.frozen,
        purpose=Purpose.SCORED,
        seed=1,
        start_uuid=uuid.uuid4(),
    )
    finish_sitting(sitting, uuid.uuid4())
    assert not Reached.objects.filter(person=person).exists()  # a sitting without items proves nothing


def test_a_failing_transaction_leaves_no_trace(person: Person, skill: Skill, units: dict[str, Unit]) -> None:
    with transaction.atomic():
        reach(person, "vid", Milestone.TOOK_PART)
        transaction.set_rollback(True)
    assert not Aggregate.objects.filter(people__gt=0).exists()


def test_an_erased_person_stays_in_the_figures(person: Person, sit: Sit, units: dict[str, Unit]) -> None:
    sit(person, "thon-thong")
    erase_person(person)
    assert people(units["tinh-thu"], Milestone.PASSED) == 1
    assert recount() == []


def test_the_audit_finds_every_kind_of_wrong_number(person: Person, sit: Sit, units: dict[str, Unit]) -> None:
    sit(person, "thon-thong")
    call_command("audit_aggregates")
    Aggregate.objects.filter(unit=units["xa-mot"], milestone=Milestone.PASSED).update(people=2)
    with pytest.raises(CommandError):
        call_command("audit_aggregates")
    Aggregate.objects.filter(unit=units["xa-mot"], milestone=Milestone.PASSED).update(people=1)
    Reached.objects.filter(milestone=Milestone.PASSED).update(milestone=Milestone.FINISHED)
    assert {one.where for one in recount()} == {"aggregate", "reached"}


def test_the_nightly_recount_tells_administrators(
    person: Person, sit: Sit, units: dict[str, Unit], client: Client
) -> None:
    client.force_login(
        Person.objects.create(username="chief", is_superuser=True, is_staff=True, is_demo=True)
    )
    runs = "/quan-tri/reports/uoc-luong/"
    assert "chưa được đếm lại" in client.get(runs).content.decode()
    sit(person, "thon-thong")
    audit_nightly.delay()
    assert "khớp hoàn toàn" in client.get(runs).content.decode()
    Aggregate.objects.filter(unit=units["xa-mot"], milestone=Milestone.PASSED).update(people=2)
    audit_nightly.delay()
    assert "thấy 1 số liệu không khớp" in client.get(runs).content.decode()


def test_every_night_has_its_recount_and_its_estimates() -> None:
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"proficiency.estimate_nightly", "proficiency.audit_nightly"} <= planned <= set(app.tasks)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_threads_lose_nothing(skill: Skill, units: dict[str, Unit]) -> None:
    crowd = [Person.objects.create(username=f"dong-{n}") for n in range(24)]
    for person in crowd:
        Membership.objects.create(person=person, unit=units["thon-thong"])
    failures: list[Exception] = []

    def work(mine: list[Person]) -> None:
        try:
            for person in mine:
                reach(person, "vid", Milestone.TOOK_PART)
                reach(person, "vid", Milestone.FINISHED)
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    # Everybody is told twice, by two threads.
    threads = [threading.Thread(target=work, args=(crowd[n % 4 :: 4],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert people(units["tinh-thu"], Milestone.TOOK_PART) == 24
    # Nobody has a course here, so only the roll-ups can agree.
    assert not [one for one in recount() if one.where == "aggregate"]
