"""What sittings say about a person: kept once, combined, the same when it is read again."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessments.proficiency.models import PersonSkill, SittingEstimate
from assessments.sittings.api import (
    Blueprint,
    Counted,
    EvidenceClass,
    Parameter,
    Purpose,
    Response,
    Sitting,
    add_expert_parameters,
    counted_by_sitting,
    estimate,
    finish_sitting,
    start_sitting,
)
from assessments.sittings.estimate import estimates_of, passes
from assessments.sittings.models import ItemParameter
from lms.accounts.api import Person
from tests.sittings.conftest import load as load
from tests.sittings.conftest import spread_items

# Ten items as the experts' guess spreads them; four options each.
LEVELS = (-2.4, -1.5, -1.5, -0.6, -0.6, 0.3, 0.3, 0.3, 1.2, 2.1)
GUESSED = {n: Parameter(1.0, b, 0.25, True) for n, b in enumerate(LEVELS)}
CUTS = (-0.5, 0.5)


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(username="ha", full_name="Ha Brẽm", audience="worker")


@pytest.fixture
def scored(load: Any) -> Blueprint:
    load(*spread_items(40))
    return Blueprint.objects.create(
        slug="vneid", title="VNeID", parts=[{"skill": "vid", "count": 10}], cut_basic=-0.5, cut_proficient=0.5
    )


def sit(person: Person, blueprint: Blueprint, right: int, **fields: Any) -> Sitting:
    sitting = start_sitting(person, blueprint, uuid.uuid4())
    Sitting.objects.filter(pk=sitting.pk).update(**fields)
    for place in sitting.items.all():
        correct = place.position <= right
        Response.objects.create(
            uuid=uuid.uuid4(),
            sitting_item=place,
            answer={},
            points=float(correct),
            max_points=1.0,
            correct=correct,
            seconds=20.0,
        )
    return finish_sitting(sitting, uuid.uuid4())


def test_a_measured_sitting_is_kept_and_later_ones_combine(person: Person, scored: Blueprint) -> None:
    first = sit(person, scored, right=10)
    known = SittingEstimate.objects.get()
    assert (known.first, known.band, known.provisional, known.effort) == (True, "proficient", True, 1.0)
    assert first.passed
    alone = PersonSkill.objects.get()
    assert (alone.theta, alone.se) == (known.theta, known.se)
    sit(person, scored, right=0)
    both = PersonSkill.objects.get()
    assert (both.sittings, both.items) == (2, 20)
    assert both.se < alone.se
    assert both.theta < alone.theta
    assert SittingEstimate.objects.filter(first=True).count() == 1


@pytest.mark.parametrize(
    "fields", [{"evidence_class": EvidenceClass.ASSISTED}, {"evidence_class": EvidenceClass.DISCUSSED}]
)
def test_help_is_activity_not_ability(person: Person, scored: Blueprint, fields: dict[str, str]) -> None:
    sit(person, scored, right=10, **fields)
    assert not SittingEstimate.objects.exists()
    assert not PersonSkill.objects.exists()


def test_reading_an_old_sitting_again_gives_the_same_to_the_bit(person: Person, scored: Blueprint) -> None:
    sitting = sit(person, scored, right=6)
    add_expert_parameters("vid").parameters.exclude(
        item__in=sitting.items.values("version__item")
    ).delete()  # what else is in the calibration does not matter
    sitting.refresh_from_db()
    answers = counted_by_sitting([sitting.pk])[sitting.pk]
    assert estimates_of(answers, sitting.calibrations, sitting.frozen) == sitting.estimates
    ItemParameter.objects.update(b=0.0)
    from django.core.cache import cache

    cache.clear()
    assert estimates_of(answers, sitting.calibrations, sitting.frozen) != sitting.estimates


def test_practice_says_nothing_about_ability(person: Person, scored: Blueprint) -> None:
    Blueprint.objects.filter(pk=scored.pk).update(purpose=Purpose.PRACTICE)
    assert sit(person, scored, right=10).estimates == {}


def told(*right: bool | None, critical: int = 0) -> dict[str, Any]:
    answers = [
        Counted(n, "vid", one, critical=int(n < critical)) for n, one in enumerate(right) if n in GUESSED
    ]
    return estimate(answers, GUESSED, CUTS)


def test_passing_needs_certainty_all_answers_and_care() -> None:
    assert told(*[True] * 10)["p_basic"] > 0.97
    assert passes(told(*[True] * 10))
    assert passes(told(*[True] * 7, False, False, False))
    assert not passes(told(*[True] * 5, *[False] * 5))
    assert not passes(told(*[True] * 9, None))
    assert passes(told(*[True] * 10, critical=1))
    assert not passes(told(*[True] * 10, critical=2))


@given(st.lists(st.sampled_from([True, False, None]), min_size=10, max_size=10), st.integers(0, 9))
def test_a_better_answer_never_lowers_an_estimate(answers: list[bool | None], place: int) -> None:
    wrong, right = [*answers], [*answers]
    wrong[place], right[place] = False, True
    low, high = told(*wrong), told(*right)
    assert high["theta"] > low["theta"]
    assert high["p_basic"] >= low["p_basic"] >= low["p_proficient"] >= 0
    assert 0 < high["se"] <= 1.0 + 1e-9


def test_what_was_not_answered_is_never_wrong() -> None:
    assert told(*[None] * 10)["theta"] == pytest.approx(0.0, abs=1e-9)
    assert told(True, *[None] * 9)["theta"] > told(True, *[False] * 9)["theta"]


def test_a_person_reads_their_level_in_plain_words(person: Person, scored: Blueprint, client: Client) -> None:
    client.force_login(person)
    sitting = sit(person, scored, right=10)
    for address in ("/toi/", f"/danh-gia/luot/{sitting.uuid}/ket-qua/"):
        page = client.get(address).content.decode()
        assert "Thành thạo – chắc chắn 8" in page
        assert "tạm tính" in page.lower()
