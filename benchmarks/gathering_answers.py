"""2,000 phones answer one question within 8 seconds: one server process, SQLite, every commit on disk.

Bars: every answer acknowledged and kept, 99 of 100 within a second. Baseline: the same posts to a bare view (/healthz).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common.http_timing import report
from tests.gatherings.demo_hall import DemoHall
from tests.running_site import RunningSite

ROOT = Path(__file__).resolve().parents[1]
PHONES, SECONDS, BAR = 2_000, 8.0, 1.0
_SEATS = """
import sys, django; django.setup()
from courses.gatherings.join import Joiner, join, seat_token
from courses.gatherings.models import Gathering
hall = Gathering.objects.get(code=sys.argv[1])
for number in range(int(sys.argv[2])):
    print(seat_token(join(hall, Joiner("guest", name=f"Khách {number}"))))
"""


def seats(site: RunningSite, code: str) -> list[str]:
    """Tokens of that many seats."""
    words = [sys.executable, "-c", _SEATS, code, str(PHONES)]
    made = subprocess.run(words, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return made.stdout.split()


async def crowd(port: int, requests: list[bytes]) -> tuple[list[float], list[int]]:
    """Each phone has a connection of its own and posts at its moment; seconds and statuses."""
    start = time.perf_counter() + 0.2

    async def phone(place: int, request: bytes) -> tuple[float, int]:
        await asyncio.sleep(start + place * SECONDS / len(requests) - time.perf_counter())
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        line = await asyncio.wait_for(reader.readline(), 30)
        writer.close()
        return time.perf_counter() - begun, int(line.split()[1])

    done = await asyncio.gather(*(phone(place, one) for place, one in enumerate(requests)))
    return [spent for spent, _status in done], [status for _spent, status in done]


def post(path: str, cookie: str, fields: dict[str, object]) -> bytes:
    body = json.dumps(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n"
    )
    return head.encode() + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def ninety_nine(spent: list[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.99)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(Path(folder))
        site.prepare()
        site.start(worker=False)
        try:
            demo = DemoHall(site)
            tokens = seats(site, demo.code)
            position = demo.go_to_question()
            assert demo.act("open") == 200
            letters = [option["letter"] for option in demo.state()["step"]["options"]]
            answers = [
                post(
                    f"/b/{demo.code}/answer",
                    f"seat_{demo.code}={token}",
                    {
                        "answer_uuid": str(uuid.uuid4()),
                        "position": position,
                        "round": 1,
                        "value": letters[place % len(letters)],
                    },
                )
                for place, token in enumerate(tokens)
            ]
            bare = [b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"] * PHONES
            base, _statuses = asyncio.run(crowd(site.port, bare))
            spent, statuses = asyncio.run(crowd(site.port, answers))
            kept = site.rows("select count(*) from gatherings_hallanswer")[0][0]
            acknowledged = statuses.count(204)
            passed = acknowledged == kept == PHONES and ninety_nine(spent) <= BAR
            report(
                benchmark="gathering_answers", phones=PHONES, seconds=SECONDS, acknowledged=acknowledged, kept=kept,
                p99_ms=round(ninety_nine(spent) * 1000, 1), slowest_ms=round(max(spent) * 1000, 1),
                bare_view_p99_ms=round(ninety_nine(base) * 1000, 1),
                over_bare=round(ninety_nine(spent) / ninety_nine(base), 2), bar_ms=BAR * 1000, passed=passed,
            )  # fmt: skip
        finally:
            site.stop()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
