"""QuestionSet, InteractiveVideo and CoursePresentation: the sum of their scorable children."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..errors import ResponseError
from .children import WITHOUT_SCORE, Child, as_child, holders, matched
from .result import Detail, Score, mapping, number, unverified
from .snapshot import Snapshot, index_of

ScoreChild = Callable[[str, Mapping[str, Any], Snapshot], Score]
_NOTHING = Snapshot(None, None, None, None)


def score_compound(
    library: str, params: Mapping[str, Any], snapshot: Snapshot, score_child: ScoreChild
) -> Score:
    """A child that was not reached scores nothing but its maximum counts."""
    children = [as_child(holder) for holder in holders(library, params)]
    scorable = [child for child in children if child.library not in WITHOUT_SCORE]
    if snapshot == _NOTHING:
        return total([(child, _NOTHING) for child in scorable], score_child)
    if snapshot.children is None:
        return unverified("no snapshot of the children")
    known = {child.sub_content for child in children if child.library in WITHOUT_SCORE and child.sub_content}
    given = tuple(one for one in snapshot.children if one.sub_content is None or one.sub_content not in known)
    found = matched(scorable, given)
    if found is None:
        return unverified("the snapshot does not tell which child is which")
    return total([(child, one or _NOTHING) for child, one in zip(scorable, found, strict=True)], score_child)


def score_question_set(params: Mapping[str, Any], snapshot: Snapshot, score_child: ScoreChild) -> Score:
    """A pool shows some of the questions, in an order that the state or the children's names tell."""
    children = [as_child(holder) for holder in holders("H5P.QuestionSet", params)]
    shown = _shown_order(params, snapshot, children)
    if shown is None:
        return unverified("the snapshot does not tell which questions were shown")
    states = mapping(snapshot.state).get("answers")
    pairs: list[tuple[Child, Snapshot]] = []
    for position, index in enumerate(shown):
        given = _child_at(snapshot, position, len(shown))
        if isinstance(states, list) and position < len(states) and states[position] is not None:
            given = replace(given, state=states[position])
        pairs.append((children[index], given))
    return total([pair for pair in pairs if pair[0].library not in WITHOUT_SCORE], score_child)


def _shown_order(params: Mapping[str, Any], snapshot: Snapshot, children: list[Child]) -> list[int] | None:
    """For each place in which a question was shown, its index among the questions of the content."""
    size = _pool_size(params, len(children))
    by_name = _order_by_names(snapshot, children)
    if by_name is not None:
        if len(by_name) != size:
            raise ResponseError("impossible-response", f"{len(by_name)} questions shown of {size}")
        return by_name
    state = mapping(snapshot.state)
    pool, order = state.get("poolOrder"), state.get("order")
    shown = list(range(len(children)))
    if size < len(children):
        if not isinstance(pool, list) or len(pool) != size:
            return None
        shown = _picked(shown, pool)
    if params.get("randomQuestions") is True:
        if not isinstance(order, list) or len(order) != len(shown):
            return None
        shown = _picked(shown, order)
    return shown


def _pool_size(params: Mapping[str, Any], count: int) -> int:
    size = int(number(params.get("poolSize"), 0))
    return size if 0 < size < count else count


def _picked(shown: list[int], order: list[Any]) -> list[int]:
    places = [index_of(one, len(shown)) for one in order]
    if len(set(places)) != len(places):
        raise ResponseError("impossible-response", "one question twice")
    return [shown[place] for place in places]


def _order_by_names(snapshot: Snapshot, children: list[Child]) -> list[int] | None:
    names = [child.sub_content for child in children]
    given = [one.sub_content for one in snapshot.children or ()]
    if not given or None in given or None in names or len(set(names)) != len(names):
        return None
    if len(set(given)) != len(given) or not set(given) <= set(names):
        raise ResponseError("impossible-response", "questions that are not in the set")
    places = {name: place for place, name in enumerate(names)}
    return [places[name] for name in given]


def _child_at(snapshot: Snapshot, position: int, count: int) -> Snapshot:
    if snapshot.children is None:
        return _NOTHING
    if len(snapshot.children) != count:
        raise ResponseError("impossible-response", f"{len(snapshot.children)} answers for {count} questions")
    return snapshot.children[position]


def total(pairs: list[tuple[Child, Snapshot]], score_child: ScoreChild) -> Score:
    scores = [score_child(child.library, child.params, given) for child, given in pairs]
    details = tuple(
        Detail(child.sub_content or str(position), one.raw, one.maximum, _note(child, one))
        for position, ((child, _), one) in enumerate(zip(pairs, scores, strict=True))
    )
    if not all(one.verified for one in scores):
        return Score(0, 0, False, details)
    return Score(sum(one.raw for one in scores), sum(one.maximum for one in scores), True, details)


def _note(child: Child, score: Score) -> str:
    if score.verified:
        return child.library
    return f"{child.library}: {score.details[0].note}" if score.details else child.library
