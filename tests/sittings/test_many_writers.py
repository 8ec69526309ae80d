"""Eight writers post a thousand answers to a real server process on SQLite: no error, no loss, no duplicate."""

from __future__ import annotations

import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
_WRITERS, _ANSWERS = 8, 125
_SET_UP = """
import django; django.setup()
import uuid
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from assessments.items.api import Item, ItemState, load_items
from assessments.sittings.api import Blueprint, start_sitting
from lms.accounts.api import Person
from pathlib import Path
load_items([Path("tests/items/data/examples.yaml")])
Item.objects.update(state=ItemState.LIVE)
blueprint = Blueprint.objects.create(slug="thu", title="Thử", selection="fixed", fixed_items=["ATS-1-CH-001"])
for n in range(%d):
    person = Person.objects.create_user(f"nguoi{n}", "x")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    print(session.session_key, start_sitting(person, blueprint, uuid.uuid4()).uuid)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path, list[list[str]]]]:
    """A migrated site of its own with a started sitting for each writer."""
    env = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lms.settings.embedded",
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=env, check=True)
    made = subprocess.run(
        [sys.executable, "-c", _SET_UP % _WRITERS],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*manage, "runserver", f"127.0.0.1:{port}", "--noreload"], cwd=ROOT, env=env)
    try:
        _wait_for(port)
        yield port, tmp_path / "lms.sqlite3", [line.split() for line in made.stdout.splitlines()]
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _try in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not start")


def _write(port: int, session: str, sitting: str) -> list[tuple[str, int]]:
    """Post answers one after the other over one connection; return what was acknowledged."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookie = f"sessionid={session}"
    connection.request("GET", f"/danh-gia/luot/{sitting}/?cau=1", headers={"Cookie": cookie})
    response = connection.getresponse()
    page = response.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    csrf = re.search(r"csrftoken=([^;]+)", response.headers["Set-Cookie"])
    assert token
    assert csrf
    headers = {
        "Cookie": f"{cookie}; csrftoken={csrf[1]}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answered = []
    for n in range(_ANSWERS):
        answer = str(uuid.uuid4())
        form = {"csrfmiddlewaretoken": token[1], "cau": 1, "answer_uuid": answer, "tra_loi": n % 4}
        connection.request("POST", f"/danh-gia/luot/{sitting}/tra-loi/", urlencode(form), headers)
        reply = connection.getresponse()
        reply.read()
        answered.append((answer.replace("-", ""), reply.status))
    return answered


def test_no_error_no_loss_no_duplicate(server: tuple[int, Path, list[list[str]]]) -> None:
    port, database, writers = server
    with ThreadPoolExecutor(_WRITERS) as pool:
        results = [one.result() for one in [pool.submit(_write, port, *writer) for writer in writers]]
    answered = [one for result in results for one in result]
    assert {status for _answer, status in answered} == {303}
    with sqlite3.connect(database) as connection:
        stored = [row[0] for row in connection.execute("SELECT uuid FROM sittings_response")]
    assert len(stored) == _WRITERS * _ANSWERS == 1000
    assert set(stored) == {answer for answer, _status in answered}
