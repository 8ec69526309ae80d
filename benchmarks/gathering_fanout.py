"""One act of the presenter to many open screens, against a bare ASGI handler that sends the same to as many.

Bars: 500 clients within 150 ms and 3 times the bare handler; 2,000 within 800 ms, none missed; 64 KB of server memory
per client. Loopback, five rounds per size.
"""

from __future__ import annotations

import asyncio
import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common.http_timing import report
from benchmarks.common.stream_crowd import StreamCrowd, resident_kilobytes
from tests.gatherings.demo_hall import DemoHall
from tests.running_site import RunningSite, free_port

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
BARS = {500: 0.150, 2_000: 0.800}
RATIO_BAR, KILOBYTES_BAR = 3.0, 64.0
# The pause lets both hosts breathe, so that a round measures one message, not the tail of the last.
PAUSE = 0.5


async def rounds_of(
    crowd: StreamCrowd, turn: Callable[[int], tuple[bytes, Callable[[], None]]]
) -> list[float]:
    spent = []
    for number in range(ROUNDS):
        wanted, cause = turn(number)
        seconds, heard = await crowd.hear(wanted, asyncio.create_task(asyncio.to_thread(cause)))
        if heard != crowd.size or crowd.lost:
            raise SystemExit(
                f"{crowd.size - heard} of {crowd.size} missed a message, {crowd.lost} were cut off"
            )
        spent.append(seconds)
        await asyncio.sleep(PAUSE)
    return spent


def bare(size: int, message: bytes) -> float:
    """Median seconds of the bare handler with a message of the same length."""
    port = free_port()
    words = ["-m", "uvicorn", "benchmarks.common.bare_stream:application", "--port", str(port)]
    server = subprocess.Popen([sys.executable, *words, "--lifespan", "off", "--log-level", "error"], cwd=ROOT)
    try:
        _wait_for(port)
        return statistics.median(asyncio.run(_bare_rounds(port, size, message)))
    finally:
        server.kill()
        server.wait()


async def _bare_rounds(port: int, size: int, message: bytes) -> list[float]:
    def turn(number: int) -> tuple[bytes, Callable[[], None]]:
        mark = b"round-%d" % number
        return mark, lambda: _post(port, mark + message[len(mark) :])

    crowd = StreamCrowd(port, "/", size)
    with closing(crowd):
        await crowd.connect()
        return await rounds_of(crowd, turn)


async def hall(site: RunningSite, size: int) -> tuple[float, float]:
    """Median seconds to the last screen, and kilobytes of server memory per screen."""
    demo = await asyncio.to_thread(DemoHall, site)
    demo.state()
    before = resident_kilobytes(site.processes["web"].pid)
    crowd = StreamCrowd(site.port, f"/b/{demo.code}/stream", size)
    with closing(crowd):
        await crowd.connect()

        def turn(number: int) -> tuple[bytes, Callable[[], None]]:
            version = demo.state()["version"]
            action = "next" if number % 2 == 0 else "back"
            return b'"version":%d,' % (version + 1), lambda: _must(demo.act(action, version))

        spent = await rounds_of(crowd, turn)
        after = resident_kilobytes(site.processes["web"].pid)
    return statistics.median(spent), (after - before) / size


def _must(status: int) -> None:
    if status != 200:
        raise SystemExit(f"act: {status}")


def _post(port: int, body: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/", body)
    connection.getresponse().read()
    connection.close()


def _wait_for(port: int) -> None:
    for _try in range(100):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as probe:
                probe.connect()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the bare server did not start")


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(Path(folder))
        site.prepare()
        site.start(worker=False)
        try:
            for size, bar in BARS.items():
                message = b"x" * 600
                base = bare(size, message)
                seconds, kilobytes = asyncio.run(hall(site, size))
                ratio = seconds / base
                passed = seconds <= bar and kilobytes <= KILOBYTES_BAR and (size > 500 or ratio <= RATIO_BAR)
                missed += not passed
                report(
                    benchmark="gathering_fanout", clients=size, last_client_ms=round(seconds * 1000, 1),
                    bare_ms=round(base * 1000, 1), over_bare=round(ratio, 2), missed=0,
                    kilobytes_per_client=round(kilobytes, 1), bar_ms=bar * 1000, passed=passed,
                )  # fmt: skip
        finally:
            site.stop()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
