"""The server is killed while answers stream in: every acknowledged answer is there afterwards, once."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.http_visitor import Visitor, answer_somehow, some_answer
from tests.listed_questions import list_questions
from tests.running_site import DEMO_PASSWORD, RunningSite

WRITERS = 4
KILLS = 3


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    site = RunningSite(tmp_path_factory.mktemp("killed"))
    site.prepare()
    list_questions(site)
    site.start(worker=False)
    yield site
    site.stop()


def _open_sitting(site: RunningSite) -> Visitor:
    visitor = Visitor(site.port)
    visitor.sign_in("hocvien", DEMO_PASSWORD)
    visitor.get("/danh-gia/vneid/")
    visitor.post(visitor.form("bat-dau"))
    assert visitor.status == 200
    return visitor


def _writer(site: RunningSite, visitor: Visitor, stop: threading.Event, acknowledged: set[str]) -> None:
    form = visitor.form("tra-loi")
    kept = [(name, value) for name, value in form.fields if name != "answer_uuid"]
    mine = Visitor(site.port, dict(visitor.cookies), url=visitor.url)
    while not stop.is_set():
        answer = str(uuid.uuid4())
        body = urlencode([*kept, ("answer_uuid", answer), *some_answer(form)])
        try:
            status = mine.request("POST", mine._path(form.action), body)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        assert status == 303, mine.page[:500]
        acknowledged.add(answer)


def _stored(site: RunningSite) -> list[str]:
    return [str(uuid.UUID(str(row[0]))) for row in site.rows("select uuid from sittings_response")]


def test_every_acknowledged_answer_survives(own_site: RunningSite) -> None:
    visitor = _open_sitting(own_site)
    stop, acknowledged = threading.Event(), set[str]()
    writers = [
        threading.Thread(target=_writer, args=(own_site, visitor, stop, acknowledged)) for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for _ in range(KILLS):
        before = len(acknowledged)
        while len(acknowledged) < before + 20:
            assert all(writer.is_alive() for writer in writers), "a writer was refused"
            time.sleep(0.02)
        own_site.kill("web")
        own_site.start(worker=False)
    stop.set()
    for writer in writers:
        writer.join(20)
    stored = _stored(own_site)
    assert len(acknowledged) > 20 * KILLS
    assert acknowledged <= set(stored)
    assert len(stored) == len(set(stored))


def test_a_cut_between_any_two_answers_loses_nothing(own_site: RunningSite) -> None:
    """The same sitting goes on from another device after each answer."""
    first = Visitor(own_site.port)
    first.sign_in("bithu", DEMO_PASSWORD)
    first.get("/danh-gia/vneid/")
    first.post(first.form("bat-dau"))
    address = first.url.split("?")[0]
    seen = []
    for _ in range(30):
        device = Visitor(own_site.port)
        device.sign_in("bithu", DEMO_PASSWORD)
        page = device.get(address)
        if "tra-loi" not in page:
            break
        form = device.form("tra-loi")
        seen.append(dict(form.fields).get("cau") or dict(form.fields).get("position"))
        # The phone loses its connection right after the post and never reads where to go on.
        answer_somehow(device, "tra-loi")
    assert len(seen) == len(set(seen)), "an answered question was asked again"
    assert len(seen) == 10
