"""What a task remembers (variables, sums) and its variants as values of the editor's form, and back. Pure."""

from __future__ import annotations

from typing import Any

from assessments.items.simulation.world import Task
from assessments.items.task_editor.known import Known, Value, taken_names
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

_BETWEEN = ", "


def form_of_memory(task: Task) -> Raw:
    return {
        "vars": [_variable_block(name, spec) for name, spec in (task.get("vars") or {}).items()],
        "totals": [_total_block(name, parts) for name, parts in (task.get("totals") or {}).items()],
        "variants": listed(_variant(one) for one in task.get("variants") or []),
    }


def with_memory(task: Task, form: Raw) -> Task:
    after = dict(task)
    taken = taken_names(task) - set(task.get("vars") or {}) - set(task.get("totals") or {})
    taken |= {
        str(one["value"].get("key", "")) for one in form["vars"] + form["totals"] if one["type"] != KEPT
    }
    for name, blocks, read in (("vars", form["vars"], _variable), ("totals", form["totals"], _total)):
        found: Raw = {}
        for block in blocks:
            if block["type"] == KEPT:
                found |= unkept(block["value"])
                continue
            key, spec = block["value"].get("key") or "", read(block["value"])
            if not key or key in found:
                key = fresh(str(block["value"].get("label") or ""), taken | set(found), "nho")
            found[key] = spec
        _put(after, name, found)
    _put(after, "variants", [one for one in map(_variant_of, unlisted(form["variants"])) if one])
    return after


def _put(task: Task, name: str, found: Any) -> None:
    if found or name in task:
        task[name] = found


def _variable_block(name: str, spec: Raw) -> Raw:
    known = Known({}, {name: _as_value(spec)})
    initial = spec.get("initial")
    value = {
        "key": name,
        "label": spec.get("label", ""),
        "type": spec.get("type", "bool"),
        "options": _BETWEEN.join(spec.get("options") or []),
        "columns": _BETWEEN.join(spec.get("columns") or []),
        "initial": "" if initial is None or isinstance(initial, list) else known.words(name, initial),
        "max": spec.get("max"),
    }
    return child("variable", value) if _variable(value) == spec else kept({name: spec})


def _as_value(spec: Raw) -> Value:
    return Value(spec.get("type", "bool"), "", "", {key: key for key in spec.get("options") or []})


def _variable(value: Raw) -> Raw:
    name, initial = "x", clean_text(value.get("initial"))
    spec: Raw = {"type": value.get("type") or "bool"}
    for key in ("options", "columns"):
        entries = [one.strip() for one in clean_text(value.get(key)).split(",") if one.strip()]
        spec |= {key: entries} if entries else {}
    if initial:
        spec["initial"] = Known({}, {name: _as_value(spec)}).literal(name, initial)
    spec |= {"max": value["max"]} if value.get("max") is not None else {}
    label = clean_text(value.get("label"))
    return spec | ({"label": label} if label else {})


def _total_block(name: str, parts: list[Raw]) -> Raw:
    rows = [
        {"of": one.get("of", ""), "times": one.get("times"), "amount": one.get("amount")} for one in parts
    ]
    value = {"key": name, "label": name, "parts": listed(rows)}
    return child("total", value) if _total(value) == parts else kept({name: parts})


def _total(value: Raw) -> list[Raw]:
    return [
        _addend(one) for one in unlisted(value.get("parts")) if one.get("of") or one.get("amount") is not None
    ]


def _addend(row: Raw) -> Raw:
    if row.get("amount") is not None and not row.get("of"):
        return {"amount": number(row["amount"])}
    return {"of": row["of"]} | ({"times": number(row["times"])} if row.get("times") is not None else {})


def _variant(values: Raw) -> Raw:
    return {"values": listed({"name": name, "value": str(value)} for name, value in values.items())}


def _variant_of(value: Raw) -> Raw:
    rows = unlisted(value.get("values"))
    return {clean_text(one.get("name")): clean_text(one.get("value")) for one in rows if one.get("name")}
