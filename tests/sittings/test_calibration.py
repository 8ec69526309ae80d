"""From the answers of sittings to item parameters in force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessments.items.api import ItemState
from assessments.sittings.calibration import bring_into_force, read_answers
from assessments.sittings.calibration.models import CalibrationShard, RunState
from assessments.sittings.calibration.run import RunBusy, begin_run, carry_out
from assessments.sittings.models import Calibration, EvidenceClass, ItemEvidence, ItemParameter
from assessments.sittings.tasks import calibrate_task
from lms.accounts.api import Person
from tests.sittings.measured_answers import Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Bank:
    return Bank()


def in_force() -> Calibration:
    return Calibration.objects.get(skill__code="vid", state=RunState.IN_FORCE)


def parameters(calibration: Calibration) -> dict[int, ItemParameter]:
    return {row.item_id: row for row in calibration.parameters.all()}


def test_answers_become_parameters_on_the_scale_of_the_experts(bank: Bank) -> None:
    bank.answered_by(800, mean=0.6)
    call_command("calibrate", "--skill", "vid")
    run = in_force()
    assert (run.model, run.people, run.responses) == ("2pl", 800, 800 * 14)
    found = [parameters(run)[item.pk] for item in bank.items]
    assert {row.status for row in found} == {"calibrated"}
    # The people are abler than the experts' scale expects; the difficulties do not move with them.
    errors = np.array([row.b for row in found]) - bank.b
    assert abs(errors.mean()) < 1e-6
    assert np.sqrt((errors**2).mean()) < 0.25
    assert np.average(
        run.settings["ability"]["theta"], weights=run.settings["ability"]["share"]
    ) == pytest.approx(0.6, abs=0.12)
    assert all(0.85 < row.fit["infit"] < 1.15 for row in found)
    assert CalibrationShard.objects.count() == 0
    bank.items[-1].refresh_from_db()
    assert bank.items[-1].state == ItemState.LIVE
    assert run.settings["promoted"] == [bank.items[-1].code]


def test_one_shard_and_several_workers_find_the_same(bank: Bank) -> None:
    bank.answered_by(300)
    whole = carry_out(begin_run("vid", shards=1))
    assert whole.state == RunState.IN_FORCE, whole.error
    guessed = Calibration.objects.get(model="expert")
    # As if the first run had not been: both start from the same.
    Calibration.objects.filter(pk=whole.pk).update(state=RunState.SUPERSEDED)
    Calibration.objects.filter(pk=guessed.pk).update(state=RunState.IN_FORCE)
    again = begin_run("vid", shards=3)
    assert again.shards.count() == 3
    calibrate_task(again.pk)
    assert in_force() == again
    for item, row in parameters(again).items():
        assert row.b == pytest.approx(parameters(whole)[item].b, abs=1e-9)


def test_an_item_that_became_easier_is_told_and_does_not_move_the_scale(bank: Bank) -> None:
    bank.answered_by(500)
    carry_out(begin_run("vid"))
    former = parameters(in_force())
    bank.answered_by(900, seed=2, right={3: 0.93})
    run = carry_out(begin_run("vid"))
    leaked = parameters(run)[bank.items[3].pk]
    assert leaked.fit["drifted"]
    assert leaked.fit["moved"] < -0.5
    others = [item.pk for place, item in enumerate(bank.items) if place != 3]
    assert abs(np.mean([parameters(run)[item].b - former[item].b for item in others])) < 0.1


def test_only_first_silent_measured_answers_to_the_present_question_count(bank: Bank) -> None:
    counted = bank.answered_by(3)
    bank.answered_by(2, item_evidence=ItemEvidence.NONE, evidence_class=EvidenceClass.ASSISTED)
    bank.answered_by(2, item_evidence=ItemEvidence.PRACTISED)
    counted[0].items.get(position=0).responses.all().delete()
    last = counted[1].items.get(position=1).responses.get()
    last.pk, last.uuid, last.correct = None, counted[1].uuid, not last.correct
    last.save()
    old = bank.items[2].versions.create(number=2, content={"kind": "number", "stem": "khác"})
    bank.items[2].current = old
    bank.items[2].save()
    ((first, final),) = read_answers.ranges("vid", 1)
    answers = read_answers.read("vid", [item.pk for item in bank.items], first, final)
    assert answers.matrix.shape == (3, 14)
    assert answers.matrix[0, 0] == read_answers.GAP
    assert answers.matrix[1, 1] == int(last.correct)
    assert (answers.matrix[:, 2] == read_answers.GAP).all()
    assert np.isnan(answers.floats[0, 0])


def test_few_answers_stay_provisional_and_constant_items_keep_the_guess(bank: Bank) -> None:
    bank.answered_by(250, right={0: 1.0, 1: 0.0})
    run = carry_out(begin_run("vid"))
    assert run.state == RunState.IN_FORCE, run.error
    assert run.model == "1pl"
    statuses = [parameters(run)[item.pk].status for item in bank.items]
    assert statuses == ["expert"] * 2 + ["provisional"] * 12
    assert len({round(parameters(run)[item.pk].a, 9) for item in bank.items[2:]}) == 1


@pytest.mark.parametrize("people", [0, 1, 150])
def test_too_few_answers_are_told_in_words(bank: Bank, people: int) -> None:
    bank.answered_by(people)
    with pytest.raises(CommandError, match="Quá ít câu trả lời"):
        call_command("calibrate", "--skill", "vid")
    assert in_force().model == "expert"
    call_command("calibrate")


def test_a_run_that_breaks_leaves_the_former_in_force(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.answered_by(250)
    former = carry_out(begin_run("vid"))

    def broken(*_args: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(bring_into_force, "promote_pilots", broken)
    run = carry_out(begin_run("vid"))
    assert (run.state, run.error) == (RunState.FAILED, "RuntimeError: power cut")
    assert in_force() == former
    assert not ItemParameter.objects.filter(calibration=run).exists()
    monkeypatch.undo()
    # A worker was killed in the middle: the run is given back to the queue and ends well.
    run = begin_run("vid", shards=2)
    run.shards.update(claimed_round=7)
    with pytest.raises(RunBusy):
        begin_run("vid")
    calibrate_task(run.pk)
    assert in_force() == run


def test_editors_read_how_well_items_measure_and_reviewers_start_a_run(bank: Bank, client: Client) -> None:
    bank.answered_by(220, right={0: 0.02})
    address = reverse("sittings_calibrate", args=["vid"])
    reader = Person.objects.create_user("hoc-vien", "mat-khau-rat-dai", full_name="Nguyễn Thị Hạnh")
    client.force_login(reader)
    assert client.get(reverse("sittings_measurement")).status_code in {302, 403}
    assert client.post(address).status_code in {302, 403}
    assert not Calibration.objects.exists()
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "change_item", "review_item"))
    )
    client.force_login(Person.objects.get(pk=reader.pk))
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert in_force().people == 220
    listed = client.get(reverse("sittings_measurement")).content.decode()
    assert "Đang dùng" in listed
    page = client.get(reverse("sittings_skill_measurement", args=["vid"]))
    assert "Câu này khó hơn mức đoán" in page.content.decode()
    assert client.get(reverse("sittings_skill_measurement", args=["khong"])).status_code == 404
