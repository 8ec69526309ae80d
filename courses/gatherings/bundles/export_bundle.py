"""Pack the results of a gathering on the laptop that held it."""

from __future__ import annotations

import hashlib
from typing import Any

from courses.gatherings.bundles.node_keys import private_key
from courses.gatherings.bundles.sealed import FILE_MARK, canonical, packed, seal
from courses.gatherings.models import (
    Ballots,
    Gathering,
    HallAnswer,
    HallNode,
    HandCount,
    LiveEvent,
    Minutes,
    Seat,
)


class NotAHallKit(Exception):
    """This machine holds no key of a kit for this gathering."""


def kit_of(gathering: Gathering) -> HallNode | None:
    """The kit by which this machine holds the gathering."""
    nodes = HallNode.objects.filter(gatherings=gathering).order_by("-created_at")
    return next((node for node in nodes if private_key(node) is not None), None)


def export_bundle(gathering: Gathering) -> bytes:
    """Packed and signed; made again without changes it is the same to the byte."""
    node = kit_of(gathering)
    key = private_key(node) if node else None
    if node is None or key is None:
        raise NotAHallKit
    return seal(FILE_MARK, node.uuid, key, packed(bundle_content(gathering)))


def steps_sha256(gathering: Gathering) -> str:
    return hashlib.sha256(canonical(gathering.steps)).hexdigest()


def bundle_content(gathering: Gathering) -> dict[str, Any]:
    return {
        "format": 1,
        "gathering": str(gathering.uuid),
        "steps_sha256": steps_sha256(gathering),
        "stage": _stage(gathering),
        "events": [
            event_row(one) for one in LiveEvent.objects.filter(gathering=gathering).order_by("number")
        ],
        "seats": [_seat(one) for one in Seat.objects.filter(gathering=gathering).select_related("person")],
        "answers": [
            _answer(one) for one in HallAnswer.objects.filter(gathering=gathering).select_related("seat")
        ],
        "ballots": list(
            Ballots.objects.filter(gathering=gathering)
            .order_by("position", "round", "value")
            .values("position", "round", "value", "count")
        ),
        "hand_counts": [_hand_count(one) for one in _standing_counts(gathering)],
        "minutes": _minutes(Minutes.objects.filter(gathering=gathering).first()),
    }


def _standing_counts(gathering: Gathering) -> Any:
    counts = HandCount.objects.filter(gathering=gathering, confirmed_at__isnull=False, replaced=False)
    return counts.order_by("pk")


def _stage(gathering: Gathering) -> dict[str, Any]:
    ended = gathering.ended_at
    return {
        "phase": gathering.phase,
        "position": gathering.position,
        "round": gathering.round,
        "version": gathering.version,
        "progress": gathering.progress,
        "head_count": gathering.head_count,
        "ended_at": ended.isoformat() if ended else None,
    }


def event_row(event: LiveEvent) -> dict[str, Any]:
    return {
        "number": event.number,
        "uuid": str(event.uuid),
        "kind": event.kind,
        "data": event.data,
        "at": event.at.isoformat(),
        "at_ms": event.at_ms,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "number": seat.number,
        "uuid": str(seat.uuid),
        "kind": seat.kind,
        "person": str(seat.person.uuid) if seat.person else None,
        "card": seat.card,
        "name": seat.name,
        "own_phone": seat.own_phone,
        "joined_ms": seat.joined_ms,
    }


def _answer(answer: HallAnswer) -> dict[str, Any]:
    return {
        "seat": answer.seat.number,
        "position": answer.position,
        "round": answer.round,
        "uuid": str(answer.uuid),
        "value": answer.value,
        "via": answer.via,
        "evidence_class": answer.evidence_class,
        "late": answer.late,
        "received_at": answer.received_at.isoformat(),
        "received_ms": answer.received_ms,
    }


def _hand_count(count: HandCount) -> dict[str, Any]:
    return {
        "uuid": str(count.uuid),
        "position": count.position,
        "round": count.round,
        "way": count.way,
        "counts": count.counts,
        "people": count.people,
        "counted_at": count.counted_at.isoformat(),
    }


def _minutes(minutes: Minutes | None) -> dict[str, Any] | None:
    if minutes is None:
        return None
    return {
        "form": minutes.form,
        "details": minutes.details,
        "frozen": minutes.frozen,
        "docx_sha256": minutes.docx_sha256,
        "pdf_sha256": minutes.pdf_sha256,
        "signed_at": minutes.signed_at.isoformat() if minutes.signed_at else None,
    }
