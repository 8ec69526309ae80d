"""What a finished sitting says about its items: counted once, first measured sittings only, equal to a recount."""

from __future__ import annotations

import uuid

from django.test import Client

from assessments.items.models import ItemStatistics
from assessments.sittings.api import (
    Blueprint,
    ItemEvidence,
    Sitting,
    finish_sitting,
    start_sitting,
    wrong_item_statistics,
)
from lms.accounts.api import Person
from tests.sittings import walking


def take(browser: Client, slug: str, answers: dict[int, str]) -> str:
    address = walking.start(browser, slug)
    for position, value in answers.items():
        walking.answer(browser, address, position, tra_loi=value)
    walking.finish(browser, address)
    return address


def sums() -> dict[str, int]:
    rows = ItemStatistics.objects.all()
    names = ("asked", "answered", "pairs", "timed", "practised")
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def test_a_scored_sitting_is_counted_once_and_agrees_with_a_recount(
    browser: Client, scored: Blueprint
) -> None:
    take(browser, "vneid", {1: "0", 2: "1", 3: "2"})
    assert sums() == {"asked": 10, "answered": 3, "pairs": 3, "timed": 3, "practised": 0}
    sitting = Sitting.objects.get()
    assert sitting.item_evidence == ItemEvidence.MEASURED
    finish_sitting(sitting, uuid.uuid4())
    assert sums()["asked"] == 10
    assert sum(sum(row.marks.values()) for row in ItemStatistics.objects.all()) == 3
    assert wrong_item_statistics() == []


def test_only_the_first_measured_sitting_of_a_person_counts(
    learner: Person, scored: Blueprint, stranger: Person
) -> None:
    Blueprint.objects.update(waiting_days=0)
    scored.refresh_from_db()
    for person in (learner, learner, stranger):
        finish_sitting(start_sitting(person, scored, uuid.uuid4()), uuid.uuid4())
    evidence = list(Sitting.objects.order_by("pk").values_list("item_evidence", flat=True))
    assert evidence == ["measured", "", "measured"]
    assert sums()["asked"] == 20
    assert wrong_item_statistics() == []


def test_assisted_sittings_and_practice_stand_apart(
    browser: Client, learner: Person, practice: Blueprint
) -> None:
    take(browser, practice.slug, {1: "0", 2: "1"})
    assert sums() == {"asked": 0, "answered": 0, "pairs": 0, "timed": 0, "practised": 2}
    scored = Blueprint.objects.create(slug="vneid", title="VNeID", parts=practice.parts)
    sitting = start_sitting(learner, scored, uuid.uuid4())
    Sitting.objects.filter(pk=sitting.pk).update(evidence_class="B")
    finish_sitting(sitting, uuid.uuid4())
    assert sums()["asked"] == 0
    assert wrong_item_statistics() == []


def test_the_recount_finds_a_number_that_is_wrong_and_survives_an_erased_person(
    browser: Client, scored: Blueprint, learner: Person
) -> None:
    take(browser, "vneid", {1: "0"})
    Sitting.objects.update(person=None)
    assert wrong_item_statistics() == []
    row = ItemStatistics.objects.order_by("pk").first()
    assert row is not None
    ItemStatistics.objects.filter(pk=row.pk).update(asked=7)
    assert wrong_item_statistics() == [(row.pk, "asked", 1, 7)]
