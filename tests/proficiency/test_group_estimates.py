"""From sittings to published figures: labels, standings, runs that fail, a recount that agrees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from django.test import Client

from assessments.items.api import Skill
from assessments.proficiency.groups import estimate_groups, skill_figures
from assessments.proficiency.groups.estimate_groups import RunBusy, begin_run, carry_out
from assessments.proficiency.groups.item_scale import on_scale_of
from assessments.proficiency.groups.recount_estimates import recount_estimates
from assessments.proficiency.groups.residents import Length
from assessments.proficiency.models import EstimateRun, GroupChange, GroupEstimate, SittingEstimate
from assessments.proficiency.tasks import estimate_nightly
from assessments.psychometrics.errors import NotIdentifiedError
from assessments.sittings.api import Calibration, ItemParameter, Response
from lms.accounts.api import Person
from lms.organisations.api import Unit
from tests.proficiency.measured_people import Bank, measure, people_in

pytestmark = pytest.mark.django_db
BASIC = -0.5


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate_groups, "Length", lambda **given: Length(**{**_SHORT, **given}))


_SHORT = {"draws": 60, "burn": 30, "kept": 40}


@pytest.fixture
def bank(skill: Skill) -> Bank:
    return Bank(skill)


@pytest.fixture
def measured(bank: Bank, units: dict[str, Unit]) -> Iterator[np.random.Generator]:
    """40 citizens and 12 cadres of one hamlet, 15 people of the next, 4 of another commune."""
    rng = np.random.default_rng(5)
    for slug, number, audience in (("thon-thong", 40, "citizen"), ("thon-thong", 12, "cadre"),
                                   ("thon-suoi", 15, "citizen"), ("xa-hai", 4, "citizen")):  # fmt: skip
        people = people_in(units[slug], number, audience)
        measure(bank, units[slug], people, rng.normal(0.2, 1, number), rng)
    return rng


def run() -> EstimateRun:
    found = carry_out(begin_run(7))
    assert found.state == EstimateRun.State.IN_FORCE, found.error
    return found


def one(slug: str, audience: str = "", band: str = "basic") -> GroupEstimate:
    return GroupEstimate.objects.get(
        unit__slug=slug, audience=audience, band=band, run__state=EstimateRun.State.IN_FORCE
    )


@pytest.mark.usefixtures("measured")
def test_without_a_reference_sample_every_figure_speaks_of_participants_and_is_indicative() -> None:
    run()
    province = one("tinh-thu")
    assert (province.people, province.label, province.standing) == (71, "participants", "indicative")
    assert 0 < province.low < province.share < province.high < 1
    assert province.coverage == 1.0
    assert not GroupEstimate.objects.filter(label="population").exists()
    assert not GroupEstimate.objects.filter(standing="published").exists()
    assert one("tinh-thu", band="proficient").share < province.share


@pytest.mark.usefixtures("measured")
def test_small_groups_are_withheld_and_so_is_what_gives_them_away() -> None:
    run()
    assert one("xa-hai").standing == "suppressed"
    # 71 in the province less 67 in the first commune would be the 4 of the second.
    assert one("xa-mot").standing == "suppressed"
    assert one("tinh-thu").standing == "indicative"


def test_help_talk_and_repeats_do_not_enter(bank: Bank, units: dict[str, Unit]) -> None:
    rng = np.random.default_rng(5)
    people = people_in(units["thon-thong"], 20)
    measure(bank, units["thon-thong"], people, np.zeros(20), rng, critical_errors=1)
    measure(bank, units["thon-thong"], people, np.full(20, 3.0), rng, first=False, evidence_class="B")
    run()
    found = one("tinh-thu")
    assert (found.people, found.risk_per_100) == (20, 100.0)
    assert one("tinh-thu", band="proficient").high < 0.95
    assert not GroupChange.objects.exists()


def test_a_change_is_shown_only_beyond_error(bank: Bank, units: dict[str, Unit]) -> None:
    rng = np.random.default_rng(5)
    for slug, gain in (("thon-thong", 1.5), ("thon-suoi", 0.0)):
        people, theta = people_in(units[slug], 40), rng.normal(-0.6, 1, 40)
        measure(bank, units[slug], people, theta, rng)
        measure(bank, units[slug], people, theta + gain, rng, first=False, after_days=90)
    run()
    grown = GroupChange.objects.get(unit__slug="thon-thong", audience="", band="basic")
    same = GroupChange.objects.get(unit__slug="thon-suoi", audience="", band="basic")
    assert grown.shown
    assert 0 < grown.low < grown.share_after - grown.share_before < grown.high
    assert not same.shown
    assert same.low < 0 < same.high


def test_bad_luck_that_ends_is_no_progress(bank: Bank, units: dict[str, Unit]) -> None:
    """Only those who failed try again; one commune has learned in between, the other has not."""
    rng, returned = np.random.default_rng(8), {}
    for slug, gain in (("thon-thong", 0.9), ("xa-hai", 0.0)):
        people, theta = people_in(units[slug], 260), rng.normal(0, 1, 260)
        sittings = measure(bank, units[slug], people, theta, rng)
        found = dict(SittingEstimate.objects.filter(sitting__in=sittings).values_list("person_id", "theta"))
        failed = [n for n, person in enumerate(people) if found[person.pk] < -0.3]
        back, then = [people[n] for n in failed], theta[failed]
        measure(bank, units[slug], back, then + gain, rng, first=False, after_days=90)
        returned[slug] = (then + gain >= BASIC).mean() - (then >= BASIC).mean()
    run()
    for change in GroupChange.objects.filter(unit__slug__in=returned, audience="", band="basic"):
        assert change.low <= returned[change.unit.slug] <= change.high
        assert change.shown == (change.unit.slug == "thon-thong")


@pytest.mark.usefixtures("measured")
def test_a_run_that_fails_leaves_the_former_one_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    first = run()

    def break_down(*_given: object) -> None:
        raise ValueError("no numbers today")

    monkeypatch.setattr(estimate_groups, "figures_of_skill", break_down)
    second = carry_out(begin_run())
    assert (second.state, second.error) == ("failed", "ValueError: no numbers today")
    assert list(EstimateRun.objects.filter(state="in_force")) == [first]
    begin_run()
    with pytest.raises(RunBusy):
        begin_run()


def test_a_recount_agrees_to_the_bit_and_sees_tampering(
    bank: Bank, units: dict[str, Unit], measured: np.random.Generator
) -> None:
    run()
    late = people_in(units["thon-thong"], 12)
    measure(bank, units["thon-thong"], late, np.zeros(12), measured)
    again = recount_estimates()
    assert again.compared == GroupEstimate.objects.count()
    assert (again.wrong, again.outdated) == ([], [])
    GroupEstimate.objects.filter(unit__slug="tinh-thu", audience="", band="basic").update(share=0.9)
    assert [key[1:] for key in recount_estimates().wrong] == [("estimate", units["tinh-thu"].pk, "", "basic")]
    answer = Response.objects.order_by("pk")[0]
    Response.objects.filter(pk=answer.pk).update(correct=not answer.correct)
    assert len(recount_estimates().wrong) > 1
    units["xa-hai"].kind = "ward"
    units["xa-hai"].save()
    assert recount_estimates().outdated == ["vid"]


def test_nobody_measured_gives_an_empty_run_in_force(bank: Bank) -> None:
    assert run().estimates.count() == 0
    assert bank.calibration.pk in run().calibrations.values()


@pytest.mark.usefixtures("measured")
def test_the_night_estimates_only_when_somebody_was_measured() -> None:
    estimate_nightly.delay()
    assert EstimateRun.objects.get().state == EstimateRun.State.IN_FORCE
    estimate_nightly.delay()
    assert EstimateRun.objects.count() == 1


def test_administrators_start_a_run_once_and_see_it(client: Client, bank: Bank) -> None:
    chief = Person.objects.create(username="chief", is_superuser=True, is_staff=True, is_demo=True)
    client.force_login(chief)
    for _twice in range(2):
        assert client.post("/quan-tri/reports/uoc-luong/chay/").status_code == 302
    found = EstimateRun.objects.get()
    assert found.calibrations == {"vid": bank.calibration.pk}
    page = client.get("/quan-tri/reports/uoc-luong/")
    assert page.status_code == 200
    assert "Đang chạy" in page.content.decode()
    client.force_login(Person.objects.create(username="other", is_demo=True))
    assert client.get("/quan-tri/reports/uoc-luong/").status_code in (302, 403)


@pytest.mark.usefixtures("measured")
def test_without_a_model_people_count_by_their_own_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise NotIdentifiedError("no model today")

    monkeypatch.setattr(skill_figures, "plausible_values", refuse)
    found = run()
    assert found.settings["notes"]["vid"]["fallback"] == "no model today"
    province = one("tinh-thu")
    assert province.share == pytest.approx(0.5)  # every estimate says so
    assert 0 < province.low < 0.5 < province.high < 1


def test_items_of_an_older_calibration_are_carried_over_by_common_items(bank: Bank) -> None:
    """The older scale is twice as wide and shifted by one."""
    older = Calibration.objects.create(skill=bank.skill, number=2, model="2pl", state="superseded")
    known = list(ItemParameter.objects.filter(calibration=bank.calibration).order_by("item"))
    ItemParameter.objects.bulk_create(
        ItemParameter(calibration=older, item=one.item, a=one.a / 2, b=2 * one.b + 1) for one in known
    )
    first = known[0]
    first.delete()
    found = on_scale_of(bank.calibration.pk, [older.pk, bank.calibration.pk])[first.item_id]
    assert (found.a, found.b) == pytest.approx((first.a, first.b))
    ItemParameter.objects.filter(
        calibration=bank.calibration, item__in=[one.item_id for one in known[4:]]
    ).delete()
    assert first.item_id not in on_scale_of(bank.calibration.pk, [older.pk])
