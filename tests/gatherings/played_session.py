"""A session of a Party cell played through the room's own doors: phones, a card, raised hands, a vote, the end."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from courses.gatherings.act import Action, act
from courses.gatherings.answer import Given, answer
from courses.gatherings.join import Joiner, join
from courses.gatherings.models import Gathering, HandCount, Seat
from courses.gatherings.open_gathering import open_gathering
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit


def step(kind: str, title: str, public: dict[str, Any] | None = None, **secret: Any) -> dict[str, Any]:
    return {"kind": kind, "title": title, "minutes": 5, "notes": "", "public": public or {}, "secret": secret}


def lettered(*texts: str) -> list[dict[str, str]]:
    return [{"letter": letter, "text": text} for letter, text in zip("ABCD", texts, strict=False)]


STEPS = [
    step("slide", "Vì sao đảng viên đi trước", {"lines": ["Một", "Hai"]}),
    step(
        "question",
        "Mã OTP",
        {"prompt": "Có người gọi xin mã OTP, đồng chí làm gì?", "options": lettered("Đọc mã", "Tắt máy")},
        key=["B"],
        why="Mã chỉ dành cho mình.",
    ),
    step("discussion", "Trao đổi"),
    step(
        "vote",
        "Biểu quyết",
        {"prompt": "Mỗi đảng viên kèm một hộ", "options": lettered("Tán thành", "Không", "Khác")},
    ),
]


def do(gathering: Gathering, *actions: str) -> None:
    for action in actions:
        gathering.refresh_from_db()
        act(gathering, None, Action(gathering.version, action, uuid.uuid4()))
    gathering.refresh_from_db()


def tap(gathering: Gathering, seat: Seat, value: str, position: int, round_: int = 1) -> None:
    answer(gathering, seat, Given(uuid.uuid4(), position, round_, [value]))


def hands(gathering: Gathering, counts: dict[str, int], position: int, round_: int = 1) -> HandCount:
    return HandCount.objects.create(
        uuid=uuid.uuid4(),
        gathering=gathering,
        position=position,
        round=round_,
        counts=counts,
        total=sum(counts.values()),
        people=20,
        confirmed_at=timezone.now(),
    )


def cell_with(unit: Unit, *names: str) -> list[Person]:
    people = []
    for place, name in enumerate(names):
        person = Person.objects.create_user(f"dang-vien-{place}-{uuid.uuid4().hex[:6]}", full_name=name)
        Membership.objects.create(person=person, unit=unit)
        people.append(person)
    return people


def open_session(unit: Unit, leader: Person | None, **fields: Any) -> Gathering:
    return open_gathering("Đảng viên tiên phong học tập kỹ năng số", STEPS, unit, leader, **fields)


def play(gathering: Gathering, people: list[Person]) -> list[Seat]:
    """Two phones and a card answer, five hands go up, the hall talks and answers again, votes, goes home."""
    phones = [
        join(gathering, Joiner("roster", roster=str(one.uuid), join_uuid=uuid.uuid4())) for one in people[:2]
    ]
    card = join(gathering, Joiner("card", card="7"))
    do(gathering, "next", "next", "open")
    tap(gathering, phones[0], "B", 2)
    tap(gathering, phones[1], "A", 2)
    tap(gathering, card, "B", 2)
    hands(gathering, {"A": 2, "B": 3}, 2)
    do(gathering, "close", "reveal", "discuss", "reopen")
    tap(gathering, phones[0], "B", 2, 2)
    tap(gathering, phones[1], "B", 2, 2)
    do(gathering, "close", "reveal", "next", "next", "open")
    for seat, value in zip([*phones, card], "AAB", strict=True):
        tap(gathering, seat, value, 4)
    do(gathering, "close", "end")
    return [*phones, card]
