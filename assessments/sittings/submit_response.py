"""Record one answer: once per client UUID, graded here, never changed."""

from __future__ import annotations

import time
import uuid

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.http import QueryDict

from assessments.items.api import BadAnswer, grade, read_answer
from assessments.sittings.errors import AlreadyFinished, AnswerStands, NotFound, SittingError, UuidTaken
from assessments.sittings.models import Response, Sitting, SittingItem
from assessments.sittings.selecting.cuts import answers_stand
from assessments.sittings.selecting.next_item import lead_on

_signer = Signer(salt="item shown")
SHOWN_FIELD = "hien_luc"


def shown_now(sitting_item_id: int) -> str:
    """A signed note of when the item was shown: time per item by our own clock, without a write."""
    return _signer.sign_object([sitting_item_id, int(time.time())])


def submit_response(sitting: Sitting, position: int, answer_uuid: uuid.UUID, post: QueryDict) -> Response:
    """Raises ``BadAnswer``, ``NotFound``, ``AlreadyFinished``, ``AnswerStands`` or ``UuidTaken``."""
    return record_answer(sitting.person_id, sitting.uuid, position, answer_uuid, post)


def record_answer(
    person_id: int | None, sitting_uuid: uuid.UUID, position: int, answer_uuid: uuid.UUID, post: QueryDict
) -> Response:
    """One short transaction, with the next item where it follows from the answer; refusals leave it untouched."""
    with transaction.atomic(savepoint=False):
        outcome = _record(person_id, sitting_uuid, position, answer_uuid, post)
    if isinstance(outcome, Response):
        return outcome
    raise outcome


def _record(
    person_id: int | None, sitting_uuid: uuid.UUID, position: int, answer_uuid: uuid.UUID, post: QueryDict
) -> Response | SittingError | BadAnswer:
    place = _locked_item(person_id, sitting_uuid, position, answer_uuid)
    if place is None:
        return NotFound()
    taken_by: int | None = place.taken_by  # type: ignore[attr-defined]  # annotated by the query
    if taken_by is not None:
        return Response.objects.get(uuid=answer_uuid) if taken_by == place.pk else UuidTaken()
    if place.sitting.finished_at is not None:
        return AlreadyFinished()
    if place.answered and answers_stand(place.sitting.frozen):  # type: ignore[attr-defined]  # annotated
        return AnswerStands()
    try:
        answer = read_answer(place.version, place.seed, post)
    except BadAnswer as refusal:
        return refusal
    verdict = grade(place.version, answer)
    response = Response.objects.create(
        uuid=answer_uuid,
        sitting_item=place,
        answer=answer,
        points=verdict.points,
        max_points=verdict.max_points,
        correct=verdict.correct,
        critical=list(verdict.critical),
        evidence_class=place.sitting.evidence_class,
        seconds=_seconds(post, place),
    )
    lead_on(place, verdict.correct)
    return response


def _locked_item(
    person_id: int | None, sitting_uuid: uuid.UUID, position: int, answer_uuid: uuid.UUID
) -> SittingItem | None:
    """The item with its sitting locked, so that no answer slips in while the sitting ends."""
    same_uuid = Response.objects.filter(uuid=answer_uuid).values("sitting_item")[:1]
    answers = Response.objects.filter(sitting_item=OuterRef("pk"))
    return (
        SittingItem.objects.select_for_update(of=("sitting",))
        .select_related("sitting", "version")
        .annotate(taken_by=Subquery(same_uuid), answered=Exists(answers))
        .filter(sitting__uuid=sitting_uuid, sitting__person=person_id, position=position)
        .first()
    )


def _seconds(post: QueryDict, place: SittingItem) -> float | None:
    """None when the note is missing, altered or about another item: the answer counts all the same."""
    try:
        about, shown_at = _signer.unsign_object(post.get(SHOWN_FIELD, ""))
    except BadSignature:
        return None
    return round(time.time() - shown_at, 1) if about == place.pk else None
