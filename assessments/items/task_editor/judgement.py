"""Criteria, critical errors, hints and feedback as values of the editor's form, and back. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.world import OPTION_TAPS, Task
from assessments.items.task_editor.known import Known, Value
from assessments.items.task_editor.naming import fresh
from assessments.items.task_editor.raw import (
    KEPT,
    Raw,
    child,
    clean_text,
    kept,
    listed,
    number,
    unkept,
    unlisted,
)
from assessments.items.task_editor.rule_rows import check_of_row, check_row, rows_of_rule, rule_of_rows

FIELDS, OTHER = "fields", "other_form"
_OTHER_FORMS = ("choices", "rows", "parts", "order")


def known_acts(task: Task) -> Known:
    """The task's values, and the choices that are tapped, whose options rules speak of by their text."""
    known = Known.of(task)
    groups = [screen["elements"] for screen in task["screens"]] + list((task.get("parts") or {}).values())
    tapped = {
        element["id"]: Value(
            "choice",
            element.get("text") or element["id"],
            "",
            {option["key"]: str(option.get("text", "")) for option in element.get("options") or []},
        )
        for elements in groups
        for element in elements
        if element.get("type") in OPTION_TAPS and "id" in element
    }
    return Known(known.screens, {**known.values, **tapped})


def form_of_judgement(task: Task) -> Raw:
    private, known = task["private"], known_acts(task)
    feedback = private.get("feedback") or {}
    return {
        "criteria": [_criterion_block(one, known) for one in private.get("criteria") or []],
        "critical": [_critical_block(one, known) for one in private.get("critical") or []],
        "hints": listed(_hint(one) for one in private.get("hints") or []),
        "full": feedback.get("full", ""),
        "part": feedback.get("part", ""),
    }


def with_judgement(task: Task, form: Raw) -> Task:
    known, private = known_acts(task), dict(task["private"])
    private["criteria"] = _all_named(form["criteria"], known, _criterion, "tieu_chi")
    critical = _all_named(form["critical"], known, _critical, "loi")
    hints = [one for one in map(_hint_of, unlisted(form["hints"])) if one["screens"] or one["texts"]]
    for name, found in (("critical", critical), ("hints", hints)):
        if found or name in private:
            private[name] = found
    feedback = dict(private.get("feedback") or {})
    for name in ("full", "part"):
        feedback |= {name: clean_text(form.get(name))} if form.get(name) or name in feedback else {}
    if feedback or "feedback" in private:
        private["feedback"] = feedback
    return {**task, "private": private}


def _all_named(blocks: list[Raw], known: Known, read: Any, fallback: str) -> list[Raw]:
    found: list[Raw] = []
    for block in blocks:
        one = unkept(block["value"]) if block["type"] == KEPT else read(block["value"], known)
        taken = {other["id"] for other in found}
        if not one.get("id") or one["id"] in taken:
            keys = {str(other["value"].get("key", "")) for other in blocks if other["type"] != KEPT}
            one = {**one, "id": fresh(one.get("label", ""), taken | keys, fallback)}
        found.append(one)
    return found


def _criterion_block(criterion: Raw, known: Known) -> Raw:
    when = rows_of_rule(criterion.get("when"), known)
    measures = list(when["rows"])
    if "fields" in criterion:
        checks = [check_row(one, known) for one in criterion["fields"]]
        if None in checks:
            return kept(criterion)
        at = {"at": criterion.get("at", ""), "which": criterion.get("which", ""), "fields": listed(checks)}
        measures.append(child(FIELDS, at))
    other = {key: criterion[key] for key in ("at", "which", *_OTHER_FORMS) if key in criterion}
    if set(other) & set(_OTHER_FORMS):
        measures.append(child(OTHER, kept(other)["value"]))
    value = {
        "key": criterion["id"],
        "label": criterion.get("label", ""),
        "points": criterion.get("points"),
        "why": criterion.get("why", ""),
        "needs": criterion.get("needs") or [],
        "match": when["match"],
        "measures": measures,
    }
    return child("criterion", value) if _criterion(value, known) == criterion else kept(criterion)


def _criterion(value: Raw, known: Known) -> Raw:
    measures = value.get("measures") or []
    criterion: Raw = {"id": value.get("key") or "", "label": clean_text(value.get("label"))}
    criterion["points"] = int(value["points"]) if value.get("points") is not None else 1
    rules = [one for one in measures if one["type"] not in {FIELDS, OTHER}]
    rule = rule_of_rows({"match": value.get("match"), "rows": rules}, known)
    criterion |= {"when": rule} if rule is not None else {}
    for measure in measures:
        if measure["type"] == OTHER:
            criterion |= unkept(measure["value"])
        elif measure["type"] == FIELDS:
            criterion |= _fields(measure["value"], known)
    criterion |= {"needs": list(value["needs"])} if value.get("needs") else {}
    why = clean_text(value.get("why"))
    return criterion | ({"why": why} if why else {})


def _fields(value: Raw, known: Known) -> Raw:
    checks = [check_of_row(one, known) for one in unlisted(value.get("fields"))]
    found: Raw = {"at": str(value.get("at") or ""), "fields": [one for one in checks if one]}
    return found | ({"which": value["which"]} if value.get("which") else {})


def _critical_block(error: Raw, known: Known) -> Raw:
    when = rows_of_rule(error.get("when"), known)
    value = {
        "key": error["id"],
        "code": error.get("code", ""),
        "label": error.get("label", ""),
        "advice": error.get("advice", ""),
        "cap": error.get("cap"),
        "match": when["match"],
        "measures": when["rows"],
    }
    return child("error", value) if _critical(value, known) == error else kept(error)


def _critical(value: Raw, known: Known) -> Raw:
    error: Raw = {"id": value.get("key") or "", "code": value.get("code") or ""}
    error |= {name: clean_text(value.get(name)) for name in ("label", "advice")}
    error["when"] = rule_of_rows({"match": value.get("match"), "rows": value.get("measures")}, known) or []
    return error | ({"cap": number(value["cap"])} if value.get("cap") is not None else {})


def _hint(hint: Raw) -> Raw:
    return {
        "screens": hint.get("screens") or [],
        "texts": listed(hint.get("texts") or []),
        "cost": hint.get("cost"),
    }


def _hint_of(value: Raw) -> Raw:
    texts = [clean_text(one) for one in unlisted(value.get("texts")) if one]
    hint: Raw = {"screens": list(value.get("screens") or []), "texts": texts}
    return hint | ({"cost": number(value["cost"])} if value.get("cost") is not None else {})
