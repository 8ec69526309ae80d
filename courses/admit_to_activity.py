"""Who may play an H5P activity of a lesson: everybody, or the enrolled ones where the course asks for that."""

from __future__ import annotations

from django.conf import settings

from courses.models import CoursePage, Enrolment, LessonPage
from lms.accounts.api import Person
from media.h5p.django_app.api import Activity, Admission, register_gate

PREFIX = "lesson"
_REFUSED = Admission(allowed=False)


def admit(person: Person | None, where: str, activity: int) -> Admission:
    """A lesson that is gone, or that no longer shows the activity, lets nobody in."""
    number = where.partition(":")[2]
    lesson = LessonPage.objects.live().filter(pk=int(number)).first() if number.isdigit() else None
    if lesson is None or not _shows(lesson, activity):
        return _REFUSED
    original = _vietnamese(lesson.course)
    if not original.enrolment_needed:
        return Admission(allowed=True)
    enrolment = Enrolment.objects.filter(person=person, course=original).first() if person else None
    return Admission(allowed=True, enrolment=enrolment.pk) if enrolment else _REFUSED


def _shows(lesson: LessonPage, activity: int) -> bool:
    slugs = {raw["value"].get("activity") for raw in lesson.screens.raw_data if raw["type"] == "h5p"}
    return Activity.objects.filter(pk=activity, slug__in=slugs - {None}).exists()


def listen() -> None:
    register_gate(PREFIX, admit)


def _vietnamese(course: CoursePage) -> CoursePage:
    """People enrol in the Vietnamese page, whatever language they read."""
    same = CoursePage.objects.filter(translation_key=course.translation_key)
    return same.filter(locale__language_code=settings.LANGUAGE_CODE).first() or course
