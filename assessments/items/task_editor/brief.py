"""Brief, audience, sources and dates as values of the editor's form, and back. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.world import Task
from assessments.items.task_editor.raw import Raw, clean_text, listed, unlisted

_TICKS = ("phone_friendly", "screen_reader_friendly", "low_literacy")


def form_of_brief(task: Task) -> Raw:
    brief, tags = task["brief"], task.get("tags") or {}
    facts = [
        {"label": one.get("label", ""), "value": str(one.get("value", ""))}
        for one in brief.get("facts") or []
    ]
    sources = [
        {key: one.get(key, "") for key in ("fact", "source", "mark")} for one in task.get("sources") or []
    ]
    return {
        "title": task.get("title", ""),
        "situation": brief.get("situation", ""),
        "ask": brief.get("ask", ""),
        "facts": listed(facts),
        "sources": listed(sources),
        "difficulty": task.get("difficulty", 3),
        "device": task.get("device", "phone"),
        "audience": list(task.get("audience") or []),
        "marks": [name for name in _TICKS if tags.get(name) is True],
        "legal_basis": "\n".join(task.get("legal_basis") or []),
        "verified_on": str(task.get("verified_on") or ""),
        "review_by": str(task.get("review_by") or ""),
    }


def with_brief(task: Task, form: Raw) -> Task:
    after = {**task, "title": clean_text(form["title"]), "skill": form["skill"]}
    others = [one for one in task["outcomes"][1:] if one != form["outcome"]]
    after["outcomes"] = [form["outcome"], *others]
    texts = {name: clean_text(form[name]) for name in ("situation", "ask")}
    facts = [_texts(one, ("label", "value")) for one in unlisted(form["facts"])]
    after["brief"] = {**task["brief"], **texts, "facts": [one for one in facts if any(one.values())]}
    after["sources"] = _sources(form["sources"], task.get("sources") or [])
    after |= {name: form[name] for name in ("difficulty", "device", "audience")}
    tags = task.get("tags") or {}
    after["tags"] = {
        **tags,
        **{one: one in form["marks"] for one in _TICKS if one in form["marks"] or one in tags},
    }
    legal = [line.strip() for line in clean_text(form["legal_basis"]).split("\n") if line.strip()]
    after |= {"legal_basis": legal} if legal or "legal_basis" in task else {}
    for name in ("verified_on", "review_by"):
        after[name] = form[name].isoformat() if form[name] else ""
    return after


def _sources(blocks: Any, before: list[Raw]) -> list[Raw]:
    """What a source says beside its three fields stays with it while its fact stays the same."""
    old = {str(one.get("fact", "")): one for one in before}
    found = [_texts(one, ("fact", "source", "mark")) for one in unlisted(blocks)]
    return [{**old.get(one["fact"], {}), **one} for one in found if one["fact"] or one["source"]]


def _texts(row: Raw, names: tuple[str, ...]) -> Raw:
    return {name: clean_text(row.get(name)) for name in names}
