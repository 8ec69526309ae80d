"""Recount everything and compare: roll-ups from what people reached, and that from raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.items.api import Skill
from assessments.proficiency.add_people import Cell
from assessments.proficiency.finished_sitting import is_measuring, passed_skills
from assessments.proficiency.models import Aggregate, HallMix, HallPart, Milestone, Reached
from assessments.proficiency.record_hall_parts import NUMBERS, expected_mix
from assessments.sittings.api import Sitting, wrong_item_statistics

# Person, code of the skill, milestone: what a row of another room says.
Fact = tuple[int, str, str]
RawSource = Callable[[], Iterable[Fact]]
_sources: list[RawSource] = []


@dataclass(frozen=True)
class Difference:
    """One place where two counts do not agree."""

    where: str
    key: tuple[object, ...]
    expected: int
    found: int


def register_raw_source(source: RawSource) -> None:
    """Upper rooms say what their raw rows prove (TOOK_PART and FINISHED), once, in ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def recount() -> list[Difference]:
    """Empty when every number agrees exactly."""
    return [*_aggregates(), *_halls(), *_raw_rows(), *_first_sittings(), *_item_statistics()]


def _item_statistics() -> list[Difference]:
    rows = wrong_item_statistics()
    return [Difference("item statistics", (version, name), *counts) for version, name, *counts in rows]


def _aggregates() -> list[Difference]:
    expected: Counter[Cell] = Counter()
    rows = Reached.objects.values_list("counted_unit_ids", "skill_id", "audience", "milestone")
    for unit_ids, skill_id, audience, milestone in rows.iterator(chunk_size=2000):
        expected.update(Cell(unit_id, skill_id, audience, milestone) for unit_id in unit_ids)
    stored = Aggregate.objects.values_list("unit_id", "skill_id", "audience", "milestone", "people")
    found = {Cell(row[0], row[1], row[2], row[3]): row[4] for row in stored.iterator(chunk_size=2000)}
    return [
        Difference("aggregate", tuple(cell), expected[cell], found.get(cell, 0))
        for cell in sorted(set(expected) | set(found))
        if expected[cell] != found.get(cell, 0)
    ]


def _halls() -> list[Difference]:
    expected = expected_mix(HallPart.objects.iterator(chunk_size=2000))
    found = {(row.unit_id, row.skill_id): row for row in HallMix.objects.iterator(chunk_size=2000)}
    return [
        Difference("hall", (*key, name), expected[key][name], getattr(found.get(key), name, 0))
        for key in sorted(set(expected) | set(found))
        for name in ("gatherings", *NUMBERS)
        if expected[key][name] != getattr(found.get(key), name, 0)
    ]


def _raw_rows() -> list[Difference]:
    """Without a source for learning, only what sittings prove can be asked for."""
    proven = set(_facts_of_sittings())
    for source in _sources:
        proven.update((person, skill, str(milestone)) for person, skill, milestone in source())
    asked = {Milestone.MEASURED, Milestone.PASSED}
    if _sources:
        asked |= {Milestone.TOOK_PART, Milestone.FINISHED}
    rows = Reached.objects.filter(person__isnull=False, milestone__in=asked)
    reached = {(row[0], row[1], row[2]) for row in rows.values_list("person_id", "skill__code", "milestone")}
    proven = {fact for fact in proven if fact[2] in asked}
    missing = [Difference("reached", fact, 1, 0) for fact in sorted(proven - reached)]
    return missing + [Difference("reached", fact, 0, 1) for fact in sorted(reached - proven)]


def _facts_of_sittings() -> Iterable[Fact]:
    known = set(Skill.objects.values_list("code", flat=True))
    for sitting in _finished().iterator(chunk_size=2000):
        person = sitting.person_id
        passed = passed_skills(sitting)
        for code in sitting.by_skill:
            if person is None or code not in known:
                continue
            yield person, code, Milestone.TOOK_PART.value
            if is_measuring(sitting):
                yield person, code, Milestone.MEASURED.value
            if code in passed:
                yield person, code, Milestone.PASSED.value


def _first_sittings() -> list[Difference]:
    """PASSED_FIRST stands exactly where the sitting of MEASURED was passed, with its unit and audience."""
    measured = Reached.objects.filter(milestone=Milestone.MEASURED).select_related("sitting", "skill")
    passed_first = set(
        Reached.objects.filter(milestone=Milestone.PASSED_FIRST).values_list("sitting_id", "skill_id")
    )
    found: list[Difference] = []
    expected = set()
    for row in measured.iterator(chunk_size=2000):
        sitting = row.sitting
        key = (row.sitting_id, row.skill_id)
        if sitting is None or (row.audience, row.unit_ids) != (sitting.audience, sitting.unit_ids):
            found.append(Difference("first sitting", key, 1, 0))
        elif row.skill.code in passed_skills(sitting):
            expected.add(key)
    found += [Difference("passed first", key, 1, 0) for key in expected - passed_first]
    return found + [Difference("passed first", key, 0, 1) for key in passed_first - expected]


def _finished() -> QuerySet[Sitting]:
    return Sitting.objects.filter(finished_at__isnull=False, person__isnull=False).only(
        "person_id", "purpose", "evidence_class", "by_skill", "frozen", "estimates"
    )
