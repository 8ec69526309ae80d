"""What a finished sitting shows: what the person can do and what to practise, outcome by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.items.api import Verdict
from assessments.sittings.counted_answer import counts_first
from assessments.sittings.lesson_links import LessonLink, lessons_for
from assessments.sittings.level_words import Level, level_of
from assessments.sittings.models import EvidenceClass, Response, Sitting, SittingItem
from lms.accounts.api import Person

# An outcome counts as shown when most of its points were earned.
_SHOWN = 0.7


@dataclass(frozen=True)
class OutcomeResult:
    text: str
    skill: str
    share: float
    lesson: LessonLink | None = None

    @property
    def shown(self) -> bool:
        return self.share >= _SHOWN


@dataclass(frozen=True)
class ItemResult:
    """One line of the list of items: how it went."""

    position: int
    stem: str
    outcome: str
    outcome_code: str
    skill: str
    skill_name: str
    points: float
    answered: bool
    critical: bool
    scored: bool

    @property
    def level(self) -> str:
        if not self.answered:
            return "open"
        if self.points >= Verdict.max_points:
            return "right"
        return "partly" if self.points > 0 else "wrong"


def results_of(person: Person) -> QuerySet[Sitting]:
    """Finished sittings of a person, the newest first."""
    return (
        Sitting.objects.filter(person=person, finished_at__isnull=False)
        .select_related("blueprint")
        .order_by("-finished_at")
    )


def item_results(sitting: Sitting) -> list[ItemResult]:
    """Two queries, however many items and answers there are."""
    places = (
        SittingItem.objects.filter(sitting=sitting)
        .select_related("version__item__outcome", "version__item__skill")
        .prefetch_related("responses")
        .order_by("position")
    )
    return [_item_result(place, counted(list(place.responses.all()), sitting.purpose)) for place in places]


def counted(responses: Sequence[Response], purpose: str) -> Response | None:
    """The response that counts: the first in practice, else the last."""
    if not responses:
        return None
    in_order = sorted(responses, key=lambda response: response.pk)
    return in_order[0] if counts_first(purpose) else in_order[-1]


def outcome_results(items: Sequence[ItemResult]) -> list[OutcomeResult]:
    """One line per outcome, in the order of the sitting; with a lesson where more practice would help."""
    by_outcome: dict[str, list[ItemResult]] = {}
    for item in items:
        if item.scored:
            by_outcome.setdefault(item.outcome_code, []).append(item)
    shares = {
        code: sum(item.points for item in some) / (len(some) * Verdict.max_points)
        for code, some in by_outcome.items()
    }
    lessons = lessons_for([code for code, share in shares.items() if share < _SHOWN])
    return [
        OutcomeResult(some[0].outcome, some[0].skill, shares[code], lessons.get(code))
        for code, some in by_outcome.items()
    ]


def skill_levels(sitting: Sitting, items: Sequence[ItemResult]) -> list[tuple[str, Level]]:
    """Name of each skill and what this sitting says about it; help and talk say nothing about ability."""
    if sitting.evidence_class != EvidenceClass.ALONE:
        return []
    names = {item.skill: item.skill_name for item in items}
    return [
        (
            names[code],
            level_of(part["p_basic"], part["p_proficient"], part["n"], part["provisional"]),
        )
        for code, part in sitting.estimates.items()
        if code in names
    ]


def _item_result(place: SittingItem, response: Response | None) -> ItemResult:
    item = place.version.item
    return ItemResult(
        place.position,
        place.version.content["stem"],
        item.outcome.text,
        item.outcome.code,
        item.skill.code,
        item.skill.name,
        response.points if response else 0.0,
        response is not None,
        bool(response and response.critical),
        place.scored,
    )
