"""Starter units, demo people, items, assessments, achievements and pages. Idempotent."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.certificates.api import load_starter_achievements
from assessments.items.api import load_starter_items
from assessments.sittings.api import load_starter_blueprints
from courses.starter_english import load_english
from courses.starter_groups import add_editor, load_groups
from courses.starter_pages import load_starter_pages
from lms.accounts.api import Person, load_demo_people
from lms.organisations.api import assign_demo_roles, load_units
from media.h5p.django_app.api import load_own_activities


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        load_units()
        load_groups()
        if settings.EMBEDDED:
            self._load_people()
        report = load_starter_items()
        for problem in report.problems:
            self.stderr.write(problem)
        load_starter_blueprints()
        load_starter_achievements()
        load_own_activities()
        load_english(load_starter_pages())
        self.stdout.write(
            f"Starter content is there: {report.created} items new, {report.changed} changed, "
            f"{report.unchanged} as before."
        )

    def _load_people(self) -> None:
        """A password is made up once, printed once and never kept; later runs leave passwords alone."""
        given = os.environ.get("DEMO_PASSWORD", "").strip()
        known = Person.objects.filter(is_demo=True).exists()
        if not given and known:
            return
        password = given or secrets.token_urlsafe(9)
        people = load_demo_people(password)
        assign_demo_roles(people)
        add_editor(people["bientap"])
        if not given:
            self.stdout.write(f"Password of the demo people ({', '.join(people)}): {password}")
