"""Move an item to another state of its life, with who, when and why; refused in words."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.items.grounds import are_sure
from assessments.items.life_cycle import IN_USE, MOVES, Refusal, Wish, refusal
from assessments.items.models import Item, ItemState, ItemVersion, StateChange
from assessments.items.save_version import record_state
from lms.accounts.api import Person

_REVIEW = "items.review_item"


class StateRefused(Exception):
    """The message says why, for the editor."""


@transaction.atomic
def change_state(item: Item, after: str, person: Person, reason: str = "") -> StateChange:
    """Raises ``StateRefused``; the row is locked, so that two reviewers never decide at once."""
    locked = Item.objects.select_for_update(of=("self",)).select_related("current").get(pk=item.pk)
    why_not = refusal(_wish(locked, after, person, reason))
    if why_not is not None:
        raise StateRefused(refusal_words(why_not))
    before, locked.state = locked.state, after
    locked.save(update_fields=["state", "updated_at"])
    item.state = after
    return record_state(locked, before, person, reason.strip())


def moves_for(item: Item, person: Person) -> list[tuple[ItemState, str]]:
    """Every move from here; the words are empty when this person may make it once a reason is given."""
    moves = []
    for after in MOVES[item.state]:
        why_not = refusal(_wish(item, after, person, reason="…"))
        moves.append((ItemState(after), refusal_words(why_not) if why_not else ""))
    return moves


def _wish(item: Item, after: str, person: Person, reason: str) -> Wish:
    content = item.current.content if item.current else {}
    return Wish(
        before=item.state,
        after=after,
        person=person.pk,
        authors=frozenset(authors_of(item)),
        may_review=person.has_perm(_REVIEW),
        reason=reason,
        facts_sure=item.current is not None and are_sure(content, item.facts.all()),
        in_date=item.review_by is None or item.review_by >= timezone.localdate(),
    )


def authors_of(item: Item) -> set[int]:
    """Who wrote the versions since the last one that was approved."""
    approved = (
        StateChange.objects.filter(item=item, after__in=IN_USE)
        .order_by("-pk")
        .values_list("version__number", flat=True)
        .first()
    )
    newer = ItemVersion.objects.filter(item=item, number__gt=approved or 0, created_by__isnull=False)
    return {pk for pk in newer.values_list("created_by", flat=True) if pk is not None}


def refusal_words(why: Refusal) -> str:
    return {
        Refusal.NO_SUCH_MOVE: _("This step is not possible from the present state."),
        Refusal.NOT_A_REVIEWER: _("Only a reviewer may do this."),
        Refusal.OWN_WORK: _("Who wrote it cannot approve it: a second person must read it."),
        Refusal.REASON_MISSING: _("Please say why."),
        Refusal.UNSURE_FACT: _("A fact of this item is not sure yet, or nobody has checked it."),
        Refusal.OVERDUE: _("The day of review is over: check the facts first."),
    }[why]
