"""Find a play for the one who may act in it; everybody else is told that it is not there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import Q

from assessments.items.api import Play, resume
from assessments.sittings.errors import NotFound
from assessments.sittings.trace import session_logs
from assessments.sittings.trace.task_log import TaskLog
from lms.accounts.api import Person


class Actor:
    """A person, or a visitor by their session."""

    def __init__(self, person: Person | None, session: SessionBase) -> None:
        self.person, self.session = person, session

    def find(self, log_uuid: uuid.UUID, *, lock: bool = False) -> TaskLog:
        """Raises ``NotFound``."""
        if self.person is None:
            return session_logs.load(self.session, log_uuid)
        logs = TaskLog.objects.select_related("version", "sitting_item__sitting")
        if lock:
            logs = logs.select_for_update(of=("self",))
        own = Q(person=self.person) | Q(sitting_item__sitting__person=self.person)
        found = logs.filter(own, uuid=log_uuid).first()
        if found is None:
            raise NotFound
        return found

    def store(self, log: TaskLog) -> None:
        if self.person is None:
            session_logs.store(self.session, log)
        else:
            log.save()

    @contextmanager
    def changing(self, log_uuid: uuid.UUID) -> Iterator[TaskLog]:
        """The log, locked; one short transaction, stored at its end."""
        with transaction.atomic():
            log = self.find(log_uuid, lock=True)
            yield log
            self.store(log)


def play_of(log: TaskLog) -> Play:
    return resume(log.version.content["simulation"], log.seed, log.events)
