"""With the in-process bus one server process may serve halls: a second would show each hall half of the news."""

from __future__ import annotations

import fcntl
from typing import IO

from django.conf import settings

_held: list[IO[str]] = []


def claim_the_only_process() -> None:
    """Called by the server's entry. Ends this process with one line when another holds the claim.

    The kernel gives the claim back when the process ends, however it ends.
    """
    if settings.GATHERING_BUS != "process" or _held:
        return
    folder = settings.VAR
    folder.mkdir(parents=True, exist_ok=True)
    claim = (folder / "server.lock").open("w")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        claim.close()
        raise SystemExit(
            "Setting GATHERING_BUS: another server process runs on this folder, and the in-process bus reaches "
            "only one. Start one process, or set GATHERING_BUS to postgres or redis."
        ) from None
    _held.append(claim)
