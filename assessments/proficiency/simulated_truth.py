"""What is true of the invented people: shares at or above each band, by skill, unit and audience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from assessments.proficiency.groups.cuts import Cuts
from assessments.proficiency.simulated_abilities import Floats
from assessments.proficiency.simulated_people import Invented
from assessments.proficiency.simulated_sittings import SkillTest

EVERYBODY = "all"
Units = Mapping[tuple[int, ...], Sequence[int]]
_Places = npt.NDArray[np.int64]


def true_shares(
    people: Sequence[Invented],
    theta: Mapping[str, Floats],
    measured: Mapping[str, Collection[int]],
    cuts: Mapping[str, Cuts],
    above: Units,
    names: Mapping[int, str],
) -> dict[str, dict[str, dict[str, Any]]]:
    """Skill, unit, audience. Residents are counted at home; participants in all their units, as estimates do."""
    residents = _groups(people, above, at_home=True)
    members = _groups(people, above, at_home=False)
    return {
        skill: _of_skill(values, measured[skill], cuts[skill], residents, members, names)
        for skill, values in theta.items()
    }


def true_items(tests: Mapping[str, SkillTest]) -> dict[str, dict[str, float]]:
    """Parameters that answers were drawn from, by code of the item."""
    return {
        version.item.code: {"a": real.a, "b": real.b, "c": real.c}
        for test in tests.values()
        for form in test.forms
        for version, _answers, real in form.items
    }


def _groups(people: Sequence[Invented], above: Units, at_home: bool) -> dict[tuple[int, str], _Places]:
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, one in enumerate(people):
        ids = one.unit_ids[:1] if at_home else one.unit_ids
        for unit in above[tuple(ids)]:
            found[unit, EVERYBODY].append(place)
            found[unit, str(one.person.audience)].append(place)
    return {key: np.array(places, dtype=np.int64) for key, places in found.items()}


def _of_skill(
    theta: Floats,
    measured: Collection[int],
    cuts: Cuts,
    residents: Mapping[tuple[int, str], _Places],
    members: Mapping[tuple[int, str], _Places],
    names: Mapping[int, str],
) -> dict[str, dict[str, Any]]:
    sat = np.zeros(theta.size, dtype=bool)
    sat[list(measured)] = True
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for (unit, audience), places in sorted(members.items()):
        living = residents.get((unit, audience), np.array([], dtype=np.int64))
        found[names[unit]][audience] = {
            "population": _shares(theta[living], cuts),
            "participants": _shares(theta[places[sat[places]]], cuts),
        }
    return dict(found)


def _shares(theta: Floats, cuts: Cuts) -> dict[str, Any]:
    """Nobody has no share."""
    if not theta.size:
        return {"people": 0}
    return {"people": int(theta.size)} | {
        band: round(float((theta >= cut).mean()), 4) for band, cut in cuts.items()
    }
