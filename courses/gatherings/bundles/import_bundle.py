"""Take home what a hall brought: all of it or nothing, once however often it comes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.gatherings.bundles.content import Content, EventRow, read_content
from courses.gatherings.bundles.export_bundle import steps_sha256
from courses.gatherings.bundles.merge_results import merge_results
from courses.gatherings.bundles.node_keys import public_key
from courses.gatherings.bundles.sealed import FILE_MARK, BadBundle, checked, opened, unpacked
from courses.gatherings.feed_evidence import feed_evidence
from courses.gatherings.may_lead import may_lead
from courses.gatherings.models import BundleWay, Gathering, HallNode, ImportedBundle, LiveEvent
from courses.gatherings.record_event import event_hash, locked
from lms.accounts.api import Person


@dataclass
class Report:
    """What came of an import: rows that were new, and where this server keeps another value."""

    gathering: Gathering
    repeated: bool = False
    added: dict[str, int] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def import_bundle(sealed: bytes, actor: Person | None = None) -> Report:
    """Raises ``BadBundle`` and changes nothing: not_a_bundle, too_large, foreign_key, revoked, expired, altered,
    malformed, wrong_scope, wrong_plan, broken_chain, forked."""
    envelope = opened(sealed)
    if envelope.mark != FILE_MARK:
        raise BadBundle("not_a_bundle")
    node = trusted_node(envelope.key)
    content = read_content(unpacked(checked(envelope, public_key(node))))
    digest = hashlib.sha256(sealed).hexdigest()
    with transaction.atomic():
        gathering = gathering_in_scope(node, content.gathering, actor)
        known = ImportedBundle.objects.filter(sha256=digest).first()
        if known is not None:
            return Report(gathering, True, known.added, known.conflicts)
        return _take(gathering, node, content, digest, actor)


def trusted_node(key: Any) -> HallNode:
    node = HallNode.objects.filter(uuid=key).first()
    if node is None:
        raise BadBundle("foreign_key")
    if node.revoked_at is not None:
        raise BadBundle("revoked")
    if node.expires_at < timezone.now():
        raise BadBundle("expired")
    return node


def gathering_in_scope(node: HallNode, gathering_uuid: Any, actor: Person | None) -> Gathering:
    """Locked: two imports of one gathering follow one another. An operator at the machine is no ``actor``."""
    found = node.gatherings.filter(uuid=gathering_uuid).first()
    if found is None or (actor is not None and not may_lead(actor, found)):
        raise BadBundle("wrong_scope")
    return locked(found.pk)


def _take(
    gathering: Gathering, node: HallNode, content: Content, digest: str, actor: Person | None
) -> Report:
    if content.steps_sha256 != steps_sha256(gathering):
        raise BadBundle("wrong_plan")
    _check_chain(content)
    fresh = _fresh_events(gathering, content.events)
    report = Report(gathering)
    report.added, report.conflicts = merge_results(gathering, node, content, bool(fresh), actor)
    report.added["events"] = _add_events(gathering, fresh)
    feed_evidence(gathering)
    ImportedBundle.objects.create(
        node=node,
        gathering=gathering,
        way=BundleWay.FILE,
        sha256=digest,
        events=len(content.events),
        last_hash=content.events[-1].hash,
        added=report.added,
        conflicts=report.conflicts,
        imported_by=actor,
    )
    return report


def _check_chain(content: Content) -> None:
    previous = ""
    for number, event in enumerate(content.events, 1):
        row = live_event(None, event)
        said = event.number == number and event.previous_hash == previous
        if not said or event.hash != event_hash(row, str(content.gathering)):
            raise BadBundle("broken_chain")
        previous = event.hash
    if not content.events:
        raise BadBundle("broken_chain")


def _fresh_events(gathering: Gathering, events: tuple[EventRow, ...]) -> tuple[EventRow, ...]:
    """What this server does not have yet; the two chains may differ in length only."""
    known = list(
        LiveEvent.objects.filter(gathering=gathering).order_by("number").values_list("hash", flat=True)
    )
    shared = min(len(known), len(events))
    if known[:shared] != [event.hash for event in events[:shared]]:
        raise BadBundle("forked")
    for relay in ImportedBundle.objects.filter(gathering=gathering, way=BundleWay.QR):
        if relay.events <= len(events) and events[relay.events - 1].hash != relay.last_hash:
            raise BadBundle("forked")
    return events[shared:]


def _add_events(gathering: Gathering, fresh: tuple[EventRow, ...]) -> int:
    if not fresh:
        return 0
    if LiveEvent.objects.filter(uuid__in=[event.uuid for event in fresh]).exists():
        raise BadBundle("forked")
    LiveEvent.objects.bulk_create(live_event(gathering, event) for event in fresh)
    gathering.events, gathering.last_hash = fresh[-1].number, fresh[-1].hash
    gathering.save(update_fields=["events", "last_hash"])
    return len(fresh)


def live_event(gathering: Gathering | None, event: EventRow) -> LiveEvent:
    return LiveEvent(
        gathering=gathering,
        number=event.number,
        uuid=event.uuid,
        kind=event.kind,
        data=event.data,
        at=event.at,
        at_ms=event.at_ms,
        previous_hash=event.previous_hash,
        hash=event.hash,
    )
