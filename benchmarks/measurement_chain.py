"""The whole chain on a province whose truth is known: simulate, calibrate, estimate groups, open the dashboard.

Prints seconds per step, errors of item parameters, how often published intervals hold the truth, and the error of
shares against that of first-attempt pass rates. ``--people`` and ``--seeds`` make it shorter.
"""

import argparse
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import django
import numpy as np
from measurement_report import report

SMALL, SKILL = 3_000, "vid"
BIAS, REFERENCE = 0.5, 1_000
LIMIT_RATIO, LIMIT_BIAS, LIMIT_SECONDS = 0.45, 0.03, 90.0
TOP = "tinh-lam-dong"
Truth = dict[str, Any]


@dataclass
class Compared:
    """Errors of one or more runs."""

    shares: list[float] = field(default_factory=list)
    passes: list[float] = field(default_factory=list)
    inside: dict[str, list[bool]] = field(default_factory=dict)
    residents: list[float] = field(default_factory=list)  # of the province, label "population"
    a: list[float] = field(default_factory=list)
    b: list[float] = field(default_factory=list)


def prepare(folder: Path) -> Path:
    """A database with the units, items and assessments of the starter content."""
    os.environ["VAR_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from assessments.items.api import load_starter_items
    from assessments.sittings.api import load_starter_blueprints
    from lms.organisations.api import load_units

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_units()
    load_starter_items()
    load_starter_blueprints()
    connection.close()
    return Path(shutil.copy(_database(), folder / "starter.sqlite3"))


def _database() -> Path:
    from django.db import connection

    return Path(connection.settings_dict["NAME"])


def start_again(starter: Path) -> None:
    """A fresh copy, so that one province does not see another."""
    from django.db import connection

    connection.close()
    for ending in ("-wal", "-shm"):
        Path(f"{_database()}{ending}").unlink(missing_ok=True)
    shutil.copy(starter, _database())


def manage(*words: Any, **options: Any) -> str:
    from django.core.management import call_command

    said = io.StringIO()
    call_command(*words, stdout=said, **options)
    return said.getvalue()


def timed(seconds: dict[str, float], name: str, step: Callable[[], str]) -> str:
    began = time.perf_counter()
    said = step()
    seconds[name] = time.perf_counter() - began
    return said


def chain(people: int, seed: int, skill: str = "") -> tuple[Truth, dict[str, float]]:
    seconds: dict[str, float] = {}
    simulated = {"people": people, "seed": seed, "bias": BIAS, "reference": min(REFERENCE, people // 3)}
    truth = json.loads(timed(seconds, "simulate", lambda: manage("simulate", **simulated)))
    timed(seconds, "calibrate", lambda: calibrate(skill))
    timed(seconds, "estimate_groups", lambda: manage("estimate_groups", seed=seed))
    timed(seconds, "dashboard", dashboard)
    return truth, seconds


def calibrate(skill: str) -> str:
    """A skill with too few items or answers keeps the experts' parameters; how many were calibrated is printed."""
    from django.core.management import CommandError

    try:
        return manage("calibrate", skill=skill)
    except CommandError as problem:
        return str(problem)


def dashboard() -> str:
    from django.test import Client

    from lms.accounts.api import Person

    client = Client(headers={"host": "localhost"})
    viewer, _made = Person.objects.get_or_create(
        username="lanh-dao-do-luong", defaults={"is_superuser": True, "is_demo": True}
    )
    client.force_login(viewer)
    response = client.get(f"/so-lieu/{TOP}/")
    if response.status_code != 200:
        raise SystemExit(f"the dashboard answered {response.status_code}")
    return response.content.decode()


def compare(truth: Truth, into: Compared) -> None:
    """Communes with 30 or more measured people for shares; every figure that is shown for intervals."""
    from assessments.proficiency.models import GroupEstimate
    from lms.organisations.api import COMMUNE_LEVEL

    rates = dict(pass_rates())
    shown = GroupEstimate.objects.filter(run__state="in_force").exclude(standing="suppressed")
    for one in shown.select_related("unit", "skill"):
        here = truth["shares"][one.skill.code].get(one.unit.slug, {}).get(one.audience or "all", {})
        known = here.get(one.label, {}).get(one.band)
        if known is None:
            continue
        into.inside.setdefault(one.label, []).append(one.low <= known <= one.high)
        if one.label == "population" and one.unit.slug == TOP:
            into.residents.append(one.share - known)
        rate = rates.get((one.unit_id, one.skill_id))
        asked = one.band == "basic" and not one.audience and one.unit.kind in COMMUNE_LEVEL
        if asked and rate is not None and one.people >= 30:
            into.shares.append(one.share - known)
            into.passes.append(rate - known)
    compare_items(truth, into)


def pass_rates() -> Iterator[tuple[tuple[int, int], float]]:
    """Passed at the first sitting among the measured, by unit and skill: what the estimates are better than."""
    from django.db.models import Q, Sum

    from assessments.proficiency.models import Aggregate, Milestone

    rows = Aggregate.objects.values("unit", "skill").annotate(
        measured=Sum("people", filter=Q(milestone=Milestone.MEASURED)),
        passed=Sum("people", filter=Q(milestone=Milestone.PASSED_FIRST)),
    )
    for row in rows:
        if row["measured"]:
            yield (row["unit"], row["skill"]), (row["passed"] or 0) / row["measured"]


def compare_items(truth: Truth, into: Compared) -> None:
    from assessments.sittings.api import ItemParameter

    rows = ItemParameter.objects.filter(calibration__state="in_force", status="calibrated")
    for code, a, b in rows.values_list("item__code", "a", "b"):
        if code in truth["items"]:
            into.a.append(a - truth["items"][code]["a"])
            into.b.append(b - truth["items"][code]["b"])


def rmse(errors: list[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors)))) if errors else float("nan")


def share(inside: list[bool]) -> float:
    return float(np.mean(inside)) if inside else float("nan")


def province(people: int) -> bool:
    """All skills at once, as an official would see them."""
    found = Compared()
    truth, seconds = chain(people, 1)
    compare(truth, found)
    return report(
        "chain_seconds",
        seconds["simulate"] <= LIMIT_SECONDS or people < 20_000,
        people=people,
        sittings=truth["sittings"],
        limit_simulate=LIMIT_SECONDS,
        rmse_a=rmse(found.a),
        rmse_b=rmse(found.b),
        items=len(found.a),
        coverage_participants=share(found.inside.get("participants", [])),
        coverage_population=share(found.inside.get("population", [])),
        **{f"seconds_{name}": value for name, value in seconds.items()},
    )


def many(seeds: int, again: Callable[[], None]) -> bool:
    """One skill, a province anew for each seed; abler people volunteer more often."""
    from assessments.sittings.api import Blueprint

    found = Compared()
    for seed in range(1, seeds + 1):
        again()
        Blueprint.objects.exclude(parts__0__skill=SKILL).update(open=False)
        truth, _seconds = chain(SMALL, seed, SKILL)
        compare(truth, found)
    participants = share(found.inside.get("participants", []))
    population = share(found.inside.get("population", []))
    ratio = rmse(found.shares) / rmse(found.passes) if found.shares else float("nan")
    bias = float(np.mean(found.residents)) if found.residents else float("nan")
    intervals = report(
        "chain_intervals",
        0.85 <= participants <= 0.95 and 0.85 <= population <= 0.95,
        coverage_participants=participants,
        coverage_population=population,
        figures=sum(map(len, found.inside.values())),
        seeds=seeds,
    )
    shares = report(
        "chain_shares",
        ratio <= LIMIT_RATIO,
        rmse=rmse(found.shares),
        baseline_rmse_pass_rates=rmse(found.passes),
        ratio=ratio,
        limit_ratio=LIMIT_RATIO,
        seeds=seeds,
    )
    volunteers = report("chain_volunteers", abs(bias) <= LIMIT_BIAS, bias=bias, limit=LIMIT_BIAS, seeds=seeds)
    return intervals and shares and volunteers


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=20_000, help="of the large province; 0 leaves it out")
    words.add_argument("--seeds", type=int, default=20)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        starter = prepare(Path(name))
        results = [True]
        if asked.people:
            start_again(starter)
            results.append(province(asked.people))
        if asked.seeds:
            results.append(many(asked.seeds, lambda: start_again(starter)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
