"""Why a sitting refuses something. Each carries the HTTP status that a view answers with."""

from __future__ import annotations

import datetime


class SittingError(Exception):
    """Refused for a reason that a learner may read."""

    status = 409


class NotFound(SittingError):
    """No such sitting, position or answer for this person; says nothing about those of others."""

    status = 404


class AlreadyFinished(SittingError):
    """The sitting is over; its answers stay as they are."""


class UuidTaken(SittingError):
    """The client's UUID belongs to another answer."""


class AnswerStands(SittingError):
    """Later items followed from this answer, so that it can no longer be changed."""


class NotOpen(SittingError):
    """The assessment takes no new sittings, or the bank has no items for it."""


class MustWait(SittingError):
    """The last attempt was too short a time ago."""

    def __init__(self, until: datetime.date) -> None:
        super().__init__(str(until))
        self.until = until


class BadField(SittingError):
    """A hidden field of the form is missing or is not what our page wrote."""

    status = 400
