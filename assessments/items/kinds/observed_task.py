"""A facilitator ticks what a person really did on their own phone. Never part of a sitting alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context, ItemKind, check_parts, parts_of, position_of, unreadable
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict

DONE, CRITICAL = "lam", "loi"


@dataclass(frozen=True)
class Agreement:
    """How far two observers saw the same."""

    share: float
    kappa: float
    differing: tuple[str, ...]


class ObservedTask(ItemKind):
    code = "observed_task"
    letters = "OB"
    label = gettext_lazy("Observed task")
    submit_label = gettext_lazy("Save what was observed")
    practical = True
    self_service = False

    def validate(self, content: Content) -> list[str]:
        checks = parts_of(content, "checklist")
        faults = check_parts(checks, 3, 10, ("text", "feedback"))
        faults += check_parts(parts_of(content, "critical_errors"), 0, 6, ("text", "feedback"))
        rule = content.get("scoring")
        if not isinstance(rule, dict) or sum(int(c.get("points") or 0) for c in checks) != rule.get("max"):
            faults.append(_("The points of the list must add up to the maximum."))
        elif not 0 < int(rule.get("pass") or 0) <= int(rule["max"]):
            faults.append(_("The points to pass must lie between one and the maximum."))
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        ticked = draft or {}
        return {
            "setting": content.get("setting", ""),
            "observer_says": content.get("observer_says", ""),
            "done_field": DONE,
            "critical_field": CRITICAL,
            "checks": _rows(parts_of(content, "checklist"), ticked.get("done", [])),
            "criticals": _rows(parts_of(content, "critical_errors"), ticked.get("critical", [])),
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        context = self.ask(content, seed, verdict.answer)
        for name, parts in (("checks", "checklist"), ("criticals", "critical_errors")):
            for row, part in zip(context[name], parts_of(content, parts), strict=True):
                row["feedback"] = part["feedback"]
        return context

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        return {
            "done": _ticked(parts_of(content, "checklist"), post.getlist(DONE)),
            "critical": _ticked(parts_of(content, "critical_errors"), post.getlist(CRITICAL)),
        }

    def grade(self, content: Content, answer: Answer) -> Verdict:
        checks, rule = parts_of(content, "checklist"), content["scoring"]
        done = {str(one) for one in answer.get("done", [])}
        earned = sum(int(check.get("points") or 0) for check in checks if str(check["id"]) in done)
        happened = {str(one) for one in answer.get("critical", [])}
        critical = tuple(
            str(e["id"]) for e in parts_of(content, "critical_errors") if str(e["id"]) in happened
        )
        required = {str(check["id"]) for check in checks if check.get("required")}
        failed = bool(critical) and rule.get("critical_error_fails") is not False
        remarks = tuple(Remark(str(c["id"]), str(c["id"]) in done, c["feedback"]) for c in checks)
        points = round(earned / int(rule["max"]), 6)
        passed = earned >= int(rule["pass"]) and required <= done and not failed
        return Verdict(points, passed, remarks, critical, answer=answer)


def compare_observers(content: Content, one: Answer, other: Answer) -> Agreement:
    """Share of equal ticks and Cohen's kappa over everything that could be ticked."""
    ids = [str(p["id"]) for name in ("checklist", "critical_errors") for p in parts_of(content, name)]
    first = {str(i) for i in [*one.get("done", []), *one.get("critical", [])]}
    second = {str(i) for i in [*other.get("done", []), *other.get("critical", [])]}
    differing = tuple(i for i in ids if (i in first) != (i in second))
    share = 1 - len(differing) / len(ids)
    p, q = len(first & set(ids)) / len(ids), len(second & set(ids)) / len(ids)
    by_chance = p * q + (1 - p) * (1 - q)
    kappa = 1.0 if by_chance == 1 else (share - by_chance) / (1 - by_chance)
    return Agreement(round(share, 6), round(kappa, 6), differing)


def _rows(parts: list[Content], ticked: Collection[str]) -> list[Context]:
    return [
        {"value": place, "text": part["text"], "mine": str(part["id"]) in ticked}
        for place, part in enumerate(parts)
    ]


def _ticked(parts: list[Content], posted: list[str]) -> list[str]:
    places = [position_of(text, len(parts)) for text in posted[: len(parts) + 1]]
    if None in places:
        raise BadAnswer(unreadable())
    return sorted({str(parts[place]["id"]) for place in places if place is not None})
