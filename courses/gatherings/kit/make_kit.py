"""Make the kit of a laptop: one zip with plan, pictures, the closed box of names and the key of the hall."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from courses.gatherings.bundles.export_bundle import event_row
from courses.gatherings.bundles.node_keys import public_text
from courses.gatherings.bundles.sealed import canonical
from courses.gatherings.join import roster_of
from courses.gatherings.kit.sealed_box import closed
from courses.gatherings.models import Gathering, HallNode, LiveEvent, Phase
from courses.gatherings.record_event import locked
from lms.accounts.api import Person

FORMAT = 1
LONGEST = dt.timedelta(days=60)
READ_FIRST = """BỘ HỘI TRƯỜNG

1. Chép tệp này vào máy tính đã cài chương trình (xem docs/operators.md).
2. Mở bằng lệnh: .venv/bin/python manage.py gathering_kit --open TEN-TEP.zip
   Máy hỏi mã PIN tám số. Mã PIN không nằm trong tệp; hỏi người đã làm bộ này.
3. Làm theo trang tự kiểm tra. Sau buổi học, mang kết quả về bằng tệp hoặc mã QR.
"""


class KitRefused(Exception):
    """``reason``: none, begun, elsewhere, units, expiry, media."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason} {what}".strip())
        self.reason, self.what = reason, what


@dataclass(frozen=True)
class KitOrder:
    gatherings: Sequence[Gathering]
    name: str
    pin: str
    expires_at: dt.datetime


def make_kit(order: KitOrder, actor: Person | None = None) -> bytes:
    """From now on these gatherings are held on the laptop; this server only waits for their results."""
    if not order.gatherings:
        raise KitRefused("none")
    if not timezone.now() < order.expires_at <= timezone.now() + LONGEST:
        raise KitRefused("expiry")
    key = Ed25519PrivateKey.generate()
    with transaction.atomic():
        rows = [_taken(gathering) for gathering in order.gatherings]
        people = {person.uuid: person for row in rows for person in roster_of(row)}
        node = HallNode.objects.create(
            name=order.name,
            public_key=public_text(key),
            roster=[str(one) for one in people],
            expires_at=order.expires_at,
            created_by=actor,
        )
        node.gatherings.set(rows)
        Gathering.objects.filter(pk__in=[row.pk for row in rows]).update(node=str(node.uuid))
        return _zip(node, rows, list(people.values()), key, order.pin)


def _taken(gathering: Gathering) -> Gathering:
    row = locked(gathering.pk)
    if row.node:
        raise KitRefused("elsewhere", row.title)
    if row.phase != Phase.LOBBY or row.seats.exists():
        raise KitRefused("begun", row.title)
    return row


def _zip(
    node: HallNode, rows: list[Gathering], people: list[Person], key: Ed25519PrivateKey, pin: str
) -> bytes:
    media = dict(_media(rows))
    label = canonical(
        {
            "format": FORMAT,
            "node": str(node.uuid),
            "name": node.name,
            "expires_at": node.expires_at.isoformat(),
            "gatherings": [{"title": row.title, "unit": row.unit.full_title} for row in rows],
            "media": {name: hashlib.sha256(content).hexdigest() for name, content in media.items()},
        }
    )
    box = canonical(
        {
            "private_key": key.private_bytes_raw().hex(),
            "roster": [{"uuid": str(one.uuid), "name": one.get_full_name()} for one in people],
            "gatherings": [_gathering(row) for row in rows],
        }
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("DOC-TRUOC.txt", READ_FIRST)
        archive.writestr("kit.json", label)
        archive.writestr("hall.box", closed(box, pin, label))
        for name, content in media.items():
            archive.writestr(f"media/{name}", content)
    return made.getvalue()


def _gathering(row: Gathering) -> dict[str, Any]:
    leader, above = row.facilitator, row.unit.get_parent()
    return {
        "uuid": str(row.uuid),
        "code": row.code,
        "title": row.title,
        "language": row.language,
        "steps": row.steps,
        "silent": row.silent,
        "show_names": row.show_names,
        "unit": _unit(row.unit),
        "unit_above": _unit(above) if above else None,
        "leader": {"uuid": str(leader.uuid), "username": leader.username, "name": leader.get_full_name()}
        if leader
        else None,
        "events": [event_row(one) for one in LiveEvent.objects.filter(gathering=row).order_by("number")],
        "members": [str(one.uuid) for one in roster_of(row)],
    }


def _unit(unit: Any) -> dict[str, str]:
    return {"slug": unit.slug, "name": unit.name, "kind": unit.kind}


def media_names(rows: list[Gathering]) -> set[str]:
    """Uploads that the steps show."""
    return {name for row in rows for step in row.steps for name in _named(step["public"])}


def _media(rows: list[Gathering]) -> Iterator[tuple[str, bytes]]:
    """Pictures and recordings that the steps name, as this server serves them (already small and transcoded)."""
    for name in sorted(media_names(rows)):
        if not default_storage.exists(name):
            raise KitRefused("media", name)
        with default_storage.open(name) as file:
            yield name, file.read()


def _named(public: Any) -> Iterator[str]:
    """Every text below the address of the uploads, wherever it stands in a step."""
    if isinstance(public, str) and public.startswith(settings.MEDIA_URL):
        name = public.removeprefix(settings.MEDIA_URL)
        if ".." not in PurePosixPath(name).parts:
            yield name
    for inner in public.values() if isinstance(public, dict) else public if isinstance(public, list) else ():
        yield from _named(inner)
