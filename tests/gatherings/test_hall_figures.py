"""The figures of a unit show how its halls took part: each class of evidence apart, once, small halls in none."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from assessments.items.api import Item
from assessments.proficiency.api import PersonSkill, recount
from assessments.proficiency.models import HallMix, HallPart, SittingEstimate
from courses.gatherings.answer_cards import CardReading, read_cards
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.join import Joiner, join
from courses.gatherings.models import Gathering
from courses.gatherings.tally import count_people
from lms.accounts.api import Person
from lms.organisations.api import Role, RoleKind, Unit
from tests.gatherings.played_session import do, hands, tap
from tests.gatherings.test_evidence_feed import hall
from tests.gatherings.test_evidence_feed import items as items
from tests.gatherings.test_evidence_feed import people as people
from tests.sittings.conftest import load as load

CLASSES = ("alone", "alone_answers", "assisted", "assisted_answers", "by_hand", "by_hand_answers")


def hold_with_35(gathering: Gathering, present: int = 35) -> None:
    """Twelve phones, nine cards and fourteen hands in the first step; phones alone in the second."""
    phones = [join(gathering, Joiner("guest", name="Bà Tư", join_uuid=uuid.uuid4())) for _one in range(12)]
    count_people(gathering, present)
    do(gathering, "next", "open")
    for one in phones:
        tap(gathering, one, "A", 1)
    read_cards(gathering, CardReading(uuid.uuid4(), 1, 1, dict.fromkeys(range(1, 10), "A")))
    hands(gathering, {"A": 10, "B": 4}, 1)
    do(gathering, "close", "reveal", "discuss", "reopen")
    for one in phones:
        tap(gathering, one, "B", 1, 2)
    do(gathering, "close", "reveal", "next", "open")
    for one in phones[:5]:
        tap(gathering, one, "A", 2)
    do(gathering, "close", "end")


def page(unit: Unit, query: str = "") -> str:
    viewer = Person.objects.create_user(f"bithu-{uuid.uuid4().hex[:6]}")
    Role.objects.create(person=viewer, unit=unit, kind=RoleKind.CELL_SECRETARY)
    client = Client()
    client.force_login(viewer)
    return client.get(f"/so-lieu/{unit.slug}/?ky-nang=vid{query}").content.decode()


def test_a_unit_sees_thirty_five_people_by_class_of_evidence(items: list[Item], people: list[Person]) -> None:
    gathering = hall(items, people)
    hold_with_35(gathering)
    mix = HallMix.objects.get()
    assert (mix.unit, mix.gatherings, mix.present) == (gathering.unit, 1, 35)
    assert [getattr(mix, name) for name in CLASSES] == [12, 17, 9, 9, 14, 14]
    shown = page(gathering.unit)
    assert "1 buổi học có câu hỏi về kỹ năng này, với 35 lượt người có mặt" in shown
    assert re.findall(r">([ABD]): [^<]+</th><td class=\"n\">(\d+)</td><td class=\"n\">(\d+)<", shown) == [
        ("A", "12", "17"),
        ("B", "9", "9"),
        ("D", "14", "14"),
    ]
    assert "Trả lời trong các buổi học" not in page(gathering.unit, "&doi-tuong=cadre")
    # Guests, cards and hands are nobody's ability.
    assert not SittingEstimate.objects.exists()
    assert not PersonSkill.objects.exists()
    assert recount() == []


def test_told_again_counts_once_and_what_comes_later_replaces(
    items: list[Item], people: list[Person]
) -> None:
    gathering = hall(items, people)
    hold_with_35(gathering)
    feed_evidence(gathering)
    assert HallMix.objects.get().gatherings == 1
    hands(gathering, {"A": 13}, 2)  # as when a file brings more than the QR before it
    feed_evidence(gathering)
    mix = HallMix.objects.get()
    assert (mix.gatherings, mix.present, mix.by_hand, mix.by_hand_answers) == (1, 35, 14, 27)
    assert recount() == []
    HallMix.objects.update(by_hand=99)
    assert [(one.where, one.expected, one.found) for one in recount()] == [("hall", 14, 99)]


@pytest.mark.parametrize("seats", [9, 10])
def test_a_hall_of_fewer_than_ten_enters_no_figure(
    items: list[Item], people: list[Person], seats: int
) -> None:
    gathering = hall(items, people)
    taken = [join(gathering, Joiner("guest", name="Bà Tư", join_uuid=uuid.uuid4())) for _one in range(seats)]
    do(gathering, "next", "open")
    tap(gathering, taken[0], "A", 1)
    do(gathering, "close", "end")
    assert HallPart.objects.get().present == seats
    mixes: Any = HallMix.objects.values_list("gatherings", "present", "alone")
    assert list(mixes) == ([(1, 10, 1)] if seats == 10 else [])
    assert ("Trả lời trong các buổi học" in page(gathering.unit)) == (seats == 10)
    assert recount() == []
