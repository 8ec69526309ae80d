"""What phones, cards, hands and presenters do to a gathering through its addresses."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from courses.gatherings import clock
from courses.gatherings.clock import elapsed_ms
from courses.gatherings.evidence_mix import evidence_mix
from courses.gatherings.models import Ballots, Gathering, HallAnswer, HandCount, LiveEvent, Seat
from courses.gatherings.open_gathering import grant_act_token, open_gathering
from courses.gatherings.record_event import first_broken
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit, UnitKind
from tests.gatherings.played_session import STEPS, cell_with, do, lettered, step

pytestmark = pytest.mark.django_db
SECRETS = ("Mã chỉ dành cho mình", "GHI CHÚ RIÊNG", "Biểu quyết kín", "Mỗi đảng viên kèm một hộ")


@pytest.fixture
def cell() -> Unit:
    return Unit.add_root(name="Chi bộ thử", slug="chi-bo-thu", kind=UnitKind.PARTY_CELL)


@pytest.fixture
def leader(cell: Unit) -> Person:
    person = Person.objects.create_user("bi-thu-thu", "x", full_name="Người Dẫn")
    Role.objects.create(person=person, unit=cell, kind=RoleKind.CELL_SECRETARY)
    return person


@pytest.fixture
def hall(cell: Unit, leader: Person) -> Gathering:
    ballot = step(
        "vote", "Biểu quyết kín", {"prompt": "Kín", "options": lettered("Có", "Không"), "secret_ballot": True}
    )
    steps = json.loads(json.dumps([*STEPS, ballot]))
    steps[1]["notes"] = "GHI CHÚ RIÊNG"
    return open_gathering("Buổi thử", steps, cell, leader)


def phone(hall: Gathering, **who: str) -> Client:
    client = Client()
    joined = client.post(
        f"/b/{hall.code}/join", {"kind": "guest", "name": "Bà Tư", **who}, "application/json"
    )
    assert joined.status_code == 201, joined.content
    return client


def tap(client: Client, hall: Gathering, value: Any, **changed: Any) -> int:
    said = {"answer_uuid": str(uuid.uuid4()), "position": hall.position, "round": hall.round, "value": value}
    return client.post(f"/b/{hall.code}/answer", said | changed, "application/json").status_code


def state(hall: Gathering) -> dict[str, Any]:
    return Client().get(f"/b/{hall.code}/state").json()


def lead(hall: Gathering, what: str, fields: dict[str, Any]) -> Any:
    token = grant_act_token(hall)
    return Client().post(
        f"/buoi-hoc/{hall.uuid}/{what}",
        fields,
        "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def acts(hall: Gathering, action: str, version: int, name: uuid.UUID | None = None) -> Any:
    return lead(
        hall, "act", {"from_version": version, "action": action, "action_uuid": str(name or uuid.uuid4())}
    )


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """The machine runs on for so long."""
    real = clock.moment
    ms = int(timedelta(**by) / timedelta(milliseconds=1))

    def moved() -> clock.Moment:
        now = real()
        return clock.Moment(now.boot, now.monotonic_ms + ms, now.at + timedelta(**by))

    for module in ("answer", "act", "join", "record_event"):
        monkeypatch.setattr(f"courses.gatherings.{module}.moment", moved)


def test_of_two_acts_from_one_version_one_wins_and_a_repeated_one_changes_nothing(hall: Gathering) -> None:
    name = uuid.uuid4()
    first = acts(hall, "next", 1, name)
    second = acts(hall, "next", 1)
    again = acts(hall, "next", 1, name)
    assert (first.status_code, second.status_code, again.status_code) == (200, 409, 200)
    assert second.json()["version"] == again.json()["version"] == 2
    assert second.json()["step"]["position"] == 1


def test_an_act_that_does_not_fit_shows_what_is(hall: Gathering) -> None:
    refused = acts(hall, "reveal", 1)
    assert (refused.status_code, refused.json()["phase"]) == (409, "lobby")
    assert acts(hall, "dance", 1).status_code == 400
    assert lead(hall, "act", {"action": "next"}).status_code == 400
    assert lead(hall, "act", {"from_version": 1, "action": "next", "action_uuid": "x"}).status_code == 400


def test_only_who_may_lead_can_act(hall: Gathering, leader: Person) -> None:
    body = {"from_version": 1, "action": "next", "action_uuid": str(uuid.uuid4())}
    address = f"/buoi-hoc/{hall.uuid}/act"
    stranger, signed_in = Client(), Client()
    assert stranger.post(address, body, "application/json").status_code == 403
    wrong = {"Authorization": "Bearer wrong"}
    assert stranger.post(address, body, "application/json", headers=wrong).status_code == 403
    signed_in.force_login(Person.objects.create_user("nguoi-la", "x"))
    assert signed_in.post(address, body, "application/json").status_code == 404
    signed_in.force_login(leader)
    assert signed_in.post(address, body, "application/json").status_code == 200
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(leader)
    assert forged.post(address, body, "application/json").status_code == 403


def test_a_phone_answers_changes_its_mind_and_a_late_retry_brings_nothing_back(hall: Gathering) -> None:
    client = phone(hall)
    do(hall, "next", "next")
    assert tap(client, hall, "A") == 409
    do(hall, "open")
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    assert tap(client, hall, "A", answer_uuid=first) == 204
    assert tap(client, hall, "B", answer_uuid=second) == 204
    assert tap(client, hall, "A", answer_uuid=first) == 204
    kept = HallAnswer.objects.get()
    assert (kept.value, str(kept.uuid), kept.evidence_class, kept.correct) == (["B"], second, "A", True)
    assert state(hall)["answered"] == 1
    assert tap(phone(hall), hall, "A", answer_uuid=second) == 409


def test_an_answer_in_the_grace_counts_and_a_later_one_is_kept_as_late(
    hall: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, slow = phone(hall), phone(hall)
    do(hall, "next", "next", "open", "close")
    assert tap(quick, hall, "B") == 204
    later(monkeypatch, seconds=5.1)
    assert tap(slow, hall, "B") == 409
    assert tap(quick, hall, "A") == 409
    assert list(HallAnswer.objects.order_by("pk").values_list("late", "value")) == [
        (False, ["B"]),
        (True, ["B"]),
    ]
    assert state(hall)["answered"] == 1
    do(hall, "reveal")
    assert state(hall)["results"]["counts"] == [0, 1]


@pytest.mark.parametrize("value", ["C", "", None, 7, ["A", "B"], ["A"] * 99, {"A": 1}, "a\x00"])
def test_what_is_no_answer_is_refused(hall: Gathering, value: Any) -> None:
    client = phone(hall)
    do(hall, "next", "next", "open")
    assert tap(client, hall, value) == 400
    assert not HallAnswer.objects.exists()


def test_broken_posts_get_a_4xx(hall: Gathering) -> None:
    client = phone(hall)
    do(hall, "next", "next", "open")
    for body in (b"", b"{", b"[]", b"\xff", b"[" * 5_000, b"x" * 9_000):
        sent = client.post(f"/b/{hall.code}/answer", body, "application/json")
        assert sent.status_code == 400, body
    for changed in ({"position": 99_999}, {"round": -1}, {"position": True}, {"answer_uuid": 5}):
        assert tap(client, hall, "A", **changed) == 400
    assert tap(Client(), hall, "A") == 403
    assert Client().post("/b/123456/answer", {}).status_code in (400, 404)
    other_site = client.post(f"/b/{hall.code}/answer", {}, headers={"Origin": "https://example.org"})
    assert other_site.status_code == 403


def test_a_form_without_scripts_comes_back_to_the_page(hall: Gathering) -> None:
    client = Client(headers={"Accept": "text/html"})
    joined = client.post(f"/b/{hall.code}/join", {"kind": "guest", "name": "Ông Ba"})
    assert (joined.status_code, joined["Location"]) == (303, f"/b/{hall.code}")
    do(hall, "next", "next", "open")
    fields = {"answer_uuid": str(uuid.uuid4()), "position": 2, "round": 1, "value": "B"}
    assert client.post(f"/b/{hall.code}/answer", fields).status_code == 303
    assert HallAnswer.objects.get().value == ["B"]


def test_seats_by_name_list_card_and_seat_code(hall: Gathering, cell: Unit) -> None:
    member = cell_with(cell, "Nguyễn Thị Thử")[0]
    address = f"/b/{hall.code}/join"
    on_list = {"kind": "roster", "roster": str(member.uuid), "join_uuid": str(uuid.uuid4())}
    first = Client().post(address, on_list, "application/json")
    again = Client().post(address, on_list, "application/json")
    assert first.json()["seat"] == again.json()["seat"] == 1
    taken = Client().post(address, on_list | {"join_uuid": str(uuid.uuid4())}, "application/json")
    assert (taken.status_code, taken.json()["error"]) == (409, "taken")
    assert Client().post(address, {"kind": "card", "card": "12"}).status_code == 201
    assert Client().post(address, {"kind": "card", "card": "0"}).status_code == 400
    assert Client().post(address, {"kind": "guest", "name": "  "}).status_code == 400
    assert Client().post(address, {"kind": "boss"}).status_code == 400
    back = Client().post(address, {"kind": "seat", "seat_code": first.json()["seat_code"].lower()})
    assert back.json()["seat"] == 1
    assert Client().post(address, {"kind": "seat", "seat_code": "AAAAAA"}).status_code == 400
    assert state(hall)["present"] == Seat.objects.count() == 2


def test_one_address_may_take_many_seats(hall: Gathering) -> None:
    client = Client()
    for number in range(60):
        assert (
            client.post(f"/b/{hall.code}/join", {"kind": "guest", "name": f"Khách {number}"}).status_code
            == 201
        )
    assert state(hall)["present"] == 60


def test_state_is_small_has_an_etag_and_ends_with_the_gathering(hall: Gathering) -> None:
    for action in ("next", "next", "open", "close", "reveal"):
        do(hall, action)
        reply = Client().get(f"/b/{hall.code}/state")
        assert len(reply.content) < 2_000
        known = {"If-None-Match": reply["ETag"]}
        assert Client().get(f"/b/{hall.code}/state", headers=known).status_code == 304
    do(hall, "end")
    assert state(hall)["phase"] == "ended"
    assert Client().post(f"/b/{hall.code}/join", {"kind": "guest", "name": "Bà"}).status_code == 409


def test_a_long_question_is_shortened_below_two_kilobytes(cell: Unit) -> None:
    options = lettered(*["Một phương án dài dòng " * 12] * 4)
    long = step(
        "question", "Dài", {"prompt": "Chuyện dài " * 60, "options": options}, key=["A"], why="Vì " * 300
    )
    hall = open_gathering("Dài", [long], cell, None)
    for action in ("next", "open", "reveal"):
        do(hall, action)
        reply = Client().get(f"/b/{hall.code}/state")
        assert len(reply.content) < 2_000
        assert reply.json()["step"]["more"] is True
    assert reply.json()["results"]["key"] == ["A"]


def test_nothing_secret_before_the_reveal(hall: Gathering) -> None:
    """No key, reason, note, next step or other seat in any answer that a phone or the big screen gets."""
    client = phone(hall, name="Cô Giấu Tên")
    do(hall, "next", "next")
    for action in ("open", "close", "pause", "resume", "discuss", "reopen"):
        do(hall, action)
        sent = [
            client.get(f"/b/{hall.code}/state").content,
            Client().get(f"/trinh-chieu/{hall.projector_token}/state").content,
            acts(hall, "back", 0).content,
        ]
        for body in sent:
            for secret in (*SECRETS, '"key"', "Cô Giấu Tên"):
                assert secret not in body.decode()
        assert json.loads(sent[0])["results"] is None
    do(hall, "reveal")
    assert state(hall)["results"]["key"] == ["B"]


def test_the_projector_may_only_look_and_its_token_dies(hall: Gathering) -> None:
    token = hall.projector_token
    for what in ("state", "stream"):
        assert Client(enforce_csrf_checks=True).post(f"/trinh-chieu/{token}/{what}").status_code == 405
    assert Client().get(f"/trinh-chieu/{token}/state").status_code == 200
    Gathering.objects.update(projector_token=None)
    assert Client().get(f"/trinh-chieu/{token}/state").status_code == 404
    assert Client().get(f"/trinh-chieu/{token}/stream").status_code == 404


def test_thirty_five_people_by_class_of_evidence(hall: Gathering) -> None:
    phones = [phone(hall) for _number in range(12)]
    assert lead(hall, "people", {"people": 35}).status_code == 200
    do(hall, "next", "next", "open")
    assert {tap(one, hall, "B") for one in phones} == {204}
    cards = {str(number): "AB"[number % 2] for number in range(1, 10)}
    batch = {"batch_uuid": str(uuid.uuid4()), "position": 2, "round": 1, "cards": cards}
    for _time in range(2):
        read = lead(hall, "cards", batch).json()["cards"]
        assert set(read.values()) == {"yes"}
    do(hall, "close")
    tally = {"tally_uuid": str(uuid.uuid4()), "position": 2, "round": 1, "counts": {"A": 5, "B": 9}}
    assert lead(hall, "tally", tally | {"counts": {"A": 15}}).json()["error"] == "sum"
    assert lead(hall, "tally", tally | {"counts": {"Z": 1}}).json()["error"] == "options"
    assert lead(hall, "tally", tally).json()["confirmed"] is False
    assert evidence_mix(hall)["D"] == 0
    confirm = f"tally/{tally['tally_uuid']}/confirm"
    assert lead(hall, confirm, {}).json()["error"] == "confirmer"
    assert lead(hall, confirm, {"seat": 1}).json()["confirmed"] is True
    hall.refresh_from_db()
    assert evidence_mix(hall) == {"present": 35, "A": 12, "B": 9, "C": 0, "D": 14}
    do(hall, "reveal")
    shown = state(hall)
    assert (shown["present"], shown["answered"], shown["results"]["counts"]) == (35, 35, [9, 26])


def test_the_one_who_counted_cannot_confirm(hall: Gathering, leader: Person, cell: Unit) -> None:
    Membership.objects.create(person=leader, unit=cell)
    do(hall, "next", "next", "open")
    client = Client()
    client.force_login(leader)
    address = f"/buoi-hoc/{hall.uuid}"
    own_seat = client.post(f"/b/{hall.code}/join", {"kind": "roster"}, "application/json").json()
    client.post(f"{address}/people", {"people": 9})
    name = uuid.uuid4()
    fields = {"tally_uuid": str(name), "position": 2, "round": 1, "count_A": "3", "count_B": ""}
    assert client.post(f"{address}/tally", fields).status_code == 200
    confirm = f"{address}/tally/{name}/confirm"
    assert client.post(confirm, {}).json()["error"] == "confirmer"
    assert client.post(confirm, {"seat_code": own_seat["seat_code"]}).json()["error"] == "confirmer"
    other = Person.objects.create_user("nguoi-thu-hai", "x")
    Role.objects.create(person=other, unit=cell, kind=RoleKind.FACILITATOR)
    client.force_login(other)
    assert client.post(confirm, {}).json()["confirmed"] is True
    assert HandCount.objects.get().confirmed_by == other


def test_a_secret_vote_knows_who_voted_but_not_what(hall: Gathering) -> None:
    first, second = phone(hall), phone(hall)
    do(hall, "next", "next", "next", "next", "next", "open")
    name = str(uuid.uuid4())
    assert tap(first, hall, "A", answer_uuid=name) == 204
    assert tap(first, hall, "A", answer_uuid=name) == 204
    assert tap(first, hall, "B") == 409
    assert tap(second, hall, "B") == 204
    assert {one.value for one in HallAnswer.objects.all()} == {None}
    assert sorted(Ballots.objects.values_list("value", "count")) == [("A", 1), ("B", 1)]
    do(hall, "close", "reveal")
    assert state(hall)["results"] == {"counts": [1, 1]}


def test_evidence_falls_with_talk_and_borrowed_phones(hall: Gathering) -> None:
    own, borrowed = phone(hall), phone(hall, borrowed="1")
    do(hall, "next", "next", "open")
    assert tap(own, hall, "A") == tap(borrowed, hall, "A") == 204
    do(hall, "close", "discuss", "reopen")
    assert tap(own, hall, "B") == 204
    found = list(HallAnswer.objects.order_by("round", "seat__number").values_list("round", "evidence_class"))
    assert found == [(1, "A"), (1, "B"), (2, "C")]


def test_the_chain_tells_every_altered_event(hall: Gathering) -> None:
    phone(hall)
    do(hall, "next", "next", "open", "close", "reveal", "end")
    hall.refresh_from_db()
    assert first_broken(hall) is None
    numbers = list(LiveEvent.objects.filter(gathering=hall).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    LiveEvent.objects.filter(gathering=hall, number=3).update(data={"action": "back"})
    assert first_broken(hall) == 3


def test_a_calendar_wrong_by_a_day_bends_neither_order_nor_durations(
    hall: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.moment
    for minutes, days in enumerate((0, 1, -1, 0), 1):
        moved = timedelta(days=days)

        def now(minutes: int = minutes, moved: timedelta = moved) -> clock.Moment:
            at = real()
            return clock.Moment(at.boot, at.monotonic_ms + minutes * 60_000, at.at + moved)

        for module in ("act", "record_event"):
            monkeypatch.setattr(f"courses.gatherings.{module}.moment", now)
        do(hall, "next" if minutes < 3 else "pause" if minutes == 3 else "resume")
    times = list(LiveEvent.objects.filter(gathering=hall, kind="act").values_list("at_ms", flat=True))
    assert [round(later_ - earlier, -4) for earlier, later_ in pairwise(times)] == [60_000] * 3


def test_a_restart_with_a_wrong_calendar_never_turns_the_clock_back(hall: Gathering) -> None:
    hall.clock_ms = 90_000
    after = clock.Moment("another start", 5, hall.clock_at + timedelta(minutes=3))
    assert elapsed_ms(hall, after) == 270_000
    for wrong in (timedelta(days=-1), timedelta(days=1)):
        assert elapsed_ms(hall, clock.Moment("another start", 5, hall.clock_at + wrong)) == 90_000
