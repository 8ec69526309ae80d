"""How far people are. One state row per person and lesson; pages of other languages count as the Vietnamese one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Enrolment(models.Model):
    """A person in a course; without the person once they asked to be forgotten."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="enrolments"
    )
    course = models.ForeignKey("courses.CoursePage", on_delete=models.CASCADE, related_name="enrolments")
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "pk")
        constraints = [models.UniqueConstraint(fields=["person", "course"], name="enrolled_once")]


class LessonProgress(models.Model):
    """The furthest step that a person opened; finished when the last one was left."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.CASCADE, related_name="progress")
    screen = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-updated_at", "pk")
        constraints = [models.UniqueConstraint(fields=["person", "lesson"], name="one_progress_per_lesson")]
