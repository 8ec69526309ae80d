"""Open a gathering of a starter plan for trials; embedded shape only. Prints one line of JSON."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.gatherings.create_gathering import create_gathering
from courses.gatherings.models import Plan
from courses.gatherings.open_gathering import grant_act_token
from lms.accounts.api import Person
from lms.organisations.api import Membership

_LEADER = "bithu"


class Command(BaseCommand):
    help = "Opens a gathering led by the demonstration secretary; prints id, code and tokens as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plan", metavar="SLUG", help="plan to hold; else the first with a question")

    def handle(self, *args: Any, plan: str | None, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("demo_gathering exists in the embedded shape only")
        leader = Person.objects.filter(username=_LEADER, is_demo=True).first()
        home = (
            Membership.objects.current().filter(person=leader).select_related("unit").order_by("pk").first()
        )
        if leader is None or home is None:
            raise CommandError("The demonstration people are missing: run load_starter first")
        gathering = create_gathering(_plan(plan), home.unit, leader)
        said = {
            "id": str(gathering.uuid),
            "code": gathering.code,
            "act_token": grant_act_token(gathering),
            "projector_token": gathering.projector_token,
        }
        self.stdout.write(json.dumps(said))


def _plan(slug: str | None) -> Plan:
    if slug is not None:
        plan = Plan.objects.filter(slug=slug).first()
        if plan is None:
            known = ", ".join(Plan.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no plan {slug}; there are: {known}")
        return plan
    for plan in Plan.objects.order_by("slug"):
        if any(step.block_type == "question" for step in plan.steps):
            return plan
    raise CommandError("There is no plan with a question: run load_starter first")
