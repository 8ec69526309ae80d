"""A worker in a process of its own, for tests that kill it. It comes from a clean fork server: typst keeps threads."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any, NamedTuple

import django


class Place(NamedTuple):
    """Where the test keeps its rows, files and keys."""

    database: str
    var: Path
    keys: Path


def in_workers(place: Place, orders: list[tuple[int, str, str]]) -> list[int]:
    """Certificate, and the state and moment of death, if any. Exit codes; negative for a signal."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.certificates.preloaded"])
    workers = [context.Process(target=_work, args=(place, *order)) for order in orders]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [int(worker.exitcode or 0) for worker in workers]


def _work(place: Place, certificate_id: int, state: str, when: str) -> None:
    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.VAR, settings.SIGNING_KEYS_DIR = place.var, place.keys
    connections["default"].settings_dict["NAME"] = place.database
    from assessments.certificates.issuing import make_paper as making
    from assessments.certificates.models import Certificate
    from assessments.certificates.private_files import private_files

    # The field took its storage when the fork server read the models, with the server's own folder.
    Certificate._meta.get_field("pdf").storage = private_files()  # type: ignore[attr-defined]
    move = making._move

    def dying(found: Any, to: Any, **values: Any) -> bool:
        if found.state != state:
            return move(found, to, **values)
        if when == "after":
            move(found, to, **values)
        os.kill(os.getpid(), signal.SIGKILL)
        return False

    making._move = dying
    making.make_paper(certificate_id)
