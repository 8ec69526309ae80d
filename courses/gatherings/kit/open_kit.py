"""Open a kit on the laptop: gatherings, names, pictures and the key come into this machine's own database."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from courses.gatherings.bundles.content import read_event
from courses.gatherings.bundles.import_bundle import live_event
from courses.gatherings.bundles.node_keys import keep_private, private_key, public_text
from courses.gatherings.clock import moment, set_clock
from courses.gatherings.kit.sealed_box import opened
from courses.gatherings.models import Gathering, HallNode, LiveEvent
from lms.accounts.api import Person
from lms.organisations.api import Membership, Role, RoleKind, Unit

MOST_BYTES = 2_000_000_000
_MOST_TEXT = 50_000_000
# People of the roster never sign in on the laptop.
_OF_ROSTER = "hoi-truong-"


class BadKit(ValueError):
    """``code``: not_a_kit, too_large, altered, expired, own (this server made it and waits for its results)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class OpenedKit:
    node: HallNode
    gatherings: list[Gathering]
    leaders: list[Person]


def open_kit(content: bytes, pin: str) -> OpenedKit:
    """Opening again changes nothing. Raises ``BadKit`` and ``WrongPin``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            label, media = _label_and_media(archive)
            box = opened(_member(archive, "hall.box", _MOST_TEXT), pin, label)
    except (zipfile.BadZipFile, KeyError, zipfile.LargeZipFile):
        raise BadKit("not_a_kit") from None
    outside, inside = json.loads(label), json.loads(box)
    if datetime.fromisoformat(outside["expires_at"]) < timezone.now():
        raise BadKit("expired")
    for name, file in media.items():
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(file))
    with transaction.atomic():
        return _bring_in(outside, inside, pin)


def _label_and_media(archive: zipfile.ZipFile) -> tuple[bytes, dict[str, bytes]]:
    """The label is bound to the box; the media to the label."""
    if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
        raise BadKit("too_large")
    label = _member(archive, "kit.json", _MOST_TEXT)
    media = {}
    for name, digest in json.loads(label)["media"].items():
        media[name] = _member(archive, f"media/{name}", MOST_BYTES)
        if hashlib.sha256(media[name]).hexdigest() != digest:
            raise BadKit("altered")
    return label, media


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise BadKit("too_large")
    return archive.read(name)


def _bring_in(outside: dict[str, Any], inside: dict[str, Any], pin: str) -> OpenedKit:
    known = HallNode.objects.filter(uuid=outside["node"]).first()
    if known is not None and private_key(known) is None:
        raise BadKit("own")
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(inside["private_key"]))
    node, _new = HallNode.objects.update_or_create(
        uuid=outside["node"],
        defaults={
            "name": outside["name"],
            "public_key": public_text(key),
            "roster": [one["uuid"] for one in inside["roster"]],
            "expires_at": datetime.fromisoformat(outside["expires_at"]),
        },
    )
    keep_private(node, key)
    people = {one["uuid"]: _person(one["uuid"], one["name"]) for one in inside["roster"]}
    gatherings, leaders = [], []
    for one in inside["gatherings"]:
        unit = _unit(one["unit"], _unit(one["unit_above"], None) if one["unit_above"] else None)
        for member in one["members"]:
            Membership.objects.get_or_create(person=people[member], unit=unit, valid_to=None)
        leader = _leader(one["leader"], unit, pin)
        leaders.append(leader)
        gatherings.append(_gathering(one, unit, leader))
    node.gatherings.set(gatherings)
    return OpenedKit(node, gatherings, leaders)


def _gathering(one: dict[str, Any], unit: Unit, leader: Person) -> Gathering:
    there = Gathering.objects.filter(uuid=one["uuid"]).first()
    if there is not None and there.node == "":
        return there
    row = there or Gathering(uuid=uuid.UUID(one["uuid"]))
    row.code, row.title, row.language, row.steps = one["code"], one["title"], one["language"], one["steps"]
    row.silent, row.show_names, row.unit, row.facilitator = one["silent"], one["show_names"], unit, leader
    # Here it is held, whatever machine made the kit.
    row.node = ""
    set_clock(row, moment())
    events = [read_event(event) for event in one["events"]]
    row.events, row.last_hash = len(events), events[-1].hash
    # The chain goes on from the last moment that the province wrote down.
    row.clock_ms = events[-1].at_ms
    row.save()
    if there is None:
        LiveEvent.objects.bulk_create(live_event(row, event) for event in events)
    return row


def _unit(told: dict[str, str], above: Unit | None) -> Unit:
    there = Unit.objects.filter(slug=told["slug"]).first()
    if there is not None:
        return there
    return above.add_child(**told) if above else Unit.add_root(**told)


def _person(person_uuid: str, name: str) -> Person:
    there = Person.objects.filter(uuid=person_uuid).first()
    if there is not None:
        return there
    person = Person(uuid=uuid.UUID(person_uuid), username=f"{_OF_ROSTER}{person_uuid}", full_name=name)
    person.set_unusable_password()
    person.save()
    return person


def _leader(told: dict[str, str] | None, unit: Unit, pin: str) -> Person:
    """Signs in on the laptop with the PIN of the kit; may lead in this unit and nothing else."""
    if told is None:
        told = {
            "uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, unit.slug)),
            "username": "hoitruong",
            "name": unit.name,
        }
    person = Person.objects.filter(uuid=told["uuid"]).first()
    if person is None:
        person = Person(uuid=uuid.UUID(told["uuid"]), full_name=told["name"])
    if not person.username or person.username.startswith(_OF_ROSTER):
        # The leader stands on the roster too, and needs a name that can be typed.
        taken = Person.objects.filter(username=told["username"]).exists()
        person.username = f"{told['username']}-{told['uuid'][:4]}" if taken else told["username"]
    person.set_password(pin)
    person.save()
    Role.objects.get_or_create(person=person, unit=unit, kind=RoleKind.FACILITATOR, valid_to=None)
    return person
