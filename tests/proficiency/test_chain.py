"""Simulate, calibrate, estimate, open the dashboard: what the site says agrees with what is true."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.items.api import Skill
from assessments.proficiency.api import recount
from assessments.proficiency.models import (
    GroupEstimate,
    PersonSkill,
    PopulationCell,
    ReferenceMember,
    ReferenceSample,
    SittingEstimate,
)
from assessments.sittings.api import Calibration, ItemParameter, Sitting
from lms.accounts.api import Person
from lms.organisations.api import Unit
from tests.proficiency.choice_bank import add_bank

PEOPLE, REFERENCE = 500, 150


def run(command: str, **options: Any) -> dict[str, Any]:
    said = io.StringIO()
    call_command(command, stdout=said, **options)
    return json.loads(said.getvalue())


@pytest.fixture
def truth(skill: Skill, units: dict[str, Unit]) -> dict[str, Any]:
    add_bank(skill, items=14, count=12)
    return run("simulate", people=PEOPLE, seed=11, bias=0.8, reference=REFERENCE)


def test_the_chain_tells_what_is_true(truth: dict[str, Any], client: Client) -> None:
    raw_rows_agree()
    everybody_lives_somewhere()
    calibrated = run("calibrate", skill="vid")
    assert calibrated["state"] == "in_force"
    assert calibrated["people"] == truth["skills"]["vid"]["measured"]
    parameters_are_near(truth["items"])
    run("estimate_groups", seed=4)
    shares_are_near(truth["shares"]["vid"])
    client.force_login(Person.objects.create(username="lanh-dao", is_superuser=True, is_demo=True))
    page = client.get("/so-lieu/tinh-thu/?ky-nang=vid")
    assert page.status_code == 200
    assert recount() == []


def raw_rows_agree() -> None:
    """Every measuring sitting has its estimate, the first of a person is marked, and roll-ups equal a recount."""
    assert recount() == []
    estimates = SittingEstimate.objects.select_related("sitting")
    assert estimates.count() == Sitting.objects.count()
    assert estimates.filter(first=True).count() == PersonSkill.objects.count()
    for one in estimates[:20]:
        assert one.sitting.estimates["vid"]["theta"] == one.theta
    repeated = PersonSkill.objects.filter(sittings=2).first()
    assert repeated is not None
    alone = SittingEstimate.objects.filter(person=repeated.person_id)
    assert repeated.se < min(one.se for one in alone)


def everybody_lives_somewhere() -> None:
    assert sum(PopulationCell.objects.values_list("people", flat=True)) == PEOPLE
    sample = ReferenceSample.objects.get()
    assert sample.members.count() == sample.size == REFERENCE
    came = ReferenceMember.objects.filter(state="responded")
    assert 0.6 * REFERENCE < came.count() < REFERENCE
    assert all(one.sitting is not None and one.sitting.supervised for one in came.select_related("sitting"))


def parameters_are_near(known: dict[str, dict[str, float]]) -> None:
    """Nearer to the truth than the experts' guesses were."""

    def error(calibration: Calibration) -> float:
        rows = ItemParameter.objects.filter(calibration=calibration).values_list("item__code", "b")
        return sum((b - known[code]["b"]) ** 2 for code, b in rows)

    expert, found = Calibration.objects.order_by("number")
    assert error(found) < 0.5 * error(expert)


def shares_are_near(known: dict[str, Any]) -> None:
    """Of the whole province, told as the population's because a sample was drawn."""
    for band in ("basic", "proficient"):
        everybody = GroupEstimate.objects.get(unit__slug="tinh-thu", audience="", band=band)
        assert everybody.label == "population"
        # One draw of some two hundred people: three standard errors of the published 90 % interval.
        error = (everybody.high - everybody.low) / 2 / 1.645
        assert abs(everybody.share - known["tinh-thu"]["all"]["population"][band]) < 3 * error
        assert error < 0.08
        assert known["tinh-thu"]["all"]["population"]["people"] == PEOPLE


def test_without_a_sample_nobody_speaks_of_the_population(skill: Skill, units: dict[str, Unit]) -> None:
    add_bank(skill, items=12, count=10)
    run("simulate", people=60, seed=2)
    assert not ReferenceSample.objects.exists()
    with pytest.raises(CommandError):
        run("simulate", people=60, seed=3, reference=61)
