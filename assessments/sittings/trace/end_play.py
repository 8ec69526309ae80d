"""End a play: the log is graded here and becomes an answer exactly once."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from assessments.items.api import Answer, grade
from assessments.sittings.models import LessonAnswer, Response, Sitting
from assessments.sittings.selecting.cuts import answers_stand
from assessments.sittings.selecting.next_item import lead_on
from assessments.sittings.trace.task_log import TaskLog
from lms.accounts.api import Person


def answer_of(log: TaskLog) -> Answer:
    return {"seed": log.seed, "events": log.events}


def end_play(log: TaskLog) -> None:
    """Called inside the transaction that changes the log; ending twice changes nothing."""
    if log.ended_at is not None:
        return
    place = log.sitting_item
    if place is not None and answers_stand(place.sitting.frozen):
        # The next item follows from this answer: no other answer may come in between.
        Sitting.objects.select_for_update().get(pk=place.sitting_id)
    correct = _close(log)
    if place is not None:
        lead_on(place, correct)


def _close(log: TaskLog) -> bool:
    """Whether the answer is all right."""
    log.ended_at = timezone.now()
    if log.sitting_item_id is not None:
        return _respond(log)
    if log.person is not None:
        _keep_lesson_answer(log, log.person)
    return False


def _respond(log: TaskLog) -> bool:
    assert log.sitting_item is not None  # noqa: S101 - the caller asked
    verdict = grade(log.version, answer_of(log))
    Response.objects.get_or_create(
        uuid=log.uuid,
        defaults={
            "sitting_item": log.sitting_item,
            "answer": answer_of(log),
            "points": verdict.points,
            "max_points": verdict.max_points,
            "correct": verdict.correct,
            "critical": list(verdict.critical),
            "evidence_class": log.sitting_item.sitting.evidence_class,
            "seconds": round(log.elapsed_ms / 1000, 1),
        },
    )
    return verdict.correct


def _keep_lesson_answer(log: TaskLog, person: Person) -> None:
    verdict = grade(log.version, answer_of(log))
    LessonAnswer.objects.get_or_create(
        uuid=log.uuid,
        defaults={
            "person": person,
            "version": log.version,
            "answer": answer_of(log),
            "points": verdict.points,
            "correct": verdict.correct,
        },
    )


def lock_open_plays(sittings: QuerySet[Sitting]) -> None:
    """An act locks its play and then the sitting; whoever ends the sitting takes the locks in the same order."""
    if connection.features.has_select_for_update:
        plays = TaskLog.objects.filter(sitting_item__sitting__in=sittings, ended_at__isnull=True)
        list(plays.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def end_plays_of(sitting: Sitting) -> None:
    """When a sitting ends, what was done in a task that was not finished counts as far as it went."""
    open_logs = TaskLog.objects.select_related("version", "sitting_item__sitting").filter(
        sitting_item__sitting=sitting, ended_at__isnull=True
    )
    for log in open_logs:
        _close(log)
        log.save(update_fields=["ended_at"])
