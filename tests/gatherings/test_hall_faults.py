"""Halls on a real server process: killed, raced, stalled, spied on, and without a notice."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.common.stream_crowd import resident_kilobytes
from tests.gatherings.demo_hall import DemoHall
from tests.running_site import ROOT, RunningSite, free_port

_PHONES = 60
_OUTSIDE_ACT = """
import sys, uuid, django; django.setup()
from courses.gatherings.act import Action, act
from courses.gatherings.models import Gathering
hall = Gathering.objects.get(code=sys.argv[1])
act(hall, None, Action(hall.version, "next", uuid.uuid4()))
"""


@pytest.fixture(scope="module")
def hall_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site of its own, because it is killed."""
    running = RunningSite(tmp_path_factory.mktemp("halls"))
    running.prepare()
    running.start(worker=False)
    yield running
    running.stop()


@pytest.fixture
def hall(hall_site: RunningSite) -> DemoHall:
    return DemoHall(hall_site)


class Listener:
    """One open stream, read as a phone reads it."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        self.seen = b""

    def hears(self, text: bytes, seconds: float = 10) -> bool:
        end = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < end:
            try:
                data = self.socket.recv(65_536)
            except TimeoutError:
                return False
            if not data:
                return text in self.seen
            self.seen += data
        return text in self.seen


def answered(hall: DemoHall, cookie: str, position: int, value: str = "A") -> tuple[str, bool]:
    """The answer's UUID, and whether it was acknowledged."""
    name = str(uuid.uuid4())
    fields = {"answer_uuid": name, "position": position, "round": 1, "value": value}
    with contextlib.suppress(OSError, http.client.HTTPException):
        return name, hall.call("POST", f"/b/{hall.code}/answer", fields, {"Cookie": cookie})[0] == 204
    return name, False


def test_a_power_cut_during_a_question_loses_no_acknowledged_answer(
    hall_site: RunningSite, hall: DemoHall
) -> None:
    cookies = [hall.join(f"Khách {number}") for number in range(_PHONES)]
    position = hall.go_to_question()
    assert hall.act("open") == 200
    before = hall.state()
    with ThreadPoolExecutor(12) as phones:
        sent = [phones.submit(answered, hall, cookie, position) for cookie in cookies]
        while sum(one.done() for one in sent) < _PHONES // 3:
            time.sleep(0.01)
        hall_site.kill("web")
        outcomes = [one.result() for one in sent]
    acknowledged = {name for name, done in outcomes if done}
    assert acknowledged
    hall_site.start(worker=False)
    started = time.monotonic()
    listeners = [Listener(hall_site.port, f"/b/{hall.code}/stream") for _phone in range(_PHONES)]
    version = b'"version":%d,' % before["version"]
    assert all(one.hears(version) for one in listeners)
    assert time.monotonic() - started < 8
    after = hall.state()
    assert {name: after[name] for name in ("version", "phase", "step")} == {
        name: before[name] for name in ("version", "phase", "step")
    }
    rows = hall_site.rows("select uuid from gatherings_hallanswer")
    assert acknowledged <= {str(uuid.UUID(str(row[0]))) for row in rows}
    # The others try again and are heard once.
    for cookie, (_name, done) in zip(cookies, outcomes, strict=True):
        assert done or answered(hall, cookie, position)[1]
    assert hall.state()["answered"] == _PHONES


def test_of_two_presenters_exactly_one_wins_a_hundred_times(hall: DemoHall) -> None:
    version = hall.state()["version"]
    with ThreadPoolExecutor(2) as presenters:
        for number in range(100):
            action = "next" if number % 2 == 0 else "back"
            results = list(presenters.map(lambda _one, a=action, v=version: hall.act(a, v), range(2)))
            assert sorted(results) == [200, 409]
            version += 1
    assert hall.state()["version"] == version


def test_a_change_without_a_notice_is_seen_within_three_seconds(
    hall_site: RunningSite, hall: DemoHall
) -> None:
    """As when NOTIFY or Redis is gone: another process wrote, nobody told this one."""
    listener = Listener(hall_site.port, f"/b/{hall.code}/stream")
    assert listener.hears(b'"version":1,')
    subprocess.run(
        [sys.executable, "-c", _OUTSIDE_ACT, hall.code], cwd=ROOT, env=hall_site.environment, check=True
    )
    done = time.monotonic()
    assert listener.hears(b'"version":2,')
    assert time.monotonic() - done < 3


def test_fifty_stalled_screens_cost_little_and_hold_nobody_up(hall_site: RunningSite, hall: DemoHall) -> None:
    stalled = []
    for _screen in range(50):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        one.connect(("127.0.0.1", hall_site.port))
        one.sendall(f"GET /b/{hall.code}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        stalled.append(one)
    listener = Listener(hall_site.port, f"/b/{hall.code}/stream")
    assert listener.hears(b'"version":1,')
    before = resident_kilobytes(hall_site.processes["web"].pid)
    for number in range(60):
        assert hall.act("next" if number % 2 == 0 else "back") == 200
    assert listener.hears(b'"version":61,')
    assert resident_kilobytes(hall_site.processes["web"].pid) - before < 20 * 1024
    for one in stalled:
        one.close()


def test_an_idle_stream_gives_signs_of_life_and_is_never_packed(
    hall_site: RunningSite, hall: DemoHall
) -> None:
    listener = Listener(hall_site.port, f"/b/{hall.code}/stream")
    assert listener.hears(b"\r\n:\n\n")
    head = listener.seen.partition(b"\r\n\r\n")[0].lower()
    assert b"text/event-stream" in head
    assert b"x-accel-buffering: no" in head
    assert b"no-transform" in head
    assert b"content-encoding" not in head


def test_a_proxy_that_holds_streams_back_leaves_polling(hall: DemoHall) -> None:
    """What a phone does then: small reads with an ETag that are as new as the acts."""
    status, headers, body = hall.call("GET", f"/b/{hall.code}/state", headers={"Accept-Encoding": "gzip"})
    assert (status, "content-encoding" in headers) == (200, False)
    etag = {"If-None-Match": headers["etag"]}
    assert hall.call("GET", f"/b/{hall.code}/state", headers=etag)[0] == 304
    assert hall.act("next", json.loads(body)["version"]) == 200
    assert hall.call("GET", f"/b/{hall.code}/state", headers=etag)[0] == 200


def test_the_big_screen_can_post_nothing(hall: DemoHall) -> None:
    token = hall.known["projector_token"]
    for what in ("state", "stream"):
        assert hall.call("POST", f"/trinh-chieu/{token}/{what}", {})[0] == 405
    bearer = {"Authorization": f"Bearer {token}"}
    fields = {"from_version": 1, "action": "next", "action_uuid": str(uuid.uuid4())}
    assert hall.call("POST", f"/buoi-hoc/{hall.known['id']}/act", fields, bearer)[0] == 403
    assert hall.state()["version"] == 1


def test_a_second_process_with_the_in_process_bus_refuses_to_start(hall_site: RunningSite) -> None:
    words = ["-m", "uvicorn", "lms.asgi:application", "--port", str(free_port()), "--lifespan", "off"]
    second = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=hall_site.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode != 0
    assert "GATHERING_BUS" in second.stderr
    assert Path(hall_site.folder, "server.lock").exists()
