"""Start a sitting: freeze blueprint and calibrations, choose items, keep the units and audience of today."""

from __future__ import annotations

import datetime
import secrets
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assessments.sittings.errors import MustWait, NotFound, NotOpen
from assessments.sittings.models import Blueprint, Purpose, Sitting
from assessments.sittings.selecting.first_items import First, first_items, write_first
from lms.accounts.api import Person
from lms.organisations.api import leaf_unit_ids


def start_sitting(person: Person, blueprint: Blueprint, start_uuid: uuid.UUID) -> Sitting:
    """A new sitting, or the one that this start (or an earlier one that is still open) made."""
    return start_from(Blueprint.objects.filter(pk=blueprint.pk), person, start_uuid)


def start_from(blueprints: QuerySet[Blueprint], person: Person, start_uuid: uuid.UUID) -> Sitting:
    """The same for a blueprint that is still to be read: everything that decides comes in one query."""
    blueprint = _with_history(blueprints, person, start_uuid).first()
    if blueprint is None:
        raise NotFound
    begun: int | None = blueprint.begun  # type: ignore[attr-defined]  # annotated by the query
    if begun is not None:
        return _own(begun, person)
    _check_may_start(blueprint)
    seed = secrets.randbits(62)
    repeats: bool = blueprint.repeats  # type: ignore[attr-defined]  # annotated by the query
    first = first_items(blueprint, person, seed, repeats)
    if first.empty:
        raise NotOpen
    try:
        with transaction.atomic():
            return _create(person, blueprint, start_uuid, seed, first)
    except IntegrityError:
        # Two tabs started at once: the first one won and both continue there.
        return _own(_begun(person, blueprint.pk, start_uuid).values_list("pk", flat=True)[0], person)


def may_start_from(blueprint: Blueprint, finished_at: datetime.datetime | None) -> datetime.date | None:
    """The first day of a new scored attempt when that day is still to come, else None."""
    if blueprint.purpose != Purpose.SCORED or not blueprint.waiting_days or finished_at is None:
        return None
    first = timezone.localdate(finished_at) + datetime.timedelta(days=blueprint.waiting_days)
    return first if first > timezone.localdate() else None


def _with_history(
    blueprints: QuerySet[Blueprint], person: Person, start_uuid: uuid.UUID
) -> QuerySet[Blueprint]:
    finished = Sitting.objects.filter(person=person, blueprint=OuterRef("pk"), finished_at__isnull=False)
    return blueprints.annotate(
        begun=Subquery(_begun(person, OuterRef("pk"), start_uuid).values("pk")[:1]),
        repeats=Exists(Sitting.objects.filter(person=person)),
        last_finished=Subquery(finished.order_by("-finished_at").values("finished_at")[:1]),
    )


def _begun(person: Person, blueprint: int | OuterRef, start_uuid: uuid.UUID) -> QuerySet[Sitting]:
    """What this very start made, else what is still open; a start of somebody else is found too, and refused."""
    still_open = Q(person=person, blueprint=blueprint, finished_at__isnull=True)
    return Sitting.objects.filter(Q(start_uuid=start_uuid) | still_open).order_by("pk")


def _own(pk: int, person: Person) -> Sitting:
    sitting = Sitting.objects.get(pk=pk)
    if sitting.person_id != person.pk:
        raise NotFound
    return sitting


def _check_may_start(blueprint: Blueprint) -> None:
    if not blueprint.open:
        raise NotOpen
    last: datetime.datetime | None = blueprint.last_finished  # type: ignore[attr-defined]  # annotated
    until = may_start_from(blueprint, last)
    if until is not None:
        raise MustWait(until)


def _create(person: Person, blueprint: Blueprint, start_uuid: uuid.UUID, seed: int, first: First) -> Sitting:
    sitting = Sitting.objects.create(
        start_uuid=start_uuid,
        person=person,
        blueprint=blueprint,
        frozen={**_frozen(blueprint), **first.frozen},
        calibrations=first.calibrations,
        purpose=blueprint.purpose,
        seed=seed,
        unit_ids=leaf_unit_ids(person),
        audience=person.audience,
    )
    write_first(sitting, first)
    return sitting


def _frozen(blueprint: Blueprint) -> dict[str, Any]:
    return {
        "slug": blueprint.slug,
        "title": blueprint.title,
        "purpose": blueprint.purpose,
        "parts": blueprint.parts,
        "pass_share": float(blueprint.pass_share),
        "cut_basic": blueprint.cut_basic,
        "cut_proficient": blueprint.cut_proficient,
        "max_items": blueprint.max_items,
        "se_target": blueprint.se_target,
    }
