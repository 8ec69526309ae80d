"""What a view needs to show one place of a sitting, in two or three queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from assessments.items.api import Answer, ItemVersion, PresentedItem, grade, present
from assessments.sittings.counted_answer import counts_first
from assessments.sittings.errors import NotFound
from assessments.sittings.models import Purpose, Response, Selection, Sitting, SittingItem
from assessments.sittings.selecting.cuts import answers_stand
from lms.accounts.api import Person


@dataclass(frozen=True)
class Place:
    """A position of the sitting and the response that counts there, if any."""

    id: int
    position: int
    seed: int
    version_id: int
    response_id: int | None

    @property
    def answered(self) -> bool:
        return self.response_id is not None


@dataclass(frozen=True)
class SittingPages:
    """A sitting of this person with all its places; knows what comes next."""

    sitting: Sitting
    places: Sequence[Place]

    @property
    def open_places(self) -> list[Place]:
        return [place for place in self.places if not place.answered]

    def place(self, position: int) -> Place:
        for place in self.places:
            if place.position == position:
                return place
        raise NotFound

    def after(self, position: int) -> Place | None:
        """The next place without an answer, going round once; None when all are answered."""
        waiting = self.open_places
        later = [place for place in waiting if place.position > position]
        earlier = [place for place in waiting if place.position < position]
        return next(iter([*later, *earlier]), None)

    @property
    def stands(self) -> bool:
        """Answers cannot be changed, because later items follow from them."""
        return self.sitting.finished_at is None and answers_stand(self.sitting.frozen)

    @property
    def at_most(self) -> bool:
        """How many items there will be depends on the answers."""
        return self.stands and self.sitting.frozen["selection"] == Selection.ADAPTIVE

    @property
    def count(self) -> int:
        """Items of the whole sitting, those that are still to come included."""
        return int(self.sitting.frozen["count"]) if self.stands else len(self.places)

    @property
    def shows_keys(self) -> bool:
        """Keys may be seen at once in practice, else only when the sitting is over."""
        return self.sitting.purpose == Purpose.PRACTICE or self.sitting.finished_at is not None


def pages_of(person: Person, sitting_uuid: uuid.UUID) -> SittingPages:
    """One query. A sitting of somebody else is not found."""
    rows = (
        SittingItem.objects.filter(sitting__uuid=sitting_uuid, sitting__person=person)
        .select_related("sitting")
        .annotate(first=_response("pk"), last=_response("-pk"))
        .order_by("position")
    )
    places = list(rows)
    if not places:
        raise NotFound
    sitting = places[0].sitting
    wanted = "first" if counts_first(sitting.purpose) else "last"
    return SittingPages(
        sitting,
        [Place(row.pk, row.position, row.seed, row.version_id, getattr(row, wanted)) for row in places],
    )


def _response(order: str) -> Subquery:
    return Subquery(Response.objects.filter(sitting_item=OuterRef("pk")).order_by(order).values("pk")[:1])


def presented_place(
    pages: SittingPages, place: Place, draft: Answer | None = None, again: bool = False
) -> PresentedItem:
    """The item at a place: open, filled in with a draft, filled in with an answer that may change, or reviewed."""
    version = ItemVersion.objects.get(pk=place.version_id)
    practice = pages.sitting.purpose == Purpose.PRACTICE
    if draft is not None or again:
        return present(version, place.seed, draft, with_hint=practice)
    response = _shown_response(pages, place)
    if response is None:
        if pages.sitting.finished_at is None:
            return present(version, place.seed, with_hint=practice)
        return present(version, place.seed, {}, grade(version, {}))
    if pages.shows_keys:
        # Graded again from the frozen version: the same to the bit, and with the feedback in its words.
        return present(version, place.seed, response.answer, grade(version, response.answer))
    return present(version, place.seed, response.answer)


def _shown_response(pages: SittingPages, place: Place) -> Response | None:
    """While practising the latest try is shown; afterwards the one that counted."""
    if place.response_id is None:
        return None
    if pages.sitting.finished_at is None:
        return Response.objects.filter(sitting_item=place.id).order_by("-pk").first()
    return Response.objects.get(pk=place.response_id)
