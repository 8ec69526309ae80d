"""Load items and facts from YAML files. Idempotent: changed content makes a new version, nothing else does.

What an editor wrote in the admin is kept: a file makes a new version only when the file itself changed.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.items.kinds import KINDS
from assessments.items.life_cycle import IN_USE
from assessments.items.load_outcomes import load_outcomes
from assessments.items.models import Fact, Item, ItemState, ItemVersion, Outcome
from assessments.items.save_version import record_state, save_version
from assessments.items.simulation.load_tasks import TASKS, content_of, is_task
from assessments.items.verdict import Content
from lms.data_files import read_yaml

STARTER = Path(__file__).with_name("starter")


@dataclass
class LoadReport:
    """What a load did; ``problems`` are lines for the person who runs it."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


def load_starter_items() -> LoadReport:
    """Items of ``starter/``, its simulated tasks and the ``items:`` lists of starter lessons."""
    lessons = Path(settings.ROOT) / "courses" / "starter" / "lessons"
    return load_items(
        [*sorted(STARTER.glob("*.yaml")), *sorted(TASKS.glob("*.yaml")), *sorted(lessons.glob("*.yaml"))]
    )


@transaction.atomic
def load_items(paths: Iterable[Path]) -> LoadReport:
    load_outcomes()
    report = LoadReport()
    documents = [(path, _read(path)) for path in paths]
    for _path, document in documents:
        _load_facts(document.get("facts"))
    for path, document in documents:
        for content in document.get("items") or []:
            _load_item(content, path.name, report)
    return report


def _read(path: Path) -> Content:
    document = _json_ready(read_yaml(path))
    if not isinstance(document, dict):
        return {}
    return {"items": [content_of(document)]} if is_task(document) else document


def _json_ready(value: Any) -> Any:
    """YAML as JSON: dates become text, text becomes NFC, ids become text."""
    if isinstance(value, dict):
        return {str(key): str(one) if key == "id" else _json_ready(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_json_ready(one) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _load_facts(facts: object) -> None:
    # Lessons only name facts; files of the bank say what they are.
    if not isinstance(facts, dict):
        return
    for key, fact in facts.items():
        Fact.objects.update_or_create(
            key=key,
            defaults={
                "says": fact["says"],
                "source": fact["source"],
                "legal_basis": fact.get("legal_basis") or "",
                "mark": fact["mark"],
                "verified_on": fact.get("verified_on"),
                "review_by": fact.get("review_by"),
            },
        )


def _load_item(content: Content, origin: str, report: LoadReport) -> None:
    code = content.get("id", "?")
    problems = faults_of(content)
    if problems:
        report.problems += [f"{origin} {code}: {problem}" for problem in problems]
        return
    item = Item.objects.filter(code=code).first() or Item(code=code)
    if item.pk is not None and _last_from_file(item) == content:
        report.unchanged += 1
        return
    report.created += item.pk is None
    report.changed += item.pk is not None
    _save(item, content)


def faults_of(content: Content) -> list[str]:
    """Why this content cannot become an item; empty when it can."""
    kind = KINDS.get(str(content.get("kind")))
    if kind is None:
        return [f"unknown kind {content.get('kind')!r}"]
    if not Outcome.objects.filter(code=content.get("outcome"), skill__code=content.get("skill")).exists():
        return [f"unknown outcome {content.get('outcome')!r} of skill {content.get('skill')!r}"]
    return kind.validate(content)


def _last_from_file(item: Item) -> Content | None:
    last = ItemVersion.objects.filter(item=item, created_by=None).order_by("-number").first()
    return last.content if last else None


def _save(item: Item, content: Content) -> None:
    """The repository is reviewed by itself: its state counts, unless a fact is not sure."""
    before = item.state if item.pk else ""
    wanted = ItemState(content.get("state", ItemState.DRAFT))
    save_version(item, content, None, _("starter content"))
    # A fact that nobody is sure of may not carry a live item.
    sure = {fact.key for fact in item.facts.all() if fact.sure} >= set(content.get("facts") or [])
    item.state = wanted if sure or wanted not in IN_USE else ItemState.REVIEW
    item.save(update_fields=["state"])
    if item.state != before:
        record_state(item, before, None, _("starter content"))
