"""The label "population": only with residents known and a reference sample measured under supervision."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.items.api import Skill
from assessments.proficiency.groups import estimate_groups
from assessments.proficiency.groups.draw_sample import TooFewPeople, Wish, draw_sample, note_reference_sitting
from assessments.proficiency.groups.residents import BANDS, Length
from assessments.proficiency.models import EstimateRun, GroupEstimate, PopulationCell, ReferenceMember
from assessments.sittings.api import Purpose
from lms.accounts.api import Person
from lms.organisations.api import RoleKind, Unit
from tests.proficiency.measured_people import Bank, measure, people_in

pytestmark = pytest.mark.django_db
Viewer = Callable[[str, str], Person]
SAMPLES = "/so-lieu/quan-ly/mau/"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = {"draws": 60, "burn": 30, "kept": 40}
    monkeypatch.setattr(estimate_groups, "Length", lambda **given: Length(**{**usual, **given}))


@pytest.fixture
def bank(skill: Skill) -> Bank:
    return Bank(skill)


def cells(unit: Unit, people: int = 400) -> None:
    PopulationCell.objects.bulk_create(
        PopulationCell(unit=unit, age_band=band, sex="female", ethnicity_group="kinh", people=people,
                       source="Bảng thử", as_of="2026-01-01")
        for band in BANDS
    )  # fmt: skip


def sampled(bank: Bank, units: dict[str, Unit], answered: int) -> np.random.Generator:
    """60 people live in each commune; abler volunteers came first, then some of a sample of 40."""
    rng = np.random.default_rng(2)
    living = {slug: people_in(units[slug], 60) for slug in ("xa-mot", "xa-hai")}
    sample = draw_sample(Wish("Mẫu thử", units["tinh-thu"], bank.skill, 40, seed=4))
    drawn = set(sample.members.values_list("person", flat=True))
    for slug, here in living.items():
        willing = [one for one in here if one.pk not in drawn]
        measure(bank, units[slug], willing, rng.normal(1, 0.8, len(willing)), rng)
        asked = [one for one in here if one.pk in drawn][: answered // 2]
        sittings = measure(bank, units[slug], asked, rng.normal(-0.3, 0.8, len(asked)), rng,
                           supervised=True, purpose=Purpose.REFERENCE)  # fmt: skip
        for sitting in sittings:
            sitting.by_skill = {"vid": {"points": 1, "max": 1}}
            note_reference_sitting(sitting)
    return rng


def estimate() -> dict[str, Any]:
    out = io.StringIO()
    call_command("estimate_groups", seed=3, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def of(slug: str) -> GroupEstimate:
    return GroupEstimate.objects.get(
        unit__slug=slug, audience="", band="basic", run__state=EstimateRun.State.IN_FORCE
    )


def test_with_a_sample_and_residents_figures_speak_of_everybody(bank: Bank, units: dict[str, Unit]) -> None:
    sampled(bank, units, 36)
    plain = estimate()
    assert of("tinh-thu").label == "participants"  # residents are not known yet
    naive = of("tinh-thu").share
    cells(units["xa-mot"])
    estimate()
    assert (of("xa-mot").label, of("xa-hai").label, of("tinh-thu").label) == (
        "population",
        *["participants"] * 2,
    )
    cells(units["xa-hai"])
    report = estimate()
    province = of("tinh-thu")
    assert province.label == "population"
    assert province.share < naive - 0.1  # volunteers were abler
    assert province.coverage == pytest.approx(province.people / 3200)
    assert report["notes"]["vid"]["volunteers"][0] > 0.4
    assert plain["notes"] == {}
    audiences = GroupEstimate.objects.filter(audience="citizen").values_list("label", flat=True)
    assert set(audiences) == {"participants"}


def test_a_sample_that_few_answered_is_no_ground_for_the_label(bank: Bank, units: dict[str, Unit]) -> None:
    sampled(bank, units, 28)
    cells(units["xa-mot"])
    cells(units["xa-hai"])
    estimate()
    assert not GroupEstimate.objects.filter(label="population").exists()


def test_only_a_supervised_sitting_of_the_sample_answers_for_somebody_drawn(
    bank: Bank, units: dict[str, Unit]
) -> None:
    rng = np.random.default_rng(1)
    people = people_in(units["xa-mot"], 30)
    draw_sample(Wish("Mẫu", units["xa-mot"], bank.skill, 30))
    for person, fields in zip(people, ({"supervised": False, "purpose": Purpose.REFERENCE},
                                       {"supervised": True, "purpose": Purpose.SCORED},
                                       {"supervised": True, "purpose": Purpose.REFERENCE}), strict=False):  # fmt: skip
        (sitting,) = measure(bank, units["xa-mot"], [person], [0.0], rng, **fields)
        sitting.by_skill = {"vid": {}}
        note_reference_sitting(sitting)
    states = {member.person_id: member.state for member in ReferenceMember.objects.all()}
    assert [states[person.pk] for person in people[:3]] == ["drawn", "drawn", "responded"]


def test_the_same_seed_draws_the_same_people(bank: Bank, units: dict[str, Unit]) -> None:
    people_in(units["thon-thong"], 50)
    one, two, other = (
        set(
            draw_sample(Wish("Mẫu", units["xa-mot"], bank.skill, 30, seed=seed)).members.values_list("person")
        )
        for seed in (1, 1, 2)
    )
    assert one == two != other
    with pytest.raises(TooFewPeople):
        draw_sample(Wish("Mẫu", units["xa-mot"], bank.skill, 51))


def test_pages_draw_once_and_keep_replies(
    client: Client, viewer: Viewer, bank: Bank, units: dict[str, Unit]
) -> None:
    people_in(units["thon-thong"], 40)
    client.force_login(viewer(RoleKind.COMMITTEE, "xa-mot"))
    form = {"name": "Mẫu", "unit": units["xa-mot"].pk, "skill": bank.skill.pk, "size": "30",
            "sample_uuid": str(uuid.uuid4())}  # fmt: skip
    assert client.get(SAMPLES).status_code == 200
    for _twice in range(2):
        answer = client.post(SAMPLES, form)
        assert answer.status_code == 302
    assert ReferenceMember.objects.count() == 30
    page = client.get(answer["Location"])
    assert page.status_code == 200
    member = ReferenceMember.objects.order_by("pk")[0]
    reply = answer["Location"] + "tra-loi/"
    assert client.post(reply, {"member": member.pk, "state": "refused"}).status_code == 302
    assert client.post(reply, {"member": member.pk, "state": "responded"}).status_code == 400
    member.refresh_from_db()
    assert member.state == "refused"
    for wrong in ({"size": "5"}, {"size": "900"}, {"unit": units["tinh-thu"].pk}, {"skill": "x"}):
        assert client.post(SAMPLES, {**form, "sample_uuid": str(uuid.uuid4()), **wrong}).status_code == 400
    client.force_login(viewer(RoleKind.COMMITTEE, "xa-hai"))
    assert client.get(answer["Location"]).status_code == 404


def test_the_command_says_why_a_run_failed(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down() -> None:
        raise ValueError("no tree")

    monkeypatch.setattr(estimate_groups, "surroundings", break_down)
    with pytest.raises(CommandError, match="no tree"):
        call_command("estimate_groups")
