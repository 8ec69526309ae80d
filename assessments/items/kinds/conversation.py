"""A branching call or chat with pressure. The server walks the branches; what comes later is not sent before."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.kinds.base import (
    Context,
    ItemKind,
    check_parts,
    parts_of,
    position_of,
    required_position,
    shuffled,
    unreadable,
)
from assessments.items.verdict import Answer, BadAnswer, Content, Remark, Verdict, verdict_of

FIELD, PATH = "tra_loi", "duong"
END = "end"
_LONGEST = 12


class Conversation(ItemKind):
    code = "conversation"
    letters = "CV"
    label = gettext_lazy("Conversation")
    submit_label = gettext_lazy("Say this")
    practical = True

    def validate(self, content: Content) -> list[str]:
        nodes = parts_of(content, "nodes")
        faults = check_parts(nodes, 1, _LONGEST, ("says",))
        for node in nodes:
            faults += check_parts(parts_of(node, "choices"), 2, 4, ("text", "feedback", "goto"))
        if faults:
            return faults
        paths = list(_paths(content, str(content.get("start")), ()))
        if not paths or any(path is None for path in paths):
            return [_("Every way through the conversation must come to an end.")]
        reached = {step["node"] for path in paths if path for step in path}
        if reached != {str(node["id"]) for node in nodes}:
            faults.append(_("A part of the conversation can never be reached."))
        best = max(sum(step["points"] for step in path) for path in paths if path)
        if best <= 0 or best != content.get("max_points"):
            faults.append(_("The full points must be those of the best way through."))
        return faults

    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        steps = _walk(content, (draft or {}).get("path", []))
        node = _node(content, steps[-1]["goto"] if steps else str(content["start"]))
        choices = self._order(node, seed) if node else []
        return {
            "field": FIELD,
            "path_field": PATH,
            "path": ",".join(str(self._public(content, step, seed)) for step in steps),
            "said": [{"speaker": s["speaker"], "says": s["says"], "reply": s["text"]} for s in steps],
            "speaker": node["speaker"] if node else "",
            "says": node["says"] if node else "",
            "choices": [{"value": place, "text": choice["text"]} for place, choice in enumerate(choices)],
        }

    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        return {
            "said": [
                {
                    "speaker": step["speaker"],
                    "says": step["says"],
                    "reply": step["text"],
                    "feedback": step["feedback"],
                    "critical": bool(step["critical"]),
                    "right": step["points"] > 0,
                }
                for step in _walk(content, verdict.answer.get("path", []))
            ]
        }

    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        path = self._posted_path(content, seed, post)
        steps = _walk(content, path)
        node = _node(content, steps[-1]["goto"] if steps else str(content["start"]))
        if node is None:
            raise BadAnswer(unreadable())
        choices = self._order(node, seed)
        try:
            place = required_position(post, FIELD, len(choices), _("Choose what to say first."))
        except BadAnswer as refusal:
            raise BadAnswer(refusal.message, {"path": path}) from None
        path = [*path, str(choices[place]["id"])]
        if choices[place]["goto"] != END:
            raise BadAnswer(draft={"path": path})
        return {"path": path}

    def grade(self, content: Content, answer: Answer) -> Verdict:
        steps = _walk(content, answer.get("path", []))
        remarks = tuple(Remark(step["choice"], step["points"] > 0, step["feedback"]) for step in steps)
        critical = tuple(step["critical"] for step in steps if step["critical"])
        ended = bool(steps) and steps[-1]["goto"] == END
        share = sum(step["points"] for step in steps) / content["max_points"] if ended else 0.0
        return verdict_of(share, answer, remarks, critical)

    def _order(self, node: Content, seed: int) -> list[Content]:
        return shuffled(parts_of(node, "choices"), seed + sum(map(ord, str(node["id"]))))

    def _public(self, content: Content, step: Content, seed: int) -> int:
        node = _node(content, step["node"]) or {}
        return [str(choice["id"]) for choice in self._order(node, seed)].index(step["choice"])

    def _posted_path(self, content: Content, seed: int, post: QueryDict) -> list[str]:
        """The choices made so far, replayed from the start: a step that was not possible is refused."""
        text = post.get(PATH, "")[:60]
        path: list[str] = []
        node = _node(content, str(content["start"]))
        for public in text.split(",") if text else []:
            choices = self._order(node, seed) if node else []
            place = position_of(public, len(choices))
            if place is None:
                raise BadAnswer(unreadable())
            path.append(str(choices[place]["id"]))
            node = _node(content, str(choices[place]["goto"]))
        return path


def _node(content: Content, node_id: str) -> Content | None:
    return next((node for node in parts_of(content, "nodes") if str(node["id"]) == node_id), None)


def _step(node: Content, choice: Content) -> Content:
    return {
        "node": str(node["id"]),
        "speaker": node.get("speaker", ""),
        "says": node["says"],
        "choice": str(choice["id"]),
        "text": choice["text"],
        "feedback": choice["feedback"],
        "points": float(choice.get("points") or 0),
        "critical": str(choice.get("critical") or ""),
        "goto": str(choice["goto"]),
    }


def _walk(content: Content, path: list[str]) -> list[Content]:
    """The steps of a path, as far as they are possible."""
    steps: list[Content] = []
    node = _node(content, str(content["start"]))
    for wanted in path[:_LONGEST]:
        choice = next((c for c in parts_of(node or {}, "choices") if str(c["id"]) == str(wanted)), None)
        if node is None or choice is None:
            break
        steps.append(_step(node, choice))
        node = _node(content, str(choice["goto"]))
    return steps


def _paths(
    content: Content, node_id: str, before: tuple[Content, ...]
) -> Iterator[tuple[Content, ...] | None]:
    """Every way from a node to the end; None for a way that never ends or leads nowhere."""
    node = _node(content, node_id)
    if node is None or len(before) >= _LONGEST:
        yield None
        return
    for choice in parts_of(node, "choices"):
        path = (*before, _step(node, choice))
        if choice["goto"] == END:
            yield path
        else:
            yield from _paths(content, str(choice["goto"]), path)
