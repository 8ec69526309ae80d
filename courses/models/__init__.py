"""Pages of what is taught, and the progress of people through them."""

from __future__ import annotations

from courses.models.front import CataloguePage, HomePage
from courses.models.progress import Enrolment, LessonProgress
from courses.models.teaching import CoursePage, LessonPage

__all__ = ["CataloguePage", "CoursePage", "Enrolment", "HomePage", "LessonPage", "LessonProgress"]
