"""A simulated task: acted out screen by screen; the server replays the log and judges it.

The answer is the log itself, so that grading again from the frozen version gives the same result to the bit.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import Context, ItemKind
from assessments.items.simulation.grade import Result
from assessments.items.simulation.lint import lint
from assessments.items.simulation.machine import Impossible
from assessments.items.simulation.play import Play, resume
from assessments.items.simulation.world import with_variant
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict


class SimulatedTask(ItemKind):
    code = "simulated_task"
    letters = "ST"
    label = gettext_lazy("Simulated task")
    # Acting needs a page of its own; there is nothing to send from the page of the item.
    submit_label = ""
    practical = True
    feedback_inline = True

    def validate(self, content: Content) -> list[str]:
        task = content.get("simulation")
        if not isinstance(task, dict):
            return [_("The task has no screens.")]
        try:
            faults = lint(task, timezone.localdate(), walks=False)
        except (KeyError, TypeError, ValueError, AttributeError, LookupError) as problem:
            return [_("The task cannot be read: %(problem)s") % {"problem": repr(problem)}]
        return [f"{fault.code} {fault.where}: {fault.message}" for fault in faults if fault.level == "error"]

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        brief = with_variant(content["simulation"], seed)["brief"]
        return {
            "setting": brief["situation"],
            "ask": brief["ask"],
            "code": content["id"],
            "done": bool(draft and "events" in draft),
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        """Said step by step; the advice of a critical error stands first."""
        task, result = content["simulation"], judged(content, verdict.answer)
        feedback = task["private"].get("feedback") or {}
        return {
            "setting": with_variant(task, seed)["brief"]["situation"],
            "steps": [
                {"label": one.label, "share": _level(one.share), "why": one.why} for one in result.steps
            ],
            "critical": [{"label": one.label, "advice": one.advice} for one in result.critical],
            "feedback": feedback.get("full" if result.mastered else "part", ""),
            "points": result.points,
            "maximum": result.maximum,
            "hints": result.hints_taken,
        }

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        raise BadAnswer(_("Press “Start” and do the task on the practice phone."))

    def grade(self, content: Content, answer: Answer) -> Verdict:
        result = judged(content, answer)
        share = round(float(result.points) / result.maximum, 6)
        remarks = tuple(Remark(one.id, one.share == 1, one.why) for one in result.steps)
        codes = tuple(dict.fromkeys(error.code for error in result.critical))
        return Verdict(share, result.mastered, remarks, codes, answer=answer)


def played(content: Content, answer: Answer) -> Play:
    """The play that an answer tells of; a log that is not of this task counts as nothing done."""
    seed, rows = _seed(answer.get("seed")), answer.get("events") or []
    try:
        return resume(content["simulation"], seed, rows)
    except (Impossible, TypeError):
        return resume(content["simulation"], seed, [])


def judged(content: Content, answer: Answer) -> Result:
    return played(content, answer).result


def _seed(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _level(share: Any) -> str:
    if share == 1:
        return "right"
    return "partly" if share > 0 else "wrong"
