"""Answers of many phones in one transaction: each is acknowledged only after the commit that holds it.

SQLite has one writer and each commit waits for the disk; what comes in meanwhile shares the next commit.
"""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future

from django.db import connection, transaction

from courses.gatherings.bus import publish
from courses.gatherings.live.database import once_more
from courses.gatherings.take_answer import PhoneAnswer, Reply, take_answers

Waiting = tuple[PhoneAnswer, Future[Reply]]
_MOST_TOGETHER = 64


class AnswerWriter:
    """One thread, started by the first answer."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, given: PhoneAnswer) -> Future[Reply]:
        future: Future[Reply] = Future()
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hall-answers", daemon=True)
                self._thread.start()
        self._queue.put((given, future))
        return future

    def _run(self) -> None:
        while True:
            batch = [self._queue.get()]
            while len(batch) < _MOST_TOGETHER and not self._queue.empty():
                batch.append(self._queue.get())
            self._write(batch)

    def _write(self, batch: list[Waiting]) -> None:
        try:
            replies = once_more(lambda: _together([given for given, _future in batch]))
        except Exception:  # one bad answer must not take the others with it
            connection.close()
            for given, future in batch:
                _alone(given, future)
            return
        # First the notice: who was told that an answer is kept must not read an older state.
        for gathering_id in {reply.gathering_id for reply in replies if reply.gathering_id is not None}:
            publish(gathering_id)
        for (_given, future), reply in zip(batch, replies, strict=True):
            future.set_result(reply)


def _together(coming: list[PhoneAnswer]) -> list[Reply]:
    with transaction.atomic():
        return take_answers(coming)


def _alone(given: PhoneAnswer, future: Future[Reply]) -> None:
    try:
        reply = once_more(lambda: _together([given])[0])
    except Exception as error:  # the asker is told, the thread lives on
        connection.close()
        future.set_exception(error)
        return
    if reply.gathering_id is not None:
        publish(reply.gathering_id)
    future.set_result(reply)
