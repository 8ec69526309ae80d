"""Contents of each type, and snapshots as the real players write them."""

from __future__ import annotations

from typing import Any

Params = dict[str, Any]


def snapshot(response: Any = None, **more: Any) -> dict[str, Any]:
    """With a claimed score that is always wrong, so that a test would show if it were ever read."""
    result: dict[str, Any] = {"score": {"raw": 77, "max": 77, "scaled": 1}, "success": True}
    if response is not None:
        result["response"] = response
    return {"statement": {"result": result}, **more}


def multi_choice(correct: str, behaviour: Params | None = None, weights: list[float] | None = None) -> Params:
    """``correct`` is one letter per answer: + or -."""
    answers = [
        {
            "text": f"Đáp án {number}",
            "correct": mark == "+",
            "tipsAndFeedback": {"chosenFeedback": f"fb{number}"},
        }
        for number, mark in enumerate(correct)
    ]
    for answer, weight in zip(answers, weights or [], strict=False):
        answer["weight"] = weight
    return {"question": "?", "answers": answers, "behaviour": {"singlePoint": False, **(behaviour or {})}}


def true_false(correct: str = "true") -> Params:
    return {
        "question": "?",
        "correct": correct,
        "behaviour": {"feedbackOnCorrect": "Đúng rồi", "feedbackOnWrong": "Sai"},
    }


def blanks(*questions: str, **behaviour: Any) -> Params:
    return {"text": "Điền", "questions": list(questions), "behaviour": behaviour}


def drag_text(text: str, distractors: str = "") -> Params:
    return {"taskDescription": "Kéo", "textField": text, "distractors": distractors}


def mark_the_words(text: str) -> Params:
    return {"taskDescription": "Đánh dấu", "textField": text}


def single_choice_set(*answers: list[str]) -> Params:
    return {"choices": [{"question": "?", "answers": one} for one in answers]}


def drag_question(elements: list[Params], zones: list[Params], **behaviour: Any) -> Params:
    behaviour = {"singlePoint": False, "applyPenalties": True, **behaviour}
    return {
        "question": {"settings": {}, "task": {"elements": elements, "dropZones": zones}},
        "behaviour": behaviour,
    }


def element(*zones: int, **more: Any) -> Params:
    return {"type": {"library": "H5P.AdvancedText 1.1"}, "dropZones": [str(zone) for zone in zones], **more}


def zone(*elements: int, **more: Any) -> Params:
    tips = {"tip": "mẹo", "feedbackOnCorrect": "lộ"}
    return {"label": "?", "correctElements": [str(one) for one in elements], "tipsAndFeedback": tips, **more}


def inner(library: str, params: Params, sub_content: str | None = None) -> Params:
    found: Params = {"library": f"{library} 1.0", "params": params}
    return found | ({"subContentId": sub_content} if sub_content else {})


def question_set(*questions: Params, **more: Any) -> Params:
    return {"questions": list(questions), **more}


def interactive_video(*actions: Params, summaries: list[Params] | None = None) -> Params:
    task = {"library": "H5P.Summary 1.10", "params": {"summaries": summaries or [{"summary": []}]}}
    assets = {"interactions": [{"action": action} for action in actions]}
    return {"interactiveVideo": {"assets": assets, "summary": {"task": task}}}


def course_presentation(*slides: list[Params]) -> Params:
    made = [
        {"elements": [{"action": one, "solution": "lời giải"} for one in slide] + [{"goToSlide": 1}]}
        for slide in slides
    ]
    return {"presentation": {"slides": made}}


def named(sub_content: str, response: Any = None, **more: Any) -> dict[str, Any]:
    made = snapshot(response, **more)
    made["statement"]["object"] = {"id": f"https://x/h5p/1?subContentId={sub_content}"}
    return made


def branching_question(*alternatives: tuple[int, float | None]) -> Params:
    """Each alternative: the next content and the score."""
    made = []
    for following, score in alternatives:
        feedback = {} if score is None else {"endScreenScore": score}
        made.append({"text": "?", "nextContentId": following, "feedback": feedback})
    params = {"branchingQuestion": {"question": "?", "alternatives": made}}
    return {"type": inner("H5P.BranchingQuestion", params)}


def branching(option: str, *nodes: Params, default: float = 0) -> Params:
    screens = [{"endScreenScore": default}]
    return {"branchingScenario": {"content": list(nodes), "endScreens": screens, "scoringOption": option}}
