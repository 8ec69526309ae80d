"""Open a gathering from a plan, in its unit, led by somebody."""

from __future__ import annotations

from typing import Any

from courses.gatherings.models import Gathering, Plan
from courses.gatherings.open_gathering import open_gathering
from courses.gatherings.plans.freeze import frozen_steps
from lms.accounts.api import Person
from lms.organisations.api import Unit


def create_gathering(plan: Plan, unit: Unit, facilitator: Person | None, **fields: Any) -> Gathering:
    """Freezes the steps; raises ``PlanNotReady`` where a step cannot be held."""
    return open_gathering(
        plan.title, frozen_steps(plan), unit, facilitator, plan=plan, language=plan.language, **fields
    )
