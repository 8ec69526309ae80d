"""Takes the key out of a content, so that the browser cannot know it.

``blind`` gives two sets of parameters in the same order: what the browser gets, and the key, which ``score`` takes. The
browser's own judgement is then meaningless; a player of blind content must show none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from ..errors import CannotBlind
from ..marked_words import without_key, words
from ..walk import machine_name
from .children import WITHOUT_SCORE, holders
from .choices import is_single_choice
from .dragging import is_draggable
from .result import mapping, number, objects
from .screen import right_places
from .story import BrokenStory, best_way, choices_of, scenes_of
from .texts import GAP, drag_words

Params = dict[str, Any]
Pair = tuple[Params, Params]

# Sentences that an author may have filled with the answer.
_TELLING = ("overallFeedback", "feedback", "feedbackOnCorrect", "feedbackOnWrong", "solution", "solutionText")
_WITH_CHILDREN = frozenset(
    f"H5P.{name}" for name in ("QuestionSet", "InteractiveVideo", "CoursePresentation")
)
_BRANCHING, _BRANCHING_QUESTION = "H5P.BranchingScenario", "H5P.BranchingQuestion"
_SCORES = ("endScreenScore",)
_KEPT_TIP = re.compile(r"(?<!\\):(?P<tip>[^\\]*)", re.DOTALL)


def blind(main_library: object, params: Mapping[str, Any], seed: int | str) -> Pair:
    """(parameters for the browser, parameters with the key). Raises ``CannotBlind``."""
    chance = random.Random(f"h5p-blind {seed}")  # noqa: S311 - the order is no secret, only not the author's
    return _blind(machine_name(main_library), deepcopy(dict(params)), chance)


def _blind(library: str, key: Params, chance: random.Random) -> Pair:
    if library in _ONE_QUESTION:
        public, key = _ONE_QUESTION[library](key, chance)
        return _without_telling(public), key
    if library in _WITH_CHILDREN:
        public, key = _blind_children(
            library, _drawn(key, chance) if library == "H5P.QuestionSet" else key, chance
        )
        return _without_telling(public), key
    if library == _BRANCHING:
        public, key = _blind_children(library, key, chance)
        return _strip(public, _SCORES), key  # texts after a choice stay: the scenario is made of them
    raise CannotBlind(f"no way to take the key out of {library[:80]}")


def _blind_children(library: str, key: Params, chance: random.Random) -> Pair:
    public = deepcopy(key)
    for shown, kept in zip(holders(library, public), holders(library, key), strict=True):
        inner = machine_name(kept.get("library", ""))
        if inner not in WITHOUT_SCORE and inner != _BRANCHING_QUESTION:
            shown["params"], kept["params"] = _blind(inner, mapping(kept.get("params")), chance)
    return public, key


def _drawn(key: Params, chance: random.Random) -> Params:
    """The server draws the pool, so that nobody can draw until it is easy."""
    questions = objects(key.get("questions"))
    size = int(number(key.get("poolSize"), 0))
    if 0 < size < len(questions):
        questions = chance.sample(questions, size)
    elif key.get("randomQuestions") is True:
        chance.shuffle(questions)
    return {**key, "questions": questions, "poolSize": 0, "randomQuestions": False}


def _without_telling(public: Params) -> Params:
    return _strip(public, _TELLING)


def _strip(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_strip(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _strip(one, names) for key, one in value.items() if key not in names}
    return value


def _multi_choice(key: Params, chance: random.Random) -> Pair:
    answers = objects(key.get("answers"))
    behaviour = {**mapping(key.get("behaviour"))}
    if behaviour.get("randomAnswers", True) is True:
        chance.shuffle(answers)
    behaviour["type"] = "single" if is_single_choice(key) else "multi"
    key = {**key, "answers": answers, "behaviour": behaviour}
    public = deepcopy(key)
    for answer in public["answers"]:
        answer.pop("correct", None)
        answer.pop("weight", None)
        answer["tipsAndFeedback"] = {"tip": mapping(answer.get("tipsAndFeedback")).get("tip", "")}
    return public, key


def _true_false(key: Params, chance: random.Random) -> Pair:
    public = deepcopy(key)
    public.pop("correct", None)
    public["behaviour"] = {
        name: value for name, value in mapping(public.get("behaviour")).items() if name not in _TELLING
    }
    return public, key


def _single_choice_set(key: Params, chance: random.Random) -> Pair:
    """The right answer is the first one, so the order itself is the key."""
    choices = []
    for choice in objects(key.get("choices")):
        answers = choice.get("answers")
        if not isinstance(answers, list):
            continue
        order = list(range(len(answers)))
        chance.shuffle(order)
        right = int(number(choice.get("correct"), 0))
        moved = {**choice, "answers": [answers[old] for old in order]}
        choices.append({**moved, "correct": order.index(right) if right in order else 0})
    key = {**key, "choices": choices}
    public = {**deepcopy(key), "choices": [_without(choice, "correct") for choice in choices]}
    return public, key


def _without(value: Mapping[str, Any], name: str) -> Params:
    return {key: one for key, one in value.items() if key != name}


def _blanks(key: Params, chance: random.Random) -> Pair:
    questions = key.get("questions")
    public = deepcopy(key)
    if isinstance(questions, list):
        public["questions"] = [
            GAP.sub(_empty_gap, text) if isinstance(text, str) else text for text in questions
        ]
    return _without(public, "userAnswers"), key


def _empty_gap(gap: re.Match[str]) -> str:
    """Keeps the tip, which is meant to be seen before answering."""
    tip = _KEPT_TIP.search(gap[1])
    return f"*:{tip['tip']}*" if tip and tip["tip"].strip() else "**"


def _drag_text(key: Params, chance: random.Random) -> Pair:
    text = str(key.get("textField", ""))
    gaps = drag_words(text)
    offered = gaps + drag_words(key.get("distractors"))
    chance.shuffle(offered)
    public = {**deepcopy(key), "distractors": " ".join(f"*{word}*" for word in offered)}
    public["textField"] = "\n".join(GAP.sub(_empty_gap, line) for line in text.splitlines())
    # The player counts the words of the empty gaps first; none of them can be dropped.
    return public, {**key, "blindWords": [""] * len(gaps) + offered}


def _mark_the_words(key: Params, chance: random.Random) -> Pair:
    text = str(key.get("textField", ""))
    try:
        bare = without_key(text)
        marked, plain = words(text), words(bare)
    except ValueError as problem:
        raise CannotBlind(str(problem)) from None
    if len(marked) != len(plain) or any(word.is_answer for word in plain):
        raise CannotBlind("a marked phrase of several syllables would stand out or be cut apart")
    return {**deepcopy(key), "textField": bare}, key


def _drag_question(key: Params, chance: random.Random) -> Pair:
    """Every element may go to every zone, since the zones that it may go to are often the key."""
    key = deepcopy(key)
    task = mapping(mapping(key.get("question")).get("task"))
    zones = objects(task.get("dropZones"))
    for element in objects(task.get("elements")):
        if is_draggable(element):
            element["dropZones"] = [str(zone) for zone in range(len(zones))]
    public = deepcopy(key)
    for zone in objects(mapping(mapping(public.get("question")).get("task")).get("dropZones")):
        zone["correctElements"] = []
        zone["tipsAndFeedback"] = {"tip": mapping(zone.get("tipsAndFeedback")).get("tip", "")}
    return public, key


def _sequence(key: Params, chance: random.Random) -> Pair:
    """The author's order is the key, so what is shown is mixed."""
    items = key.get("items")
    if not isinstance(items, list):
        raise CannotBlind("a sequence without steps")
    places = list(range(len(items)))
    chance.shuffle(places)
    mixed = {**key, "items": [items[place] for place in places], "mixed": True}
    # Where in the mixed list the first step stands, then the second, and so on.
    order = [places.index(place) for place in range(len(items))]
    return _without(mixed, "after"), {**mixed, "order": order}


def _story(key: Params, chance: random.Random) -> Pair:
    """What happens stays, since the story is made of it; scenes and choices lose their order, which may tell."""
    scenes = scenes_of(key)
    try:
        best_way(scenes)
    except BrokenStory as problem:
        raise CannotBlind(str(problem)) from None
    order = [0, *chance.sample(range(1, len(scenes)), len(scenes) - 1)]
    moved = []
    for old in order:
        choices = [{**one, "next": order.index(int(one["next"]) - 1) + 1} for one in choices_of(scenes[old])]
        chance.shuffle(choices)
        moved.append({**scenes[old], "choices": choices})
    key = {**key, "scenes": moved}
    return _strip(key, ("points", "said")), key


def _screen(key: Params, chance: random.Random) -> Pair:
    """The drawing stays as it is; only how many places are asked for is told."""
    right = right_places(key)
    if not right:
        raise CannotBlind("a screen without a right place")
    return {**_strip(key, ("correct", "said", "after")), "wanted": len(right)}, key


_ONE_QUESTION: Mapping[str, Callable[[Params, random.Random], Pair]] = {
    "H5P.MultiChoice": _multi_choice,
    "H5P.TrueFalse": _true_false,
    "H5P.SingleChoiceSet": _single_choice_set,
    "H5P.Blanks": _blanks,
    "H5P.DragText": _drag_text,
    "H5P.MarkTheWords": _mark_the_words,
    "H5P.DragQuestion": _drag_question,
    "BinhDan.Choice": _multi_choice,
    "BinhDan.Sequence": _sequence,
    "BinhDan.Branching": _story,
    "BinhDan.Screen": _screen,
}
