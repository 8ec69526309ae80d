"""E04: every statement has a source and a day on which somebody compares it again. Pure."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assessments.items.audit.bank import IN_USE, Bank, id_of, listed, parts, state_of, task_of
from assessments.items.audit.fault import Fault
from assessments.items.verdict import Content

_MARKS = frozenset("SPTKCM")
_UNSURE = frozenset("CM")
_UNSURE_DAYS = 30
_ON_SCREEN = re.compile(r"\.gov\.vn|\b156\b|\b5656\b|1900|App Store|CH Play|\bmục\b|\bnút\b", re.IGNORECASE)
_FRAUD = re.compile(r"lừa|giả danh|kẻ gian|chiêu", re.IGNORECASE)
_LAW = re.compile(r"\b(Luật|NĐ|Nghị định|Thông tư|TT|QĐ|NQ)\b")


def faults(bank: Bank) -> Iterator[Fault]:
    for key in bank.facts_told_twice:
        yield Fault("E04", key, "facts", "two files tell this fact differently")
    named = {str(key) for item in bank.audited for key in listed(item.get("facts"))}
    for key in sorted(named & set(bank.facts)):
        yield from _dated(key, bank.facts[key], bank.today, months_allowed(bank.facts[key]))
        yield from _law(key, bank.facts[key])
    for item in bank.audited:
        if item.get("kind") == "simulated_task":
            yield from _task(item, bank)
        else:
            yield from _item(item, bank)


def months_allowed(fact: Content) -> int:
    """What is seen on a screen changes fastest, then law and ways of fraud, then principles (section 12)."""
    says = str(fact.get("says") or fact.get("fact") or "")
    if fact.get("mark") == "K":
        return 12
    if _ON_SCREEN.search(says):
        return 3
    return 6 if fact.get("legal_basis") or _FRAUD.search(says) else 12


def _item(item: Content, bank: Bank) -> Iterator[Fault]:
    own = id_of(item)
    if not str(item.get("source") or "").strip():
        yield Fault("E04", own, "source", "is missing")
    keys = [str(key) for key in listed(item.get("facts"))]
    for key in keys:
        if key not in bank.facts:
            yield Fault("E04", own, "facts", f"{key} is unknown")
    known = [bank.facts[key] for key in keys if key in bank.facts]
    yield from _sure(item, str(item.get("mark")), [str(fact.get("mark")) for fact in known])
    yield from _dated(own, item, bank.today, 12)
    earliest = min((str(fact["review_by"]) for fact in known if fact.get("review_by")), default="")
    if earliest and str(item.get("review_by")) > earliest:
        yield Fault("E04", own, "review_by", f"is later than a fact's ({earliest})")


def _sure(item: Content, mark: str, marks: list[str]) -> Iterator[Fault]:
    own = id_of(item)
    if mark not in _MARKS:
        yield Fault("E04", own, "mark", f"{mark} is not a mark")
    unsure = sorted(_UNSURE & {mark, *marks})
    if unsure and state_of(item) in IN_USE:
        yield Fault("E04", own, "mark", f"rests on {', '.join(unsure)} and may only be in review")
    elif _UNSURE & set(marks) and mark not in _UNSURE:
        yield Fault("E04", own, "mark", "is stronger than that of a fact")


def _task(item: Content, bank: Bank) -> Iterator[Fault]:
    task = task_of(item)
    sources = parts(task, "sources")
    if not sources or not all(str(one.get("source") or "").strip() for one in sources):
        yield Fault("E04", id_of(item), "sources", "a source is missing")
    marks = {str(one.get("mark")) for one in sources}
    if not marks <= _MARKS:
        yield Fault("E04", id_of(item), "sources", f"{', '.join(sorted(marks - _MARKS))} is not a mark")
    if marks & _UNSURE and state_of(item) in IN_USE:
        yield Fault("E04", id_of(item), "sources", "rests on C or M and may only be in review")
    yield from _dated(id_of(item), {**task, "state": item.get("state")}, bank.today, 12)


def _dated(own: str, content: Content, today: date, months: int) -> Iterator[Fault]:
    verified, review = _day(content.get("verified_on")), _day(content.get("review_by"))
    unsure = str(content.get("mark")) in _UNSURE
    if verified is None and state_of(content) in IN_USE:
        yield Fault("E04", own, "verified_on", "nobody has compared it with its source")
    if verified and verified > today:
        yield Fault("E04", own, "verified_on", f"{verified} is in the future")
    if review is None:
        yield Fault("E04", own, "review_by", "is not a day")
        return
    if review < today:
        yield Fault("E04", own, "review_by", f"is over since {review}")
    if unsure and verified is None:
        latest = today + timedelta(days=_UNSURE_DAYS)
    else:
        latest = _months_after(min(verified or today, today), months)
    if review > latest:
        yield Fault("E04", own, "review_by", f"{review} is later than {latest}, {months} months allowed")


def _law(key: str, fact: Content) -> Iterator[Fault]:
    if fact.get("mark") == "S" and not fact.get("legal_basis") and _LAW.search(str(fact.get("says"))):
        yield Fault("E04", key, "legal_basis", "speaks of a law and names none", warning=True)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
