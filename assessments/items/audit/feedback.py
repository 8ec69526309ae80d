"""E03: whatever a person answers, the item explains it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.items.audit.bank import Bank, id_of, parts, task_of
from assessments.items.audit.fault import Fault
from assessments.items.audit.plain_text import short, words
from assessments.items.verdict import Content

_FEWEST_WORDS = 4
_EXPLAINED = (
    "options", "pairs", "extra_right", "cards", "regions", "addresses", "messages", "fields", "checklist",
    "critical_errors", "common_errors",
)  # fmt: skip
# What is typed is explained by whether it was right.
_BY_OUTCOME = {
    "blanks": ("feedback_right", "feedback_other"),
    "questions": ("feedback_right", "feedback_wrong"),
}


def faults(bank: Bank) -> Iterator[Fault]:
    for item in bank.audited:
        own = id_of(item)
        told = list(_task_feedback(item) if item.get("kind") == "simulated_task" else _feedback(item))
        for field, text in told:
            if len(words(text)) < _FEWEST_WORDS:
                message = f"has fewer than {_FEWEST_WORDS} words" if text else "is missing"
                yield Fault("E03", own, field, f"the feedback {message}")
        yield from _said_twice(item)


def _feedback(item: Content) -> Iterator[tuple[str, str]]:
    for name in _EXPLAINED:
        for part in parts(item, name):
            yield f"{name}.{_name(part)}", _text(part, "feedback")
    yield from _inner_feedback(item)
    if item.get("kind") == "number":
        for outcome in _BY_OUTCOME["blanks"]:
            yield outcome, _text(item, outcome)


def _inner_feedback(item: Content) -> Iterator[tuple[str, str]]:
    """Of the choices of a conversation, the slips and outcomes of what is typed."""
    for name, inner in (("nodes", "choices"), ("blanks", "common_errors")):
        for part in parts(item, name):
            for one in parts(part, inner):
                yield f"{name}.{_name(part)}.{_name(one)}", _text(one, "feedback")
    for name, outcomes in _BY_OUTCOME.items():
        for part in parts(item, name):
            for outcome in outcomes:
                yield f"{name}.{_name(part)}.{outcome}", _text(part, outcome)


def _task_feedback(item: Content) -> Iterator[tuple[str, str]]:
    private = task_of(item).get("private")
    if not isinstance(private, dict):
        return
    said = private.get("feedback")
    for name in ("full", "part"):
        yield f"feedback.{name}", _text(said if isinstance(said, dict) else {}, name)
    for error in parts(private, "critical"):
        yield f"critical.{_name(error)}.advice", _text(error, "advice")


def _said_twice(item: Content) -> Iterator[Fault]:
    """A wrong option that gets the words of another one is not explained."""
    seen: dict[str, str] = {}
    for name, key in (("options", "correct"), ("regions", "correct")):
        for part in parts(item, name):
            text = _text(part, "feedback")
            if part.get(key) is True or not text:
                continue
            if text in seen:
                yield Fault(
                    "E03",
                    id_of(item),
                    f"{name}.{_name(part)}",
                    f"same feedback as {seen[text]}: {short(text)}",
                )
            seen.setdefault(text, _name(part))


def _name(part: Content) -> str:
    return str(part.get("id", part.get("value", "?")))


def _text(part: Content, name: str) -> str:
    return str(part.get(name) or "").strip()
