"""What a finished sitting shows: what the person can do and what to practise, outcome by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.items.api import Verdict
from assessments.sittings.counted_answer import counts_first
from assessments.sittings.models import Response, Sitting, SittingItem
from lms.accounts.api import Person

# An outcome counts as shown when most of its points were earned.
_SHOWN = 0.7


@dataclass(frozen=True)
class OutcomeResult:
    text: str
    skill: str
    share: float

    @property
    def shown(self) -> bool:
        return self.share >= _SHOWN


@dataclass(frozen=True)
class ItemResult:
    """One line of the list of items: how it went."""

    position: int
    stem: str
    outcome: str
    skill: str
    points: float
    answered: bool
    critical: bool

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
    """One line per outcome, in the order of the sitting."""
    points: dict[tuple[str, str], list[float]] = {}
    for item in items:
        points.setdefault((item.outcome, item.skill), []).append(item.points)
    return [
        OutcomeResult(text, skill, sum(shares) / (len(shares) * Verdict.max_points))
        for (text, skill), shares in points.items()
    ]


def _item_result(place: SittingItem, response: Response | None) -> ItemResult:
    item = place.version.item
    return ItemResult(
        place.position,
        place.version.content["stem"],
        item.outcome.text,
        item.skill.code,
        response.points if response else 0.0,
        response is not None,
        bool(response and response.critical),
    )
