"""Pure: the results of a session in so few bytes that one QR holds them.

A seat is its kind and its place in the kit's roster (or its card); an answer to four options is one byte: given or
not, the options, the class, late. Names, events and minutes come with the file; the QR names the last event by its
hash.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from courses.gatherings.bundles.sealed import BadBundle

KINDS = ("guest", "roster", "card")
CLASSES = "ABCD"
MOST_SEATS, MOST_ASKED, MOST_OPTIONS = 2_000, 400, 12
# What a QR of version 40 holds in binary, and a margin.
MOST_BYTES = 2_900


@dataclass(frozen=True)
class Seat:
    """``ref``: place in the kit's roster, number of the card; of a guest nothing."""

    kind: str
    ref: int
    own_phone: bool


@dataclass(frozen=True)
class Asked:
    position: int
    round: int
    options: int


@dataclass(frozen=True)
class Given:
    asked: int
    seat: int
    # One bit for each option, A first.
    chosen: int
    evidence: str
    late: bool = False


@dataclass(frozen=True)
class Tally:
    """Raised hands or papers; or the box of a secret vote."""

    asked: int
    counts: tuple[int, ...]
    secret: bool = False


@dataclass(frozen=True)
class Results:
    gathering: uuid.UUID
    started_at: int
    seconds: int
    present: int
    events: int
    last_hash: bytes
    seats: tuple[Seat, ...]
    asked: tuple[Asked, ...]
    given: tuple[Given, ...]
    tallies: tuple[Tally, ...]


class _Writer:
    def __init__(self) -> None:
        self.bits: list[int] = []

    def number(self, value: int, width: int) -> None:
        if value < 0 or value >> width:
            raise BadBundle("too_large")
        self.bits.extend(value >> place & 1 for place in reversed(range(width)))

    def length(self, value: int) -> None:
        """Groups of seven bits, the lowest first; the eighth says that more follow."""
        while value > 127:
            self.number(value & 127 | 128, 8)
            value >>= 7
        self.number(value, 8)

    def bytes(self) -> bytes:
        padded = self.bits + [0] * (-len(self.bits) % 8)
        return int("1" + "".join(map(str, padded)), 2).to_bytes(len(padded) // 8 + 1, "big")[1:]


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0

    def number(self, width: int) -> int:
        if self.place + width > len(self.content) * 8:
            raise BadBundle("truncated")
        value = 0
        for _ in range(width):
            value = value << 1 | self.content[self.place // 8] >> (7 - self.place % 8) & 1
            self.place += 1
        return value

    def length(self, most: int) -> int:
        value, shift = 0, 0
        while True:
            group = self.number(8)
            value |= (group & 127) << shift
            shift += 7
            if value > most or shift > 35:
                raise BadBundle("too_large")
            if group < 128:
                return value

    def finish(self) -> None:
        """Only the padding of the last byte may be left, and it is zero: one content has one spelling."""
        left = len(self.content) * 8 - self.place
        if left > 7 or self.number(left):
            raise BadBundle("not_a_bundle")


_MOST_NUMBER = 2**32 - 1


def encoded(results: Results) -> bytes:
    writer = _Writer()
    for byte in results.gathering.bytes + results.last_hash:
        writer.number(byte, 8)
    for value in (results.started_at, results.seconds, results.present, results.events):
        writer.length(value)
    writer.length(len(results.seats))
    for seat in results.seats:
        writer.number(KINDS.index(seat.kind), 2)
        writer.length(seat.ref)
        writer.number(int(seat.own_phone), 1)
    writer.length(len(results.asked))
    by_place = {(given.asked, given.seat): given for given in results.given}
    for index, asked in enumerate(results.asked):
        writer.length(asked.position)
        writer.length(asked.round)
        writer.number(asked.options, 4)
        for seat_index in range(len(results.seats)):
            _write_given(writer, by_place.get((index, seat_index)), asked.options)
    writer.length(len(results.tallies))
    for tally in results.tallies:
        writer.length(tally.asked)
        writer.number(int(tally.secret), 1)
        for count in tally.counts:
            writer.length(count)
    return writer.bytes()


def _write_given(writer: _Writer, given: Given | None, options: int) -> None:
    writer.number(int(given is not None), 1)
    if given is None:
        return
    writer.number(given.chosen, options)
    writer.number(CLASSES.index(given.evidence), 2)
    writer.number(int(given.late), 1)


def decoded(content: bytes) -> Results:
    reader = _Reader(content)
    gathering = uuid.UUID(bytes=_raw(reader, 16))
    last_hash = _raw(reader, 32)
    started, seconds, present, events = (reader.length(_MOST_NUMBER) for _ in range(4))
    seats = tuple(_read_seat(reader) for _ in range(reader.length(MOST_SEATS)))
    asked: list[Asked] = []
    given: list[Given] = []
    for index in range(reader.length(MOST_ASKED)):
        asked.append(_read_asked(reader))
        given.extend(_read_given(reader, index, len(seats), asked[-1].options))
    tallies = tuple(_read_tallies(reader, asked))
    reader.finish()
    named = [(seat.kind, seat.ref) for seat in seats if seat.kind != "guest"]
    if len(set(named)) != len(named) or len({(one.position, one.round) for one in asked}) != len(asked):
        raise BadBundle("not_a_bundle")
    return Results(
        gathering, started, seconds, present, events, last_hash, seats, tuple(asked), tuple(given), tallies
    )


def _raw(reader: _Reader, count: int) -> bytes:
    return bytes(reader.number(8) for _ in range(count))


def _read_seat(reader: _Reader) -> Seat:
    kind, ref, own_phone = reader.number(2), reader.length(_MOST_NUMBER), reader.number(1)
    if kind >= len(KINDS):
        raise BadBundle("malformed")
    return Seat(KINDS[kind], ref, bool(own_phone))


def _read_asked(reader: _Reader) -> Asked:
    asked = Asked(reader.length(_MOST_NUMBER), reader.length(255), reader.number(4))
    if asked.options > MOST_OPTIONS:
        raise BadBundle("too_large")
    return asked


def _read_given(reader: _Reader, asked: int, seats: int, options: int) -> Iterable[Given]:
    for seat in range(seats):
        if reader.number(1):
            chosen, evidence, late = reader.number(options), reader.number(2), reader.number(1)
            yield Given(asked, seat, chosen, CLASSES[evidence], bool(late))


def _read_tallies(reader: _Reader, asked: list[Asked]) -> Iterable[Tally]:
    for _ in range(reader.length(MOST_ASKED)):
        index = reader.length(MOST_ASKED)
        if index >= len(asked):
            raise BadBundle("not_a_bundle")
        secret = bool(reader.number(1))
        yield Tally(index, tuple(reader.length(_MOST_NUMBER) for _ in range(asked[index].options)), secret)
