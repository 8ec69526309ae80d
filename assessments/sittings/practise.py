"""Practice inside a lesson: graded at once; a person's answer is stored once, a visitor's is not stored."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from assessments.items.api import ItemVersion, Verdict, grade, read_answer
from assessments.sittings.errors import UuidTaken
from assessments.sittings.models import LessonAnswer
from lms.accounts.api import Person


def practice_seed(version: ItemVersion, answer_uuid: uuid.UUID) -> int:
    """The seed of the order in which a lesson shows an item.

    It follows from the page's ``answer_uuid`` and a secret, so that the page needs to carry nothing else and
    nobody can compute the author's order from it.
    """
    digest = salted_hmac("practice order", f"{version.pk}:{answer_uuid}", algorithm="sha256")
    return int.from_bytes(digest.digest()[:8], "big")


def practise(person: Person | None, version: ItemVersion, post: QueryDict, answer_uuid: uuid.UUID) -> Verdict:
    """Raises ``BadAnswer``, or ``UuidTaken`` when the UUID belongs to another answer.

    Show the verdict with ``present(version, practice_seed(version, answer_uuid), verdict.answer, verdict)``.
    """
    answer = read_answer(version, practice_seed(version, answer_uuid), post)
    verdict = grade(version, answer)
    if person is None:
        return verdict
    with transaction.atomic():
        stored, _new = LessonAnswer.objects.get_or_create(
            uuid=answer_uuid,
            defaults={
                "person": person,
                "version": version,
                "answer": answer,
                "points": verdict.points,
                "correct": verdict.correct,
            },
        )
    if (stored.person_id, stored.version_id) != (person.pk, version.pk):
        raise UuidTaken
    # A repeated post shows what was stored, even if its form was changed in between.
    return grade(version, stored.answer)
