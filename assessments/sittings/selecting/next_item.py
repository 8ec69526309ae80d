"""What follows an answer: the row of the next item, made in the transaction of the answer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessments.psychometrics import adaptive
from assessments.sittings.calibration.in_force import arrays
from assessments.sittings.models import Selection, Sitting, SittingItem
from assessments.sittings.selecting.cuts import cuts_of
from assessments.sittings.selecting.modules import ability_after
from assessments.sittings.selecting.pieces import Piece, pieces_of

# Fewer answers never end a sitting by themselves: a lucky start must not decide.
_LEAST_ITEMS = 6
# Who begins shall first meet items that most likely go well.
_COMFORTABLE = 2


def lead_on(place: SittingItem, correct: bool) -> None:
    """Nothing to do where all items were drawn at the start."""
    selection = place.sitting.frozen.get("selection")
    if selection == Selection.ADAPTIVE:
        _go_on(place, correct)
    elif selection == Selection.TWO_STAGE:
        _open_second_stage(place.sitting)


def adaptive_row(
    sitting: Sitting, position: int, given: Sequence[int], answers: Sequence[int]
) -> SittingItem | None:
    """The item at this position after these scored answers; None when enough is known.

    Everything follows from what was frozen at the start and from the seed.
    """
    state, pieces = _state(sitting, given, answers)
    cut = _open_cut(state, cuts_of(sitting.frozen))
    if cut is None:
        return None
    history = {"given": list(given), "answers": list(answers)}
    tried = sitting.frozen["tried_out"].get(str(position))
    if tried is not None:
        return _row(sitting, position, tried, {"rule": "tried out", **history}, scored=False)
    state = replace(state, rules=replace(state.rules, cut=cut))
    choice = adaptive.select_next(state, adaptive.generator(sitting.seed, len(given)))
    why = {"rule": "adaptive", "cut": cut, **_explained(choice, pieces), **history}
    versions = {int(item): version for item, version in sitting.frozen["pool"].items()}
    return _row(sitting, position, versions[pieces[choice.item].item], why)


def _go_on(place: SittingItem, correct: bool) -> None:
    given, answers = place.why["given"], place.why["answers"]
    if place.scored:
        given, answers = [*given, place.version.item_id], [*answers, int(correct)]
    row = adaptive_row(place.sitting, place.position + 1, given, answers)
    if row is not None:
        row.save()


def _state(
    sitting: Sitting, given: Sequence[int], answers: Sequence[int]
) -> tuple[adaptive.State, list[Piece]]:
    frozen = sitting.frozen
    (calibration,) = sitting.calibrations.values()
    pool = sorted(map(int, frozen["pool"]))
    known = pieces_of(calibration, pool)
    pieces = [known[item] for item in pool]
    bank = _bank(pieces)
    places = {item: place for place, item in enumerate(pool)}
    rules = adaptive.Rules(
        target_se=frozen["se_target"],
        minimum=min(_LEAST_ITEMS, frozen["max_items"]),
        maximum=frozen["max_items"],
        shares=dict.fromkeys(bank.names, 1 / len(bank.names)),
        comfort=adaptive.COMFORT if len(given) < _COMFORTABLE else None,
    )
    return adaptive.State(
        bank, rules, tuple(places[item] for item in given), tuple(float(one) for one in answers)
    ), pieces


def _bank(pieces: Sequence[Piece]) -> adaptive.Bank:
    places = {piece.code: place for place, piece in enumerate(pieces)}
    return adaptive.build_bank(
        *arrays({piece.item: piece.parameter for piece in pieces}, [piece.item for piece in pieces]),
        outcomes=[piece.outcome for piece in pieces],
        enemies={
            place: frozenset(places[code] for code in piece.enemies if code in places)
            for place, piece in enumerate(pieces)
        },
    )


def _open_cut(state: adaptive.State, cuts: Sequence[float]) -> float | None:
    """The cut nearest to the estimate whose side is not known yet; None when the sitting may end."""
    undecided = []
    for cut in cuts:
        stop = adaptive.should_stop(replace(state, rules=replace(state.rules, cut=cut)))
        if stop is None:
            undecided.append(cut)
        elif stop.reason not in {"above", "below"}:
            return None
    theta, _se = adaptive.estimate(state)
    return min(undecided, key=lambda cut: abs(cut - theta), default=None)


def _explained(choice: adaptive.Choice, pieces: Sequence[Piece]) -> dict[str, Any]:
    """What an editor needs to retrace the choice, by item and outcome instead of places in arrays."""
    return {
        "theta": round(choice.theta, 4),
        "se": round(choice.se, 4),
        "information": round(choice.information, 4),
        "success": round(choice.success, 4),
        "candidates": [pieces[place].item for place in choice.candidates],
        "outcome_behind": choice.outcome_behind,
        "excluded": dict(choice.excluded),
        "waived": list(choice.waived),
    }


def _row(
    sitting: Sitting, position: int, version: int, why: dict[str, Any], scored: bool = True
) -> SittingItem:
    return SittingItem(
        sitting=sitting,
        position=position,
        version_id=version,
        seed=secrets.randbits(62),
        scored=scored,
        why=why,
    )


def _open_second_stage(sitting: Sitting) -> None:
    """When the last item of the routing module is answered."""
    routing = {int(item): numbers for item, numbers in sitting.frozen["routing"].items()}
    rows = list(
        SittingItem.objects.filter(sitting=sitting).values_list(
            "position", "scored", "version__item", "responses__correct"
        )
    )
    if len(rows) > sitting.frozen["first_stage"] or any(correct is None for *_others, correct in rows):
        return
    right = {item: bool(correct) for _position, scored, item, correct in rows if scored}
    theta = ability_after(routing, right)
    harder = theta >= sum(cuts_of(sitting.frozen)) / 2
    module = "harder" if harder else "easier"
    why = {"rule": "second stage", "module": module, "theta": round(theta, 4)}
    versions = sitting.frozen["modules"][module]
    start = max(position for position, *_others in rows) + 1
    SittingItem.objects.bulk_create(
        _row(sitting, position, version, why) for position, version in enumerate(versions, start=start)
    )
