"""Items as H5P packages and back, and what is refused on the way."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.items.h5p_exchange.from_h5p import contents_of
from assessments.items.h5p_exchange.read_upload import read_upload
from assessments.items.h5p_exchange.refusal import NotSayable
from assessments.items.h5p_exchange.to_h5p import package_of, params_of
from assessments.items.kinds import get_kind
from lms import vietnamese
from media.h5p.scoring import score
from tests.h5p import contents as h5p

LETTERS = 'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ AB019?,<>&"“”()-'
words = st.text(LETTERS, min_size=1, max_size=30).map(vietnamese.normal).filter(bool)
plain_words = st.text("abcdđeêghiơuư19", min_size=1, max_size=8)


@st.composite
def picked(draw: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(["choice", "multiple_choice"]))
    count = draw(st.integers(3, 6))
    right = 1 if kind == "choice" else draw(st.integers(1, count - 1))
    keys = draw(st.permutations([n < right for n in range(count)]))
    content: dict[str, Any] = {"kind": kind, "stem": draw(words)}
    content["options"] = [
        {"id": "abcdef"[n], "text": draw(words), "correct": key, "feedback": draw(words)}
        for n, key in enumerate(keys)
    ]
    if kind == "multiple_choice":
        return content | {"select": right}
    return content | ({"keep_order": True} if draw(st.booleans()) else {})


@st.composite
def judged(draw: Any) -> dict[str, Any]:
    key = draw(st.booleans())
    options = [
        {"id": name, "text": draw(words), "correct": (name == "true") == key, "feedback": draw(words)}
        for name in ("true", "false")
    ]
    return {"kind": "true_false", "stem": draw(words), "answer": key, "options": options}


@st.composite
def filled(draw: Any) -> dict[str, Any]:
    blanks = []
    for n in range(draw(st.integers(1, 3))):
        accept = draw(st.lists(plain_words, min_size=1, max_size=3, unique=True))
        around = {name: draw(words) for name in ("label", "unit") if draw(st.booleans())}
        blanks.append({"id": f"b{n + 1}", **around, "accept": accept})
    said = ("Đúng.", "Chưa đúng.") if len(blanks) > 1 else (draw(words), draw(words))
    for blank in blanks:
        blank |= {"feedback_right": said[0], "feedback_other": said[1]}
    return {"kind": "fill_in", "stem": draw(words), "blanks": blanks}


@st.composite
def matched(draw: Any) -> dict[str, Any]:
    rights = draw(st.lists(plain_words, min_size=2, max_size=6, unique=True))
    spare = draw(st.lists(plain_words.filter(lambda one: one not in rights), max_size=2, unique=True))
    content: dict[str, Any] = {"kind": "match", "stem": draw(words)}
    content["pairs"] = [
        {"id": "abcdef"[n], "left": draw(words), "right": right, "feedback": draw(words)}
        for n, right in enumerate(rights)
    ]
    extra = [{"id": f"x{n + 1}", "text": one, "feedback": "Chưa đúng."} for n, one in enumerate(spare)]
    return content | ({"extra_right": extra} if extra else {})


@settings(max_examples=150, deadline=None)
@given(st.one_of(picked(), judged(), filled(), matched()))
def test_an_item_comes_back_as_it_went(content: dict[str, Any]) -> None:
    body = package_of(content, "Câu thử")
    assert package_of(content, "Câu thử") == body
    title, found = read_upload(io.BytesIO(body), "cau.h5p")
    assert (title, found) == ("Câu thử", [content])


def points(content: dict[str, Any], answer: dict[str, Any]) -> float:
    return get_kind(content["kind"]).grade(content, answer).points


def h5p_points(content: dict[str, Any], response: str) -> float:
    library, params = params_of(content)
    found = score(str(library), params, h5p.snapshot(response))
    assert found.verified
    return round(found.raw / found.maximum, 6)


@settings(max_examples=80, deadline=None)
@given(picked(), st.data())
def test_choices_get_the_same_points_in_h5p(content: dict[str, Any], data: Any) -> None:
    most = 1 if content["kind"] == "choice" else len(content["options"])
    chosen = data.draw(st.lists(st.integers(0, len(content["options"]) - 1), max_size=most, unique=True))
    ids = [content["options"][n]["id"] for n in chosen]
    answer = {"option": ids[0] if ids else ""} if content["kind"] == "choice" else {"options": ids}
    assert h5p_points(content, "[,]".join(map(str, chosen))) == points(content, answer)


@settings(max_examples=40, deadline=None)
@given(judged(), st.sampled_from(["true", "false"]))
def test_statements_get_the_same_points_in_h5p(content: dict[str, Any], given_answer: str) -> None:
    assert h5p_points(content, given_answer) == points(content, {"option": given_answer})


@settings(max_examples=60, deadline=None)
@given(filled(), st.data())
def test_blanks_get_the_same_points_in_h5p(content: dict[str, Any], data: Any) -> None:
    typed = {
        blank["id"]: data.draw(st.sampled_from([*blank["accept"], "khác hẳn", blank["accept"][0].upper()]))
        for blank in content["blanks"]
    }
    assert h5p_points(content, "[,]".join(typed.values())) == points(content, {"blanks": typed})


@settings(max_examples=60, deadline=None)
@given(matched(), st.data())
def test_pairs_get_the_same_points_in_h5p(content: dict[str, Any], data: Any) -> None:
    right_of = {pair["id"]: pair["right"] for pair in content["pairs"]}
    order = data.draw(st.permutations(list(right_of)))
    answer = {"pairs": dict(zip(right_of, order, strict=True))}
    response = "[,]".join(right_of[right] for right in order)
    assert h5p_points(content, response) == points(content, answer)


EIGHT = [
    ("MultiChoice", h5p.multi_choice("-+-"), ["choice"]),
    ("MultiChoice", h5p.multi_choice("-++-"), ["multiple_choice"]),
    ("TrueFalse", h5p.true_false("false"), ["true_false"]),
    ("Blanks", h5p.blanks("<p>Gọi số *113/115:công an* hoặc *114*.</p>"), ["fill_in"]),
    ("DragText", h5p.drag_text("Con mèo kêu *meo*\nCon chó sủa *gâu:mẹo*", "*be*"), ["match"]),
    ("DragText", h5p.drag_text("Trời *xanh*, mây *trắng*."), ["match"]),
    ("MarkTheWords", h5p.mark_the_words("<p>Đừng đọc *mã\xa0xác\xa0nhận* qua điện thoại.</p>"), ["multiple_choice"]),
    ("SingleChoiceSet", h5p.single_choice_set(["Đúng rồi", "Sai rồi"], ["Ba", "Bốn", "Năm"]), ["choice"] * 2),
]  # fmt: skip


def drag_question(*elements: str, places: list[list[int]]) -> dict[str, Any]:
    made = [
        {"type": {"library": "H5P.AdvancedText 1.1", "params": {"text": f"<p>{text}</p>"}}, "dropZones": []}
        for text in elements
    ]
    zones = [h5p.zone(*place, label=f"<div>Ô {n}</div>") for n, place in enumerate(places)]
    params = h5p.drag_question(made, zones)
    params["question"]["settings"]["questionTitle"] = "Xếp các tin"
    return params


GROUPS = drag_question("a", "b", "c", "d", places=[[0, 2], [1, 3]])
PAIRS = drag_question("a", "b", "thừa", places=[[1], [0]])


@pytest.mark.parametrize(
    ("name", "params", "kinds"),
    [*EIGHT, ("DragQuestion", GROUPS, ["sort_groups"]), ("DragQuestion", PAIRS, ["match"])],
)
def test_each_type_becomes_items_that_keep_the_rules(
    name: str, params: dict[str, Any], kinds: list[str]
) -> None:
    found = contents_of(f"H5P.{name}", params)
    assert [one["kind"] for one in found] == kinds
    assert [get_kind(one["kind"]).validate(one) for one in found] == [[]] * len(found)


def test_what_the_types_say_is_kept() -> None:
    (blanks,) = contents_of("H5P.Blanks", EIGHT[3][1])
    assert blanks["stem"] == "Điền Gọi số (1) ____ hoặc (2) ____."
    assert [one["accept"] for one in blanks["blanks"]] == [["113", "115"], ["114"]]
    (marked,) = contents_of("H5P.MarkTheWords", EIGHT[6][1])
    assert [one["text"] for one in marked["options"] if one["correct"]] == ["mã xác nhận"]
    (groups,) = contents_of("H5P.DragQuestion", GROUPS)
    assert [one["group"] for one in groups["cards"]] == ["g1", "g2", "g1", "g2"]
    (pairs,) = contents_of("H5P.DragQuestion", PAIRS)
    assert [(one["left"], one["right"]) for one in pairs["pairs"]] == [("Ô 0", "b"), ("Ô 1", "a")]
    assert [one["text"] for one in pairs["extra_right"]] == ["thừa"]


def test_a_set_is_taken_over_whole_or_not_at_all() -> None:
    good = [h5p.inner(f"H5P.{name}", params) for name, params, _ in EIGHT]
    assert len(contents_of("H5P.QuestionSet", h5p.question_set(*good))) == 9
    with pytest.raises(NotSayable, match=r"unknown-type H5P\.Essay"):
        contents_of("H5P.QuestionSet", h5p.question_set(*good, h5p.inner("H5P.Essay", {})))


def option(text: object, correct: object = True) -> dict[str, Any]:
    return {"question": "Hỏi", "answers": [{"text": text, "correct": correct}, {"text": "b"}]}


@pytest.mark.parametrize(
    ("library", "params", "code"),
    [
        ("H5P.MultiChoice", h5p.multi_choice("---"), "no-key"),
        ("H5P.MultiChoice", h5p.multi_choice("++-", {"type": "single"}), "several-right"),
        ("H5P.MultiChoice", h5p.multi_choice("+" + "-" * 12), "too-many-parts"),
        ("H5P.MultiChoice", option("<img src=x>"), "has-media"),
        ("H5P.MultiChoice", option("x" * 1001), "too-long"),
        ("H5P.MultiChoice", option("a") | {"question": "<p> </p>"}, "no-stem"),
        ("H5P.MultiChoice", option("a") | {"media": {"type": {"library": "H5P.Image 1.1"}}}, "has-media"),
        ("H5P.MultiChoice", {"answers": 7}, "no-key"),
        ("H5P.TrueFalse", {"question": "a", "correct": []}, "no-key"),
        ("H5P.Blanks", {"questions": [None, {}, "không có ô"]}, "no-key"),
        ("H5P.DragText", {"textField": None}, "no-key"),
        ("H5P.MarkTheWords", h5p.mark_the_words("*Mật* khẩu *mật* khẩu"), "same-twice"),
        ("H5P.DragQuestion", {"question": []}, "no-key"),
        ("H5P.DragQuestion", drag_question("a", "b", places=[[0], [0]]), "several-places"),
        ("H5P.DragQuestion", drag_question("a", "b", "c", places=[[0, 1], []]), "no-place"),
        ("H5P.DragQuestion", drag_question("a", places=[[9]]), "no-key"),
        ("H5P.SingleChoiceSet", {"choices": {}}, "no-questions"),
        ("H5P.QuestionSet", h5p.question_set(*[h5p.inner("H5P.TrueFalse", {})] * 51), "too-many-items"),
        ("H5P.QuestionSet", h5p.question_set(h5p.inner("H5P.QuestionSet", {})), "unknown-type"),
    ],
)
def test_what_cannot_be_said_is_refused(library: str, params: dict[str, Any], code: str) -> None:
    with pytest.raises(NotSayable) as refusal:
        contents_of(library, params)
    assert refusal.value.code == code


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a*/:\\<p>+- \n", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["question", "answers", "correct", "text", "questions", "textField", "choices", "task", "elements",
         "dropZones", "correctElements", "library", "params", "behaviour", "overallFeedback", "distractors"]
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
LIBRARIES = [f"H5P.{name}" for name, _, _ in EIGHT] + ["H5P.DragQuestion", "H5P.QuestionSet"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LIBRARIES), st.dictionaries(st.sampled_from(
    ["question", "answers", "correct", "questions", "textField", "choices", "text", "distractors"]
), json_values, max_size=5))  # fmt: skip
def test_any_parameters_become_items_or_a_refusal(library: str, params: dict[str, Any]) -> None:
    found, code = [], ""
    try:
        found = contents_of(library, params)
    except NotSayable as refusal:
        code = refusal.code
    assert bool(found) != bool(code)
    for content in found:
        get_kind(content["kind"]).validate(content)


def test_a_text_cannot_bring_tags_along() -> None:
    (found,) = contents_of("H5P.MultiChoice", option("<script>x()</script><b>Gọi</b>\u200b 113 &lt;ngay&gt;"))
    assert found["options"][0]["text"] == "Gọi 113 <ngay>"
