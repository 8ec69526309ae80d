"""A small HTTP client for the page benchmarks; the baseline is the bare view /healthz of the same server."""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BASELINE = "/healthz"


def timed(port: int, path: str, requests: int, headers: dict[str, str] | None = None) -> float:
    """Median seconds of a GET over one kept connection; every answer must be 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    spent = []
    for _ in range(requests):
        start = time.perf_counter()
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        spent.append(time.perf_counter() - start)
        if answer.status != 200 or not body:
            raise SystemExit(f"{path}: {answer.status}")
    connection.close()
    return statistics.median(spent)


def interleaved(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Median of each measure over several rounds in turn, so that a slow moment hits all alike."""
    results: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for place, measure in zip(results, measures, strict=True):
            place.append(measure())
    return [statistics.median(one) for one in results]


def report(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)
