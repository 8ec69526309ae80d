"""Carries notices between processes in two threads: what fails is logged, dropped and healed by the next look."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

_log = logging.getLogger(__name__)
_AGAIN_SECONDS = 1.0


class Line(Protocol):
    """One connection to a service."""

    def send(self, gathering_ids: Iterable[int]) -> None: ...

    def heard(self) -> Iterator[int]: ...

    def close(self) -> None: ...


class Carrier:
    """Connects anew after each failure; many notices about one gathering become one."""

    def __init__(self, open_line: Callable[[], Line]) -> None:
        self._open_line = open_line
        self._waiting: set[int] = set()
        self._ready = threading.Condition()
        self._threads: dict[str, threading.Thread] = {}

    def send(self, gathering_id: int) -> None:
        with self._ready:
            self._waiting.add(gathering_id)
            self._ready.notify()
        self._start("hall-notices-out", self._keep_sending)

    def hear(self, notice: Callable[[int], None]) -> None:
        def keep_hearing(line: Line) -> None:
            for gathering_id in line.heard():
                notice(gathering_id)

        self._start("hall-notices-in", keep_hearing)

    def _start(self, name: str, work: Callable[[Line], None]) -> None:
        with self._ready:
            thread = self._threads.get(name)
            if thread is not None and thread.is_alive():
                return
            thread = threading.Thread(target=self._for_ever, args=(work,), name=name, daemon=True)
            self._threads[name] = thread
            thread.start()

    def _for_ever(self, work: Callable[[Line], None]) -> None:
        while True:
            line: Line | None = None
            try:
                line = self._open_line()
                work(line)
            except Exception as error:  # whatever a service may do
                _log.warning("Notices of gatherings are not carried now: %s", error)
            finally:
                if line is not None:
                    line.close()
            time.sleep(_AGAIN_SECONDS)

    def _keep_sending(self, line: Line) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._waiting)
                now, self._waiting = self._waiting, set()
            line.send(now)
