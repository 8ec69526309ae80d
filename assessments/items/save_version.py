"""Save what an editor wrote as a new immutable version; what was used before stays as it was."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.items.grounds import asks_the_same
from assessments.items.item_fields import describe, facts_of
from assessments.items.life_cycle import state_after_edit
from assessments.items.models import Item, ItemVersion, StateChange
from assessments.items.verdict import Content
from lms.accounts.api import Person


@transaction.atomic
def save_version(item: Item, content: Content, person: Person | None, reason: str) -> Item:
    """Unchanged content makes no version. An item in use whose question a person changed goes back to review.

    Without a person a file of the repository is loaded; the repository has reviews of its own.
    """
    facts = facts_of(content)
    describe(item, content, facts)
    before = item.state
    last = item.current
    if last is not None and person is not None:
        item.state = state_after_edit(before, asks_the_same(last.content, content))
    item.save()
    item.facts.set(facts)
    if last is None or last.content != content:
        item.current = _new_version(item, content, person, reason)
        item.save(update_fields=["current"])
    if item.state != before:
        record_state(item, before, person, _("Changed: %(reason)s") % {"reason": reason})
    return item


def record_state(item: Item, before: str, person: Person | None, reason: str) -> StateChange:
    """Must stand in the transaction that writes the state."""
    return StateChange.objects.create(
        item=item, version=item.current, before=before, after=item.state, person=person, reason=reason[:300]
    )


def _new_version(item: Item, content: Content, person: Person | None, reason: str) -> ItemVersion:
    last = ItemVersion.objects.filter(item=item).order_by("-number").first()
    same = last is not None and asks_the_same(last.content, content)
    return ItemVersion.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        content=content,
        created_by=person,
        reason=reason[:300],
        same_as_id=last.question_id if last is not None and same else None,
    )
