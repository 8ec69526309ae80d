"""Pure: what the minutes of a gathering say, whatever paper they are printed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

CLASSES = "ABCD"


@dataclass(frozen=True)
class Figure:
    """Answers of one evidence class to one question; ``right`` is None where the question has no key."""

    answered: int
    right: int | None = None


@dataclass(frozen=True)
class Question:
    """One round of one question. ``by_class`` holds only the classes in which somebody answered."""

    number: int
    round: int
    prompt: str
    by_class: dict[str, Figure]


@dataclass(frozen=True)
class Vote:
    subject: str
    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Log:
    """What the gathering itself recorded; nobody types this."""

    title: str
    theme: str
    unit: str
    upper_unit: str
    facilitator: str
    started_at: dt.datetime
    # By the monotonic clock of the server: a wrong date on the laptop does not stretch a meeting.
    seconds: int
    # Everybody in the hall; people without a name (card, guest, counted hands) among them.
    present: int
    present_names: tuple[str, ...] = ()
    not_joined: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    votes: tuple[Vote, ...] = ()
    # The last hash of the event chain: the paper names the log from which it was made.
    log_hash: str = ""


@dataclass(frozen=True)
class Absent:
    name: str
    reason: str = ""


@dataclass(frozen=True)
class Opinion:
    speaker: str
    said: str


@dataclass(frozen=True)
class Task:
    what: str
    who: str
    due: dt.date | None = None


@dataclass(frozen=True)
class Details:
    """What the log cannot know: the secretary types it."""

    number: str = ""
    place: str = ""
    # Where the calendar of the laptop was wrong.
    began: dt.datetime | None = None
    issuer: str = ""
    upper_issuer: str = ""
    chair: str = ""
    chair_title: str = ""
    secretary: str = ""
    speaker: str = ""
    superiors: str = ""
    # Counts by type only; who is a party member is never kept with a person.
    members_full: int | None = None
    members_probationary: int | None = None
    present_full: int | None = None
    present_probationary: int | None = None
    absent: tuple[Absent, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    conclusions: str = ""
    tasks: tuple[Task, ...] = ()
    read_back: bool = False
    agreed: int | None = None
    recipients: str = ""


@dataclass(frozen=True)
class Record:
    """Log and details together; the only thing that the papers are made from."""

    log: Log
    details: Details = field(default_factory=Details)

    @property
    def started_at(self) -> dt.datetime:
        return self.details.began or self.log.started_at

    @property
    def ended_at(self) -> dt.datetime:
        return self.started_at + dt.timedelta(seconds=self.log.seconds)

    @property
    def members(self) -> int | None:
        return _sum(self.details.members_full, self.details.members_probationary)

    @property
    def members_present(self) -> int:
        """Counted by the secretary where members are told apart by type; by the log otherwise."""
        counted = _sum(self.details.present_full, self.details.present_probationary)
        return self.log.present if counted is None else counted

    @property
    def speakers(self) -> int:
        return len({opinion.speaker.casefold() for opinion in self.details.opinions})

    @property
    def minutes_long(self) -> int:
        return self.log.seconds // 60

    def contradictions(self) -> list[str]:
        """Names of faults that a reader of the paper would stumble over; empty when it may be signed."""
        said = self.details
        found = [name for name in ("chair", "secretary", "place", "conclusions") if not getattr(said, name)]
        if said.members_full is not None and (said.present_full or 0) > said.members_full:
            found.append("present_full")
        if (
            said.members_probationary is not None
            and (said.present_probationary or 0) > said.members_probationary
        ):
            found.append("present_probationary")
        if self.members is not None and self.members_present + len(said.absent) > self.members:
            found.append("absent")
        if not said.read_back:
            found.append("read_back")
        return found


def _sum(*numbers: int | None) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
