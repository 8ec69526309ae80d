"""Everything that the starter content of the courses has, and the plans of gatherings."""

from __future__ import annotations

from typing import Any

from courses.gatherings.plans.load_plans import load_starter_plans
from courses.management.commands.load_starter import Command as LoadCourses


class Command(LoadCourses):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        load_starter_plans()
