"""Our own small libraries: scored by the same rules as their likes, blind in the same way, packages like any other."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.django_app.load_own import OWN, own_libraries, own_package
from media.h5p.errors import CannotBlind, ResponseError
from media.h5p.package import read_package
from media.h5p.scoring import blind, score
from tests.h5p.contents import multi_choice, snapshot

SEQUENCE = "BinhDan.Sequence 1.0"
BRANCHING, SCREEN = "BinhDan.Branching 1.0", "BinhDan.Screen 1.0"
TELLING = re.compile(r'"(points|said|correct|after)"|lời mách|lời kết')
ACTIVITIES = sorted((OWN / "activities").glob("*.json"))


def sequence(count: int) -> dict[str, Any]:
    return {"task": "Xếp", "items": [f"Bước {number}" for number in range(count)], "after": "Bước 0 trước"}


@given(st.permutations(list(range(6))))
def test_a_point_for_each_step_in_its_place(order: list[int]) -> None:
    expected = sum(index == place for place, index in enumerate(order))
    by_response = score(SEQUENCE, sequence(6), snapshot("[,]".join(map(str, order))))
    by_state = score(SEQUENCE, sequence(6), snapshot(state={"order": order}))
    assert (by_response.raw, by_response.maximum, by_response.verified) == (expected, 6, True)
    assert by_state == by_response


@given(st.integers(2, 8), st.text(max_size=5))
def test_a_blind_sequence_is_solved_by_its_words_only(count: int, seed: str) -> None:
    public, key = blind(SEQUENCE, sequence(count), seed)
    assert "order" not in public
    assert "after" not in public
    places = [public["items"].index(f"Bước {number}") for number in range(count)]
    assert score(SEQUENCE, key, snapshot("[,]".join(map(str, places)))).raw == count


def test_blind_sequences_differ_between_attempts() -> None:
    assert len({tuple(blind(SEQUENCE, sequence(5), seed)[0]["items"]) for seed in range(20)}) > 5


@pytest.mark.parametrize("response", ["0[,]1", "0[,]0[,]1", "0[,]1[,]3", "a[,]b[,]c"])
def test_an_impossible_order_is_refused(response: str) -> None:
    with pytest.raises(ResponseError):
        score(SEQUENCE, sequence(3), snapshot(response))


def test_no_answer_and_no_steps() -> None:
    assert score(SEQUENCE, sequence(3), snapshot()).raw == 0
    assert not score(SEQUENCE, {"items": []}, snapshot()).verified


def test_our_choice_is_scored_as_the_choice_of_h5p() -> None:
    for picked in ("0", "0[,]1", "2", ""):
        ours, theirs = (
            score(name, multi_choice("+-+"), snapshot(picked))
            for name in ("BinhDan.Choice", "H5P.MultiChoice")
        )
        assert ours == theirs


@pytest.mark.parametrize("path", ACTIVITIES, ids=lambda path: path.stem)
def test_every_own_activity_is_a_good_package(path: Any) -> None:
    package = read_package(io.BytesIO(own_package(json.loads(path.read_text(encoding="utf-8")))))
    assert package.issues == ()


def test_there_are_enough_of_them_and_each_library_is_used() -> None:
    sources = [json.loads(path.read_text(encoding="utf-8")) for path in ACTIVITIES]
    assert len(sources) >= 10
    assert {source["library"] for source in sources} == {str(name) for name in own_libraries()}


def choice(following: int, points: float = 0) -> dict[str, Any]:
    return {"text": f"Đi {following}", "next": following, "points": points, "said": "lời mách"}


STORY = {
    "scenes": [
        {"text": "Mở đầu", "choices": [choice(2, 2), choice(3, 0), choice(4, 1)]},
        {"text": "Giữa", "choices": [choice(3, 0), choice(4, 3)]},
        {"text": "Kết buồn", "said": "lời kết"},
        {"text": "Kết vui", "said": "lời kết", "choices": []},
    ]
}


@st.composite
def stories(draw: st.DrawFn) -> dict[str, Any]:
    """Every choice leads on, so every story ends."""
    count = draw(st.integers(2, 9))
    scenes = [
        {
            "text": f"Cảnh {place}",
            "choices": draw(
                st.lists(
                    st.builds(choice, st.integers(place + 1, count), st.integers(0, 10)),
                    min_size=1,
                    max_size=4,
                )
            ),
        }
        for place in range(1, count)
    ]
    return {"scenes": [*scenes, {"text": "Hết"}]}


def walk(params: dict[str, Any], picks: list[int]) -> tuple[list[int], list[str]]:
    """A possible way, and the words that were chosen on it with their scene."""
    path, words, scene = [], [], params["scenes"][0]
    for pick in picks:
        choices = scene.get("choices") or []
        if not choices:
            break
        path.append(pick % len(choices))
        words.append(choices[path[-1]]["text"])
        scene = params["scenes"][choices[path[-1]]["next"] - 1]
    return path, words


@given(stories(), st.lists(st.integers(0, 11), max_size=12))
def test_a_story_is_worth_its_choices_and_never_more_than_its_best_way(
    story: dict[str, Any], picks: list[int]
) -> None:
    path, _ = walk(story, picks)
    by_state = score(BRANCHING, story, snapshot(state={"path": path}))
    assert by_state == score(BRANCHING, story, snapshot("[,]".join(map(str, path))))
    assert by_state.verified
    assert 0 <= by_state.raw <= by_state.maximum
    assert by_state.maximum <= 10 * len(story["scenes"])


@given(st.lists(st.integers(-2, 5), max_size=4))
def test_a_story_refuses_ways_that_no_player_can_go(path: list[int]) -> None:
    possible = {(): 0, (0,): 2, (1,): 0, (2,): 1, (0, 0): 2, (0, 1): 5}
    if tuple(path) in possible:
        found = score(BRANCHING, STORY, snapshot(state={"path": path}))
        assert (found.raw, found.maximum) == (possible[tuple(path)], 5)
        return
    with pytest.raises(ResponseError):
        score(BRANCHING, STORY, snapshot(state={"path": path}))


@given(stories(), st.lists(st.integers(0, 11), max_size=12), st.text(max_size=5))
def test_a_blind_story_tells_no_points_and_scores_the_same(
    story: dict[str, Any], picks: list[int], seed: str
) -> None:
    public, key = blind(BRANCHING, story, seed)
    assert not TELLING.search(json.dumps(public, ensure_ascii=False))
    path, _ = walk(public, picks)
    # The same words in the same scenes of the author's story are worth the same.
    scene, worth = story["scenes"][0], 0
    shown, kept = public["scenes"][0], key["scenes"][0]
    for index in path:
        assert shown["text"] == kept["text"] == scene["text"]
        worth += kept["choices"][index]["points"]
        target = public["scenes"][shown["choices"][index]["next"] - 1]["text"]
        same = [one for one in story["scenes"] if one["text"] == target]
        shown, kept = (
            public["scenes"][shown["choices"][index]["next"] - 1],
            key["scenes"][kept["choices"][index]["next"] - 1],
        )
        (scene,) = same
    found = score(BRANCHING, key, snapshot(state={"path": path}))
    assert found.raw == worth
    assert found.maximum == score(BRANCHING, story, snapshot()).maximum


@pytest.mark.parametrize("following", [0, 1, 9, 1.5, None, "2"])
def test_a_story_in_a_circle_or_to_nowhere_is_not_scored(following: Any) -> None:
    broken = {"scenes": [{"text": "a", "choices": [choice(following, 1), choice(2)]}, {"text": "b"}]}
    assert not score(BRANCHING, broken, snapshot("0")).verified
    with pytest.raises(CannotBlind):
        blind(BRANCHING, broken, 1)


def test_a_story_without_scenes_is_not_scored() -> None:
    assert not score(BRANCHING, {}, snapshot("0")).verified


def screen(signs: str) -> dict[str, Any]:
    """``+`` right, ``-`` wrong, ``.`` not to be touched."""
    looks = {"look": "row", "said": "lời mách"}
    parts = [{**looks, "text": f"Chỗ {sign}", "touch": sign != ".", "correct": sign == "+"} for sign in signs]
    return {"task": "Chạm", "title": "Tin", "parts": parts, "after": "xong"}


@given(st.sets(st.integers(0, 5)))
def test_right_places_less_wrong_ones(touched: set[int]) -> None:
    found = score(SCREEN, screen("++-+--"), snapshot(state={"touched": sorted(touched)}))
    right = len(touched & {0, 1, 3})
    assert found.raw == max(0, right - (len(touched) - right))
    assert 0 <= found.raw <= found.maximum == 3
    assert found == score(SCREEN, screen("++-+--"), snapshot("[,]".join(map(str, sorted(touched)))))


@pytest.mark.parametrize(
    ("signs", "response"), [("+-.", "2"), ("+-.", "0[,]1"), ("++-", "3"), ("++-", "0[,]0"), ("+-", "a")]
)
def test_impossible_touches_are_refused(signs: str, response: str) -> None:
    with pytest.raises(ResponseError):
        score(SCREEN, screen(signs), snapshot(response))


@given(st.text("+-.", min_size=2, max_size=8).filter(lambda signs: "+" in signs), st.integers())
def test_a_blind_screen_tells_only_how_many(signs: str, seed: int) -> None:
    public, key = blind(SCREEN, screen(signs), seed)
    assert not TELLING.search(json.dumps(public, ensure_ascii=False))
    assert public["wanted"] == signs.count("+")
    right = [index for index, sign in enumerate(signs) if sign == "+"]
    assert score(SCREEN, key, snapshot(state={"touched": right})).raw == len(right)


def test_a_screen_without_a_right_place_is_not_scored() -> None:
    assert not score(SCREEN, screen("--"), snapshot("0")).verified
    with pytest.raises(CannotBlind):
        blind(SCREEN, screen("--"), 1)
