"""A whole session on a laptop without a route: run by test_kit.py inside a network namespace of its own.

``python -m tests.gatherings.hall_without_internet FOLDER KIT PIN OUT``; FOLDER is a prepared embedded site.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from tests.gatherings.hall_visitor import HallPhone, Presenter
from tests.http_visitor import Visitor
from tests.running_site import ROOT, RunningSite
from tests.site_services import Services


def main(folder: Path, kit: Path, pin: str, out: Path) -> None:
    laptop = RunningSite(folder, services=Services())
    with (folder / "laptop.log").open("wb") as log:
        command = [sys.executable, "manage.py", "gathering_kit", "--open", str(kit), "--pin", pin]
        more = ["--port", str(laptop.port), "--wifi-name", "Hội trường", "--wifi-password", "mat-khau-12"]
        served = subprocess.Popen([*command, *more], cwd=ROOT, env=laptop.environment, stdout=log, stderr=log)
        laptop.processes["web"] = served
        try:
            laptop.wait_until_ready(240, log="laptop.log")
            leader = re.findall(r"Sign in as ([\w-]+);", (folder / "laptop.log").read_text())[0]
            found = hold(laptop.port, leader, pin)
        finally:
            served.terminate()
            served.wait(20)
    said = (folder / "laptop.log").read_text()
    out.write_text(json.dumps(found | {"has_route": has_route(), "said": said}))


def has_route() -> bool:
    """Can a packet leave this machine at all?"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return True


def hold(port: int, leader: str, pin: str) -> dict[str, Any]:
    visitor = Visitor(port)
    visitor.sign_in(leader, pin)
    test_page = visitor.get("/buoi-hoc/tu-kiem-tra/")
    gathering = re.findall(r"/buoi-hoc/([0-9a-f-]{36})/mang-ve/", test_page)[0]
    code = re.findall(r"· (\d{6})<", test_page)[0]
    presenter = Presenter.signed_in(visitor, gathering, code)
    presenter.post("people", {"people": 9})
    phones = [HallPhone(port, code) for _ in range(3)]
    roster = re.findall(r'"(?:roster-)?([0-9a-f-]{36})"', visitor.get(f"/b/{code}"))
    people = [one for one in dict.fromkeys(roster) if one != gathering]
    phones[0].join("roster", roster=people[0])
    second = phones[1].join("guest", name="Bà Sáu")
    phones[2].join("guest", name="Ông Tám", borrowed="1")
    asked = presenter.next_question()["step"]
    presenter.act("open")
    assert [phone.answer(value) for phone, value in zip(phones, "ABA", strict=True)] == [204, 204, 204]
    place = {"position": asked["position"], "round": 1}
    cards = {"batch_uuid": str(uuid.uuid4()), "cards": {"4": "A", "9": "C"}}
    presenter.post("cards", place | cards)
    tally = str(uuid.uuid4())
    presenter.post("tally", {"tally_uuid": tally, "counts": {"A": 3, "B": 1}, **place})
    presenter.post(f"tally/{tally}/confirm", {"seat_code": second["seat_code"]})
    presenter.act("close", "reveal", "discuss", "reopen")
    assert phones[0].answer("B") == 204
    presenter.act("close", "reveal", "end")
    page = visitor.get(f"/buoi-hoc/{gathering}/mang-ve/")
    letters = re.findall(r'class="letters">([A-Z2-7]+)<', page)[0]
    assert phones[0].ask("GET", f"/b/{code}/state") == 200
    presenter.phone.ask("GET", f"/buoi-hoc/{gathering}/mang-ve/tep")
    return {
        "test_page": test_page,
        "gathering": gathering,
        "position": asked["position"],
        "letters": letters,
        "file": presenter.phone.body.hex(),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
