"""Take a seat: as a guest, from the roster or by card. One hall is one address: seats are limited, addresses never."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Max, QuerySet

from courses.gatherings.bus import publish
from courses.gatherings.clock import elapsed_ms, moment
from courses.gatherings.models import Gathering, Phase, Seat, SeatKind
from courses.gatherings.record_event import append_event, locked
from lms.accounts.api import Person
from lms.organisations.api import Membership, Unit
from lms.vietnamese import normal

MOST_SEATS = 3_000
MOST_CARDS = 999
# Without 0 O 1 I L: read aloud and copied by hand.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_signer = Signer(salt="seat in a gathering")


class JoinRefused(Exception):
    """``reason``: ended, elsewhere, full, name, roster, taken, card, code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Joiner:
    """What somebody gave to take a seat."""

    kind: str
    name: str = ""
    roster: str = ""  # uuid of a person of the unit
    card: str = ""
    own_phone: bool = True
    join_uuid: uuid.UUID | None = None


def join(gathering: Gathering, joiner: Joiner, signed_in: Person | None = None) -> Seat:
    """The seat; the same ``join_uuid`` again gives the same one. Who is signed in may be on no list.

    Raises ``JoinRefused``.
    """
    with transaction.atomic():
        row = locked(gathering.pk)
        outcome = _join(row, joiner, signed_in)
        transaction.on_commit(lambda: publish(row.pk))
    if isinstance(outcome, str):
        raise JoinRefused(outcome)
    return outcome


def seat_by_code(gathering: Gathering, code: str) -> Seat:
    """The seat of somebody who comes back on another phone. Raises ``JoinRefused``."""
    wanted = "".join(sign for sign in code.upper()[:20] if sign in _SIGNS)
    seat = Seat.objects.filter(gathering=gathering, code=wanted).first()
    if seat is None:
        raise JoinRefused("code")
    return seat


def card_seat(row: Gathering, card: int) -> Seat:
    """The seat of an answer card, taken when the card is first seen; ``row`` is locked. Raises ``JoinRefused``."""
    seat = Seat.objects.filter(gathering=row, card=card).first()
    if seat is not None:
        return seat
    outcome = _join(row, Joiner(kind=SeatKind.CARD, card=str(card)))
    if isinstance(outcome, str):
        raise JoinRefused(outcome)
    return outcome


def seat_token(seat: Seat) -> str:
    """What the phone keeps; worth nothing in another gathering."""
    return _signer.sign(str(seat.pk))


def seat_of_token(gathering_id: int, token: str) -> Seat | None:
    seat = seats_of_tokens([token]).get(token)
    return seat if seat is not None and seat.gathering_id == gathering_id else None


def seats_of_tokens(tokens: Iterable[str]) -> dict[str, Seat]:
    """The seats of those that are genuine."""
    numbers = {}
    for token in tokens:
        with suppress(BadSignature):
            numbers[token] = int(_signer.unsign(token))
    seats = Seat.objects.in_bulk(numbers.values()) if numbers else {}
    return {token: seats[number] for token, number in numbers.items() if number in seats}


def seats_of(gathering: Gathering) -> QuerySet[Seat]:
    return Seat.objects.filter(gathering=gathering).select_related("person").order_by("number")


def roster_of(gathering: Gathering) -> list[Person]:
    """People of the unit of the gathering and of those below it, by name."""
    inside = Unit.objects.filter(path__startswith=gathering.unit.path)
    members = Membership.objects.current().filter(unit__in=inside)
    return list(Person.objects.filter(pk__in=members.values("person"), erased_at__isnull=True))


def _join(row: Gathering, joiner: Joiner, signed_in: Person | None = None) -> Seat | str:
    """The seat, or why not."""
    if row.phase == Phase.ENDED:
        return "ended"
    if row.node:  # a laptop holds it
        return "elsewhere"
    if joiner.join_uuid is not None:
        again = Seat.objects.filter(gathering=row, join_uuid=joiner.join_uuid).first()
        if again is not None:
            return again
    seats = Seat.objects.filter(gathering=row)
    seat = Seat(gathering=row, kind=joiner.kind, own_phone=joiner.own_phone, join_uuid=joiner.join_uuid)
    refusal = _fill(seat, joiner, signed_in)
    if refusal:
        return refusal
    last = seats.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_SEATS:
        return "full"
    seat.number = last + 1
    seat.code = free_seat_code(row)
    seat.joined_ms = elapsed_ms(row, moment())
    seat.save(force_insert=True)
    append_event(row, "joined", {"seat": seat.number, "kind": seat.kind, "own_phone": seat.own_phone})
    return seat


def _fill(seat: Seat, joiner: Joiner, signed_in: Person | None) -> str:
    """Who sits there; a reason when that cannot be."""
    if joiner.kind == SeatKind.GUEST:
        seat.name = normal(" ".join(joiner.name.split()))[:100]
        return "" if seat.name else "name"
    if joiner.kind == SeatKind.CARD:
        seat.card, seat.own_phone = _card_number(joiner.card), False
        if seat.card is None:
            return "card"
        return "taken" if Seat.objects.filter(gathering=seat.gathering, card=seat.card).exists() else ""
    if joiner.kind != SeatKind.ROSTER:
        return "kind"
    known = [*roster_of(seat.gathering), *([signed_in] if signed_in else [])]
    seat.person = next((one for one in known if str(one.uuid) == joiner.roster), None)
    if seat.person is None:
        return "roster"
    seat.name = seat.person.get_full_name()[:100]
    return "taken" if Seat.objects.filter(gathering=seat.gathering, person=seat.person).exists() else ""


def _card_number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    return int(text) if 1 <= int(text) <= MOST_CARDS else None


def free_seat_code(row: Gathering) -> str:
    while True:
        code = "".join(secrets.choice(_SIGNS) for _place in range(6))
        if not Seat.objects.filter(gathering=row, code=code).exists():
            return code
