"""Do the intervals keep their word? Known truths, many seeds, without the database."""

from __future__ import annotations

import numpy as np

from assessments.proficiency.groups.measured import GRID, Evidence, Row
from assessments.proficiency.groups.participants import plausible_values
from assessments.proficiency.groups.pooling import members, shares
from assessments.proficiency.groups.residents import BANDS, Length, fit_residents, resident_shares
from assessments.psychometrics import irf, score

CUT, COMMUNES, PROVINCE = 0.3, 10, 99
LENGTH = Length(200, 80, 100)
RANK = {PROVINCE: 1000} | dict.fromkeys(range(COMMUNES), 0)
_BORN = {"u30": 2005, "30-44": 1988, "45-59": 1972, "60+": 1955}


def row(number: int, commune: int, audience: str = "citizen", band: str = "30-44") -> Row:
    return Row(
        number, number, audience, (commune, PROVINCE), False, 0, 1, _BORN[band], 2026, "2026-11-01", {}
    )


def evidence(rows: list[Row], theta: np.ndarray, rng: np.random.Generator, items: int = 12) -> Evidence:
    a, b = rng.uniform(0.9, 2.0, items), rng.normal(size=items)
    right = (rng.random((theta.size, items)) < irf.probability(theta, a, b)).astype(float)
    right[rng.random(right.shape) < 0.2] = np.nan
    return Evidence(rows, score.log_likelihood(right, a, b, GRID))


def test_intervals_among_participants_contain_the_truth_as_often_as_they_claim() -> None:
    """24 seeds, communes and audiences of 12 to 40 people: 90 % is claimed."""
    hits: list[bool] = []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        sizes = rng.integers(12, 41, COMMUNES)
        commune = np.repeat(np.arange(COMMUNES), sizes)
        cadre = rng.random(commune.size) < 0.3
        level = rng.normal(0, 0.4, COMMUNES)[commune] + 0.6 * cadre
        theta = rng.normal(level, 0.9)
        rows = [
            row(n, int(c), "cadre" if k else "citizen")
            for n, (c, k) in enumerate(zip(commune, cadre, strict=True))
        ]
        places = members(rows)
        plausible = plausible_values(evidence(rows, theta, rng), RANK, rng, LENGTH)
        keys = sorted(places)
        found = shares(plausible, [places[key] for key in keys], CUT)
        truth = np.array([(theta[places[key]] >= CUT).mean() for key in keys])
        hits += list((found.low <= truth + 1e-9) & (truth - 1e-9 <= found.high))
    assert 0.87 <= np.mean(hits) <= 0.97, np.mean(hits)


def test_abler_volunteers_do_not_make_a_commune_abler() -> None:
    """A reference sample of 25 communes with 40 people each; volunteers twice as able as they are many."""
    errors, naive = [], []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        communes = list(range(40))
        residents = {(c, band): int(rng.integers(150, 400)) for c in communes for band in BANDS}
        commune = np.array([c for (c, _band), n in residents.items() for _ in range(n)])
        age = np.array([BANDS.index(band) for (_c, band), n in residents.items() for _ in range(n)])
        theta = rng.normal(0.5 - 0.4 * age + rng.normal(0, 0.3, len(communes))[commune], 0.9)
        odds = np.exp(0.8 * theta)
        willing = np.flatnonzero(rng.random(theta.size) < 0.04 * odds / odds.mean())
        drawn = np.concatenate(
            [
                rng.choice(np.flatnonzero(commune == c), 40, replace=False)
                for c in rng.choice(communes, 25, replace=False)
            ]
        )
        who = np.concatenate([drawn, np.setdiff1d(willing, drawn)])
        rows = [row(n, int(commune[one]), band=BANDS[age[one]]) for n, one in enumerate(who)]
        reference = [n < drawn.size for n in range(who.size)]
        found = evidence(rows, theta[who], rng)
        model = fit_residents(found, reference, residents, dict.fromkeys(communes, 0), rng, LENGTH)
        share = resident_shares(model, residents, [communes], CUT, rng)
        truth = (theta >= CUT).mean()
        errors.append(share.share[0] - truth)
        naive.append((theta[willing] >= CUT).mean() - truth)
        assert model.offset is not None
        assert model.offset[1] > 0
    assert abs(np.mean(errors)) <= 0.03, errors
    assert np.mean(naive) > 0.10
