"""What a hall answered becomes evidence when it ends: of people by name in class A and B, the rest nobody's."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.http import QueryDict

from assessments.items.api import Answer, BadAnswer, ItemVersion, present, read_answer
from assessments.sittings.api import EvidenceClass, HallRecord, HallResponse, record_hall_responses
from courses.gatherings.answer_values import options_of
from courses.gatherings.feed_figures import feed_figures
from courses.gatherings.models import Gathering, HallAnswer, Phase, Seat

_PERSONAL = (EvidenceClass.ALONE, EvidenceClass.ASSISTED)


def feed_evidence(gathering: Gathering) -> None:
    """Stands in the transaction that ends or brings the gathering; again, it adds only what is not there."""
    if gathering.phase != Phase.ENDED:
        return
    versions = _versions(gathering)
    feed_figures(gathering, versions)
    given: dict[tuple[int, str], list[HallAnswer]] = defaultdict(list)
    for one in _answers(gathering, list(versions)):
        given[one.seat_id, one.evidence_class].append(one)
    seats = Seat.objects.filter(gathering=gathering, person__isnull=False, person__erased_at__isnull=True)
    for seat in seats.select_related("person").order_by("number"):
        for evidence_class in _PERSONAL:
            answers = given.get((seat.pk, evidence_class), [])
            # The number stays when a QR came before the file; the seat's own UUID does not.
            record_uuid = uuid.uuid5(gathering.uuid, f"evidence/{seat.number}/{evidence_class}")
            responses = list(_responses(gathering, versions, answers))
            if seat.person is not None:
                record = HallRecord(record_uuid, gathering.title, evidence_class, responses)
                record_hall_responses(seat.person, record)


def _versions(gathering: Gathering) -> dict[int, ItemVersion]:
    """By position: the questions that came from the bank."""
    asked = {
        position: step["secret"]["version"]
        for position, step in enumerate(gathering.steps, 1)
        if step["kind"] == "question" and step["secret"].get("version")
    }
    known = ItemVersion.objects.select_related("item__skill").in_bulk(set(asked.values()))
    return {position: known[pk] for position, pk in asked.items() if pk in known}


def _answers(gathering: Gathering, positions: list[int]) -> list[HallAnswer]:
    """First round only: what comes after a discussion says nothing about one person."""
    answers = HallAnswer.objects.filter(
        gathering=gathering, position__in=positions, round=1, evidence_class__in=_PERSONAL
    )
    return [one for one in answers.order_by("position") if one.value]


def _responses(
    gathering: Gathering, versions: Mapping[int, ItemVersion], answers: Iterable[HallAnswer]
) -> Iterator[HallResponse]:
    """What the bank cannot read is nobody's evidence; it must not keep a session from ending."""
    for one in answers:
        version, step = versions[one.position], gathering.steps[one.position - 1]
        seed = int(step["secret"]["seed"])
        try:
            answer = _as_answer(version, seed, step, one)
        except (BadAnswer, ValueError):
            continue
        yield HallResponse(version, seed, answer, one.received_at)


def _as_answer(version: ItemVersion, seed: int, step: dict[str, object], given: HallAnswer) -> Answer:
    """Letters back into what a form of the bank would post: places in the order that the hall saw."""
    places = options_of(step)
    form = QueryDict(mutable=True)
    form.setlist(
        present(version, seed).context["field"], [str(places.index(letter)) for letter in given.value or ()]
    )
    return read_answer(version, seed, form)
