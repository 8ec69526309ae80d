"""How far somebody is: a person by the database, a visitor without an account by the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from courses.languages import original_pks
from courses.models.progress import LessonProgress

if TYPE_CHECKING:
    from courses.models import LessonPage

SESSION_KEY = "lessons"


@dataclass(frozen=True)
class LessonState:
    """``screen`` is the furthest step that was opened, 0 before the first."""

    screen: int = 0
    done: bool = False

    @property
    def name(self) -> str:
        if self.done:
            return "done"
        return "now" if self.screen else "next"


NOT_BEGUN = LessonState()


def states_of(request: HttpRequest, lessons: Sequence[LessonPage]) -> dict[int, LessonState]:
    """The state of each lesson by the pk of its page; one query at most for readers of Vietnamese."""
    if not lessons:
        return {}
    originals = original_pks(lessons)
    if request.user.is_authenticated:
        known = _stored(request.user.pk, list(originals.values()))
    else:
        known = session_states(request.session)
    return {lesson.pk: known.get(originals[lesson.pk], NOT_BEGUN) for lesson in lessons}


def session_states(session: Any) -> dict[int, LessonState]:
    """Reads what this room wrote itself: {"12": [3, false]}."""
    return {int(pk): LessonState(screen, done) for pk, (screen, done) in session.get(SESSION_KEY, {}).items()}


def _stored(person_pk: int, lesson_pks: list[int]) -> dict[int, LessonState]:
    rows = LessonProgress.objects.filter(person_id=person_pk, lesson_id__in=lesson_pks)
    found = rows.values_list("lesson_id", "screen", "completed_at")
    return {lesson: LessonState(screen, completed_at is not None) for lesson, screen, completed_at in found}
