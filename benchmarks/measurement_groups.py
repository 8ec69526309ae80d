"""Group figures: nearer to the truth than pass rates, intervals that keep their word, volunteers corrected."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from dataclasses import dataclass

import numpy as np
from measurement_report import report
from numpy.typing import NDArray

from assessments.psychometrics import groups, integrity, irf, score

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

UNITS, CUT, COUNT = 124, 0.3, 15
GRID = np.linspace(-5, 5, 51)
BETA = np.array([-0.5, 0.4])
# Age band and sex, coded 0/1; every commune has the four cells.
CELLS = np.tile([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], (UNITS, 1))


@dataclass(frozen=True)
class World:
    """A known truth: people with commune, traits and ability; items that all of them could meet."""

    unit: Whole
    traits: Floats
    theta: Floats
    cells: groups.Cells
    a: Floats
    b: Floats

    @property
    def truth(self) -> Floats:
        return np.asarray(np.bincount(self.unit, self.theta >= CUT) / np.bincount(self.unit))


def world(rng: np.random.Generator) -> World:
    sizes = rng.integers(1500, 5000, UNITS)
    people = np.concatenate([rng.multinomial(size, [0.3, 0.3, 0.2, 0.2]) for size in sizes])
    owner = np.repeat(np.arange(UNITS), 4)
    traits, unit = np.repeat(CELLS, people, axis=0), np.repeat(owner, people)
    theta = traits @ BETA + rng.normal(0, 0.3, UNITS)[unit] + rng.normal(0, 0.9, unit.size)
    cells = groups.Cells(np.column_stack([CELLS, np.zeros(len(CELLS))]), owner, people, owner)
    return World(unit, traits, theta, cells, rng.uniform(0.8, 2.0, COUNT), rng.normal(size=COUNT))


def answers(world_: World, who: Whole, rng: np.random.Generator) -> Floats:
    chance = irf.probability(world_.theta[who], world_.a, world_.b)
    return (rng.random(chance.shape) < chance).astype(np.float64)


def volunteers(world_: World, rng: np.random.Generator, each: int, bias: float) -> Whole:
    """About so many in each commune, abler people more often if bias is above zero."""
    odds = np.exp(bias * world_.theta)
    chance = each * odds / np.bincount(world_.unit, odds)[world_.unit]
    return np.flatnonzero(rng.random(world_.theta.size) < chance)


def reference(world_: World, rng: np.random.Generator, communes: int, each: int) -> Whole:
    chosen = rng.choice(UNITS, communes, replace=False)
    found = [rng.choice(np.flatnonzero(world_.unit == one), each, replace=False) for one in chosen]
    return np.concatenate(found)


def estimate(
    world_: World, random: Whole, willing: Whole, rng: np.random.Generator
) -> tuple[groups.Shares, Floats]:
    """Shares of each commune (and last the province), and the pass rates of the same sittings."""
    who = np.concatenate([random, willing])
    marked = np.repeat([0, 1], [random.size, willing.size])
    sheet = answers(world_, who, rng)
    likelihood = score.log_likelihood(sheet, world_.a, world_.b, GRID)
    mixed = np.unique(marked).size > 1
    traits = np.column_stack([world_.traits[who], marked]) if mixed else world_.traits[who]
    strata = marked if mixed else None
    data = groups.sample(likelihood, GRID, traits, world_.unit[who], UNITS, strata)
    found = groups.fit(data, rng, draws=300, burn=100, kept=20)
    table = np.asarray(world_.cells.covariates)[:, : traits.shape[1]]
    both = groups.Cells(
        np.tile(table, (2, 1)),
        np.tile(world_.cells.units, 2),
        np.tile(world_.cells.people, 2),
        np.concatenate([world_.cells.groups, np.full(len(table), UNITS)]),
    )
    shares = groups.population(found, both, UNITS + 1, CUT, rng)
    needed = irf.test_characteristic([CUT], world_.a, world_.b)[0]
    passed = (sheet.sum(axis=1) >= needed).astype(np.float64)
    unit = world_.unit[who]
    return shares, np.bincount(unit, passed, UNITS) / np.maximum(np.bincount(unit, minlength=UNITS), 1)


def one_province(seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Errors of the shares, their being inside the interval, errors of pass rates, bias of volunteers.

    The first two hold the communes and last the province.
    """
    rng = np.random.default_rng(seed)
    here = world(rng)
    willing = volunteers(here, rng, 120, 0.6)
    shares, rates = estimate(here, reference(here, rng, 25, 40), willing, rng)
    truth = np.append(here.truth, np.mean(here.theta >= CUT))
    raw = np.mean(here.theta[willing] >= CUT) - truth[-1:]
    return shares.share - truth, (shares.low <= truth) & (truth <= shares.high), rates - truth[:-1], raw


def province_bars(seeds: int) -> bool:
    """124 communes, 120 volunteers each (abler people come more often), a reference sample of 25 x 40."""
    errors, inside, passes, raw = (
        np.array(one) for one in zip(*map(one_province, range(seeds)), strict=True)
    )
    rmse = float(np.sqrt(np.mean(errors[:, :-1] ** 2)))
    baseline = float(np.sqrt(np.mean(passes**2)))
    coverage, bias = float(np.mean(inside[:, :-1])), float(np.mean(errors[:, -1]))
    shares = report(
        "group_shares",
        rmse / baseline <= 0.45 and 0.85 <= coverage <= 0.95,
        rmse=rmse,
        baseline_rmse_pass_rates=baseline,
        ratio=rmse / baseline,
        coverage_90=coverage,
        limit_ratio=0.45,
        seeds=seeds,
    )
    corrected = report(
        "volunteers_corrected",
        abs(bias) <= 0.03,
        bias=bias,
        baseline_bias_of_volunteers=float(np.mean(raw)),
        coverage_90=float(np.mean(inside[:, -1])),
        limit=0.03,
        seeds=seeds,
    )
    return shares and corrected


def person_fit_bar() -> bool:
    """Honest people flagged by lz* at 0.05, beside lz without Snijders' correction."""
    rng = np.random.default_rng(5)
    rates = []
    for guessing in (0.0, 0.25):
        a, b, c = rng.uniform(0.7, 2.0, 30), rng.normal(size=30), np.full(30, guessing)
        chance = irf.probability(rng.normal(size=20_000), a, b, c)
        sheet = (rng.random(chance.shape) < chance).astype(np.float64)
        rates.append(float(np.nanmean(integrity.lz_star(sheet, a, b, c).p < 0.05)))
    holds = all(0.03 <= rate <= 0.07 for rate in rates)
    return report("lz_star_type_1", holds, without_guessing=rates[0], with_guessing=rates[1], nominal=0.05)


def main() -> int:
    results = [person_fit_bar(), province_bars(8)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
