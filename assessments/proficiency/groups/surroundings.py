"""What the figures rest on besides answers: the tree, members, residents, reference samples."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Sum

from assessments.proficiency.groups.measured import Evidence
from assessments.proficiency.groups.models import PopulationCell, ReferenceMember, ReferenceSample, Reply
from assessments.proficiency.groups.pooling import Group
from assessments.proficiency.groups.residents import BANDS, Residents
from assessments.proficiency.groups.withhold import Node
from assessments.psychometrics.publish import LEAST_FIRM
from lms.accounts.api import Person
from lms.organisations.api import COMMUNE_LEVEL, Membership, Unit, UnitKind

# A sample that most people did not answer says little about those who did not.
_LEAST_RESPONSE = 0.5
_LAST_RANK = 1000


@dataclass(frozen=True)
class Sample:
    """A reference sample that is large and complete enough to speak of everybody."""

    path: str
    sitting_ids: tuple[int, ...]


@dataclass(frozen=True)
class Surroundings:
    nodes: Sequence[Node]
    residents: Residents
    samples: Mapping[str, Sequence[Sample]]  # by skill

    @cached_property
    def rank(self) -> dict[int, int]:
        """Communes stand for people in the model; else the highest unit below the top."""
        return {node.pk: _rank(node) for node in self.nodes}

    def areas(self, sample: Sample) -> dict[int, tuple[int, ...]]:
        """Unit to communes, for every unit at or below the place of the sample whose residents are all known."""
        bands = Counter(unit for unit, _band in self.residents)
        known = {unit for unit, count in bands.items() if count == len(BANDS)}
        communes = [node for node in self.nodes if node.kind in COMMUNE_LEVEL]
        found: dict[int, tuple[int, ...]] = {}
        for node in self.nodes:
            if not node.path.startswith(sample.path):
                continue
            inside = [one for one in communes if one.path.startswith(node.path)]
            if inside and all(one.pk in known for one in inside):
                found[node.pk] = tuple(one.pk for one in inside)
        return found

    def digest(self, skill_code: str, evidence: Evidence) -> str:
        """Changes when something may rightly change the figures of the same sittings."""
        samples = self.samples.get(skill_code, ())
        said: list[object] = [[[node.pk, node.path, node.kind] for node in self.nodes]]
        if samples:
            said.append(sorted([unit, band, people] for (unit, band), people in self.residents.items()))
            said.append([[sample.path, sample.sitting_ids] for sample in samples])
            said.append([row.birth_year for row in evidence.rows])
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _rank(node: Node) -> int:
    if node.kind in COMMUNE_LEVEL:
        return 0
    return len(node.path) if node.parent_path else _LAST_RANK


def surroundings() -> Surroundings:
    return Surroundings(_nodes(), _residents(), _samples())


def _nodes() -> list[Node]:
    step = Unit.steplen
    rows = Unit.objects.order_by("path").values_list("pk", "path", "kind")
    return [Node(pk, path, kind, path[:-step]) for pk, path, kind in rows]


def _residents() -> dict[tuple[int, str], int]:
    rows = PopulationCell.objects.order_by("unit", "age_band").values_list("unit", "age_band")
    return {(unit, band): people for unit, band, people in rows.annotate(all=Sum("people"))}


def _samples() -> dict[str, list[Sample]]:
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in ReferenceSample.objects.order_by("pk").select_related("skill", "unit"):
        responded = ReferenceMember.objects.filter(
            sample=sample, state=Reply.RESPONDED, sitting__isnull=False, sitting__supervised=True
        )
        sittings = tuple(responded.order_by("sitting").values_list("sitting_id", flat=True))
        if len(sittings) >= max(LEAST_FIRM, _LEAST_RESPONSE * sample.size):
            found[sample.skill.code].append(Sample(sample.unit.path, sittings))
    return dict(found)


def people_by_group(nodes: Iterable[Node]) -> dict[Group, int]:
    """Everybody who belongs to a unit today, once, by unit and audience; the top counts people without a unit too."""
    step = Unit.steplen
    by_path = {node.path: node for node in nodes}
    belongs: set[tuple[int, int, str]] = set()
    current = Membership.objects.current().filter(person__is_active=True, person__erased_at__isnull=True)
    rows = current.values_list("unit__path", "person_id", "person__audience")
    for path, person, audience in rows.iterator(chunk_size=5000):
        above = (path[:end] for end in range(step, len(path) + 1, step))
        belongs.update((by_path[one].pk, person, audience) for one in above if one in by_path)
    everybody = Person.objects.filter(is_active=True, erased_at__isnull=True).values_list("pk", "audience")
    tops = [one.pk for one in by_path.values() if one.kind == UnitKind.PROVINCE and not one.parent_path]
    belongs.update((top, person, audience) for top in tops for person, audience in everybody)
    found: Counter[Group] = Counter()
    for unit, _person, audience in belongs:
        found[unit, audience] += 1
        found[unit, ""] += 1
    return found
