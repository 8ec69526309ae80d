"""Begin, read, save and publish drafts of tasks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.items.change_state import change_state
from assessments.items.models import Item, ItemState, Outcome
from assessments.items.save_version import save_version
from assessments.items.simulation.load_tasks import content_of
from assessments.items.simulation.world import Task
from assessments.items.task_editor.check_draft import errors_of
from assessments.items.task_editor.new_document import new_document
from assessments.items.task_editor.task_draft import TaskDraft
from lms.accounts.api import Person

KIND = "simulated_task"
# Codes of tasks made in the admin; those of files count from 001.
_FIRST_NUMBER = 901
_REVIEW_AFTER = datetime.timedelta(days=90)


class ChangedMeanwhile(Exception):
    """Somebody (or another window) saved the draft after this page was opened."""


class NotReady(Exception):
    """The draft still has errors."""


@dataclass(frozen=True)
class Opened:
    """What stands in the editor: the draft, or the published task while nobody has changed it."""

    item: Item
    task: Task
    revision: int

    @property
    def published(self) -> bool:
        """Whether the editor shows exactly what learners get."""
        return self.item.current is not None and self.item.current.content["simulation"] == self.task


def open_task(item: Item) -> Opened | None:
    """A version that came from elsewhere (a file, a recorded play) after the last save of the draft goes before it."""
    draft, current = TaskDraft.objects.filter(item=item).first(), item.current
    if current is not None and (draft is None or current.created_at > draft.changed_at):
        return Opened(item, current.content["simulation"], draft.revision if draft else 0)
    return Opened(item, draft.document, draft.revision) if draft else None


@transaction.atomic
def start_task(title: str, outcome: Outcome, device: str, person: Person) -> Item:
    code = _free_code(outcome)
    item = Item(code=code, kind=KIND, outcome=outcome, skill=outcome.skill, title=title)
    item.save()
    today = timezone.localdate()
    document = new_document(code, title, outcome.skill.code.upper(), outcome.code, device)
    document |= {"verified_on": today.isoformat(), "review_by": (today + _REVIEW_AFTER).isoformat()}
    TaskDraft.objects.create(item=item, document=document, changed_by=person)
    return item


def _free_code(outcome: Outcome) -> str:
    stem = f"{outcome.code}-ST-"
    taken = set(Item.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = _FIRST_NUMBER
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


@transaction.atomic
def save_draft(opened: Opened, task: Task, person: Person) -> int:
    """The new revision; ``ChangedMeanwhile`` when another save came first. What did not change is not saved."""
    draft = TaskDraft.objects.select_for_update().filter(item=opened.item).first()
    if (draft.revision if draft else 0) != opened.revision:
        raise ChangedMeanwhile
    if task == opened.task:
        return opened.revision
    if draft is None:
        draft = TaskDraft(item=opened.item, revision=0)
    draft.document, draft.changed_by = task, person
    draft.revision += 1
    draft.save()
    if opened.item.current is None:
        _describe_unpublished(opened.item, task)
    return draft.revision


def _describe_unpublished(item: Item, task: Task) -> None:
    """The bank's list shows what is known of a task that has no version yet."""
    item.title, item.difficulty, item.folded_text = task.get("title") or item.code, task["difficulty"], ""
    outcome = Outcome.objects.select_related("skill").filter(code=task["outcomes"][0]).first()
    if outcome is not None:
        item.outcome, item.skill = outcome, outcome.skill
    item.save()


@transaction.atomic
def publish_task(opened: Opened, person: Person, reason: str) -> Item:
    """A new version; a draft goes to review, where everybody may practise it. ``NotReady`` while there are errors."""
    if errors_of(opened.task, timezone.localdate()):
        raise NotReady
    item = opened.item
    # What the bank's own form added (facts, enemies, the next step) stays.
    before = item.current.content if item.current else {}
    item = save_version(item, {**before, **content_of(opened.task), "state": item.state}, person, reason)
    if item.state == ItemState.DRAFT:
        change_state(item, ItemState.REVIEW, person, reason)
    return item
