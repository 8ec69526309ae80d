"""The content of an item as parameters of an H5P type that gives the same points. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assessments.items.h5p_exchange.parts import BLANK
from assessments.items.h5p_exchange.plain_text import as_html, paragraph
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.verdict import Content
from lms import vietnamese
from media.h5p.names import LibraryName
from media.h5p.package import build_package

Params = dict[str, Any]


def is_sayable(kind: str) -> bool:
    """Orders and groups have no type with the same points; screens and pictures have no type at all."""
    return kind in _WRITERS


def params_of(content: Content) -> tuple[LibraryName, Params]:
    """Raises ``NotSayable``."""
    kind = str(content.get("kind"))
    if kind not in _WRITERS:
        raise NotSayable("kind-without-type", kind)
    library, write = _WRITERS[kind]
    return library, write(content)


def package_of(content: Content, title: str) -> bytes:
    """Names the library and bundles none; the same bytes each time."""
    library, params = params_of(content)
    return build_package(params, library, [library], title=vietnamese.normal(title) or "H5P")


def _stem(content: Content) -> str:
    """The setting stands before the question: H5P has one place for both."""
    return f"{content.get('context') or ''} {content['stem']}".strip()


def _multi_choice(content: Content) -> Params:
    single = content["kind"] == "choice"
    return {
        "question": paragraph(_stem(content)),
        "answers": [
            {
                "text": paragraph(option["text"]),
                "correct": option.get("correct") is True,
                "tipsAndFeedback": {"chosenFeedback": paragraph(option["feedback"])},
            }
            for option in content["options"]
        ],
        "behaviour": {
            "type": "single" if single else "multi",
            "singlePoint": False,
            "randomAnswers": not (single and content.get("keep_order")),
            "enableRetry": True,
            "enableSolutionsButton": True,
        },
    }


def _true_false(content: Content) -> Params:
    option_of = {str(option["id"]): option for option in content["options"]}
    if set(option_of) != {"true", "false"}:
        raise NotSayable("not-sayable")
    key, other = sorted(option_of.values(), key=lambda option: option.get("correct") is not True)
    return {
        "question": paragraph(_stem(content)),
        "correct": str(key["id"]),
        "l10n": {f"{name}Text": as_html(option["text"]) for name, option in option_of.items()},
        "behaviour": {
            "feedbackOnCorrect": as_html(key["feedback"]),
            "feedbackOnWrong": as_html(other["feedback"]),
            "enableRetry": True,
            "enableSolutionsButton": True,
        },
    }


def _blanks(content: Content) -> Params:
    blanks = content["blanks"]
    params: Params = {
        "text": paragraph(_stem(content)),
        "questions": [f"<p>{_gapped(blank)}</p>" for blank in blanks],
        "behaviour": {"caseSensitive": False, "acceptSpellingErrors": False, "enableRetry": True},
    }
    if len(blanks) == 1:
        params["overallFeedback"] = [
            {"from": 0, "to": 99, "feedback": as_html(blanks[0]["feedback_other"])},
            {"from": 100, "to": 100, "feedback": as_html(blanks[0]["feedback_right"])},
        ]
    return params


def _gapped(blank: Content) -> str:
    accept = "/".join(_without("*:\\", one).replace("/", "\\/") for one in blank["accept"])
    around = (_without("*", blank.get("label") or ""), _without("*", blank.get("unit") or ""))
    return f"{around[0]} *{accept}* {around[1]}".strip()


def _drag_text(content: Content) -> Params:
    spare = [_without("*:\\", one["text"]) for one in content.get("extra_right") or []]
    return {
        "taskDescription": paragraph(_stem(content)),
        "textField": "\n".join(map(_line, content["pairs"])),
        "distractors": "\n".join(f"*{text}*" for text in spare),
        "behaviour": {"enableRetry": True, "enableSolutionsButton": True, "instantFeedback": False},
    }


def _line(pair: Content) -> str:
    gap = _without("*:\\", pair["right"])
    feedback = as_html(pair["feedback"])
    # The type has no way to write these signs in its feedback.
    if not set("*:\\") & set(feedback):
        gap += f"\\+{feedback}\\-{feedback}"
    left = _without("*", pair["left"])
    if BLANK not in left:
        return f"{left} *{gap}*"
    if left.count(BLANK) > 1 or left.endswith(BLANK):
        raise NotSayable("not-sayable", left)
    return left.replace(BLANK, f"*{gap}*")


def _without(signs: str, text: object) -> str:
    """Signs that are part of the key's own writing cannot be said."""
    html = as_html(text)
    if set(signs) & set(html):
        raise NotSayable("not-sayable", str(text))
    return html


_WRITERS: Mapping[str, tuple[LibraryName, Callable[[Content], Params]]] = {
    "choice": (LibraryName("H5P.MultiChoice", 1, 16), _multi_choice),
    "multiple_choice": (LibraryName("H5P.MultiChoice", 1, 16), _multi_choice),
    "true_false": (LibraryName("H5P.TrueFalse", 1, 8), _true_false),
    "fill_in": (LibraryName("H5P.Blanks", 1, 14), _blanks),
    "match": (LibraryName("H5P.DragText", 1, 10), _drag_text),
}
