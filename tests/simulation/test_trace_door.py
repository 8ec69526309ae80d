"""The trace door over HTTP: statuses, caps, one answer per play, and nothing of the judgement in any byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from assessments.items.api import load_items
from assessments.items.simulation.load_tasks import TASKS
from assessments.sittings.models import Blueprint, LessonAnswer, Purpose, Response, Selection, Sitting
from assessments.sittings.trace.task_log import TaskLog
from lms.accounts.api import Person
from tests.simulation import playing
from tests.simulation.tracing import trace_of
from tests.sittings import walking

CODE = "QR-3-ST-401"


@pytest.fixture(autouse=True)
def bank(db: None) -> None:
    load_items([path for path in TASKS.glob("*.yaml") if path.name[0] in "13"])


@pytest.fixture
def learner(db: None) -> Person:
    return Person.objects.create_user("hoc-vien", "mat-khau-rat-dai", full_name="Nguyễn Thị Hạnh")


@pytest.fixture
def signed_in(learner: Person) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def _send(client: Client, address: str, body: Any) -> Any:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(address + "vet/", text, content_type="application/json")


def _solution(client: Client, address: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    data = client.get(address + "the-gioi/").json()
    compiled = playing.standing(client, address).compiled
    return data, trace_of(compiled, compiled.world.task["recorded"]["solution"])


def test_a_trace_becomes_one_answer_of_the_person(signed_in: Client, learner: Person) -> None:
    address = playing.begin(signed_in, CODE)
    data, raws = _solution(signed_in, address)
    body = {"from": 0, "events": raws, "tag": data["tag"], "ask": True}
    for _ in range(2):
        answer = _send(signed_in, address, body)
        assert (answer.status_code, answer.json()["next"]) == (200, len(raws))
        assert answer.json()["state"]["ended"]
    stored = LessonAnswer.objects.get(person=learner)
    assert (stored.points, stored.correct) == (1.0, True)


def test_a_trace_in_a_scored_sitting_is_its_response(signed_in: Client, learner: Person) -> None:
    Blueprint.objects.create(
        slug="thu", title="Thử", purpose=Purpose.SCORED, selection=Selection.FIXED, fixed_items=[CODE]
    )
    sitting = walking.start(signed_in, "thu")
    form = walking.hidden_fields(walking.page(signed_in, sitting, cau=1))
    start = {"cau": "1", "answer_uuid": form["answer_uuid"]}
    address = signed_in.post(f"{sitting}viec/", start)["Location"]
    data, raws = _solution(signed_in, address)
    assert data["hints"] == []
    assert _send(signed_in, address, {"from": 0, "events": raws, "tag": data["tag"]}).status_code == 200
    response = Response.objects.get()
    assert (response.points, response.correct, response.critical) == (1.0, True, [])
    again = signed_in.post(f"{sitting}viec/", {"cau": "1", "answer_uuid": playing.UUID.format(9)})
    assert again.status_code == 409
    assert "Bắt đầu làm thử" not in walking.page(signed_in, sitting, cau=1)


def test_an_unfinished_play_counts_when_the_sitting_ends(signed_in: Client) -> None:
    Blueprint.objects.create(
        slug="thu", title="Thử", purpose=Purpose.SCORED, selection=Selection.FIXED, fixed_items=[CODE]
    )
    sitting = walking.start(signed_in, "thu")
    form = walking.hidden_fields(walking.page(signed_in, sitting, cau=1))
    address = signed_in.post(f"{sitting}viec/", {"cau": "1", "answer_uuid": form["answer_uuid"]})["Location"]
    data, raws = _solution(signed_in, address)
    _send(signed_in, address, {"from": 0, "events": raws[:10], "tag": data["tag"]})
    walking.finish(signed_in, sitting)
    assert Response.objects.get().points == pytest.approx(0.4)
    late = _send(signed_in, address, {"from": 10, "events": raws[10:], "tag": data["tag"]})
    assert late.status_code == 409
    assert Sitting.objects.get().points == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("x" * 17_000, 413),
        ("{", 400),
        (b"\xff\xfe", 400),
        ("[]", 400),
        ("[" * 5000, 400),
        ({"from": 0, "events": []}, 400),
        ({"from": -1, "events": [], "tag": "TAG"}, 400),
        ({"from": True, "events": [], "tag": "TAG"}, 400),
        ({"from": "0", "events": [], "tag": "TAG"}, 400),
        ({"from": 0, "events": {}, "tag": "TAG"}, 400),
        ({"from": 0, "events": [], "tag": "another"}, 400),
        ({"from": 0, "events": [{}] * 101, "tag": "TAG"}, 413),
        ({"from": 599, "events": [{}, {}], "tag": "TAG"}, 413),
        ({"from": 0, "events": [{"v": [[["a"]]]}], "tag": "TAG"}, 400),
        ({"from": 5, "events": [], "tag": "TAG"}, 409),
        ({"from": 0, "events": [{"success": True}], "tag": "TAG"}, 409),
        ({"from": 0, "events": [None, 1, "a"], "tag": "TAG"}, 409),
    ],
)
def test_what_is_no_trace_is_refused_with_its_status(client: Client, body: Any, status: int) -> None:
    address = playing.begin(client, CODE)
    tag = client.get(address + "the-gioi/").json()["tag"]
    if isinstance(body, dict) and body.get("tag") == "TAG":
        body = {**body, "tag": tag}
    assert _send(client, address, body).status_code == status
    assert playing.standing(client, address).state.log == ()


def test_dropped_events_are_counted_and_the_browser_is_told_where_it_stands(signed_in: Client) -> None:
    address = playing.begin(signed_in, CODE)
    data, raws = _solution(signed_in, address)
    jump = [raws[0], {**raws[-1], "n": 1}]
    answer = _send(signed_in, address, {"from": 0, "events": jump, "tag": data["tag"]})
    assert answer.status_code == 409
    assert answer.json()["state"]["n"] == 1
    assert TaskLog.objects.get().dropped == 1


def test_a_post_without_the_token_of_the_page_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/danh-gia/viec/")
    assert client.post("/danh-gia/viec/bat-dau/", {"viec": CODE}).status_code == 403


def test_pictures_are_served_under_names_of_this_play_only(client: Client) -> None:
    one, other = playing.begin(client, CODE, 1), playing.begin(client, CODE, 2)
    for token in playing.standing(client, one).compiled.pictures:
        drawn = client.get(f"{one}hinh/{token}")
        assert drawn["Content-Type"] == "image/svg+xml"
        assert drawn.content.startswith(b"<svg")
        assert client.get(f"{other}hinh/{token}").status_code == 404


def test_no_byte_of_the_player_tells_the_judgement(client: Client) -> None:
    address = playing.begin(client, CODE)
    private = playing.standing(client, address).world.judgement
    sent = client.get(address).content.decode() + json.dumps(
        client.get(address + "the-gioi/").json(), ensure_ascii=False
    )
    for one in [*private["criteria"], *private["critical"]]:
        for key in ("id", "label", "why", "advice", "code"):
            if len(str(one.get(key, ""))) > 4:
                assert str(one[key]) not in sent
    for text in [*private["feedback"].values(), *private["hints"][0]["texts"], "market-stall", CODE + "-"]:
        assert text not in sent
