"""What a hall answered becomes evidence of people: once, by its class, and never a certificate."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from assessments.items.api import Item
from assessments.proficiency.api import Milestone, PersonSkill, Reached, recount
from assessments.proficiency.models import SittingEstimate
from assessments.sittings.api import (
    Blueprint,
    Response,
    Sitting,
    add_expert_parameters,
    finish_sitting,
    start_sitting,
)
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.join import Joiner, join
from courses.gatherings.models import Gathering, Seat
from courses.gatherings.open_gathering import open_gathering
from courses.gatherings.plans.hall_question import hall_question
from lms.accounts.api import Person
from lms.organisations.api import Unit
from tests.gatherings.played_session import cell_with, do, hands, tap
from tests.sittings.conftest import load as load
from tests.sittings.conftest import spread_items

ASKED = 6


@pytest.fixture
def items(load: Any) -> list[Item]:
    made = load(*spread_items(12))
    add_expert_parameters("vid")
    return made


@pytest.fixture
def people(db: None) -> list[Person]:
    unit = Unit.add_root(kind="party_cell", name="Chi bộ thôn Đồi Thông", slug="chi-bo")
    return cell_with(unit, "Ka Hiền", "Lê Văn Hòa")


def hall(items: list[Item], people: list[Person], asked: int = ASKED, silent: bool = True) -> Gathering:
    steps = []
    for item in items[:asked]:
        assert item.current is not None
        public, secret = hall_question(item.current, 7)
        steps.append(
            {
                "kind": "question",
                "title": "Hỏi",
                "minutes": 1,
                "notes": "",
                "public": public,
                "secret": secret,
            }
        )
    unit = Unit.objects.get(slug="chi-bo")
    return open_gathering("Buổi học", steps, unit, None, silent=silent)


def seat(gathering: Gathering, person: Person, own: bool = True) -> Seat:
    taken = join(gathering, Joiner("roster", roster=str(person.uuid), join_uuid=uuid.uuid4()))
    if not own:
        Seat.objects.filter(pk=taken.pk).update(own_phone=False)
        taken.refresh_from_db()
    return taken


def hold(gathering: Gathering, *seats: Seat, by_hand: int = 0) -> None:
    """Everybody is right, in every step."""
    for position, step in enumerate(gathering.steps, 1):
        do(gathering, "next", "open")
        for one in seats:
            tap(gathering, one, step["secret"]["key"][0], position)
        if by_hand:
            hands(gathering, {step["secret"]["key"][0]: by_hand}, position)
        do(gathering, "close", "reveal")
    do(gathering, "end")


def test_answers_alone_reach_ability_and_answers_with_help_are_only_kept(
    items: list[Item], people: list[Person]
) -> None:
    gathering = hall(items, people)
    hold(gathering, seat(gathering, people[0]), seat(gathering, people[1], own=False))
    by_class = {one.evidence_class: one for one in Sitting.objects.all()}
    assert {name: one.person for name, one in by_class.items()} == {"A": people[0], "B": people[1]}
    assert all(one.passed is None and one.points == ASKED for one in by_class.values())
    assert set(Response.objects.values_list("evidence_class", "correct")) == {("A", True), ("B", True)}
    known = SittingEstimate.objects.get()
    assert (known.person, known.first, known.items) == (people[0], False, ASKED)
    assert PersonSkill.objects.get().person == people[0]
    assert set(Reached.objects.values_list("milestone", flat=True)) == {Milestone.TOOK_PART}
    assert recount() == []


def test_again_changes_nothing_and_erased_people_stay_without_name(
    items: list[Item], people: list[Person]
) -> None:
    gathering = hall(items, people)
    hold(gathering, seat(gathering, people[0]))
    feed_evidence(gathering)
    assert (Sitting.objects.count(), Response.objects.count()) == (1, ASKED)
    Sitting.objects.update(person=None)
    feed_evidence(gathering)
    assert list(Sitting.objects.values_list("person", flat=True)) == [None]


def test_hands_talk_and_few_answers_say_nothing_about_ability(
    items: list[Item], people: list[Person]
) -> None:
    talking = hall(items, people, silent=False)
    hold(talking, seat(talking, people[0]), by_hand=9)
    assert not Sitting.objects.exists()
    few = hall(items, people, asked=4)
    hold(few, seat(few, people[0]))
    assert Sitting.objects.get().estimates == {}
    assert not SittingEstimate.objects.exists()
    assert not PersonSkill.objects.exists()
    assert recount() == []


def test_the_first_scored_sitting_stays_the_first(items: list[Item], people: list[Person]) -> None:
    gathering = hall(items, people)
    hold(gathering, seat(gathering, people[0]))
    blueprint = Blueprint.objects.create(
        slug="vneid", title="VNeID", parts=[{"skill": "vid", "count": 5}], cut_basic=-0.5, cut_proficient=0.5
    )
    scored = start_sitting(people[0], blueprint, uuid.uuid4())
    for place in scored.items.all():
        Response.objects.create(
            uuid=uuid.uuid4(), sitting_item=place, answer={}, points=0.0, max_points=1.0, correct=False
        )
    scored = finish_sitting(scored, uuid.uuid4())
    assert SittingEstimate.objects.get(sitting=scored).first
    assert (PersonSkill.objects.get().sittings, PersonSkill.objects.get().items) == (2, ASKED + 5)
    assert recount() == []
