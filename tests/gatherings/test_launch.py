"""A launch: halls follow the leading session step by step, whatever they missed; their answers stay their own."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from courses.gatherings.join_code import with_check_digit
from courses.gatherings.launch.follow import follow
from courses.gatherings.launch.listen import read_address
from courses.gatherings.launch.mirror import Told, Unfollowable, mirrored, read_told
from courses.gatherings.models import Following, Gathering, LiveEvent
from courses.gatherings.phases import ACTIONS, ENDED, PAUSED, NotAllowed, Stage, move
from courses.gatherings.public_state import public_state
from courses.gatherings.record_event import first_broken
from lms.accounts.api import Person
from lms.organisations.api import Role, RoleKind, Unit
from tests.gatherings.hall_visitor import HallPhone, Presenter
from tests.gatherings.played_session import do, open_session
from tests.http_visitor import Visitor
from tests.running_site import DEMO_PASSWORD, RunningSite

KINDS = ["slide", "question", "vote", "discussion", "question"]


def told_by(stage: Stage, version: int) -> Told:
    return Told(version, stage.phase, stage.position, stage.here.round if stage.position else 0)


@given(st.lists(st.sampled_from(ACTIONS), max_size=40), st.data())
def test_a_hall_that_hears_again_stands_where_the_leader_stands(
    actions: list[str], data: st.DataObject
) -> None:
    leader = hall = Stage()
    for number, action in enumerate(actions, 1):
        try:
            leader = move(leader, action, KINDS, number * 100)
        except NotAllowed:
            continue
        if data.draw(st.booleans(), label="missed"):
            continue
        told = told_by(leader, number)
        hall = mirrored(hall, told, KINDS, number * 100)
        assert hall.phase == leader.phase
        assert hall == mirrored(hall, told, KINDS, number * 100 + 50)  # told twice is told once
        if leader.phase not in (PAUSED, ENDED):
            assert hall.position == leader.position
            assert not hall.position or hall.here.round >= leader.here.round
        open_ones = [one for one in hall.progress.values() if one.phase == "open" and one.closed_ms is None]
        assert len(open_ones) <= (1 if hall.phase == "open" else 0)


values = st.none() | st.booleans() | st.integers(-3, 40) | st.text(max_size=4)


@given(
    st.fixed_dictionaries(
        {"version": values, "phase": values, "step": values | st.dictionaries(st.text(), values)}
    )
)
def test_what_is_no_state_moves_nothing(state: Any) -> None:
    with pytest.raises(Unfollowable):
        read_told(state, 5)


def test_a_position_beyond_the_plan_is_refused() -> None:
    good = {"version": 3, "phase": "shown", "step": {"position": 5, "round": 1}}
    assert read_told(good, 5).position == 5
    with pytest.raises(Unfollowable):
        read_told(good, 4)


def test_only_the_address_of_a_session_is_called() -> None:
    code = with_check_digit(12345)
    address = read_address(f"https://hoc.example:8443/b/{code}")
    assert (address.scheme, address.host, address.code) == ("https", "hoc.example:8443", code)
    for bad in (
        f"ftp://x/b/{code}",
        f"file:///b/{code}",
        f"https://x/b/{code}?a=1",
        f"https://a:b@x/b/{code}",
        "https://x/quan-tri/",
        "https://x/b/12345",
        f"https:///b/{code}",
        f"//x/b/{code}",
        f"https://x/b/{code[:-1]}{(int(code[-1]) + 1) % 10}",
        "",
    ):
        with pytest.raises(Unfollowable):
            read_address(bad)


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.add_root(kind="party_cell", name="Chi bộ", slug="chi-bo")


def test_a_follower_keeps_an_own_chain_and_forgets_old_news(unit: Unit) -> None:
    leader, hall = open_session(unit, None), open_session(unit, None)
    following = Following.objects.create(gathering=hall, address="http://x/b/1")
    do(leader, "next")
    old = public_state(leader)
    do(leader, "next", "open")
    assert follow(following, public_state(leader))
    assert not follow(following, old)
    hall.refresh_from_db()
    assert (hall.phase, hall.position, hall.round) == ("open", 2, 1)
    do(leader, "close", "reveal", "end")
    assert follow(following, public_state(leader))
    hall.refresh_from_db()
    assert hall.phase == "ended"
    assert hall.ended_at
    assert first_broken(hall) is None
    assert LiveEvent.objects.filter(gathering=hall, kind="round").count() == 1


def test_pages_of_following(client: Client, unit: Unit) -> None:
    person = Person.objects.create_user("huongdan", full_name="Nguyễn Thị Hướng")
    Role.objects.create(person=person, unit=unit, kind=RoleKind.FACILITATOR)
    hall = open_session(unit, person)
    address = reverse("gatherings:follow", args=[hall.uuid])
    assert client.get(address).status_code == 302
    client.force_login(person)
    assert client.get(address).status_code == 200
    assert client.post(address, {"address": "http://127.0.0.1/quan-tri/"}).status_code == 400
    there = f"http://127.0.0.1:9/b/{with_check_digit(7)}"
    assert client.post(address, {"address": there}).status_code == 302
    assert Following.objects.get().address == there
    assert there in client.get(address).content.decode()
    client.post(address, {"stop": "1"})
    assert not Following.objects.exists()
    assert Gathering.objects.get().phase == "lobby"


def until(wanted: Callable[[], bool], seconds: float = 40) -> None:
    """Looks again and again; only a failure waits for the end."""
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def test_a_hall_on_another_server_follows(site: RunningSite, tmp_path: Path) -> None:
    hall_site = RunningSite(tmp_path / "hall")
    hall_site.prepare()
    leading, hall = json.loads(site.manage("demo_gathering")), json.loads(hall_site.manage("demo_gathering"))
    hall_site.start(worker=False)
    try:
        secretary = Visitor(hall_site.port)
        secretary.sign_in("bithu", DEMO_PASSWORD)
        secretary.get(f"/buoi-hoc/{hall['id']}/theo/")
        secretary.post(secretary.form(""), [("address", f"{site.url}/b/{leading['code']}")])
        leader, phone = Presenter.with_token(site.port, leading), HallPhone(hall_site.port, hall["code"])
        phone.join("guest", name="Bà Sáu")
        leader.next_question()
        leader.act("open")
        until(lambda: phone.state()["phase"] == "open")
        assert phone.state()["step"]["position"] == leader.phone.state()["step"]["position"]
        assert phone.answer("A") == 204
        until(lambda: phone.state()["answered"] == 1)
        assert leader.phone.state()["answered"] == 0  # answers stay with the hall
        leader.act("close", "reveal")
        until(lambda: phone.state()["phase"] == "revealed")
        assert sum(phone.state()["results"]["counts"]) == 1
        leader.act("end")
        until(lambda: phone.state()["phase"] == "ended")
        assert re.search("ended", json.dumps(phone.state()))
    finally:
        hall_site.stop()
