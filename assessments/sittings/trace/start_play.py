"""Start a play, or go on with the one that this start (or an earlier one that is still open) made."""

from __future__ import annotations

import secrets
import uuid

from django.db import IntegrityError, transaction

from assessments.items.api import ItemState, ItemVersion
from assessments.sittings.errors import AlreadyFinished, NotFound, UuidTaken
from assessments.sittings.models import Purpose, Sitting, SittingItem
from assessments.sittings.trace import session_logs
from assessments.sittings.trace.find_play import Actor
from assessments.sittings.trace.task_log import TaskLog
from lms.accounts.api import Person

KIND = "simulated_task"


def start_in_sitting(person: Person, sitting_uuid: uuid.UUID, position: int, log_uuid: uuid.UUID) -> TaskLog:
    """In a scored sitting there is one play; in practice a new one may begin when the last has ended."""
    with transaction.atomic():
        place = _place(person, sitting_uuid, position)
        logs = list(TaskLog.objects.filter(sitting_item=place))
        running = next((log for log in logs if log.uuid == log_uuid or log.ended_at is None), None)
        if running is not None:
            return running
        if place.sitting.finished_at is not None or (logs and place.sitting.purpose != Purpose.PRACTICE):
            raise AlreadyFinished
        if TaskLog.objects.filter(uuid=log_uuid).exists():
            raise UuidTaken
        return TaskLog.objects.create(
            uuid=log_uuid,
            sitting_item=place,
            version=place.version,
            seed=place.seed,
            hints=place.sitting.purpose == Purpose.PRACTICE,
        )


def _place(person: Person, sitting_uuid: uuid.UUID, position: int) -> SittingItem:
    Sitting.objects.select_for_update().filter(uuid=sitting_uuid, person=person).first()
    places = SittingItem.objects.select_related("sitting", "version")
    place = places.filter(sitting__uuid=sitting_uuid, sitting__person=person, position=position).first()
    if place is None or place.version.content["kind"] != KIND:
        raise NotFound
    return place


def start_practice(actor: Actor, code: str, log_uuid: uuid.UUID, return_path: str = "") -> TaskLog:
    """A task that is not retired, from a lesson or from the list; reviewed ones may be tried too."""
    try:
        return actor.find(log_uuid)
    except NotFound:
        pass
    version = practice_version(code, is_editor(actor.person))
    log = TaskLog(
        uuid=log_uuid,
        person=actor.person,
        version=version,
        seed=secrets.randbits(62),
        return_path=return_path,
    )
    if actor.person is None:
        session_logs.store(actor.session, log)
        return log
    try:
        with transaction.atomic():
            log.save()
    except IntegrityError:
        raise UuidTaken from None
    return log


def is_editor(person: Person | None) -> bool:
    return person is not None and person.has_perm("items.change_item")


def practice_version(code: str, drafts: bool = False) -> ItemVersion:
    """The current version of a task that may be practised; editors try drafts. Raises ``NotFound``."""
    shown = ItemVersion.objects.select_related("item").filter(item__code=code, item__kind=KIND)
    shown = shown.exclude(item__state__in=[ItemState.RETIRED, *([] if drafts else [ItemState.DRAFT])])
    version = next((one for one in shown if one.pk == one.item.current_id), None)
    if version is None:
        raise NotFound
    return version
