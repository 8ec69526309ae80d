"""How a hall took part in each skill, by class of evidence, for the figures of its units. No name, no ability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count

from assessments.items.api import ItemVersion
from assessments.proficiency.api import HallCounts, record_hall_parts
from assessments.sittings.api import EvidenceClass
from courses.gatherings.evidence_mix import confirmed_count, present_count
from courses.gatherings.models import Gathering, HallAnswer


def feed_figures(gathering: Gathering, versions: Mapping[int, ItemVersion]) -> None:
    """``versions`` by position: the questions of the bank. First rounds only: later ones repeat the same people."""
    asked: dict[int, list[int]] = defaultdict(list)
    for position, version in versions.items():
        if gathering.progress.get(str(position), {}).get("asked"):
            asked[version.item.skill_id].append(position)
    told = {skill: _counts(gathering, positions) for skill, positions in asked.items()}
    record_hall_parts(gathering.uuid, gathering.unit_id, told)


def _counts(gathering: Gathering, positions: Iterable[int]) -> HallCounts:
    answers = HallAnswer.objects.filter(
        gathering=gathering, position__in=positions, round=1, late=False, value__isnull=False
    )
    rows = answers.values("evidence_class").annotate(people=Count("seat", distinct=True), given=Count("pk"))
    found = {row["evidence_class"]: (row["people"], row["given"]) for row in rows.order_by()}
    counted = [confirmed_count(gathering, position, 1) for position in positions]
    hands = [one.total for one in counted if one is not None]
    alone, assisted = (found.get(one, (0, 0)) for one in (EvidenceClass.ALONE, EvidenceClass.ASSISTED))
    # Hands are people of one show of hands, never added up over questions.
    return HallCounts(present_count(gathering), *alone, *assisted, max(hands, default=0), sum(hands))
