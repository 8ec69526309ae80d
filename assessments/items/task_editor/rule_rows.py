"""Rules of the judgement as rows *what was done – how*, and back. Pure. What rows cannot say is kept as text."""

from __future__ import annotations

from typing import Any

from assessments.items.task_editor.condition_rows import SCREEN
from assessments.items.task_editor.known import Known
from assessments.items.task_editor.raw import (
    KEPT,
    Raw,
    child,
    clean_text,
    kept,
    listed,
    unkept,
    unlisted,
    whole_number,
)

ALWAYS, NEVER = "", "never"
_SIDES = ("first", "second")
_WORD, _GROUP = ", ", " | "


def rows_of_rule(rule: Any, known: Known) -> Raw:
    """``{match: all | any, rows: […]}``."""
    match, parts = "all", rule
    if isinstance(rule, dict) and set(rule) == {"any"} and isinstance(rule["any"], list):
        match, parts = "any", rule["any"]
    rules = [] if rule is None else parts if isinstance(parts, list) else [parts]
    rows = {"match": match, "rows": [_row(one, known) for one in rules]}
    if rule is not None and rule_of_rows(rows, known) != rule:
        return {"match": "all", "rows": [kept(rule)]}
    return rows


def rule_of_rows(value: Raw, known: Known) -> Any:
    rules = [_rule(one, known) for one in value.get("rows") or []]
    found = [one for one in rules if one is not None]
    if not found:
        return None
    if value.get("match") == "any" and len(found) > 1:
        return {"any": found}
    return found[0] if len(found) == 1 else found


def _row(rule: Any, known: Known) -> Raw:
    row = _plain_row(rule, known, ALWAYS) if isinstance(rule, dict) else None
    return row if row is not None and _rule(row, known) == rule else kept(rule)


def _plain_row(rule: dict[str, Any], known: Known, whether: str) -> Raw | None:
    if set(rule) == {"never"} and isinstance(rule["never"], dict) and whether == ALWAYS:
        return _plain_row(rule["never"], known, NEVER)
    if "did" in rule:
        return _did_row(rule, known, whether)
    if "visited" in rule:
        return child("visited", {"whether": whether, "screen": rule["visited"]})
    if "used" in rule:
        return child("used", {"whether": whether, "button": rule["used"]})
    if set(rule) == {"before"}:
        return _before_row(rule["before"], known, whether)
    if rule == {"finished": True}:
        return child("used", {"whether": whether, "button": "finish"})
    if "of" in rule:
        check = check_row(rule, known)
        return child("value", {"whether": whether, **check}) if check else None
    return None


def _before_row(sides: list[Any], known: Known, whether: str) -> Raw | None:
    found = [_side(one, known) for one in sides]
    if len(found) != 2 or None in found:
        return None
    (first, first_value), (second, second_value) = (one or ("", "") for one in found)
    row = {"first": first, "first_value": first_value, "second": second, "second_value": second_value}
    return child("before", {"whether": whether, **row})


def _side(rule: Any, known: Known) -> tuple[str, str] | None:
    if isinstance(rule, dict) and set(rule) == {"visited"}:
        return SCREEN + str(rule["visited"]), ""
    if (
        not isinstance(rule, dict)
        or not set(rule) <= {"did", "value"}
        or not isinstance(rule.get("did"), str)
    ):
        return None
    return rule["did"], known.words(rule["did"], rule["value"]) if "value" in rule else ""


def _side_rule(name: str, words: str, known: Known) -> dict[str, Any]:
    if name.startswith(SCREEN):
        return {"visited": name.removeprefix(SCREEN)}
    return {"did": name} | ({"value": known.literal(name, words)} if words else {})


def _did_row(rule: dict[str, Any], known: Known, whether: str) -> Raw | None:
    did = rule["did"]
    elements = did if isinstance(did, list) else [did]
    where = [check_row(one, known) for one in rule.get("where") or []]
    if None in where or (isinstance(did, list) and len(did) < 2):
        return None
    value = known.words(elements[0], rule["value"]) if "value" in rule else ""
    return child(
        "did",
        {
            "whether": whether,
            "elements": elements,
            "value": value,
            "went": rule.get("went", ""),
            "times": rule.get("times"),
            "where": listed(where),
        },
    )


def _rule(row: Raw, known: Known) -> Any:
    if row["type"] == KEPT:
        return unkept(row["value"])
    rule = _bare_rule(row["type"], row["value"], known)
    return {"never": rule} if rule is not None and row["value"].get("whether") == NEVER else rule


def _bare_rule(kind: str, value: Raw, known: Known) -> Any:
    if kind == "visited":
        return {"visited": str(value["screen"])} if value.get("screen") else None
    if kind == "used":
        button = value.get("button")
        return {"finished": True} if button == "finish" else {"used": button} if button else None
    if kind == "value":
        return check_of_row(value, known)
    if kind == "before":
        sides = [(str(value.get(one) or ""), clean_text(value.get(f"{one}_value"))) for one in _SIDES]
        return (
            {"before": [_side_rule(*side, known) for side in sides]} if all(one[0] for one in sides) else None
        )
    return _did(value, known)


def _did(value: Raw, known: Known) -> dict[str, Any] | None:
    elements = list(value.get("elements") or [])
    if not elements:
        return None
    rule: dict[str, Any] = {"did": elements[0] if len(elements) == 1 else elements}
    words = clean_text(value.get("value"))
    where = [check_of_row(one, known) for one in unlisted(value.get("where"))]
    rule |= {"value": known.literal(elements[0], words)} if words else {}
    rule |= {"went": value["went"]} if value.get("went") else {}
    rule |= {"times": int(value["times"])} if value.get("times") is not None else {}
    return rule | ({"where": [one for one in where if one]} if any(where) else {})


def check_row(check: Any, known: Known) -> Raw | None:
    """``{of, expect | not_expect | filled | at_least, how}`` as a row; None when it says more than that."""
    if not isinstance(check, dict) or "of" not in check:
        return None
    operators = [key for key in check if key not in {"of", "how"}]
    if len(operators) != 1:
        return None
    operator, name = operators[0], check["of"]
    comparison, words = _compared(operator, check[operator], name, known)
    row = {"of": name, "comparison": comparison, "value": words, "how": check.get("how", "exact")}
    return row if check_of_row(row, known) == check else None


def _compared(operator: str, wanted: Any, name: str, known: Known) -> tuple[str, str]:
    if operator == "filled":
        return ("filled" if wanted else "empty"), ""
    if isinstance(wanted, dict) and "between" in wanted:
        return "between", _GROUP.join(str(one) for one in wanted["between"])
    if isinstance(wanted, dict) and "mentions" in wanted:
        return "mentions", _GROUP.join(_WORD.join(group) for group in wanted["mentions"])
    return operator, known.words(name, wanted)


def check_of_row(row: Raw, known: Known) -> dict[str, Any] | None:
    name, words = str(row.get("of") or ""), clean_text(row.get("value"))
    if not name and not words:
        return None
    comparison, how = row.get("comparison") or "expect", row.get("how") or "exact"
    check: dict[str, Any] = {"of": name}
    if comparison in {"filled", "empty"}:
        check["filled"] = comparison == "filled"
    elif comparison == "between":
        check["expect"] = {"between": [whole_number(one) for one in words.split("|")]}
    elif comparison == "mentions":
        groups = [[word.strip() for word in group.split(",") if word.strip()] for group in words.split("|")]
        check["expect"] = {"mentions": [group for group in groups if group]}
    elif comparison == "at_least":
        check["at_least"] = whole_number(words)
    else:
        check[comparison] = known.literal(name, words)
    return check | ({"how": how} if how != "exact" else {})
