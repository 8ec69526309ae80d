"""What is still missing or wrong in a draft, and where in the editor it is put right. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessments.items.simulation.fault import Fault
from assessments.items.simulation.lint import lint
from assessments.items.simulation.world import Task
from assessments.items.task_editor.elements import block_id
from assessments.items.task_editor.screens import find_screen

BRIEF, SCREEN, PART, MEMORY, JUDGEMENT, RECORD, START = (
    "brief",
    "screen",
    "part",
    "memory",
    "judgement",
    "record",
    "start",
)


@dataclass(frozen=True)
class Place:
    """A page of the editor, the screen or part on it, and the anchor of a block."""

    page: str
    name: str = ""
    anchor: str = ""


def faults_of(task: Task, today: date, *, walks: bool = False) -> list[Fault]:
    faults = list(_missing(task))
    try:
        found = lint(task, today, walks=walks and not faults)
    except (KeyError, TypeError, ValueError, AttributeError, LookupError) as problem:
        found = [Fault("unreadable", "", f"Có chỗ còn dở nên chưa kiểm tra hết được: {problem!r}")]
    # Until something is judged, the evidence says nothing that helps.
    skipped = {"solution-not-full", "fewer-than-two-wrong-paths"} if faults else set()
    return faults + [fault for fault in found if fault.code not in skipped]


def errors_of(task: Task, today: date) -> list[Fault]:
    return [fault for fault in faults_of(task, today) if fault.level == "error"]


def _missing(task: Task) -> list[Fault]:
    brief, found = task["brief"], []
    if not task.get("title"):
        found.append(Fault("no-title", "title", "Bài chưa có tên."))
    if not brief.get("situation") or not brief.get("ask"):
        found.append(Fault("no-brief", "brief", "Hãy viết tình huống và việc phải làm."))
    if not task["private"].get("criteria"):
        found.append(Fault("nothing-judged", "private", "Chưa có việc nào được chấm điểm."))
    if not task["recorded"].get("solution"):
        found.append(
            Fault("no-solution", "solution", "Hãy làm thử một lần cho đúng và ghi lại làm lời giải.")
        )
    return found


def place_of(task: Task, fault: Fault) -> Place:
    parts = [part for part in fault.where.split("/") if part]
    head = parts[0] if parts else ""
    if head == "screens" and len(parts) > 1:
        return _screen_place(task, parts[1], parts[3] if len(parts) > 3 else "")
    if find_screen(task, head) is not None:
        return _screen_place(task, head, parts[1] if len(parts) > 1 else "")
    private = task["private"]
    judged = {one.get("id") for name in ("criteria", "critical") for one in private.get(name) or []}
    if head in judged | {"private", "feedback", "hints"}:
        return Place(JUDGEMENT)
    if head in {"title", "brief", "sources", "review_by"}:
        return Place(BRIEF)
    if head in {*(task.get("vars") or {}), *(task.get("totals") or {}), "variants"}:
        return Place(MEMORY)
    if head == "parts" and len(parts) > 1:
        return Place(PART, parts[1])
    wrong = {one.get("name") for one in task["recorded"].get("wrong") or []}
    if fault.where in wrong or head in {"solution", "wrong", "finish"} or head.startswith("also_full"):
        return Place(RECORD)
    return Place(START)


def _screen_place(task: Task, screen_id: str, name: str) -> Place:
    screen = find_screen(task, screen_id)
    own = {str(e.get("id") or i) for i, e in enumerate(screen["elements"])} if screen else set()
    shared = next(
        (
            part
            for part, elements in (task.get("parts") or {}).items()
            if name in {element.get("id") for element in elements}
        ),
        None,
    )
    if shared is not None and name not in own:
        return Place(PART, shared, block_id(shared, name))
    return Place(SCREEN, screen_id, block_id(screen_id, name) if name in own else "")
