"""Only what a library describes comes through the filter, and nothing in it can run."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.h5p.safe_pattern import matches
from media.h5p.semantics import filter_params, media_paths

HTML = {"name": "t", "type": "text", "widget": "html", "tags": ["strong", "a", "table"]}
PICTURE = {"path": "images/a.png", "mime": "image/png"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "t", "path", "library", "params"]), inner)
    ),
    max_leaves=20,
)


def one(field: dict[str, Any], value: Any) -> Any:
    return filter_params([{**field, "name": "t"}], {"t": value})[0].get("t", "GONE")


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<strong>a</strong>", "<strong>a</strong>"),
        ("<script>alert(1)</script>a", "a"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<h1>a</h1>", "a"),
        ("<p onclick='x()' style='color:red;position:fixed'>a</p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<b>a</b>", "<b>a</b>"),
        ("<table><tbody><tr><td colspan=2>a</td></tr></tbody></table>", None),
        ("<svg><script>1</script></svg>", ""),
    ],
)
def test_html(dirty: str, clean: str | None) -> None:
    found = one(HTML, dirty)
    assert found.replace(' style=""', "") == (clean if clean is not None else dirty.replace("=2", '="2"'))


def test_plain_text_is_escaped_once() -> None:
    field = {"type": "text"}
    assert one(field, '<b>"a" & &lt;') == "&lt;b&gt;&quot;a&quot; &amp; &lt;"
    assert one(field, one(field, "<&'>")) == one(field, "<&'>")


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ({"type": "text", "maxLength": 3}, "abcdef", "abc"),
        ({"type": "text", "regexp": {"pattern": "^[0-9]+$"}}, "12", "12"),
        ({"type": "text", "regexp": {"pattern": "^[0-9]+$"}}, "1a", ""),
        ({"type": "text", "regexp": {"pattern": "^A$", "modifiers": "i"}}, "a", "a"),
        ({"type": "text"}, ["a"], "GONE"),
        ({"type": "number", "min": 1, "max": 5}, 9, 5),
        ({"type": "number", "min": 1, "max": 5}, -9, 1),
        ({"type": "number", "decimals": 1}, 1.26, 1.3),
        ({"type": "number"}, "7", 7),
        ({"type": "number"}, "seven", 0),
        ({"type": "number"}, float("nan"), 0),
        ({"type": "boolean"}, True, True),
        ({"type": "boolean"}, "true", "GONE"),
        ({"type": "select", "options": [{"value": "a"}]}, "a", "a"),
        ({"type": "select", "options": [{"value": "a"}]}, "b", "GONE"),
        ({"type": "select", "multiple": True, "options": [{"value": "a"}]}, ["a", "b"], ["a"]),
        ({"type": "list", "max": 2, "field": {"type": "number"}}, [1, 2, 3], [1, 2]),
        ({"type": "list", "field": {"type": "boolean"}}, [True, 1], [True]),
        ({"type": "group", "fields": [{"name": "a", "type": "text"}]}, "x", "x"),
        (
            {"type": "group", "fields": [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}]},
            {"a": "x", "evil": 1},
            {"a": "x"},
        ),
        ({"type": "image"}, {**PICTURE, "evil": 1}, PICTURE),
        ({"type": "image"}, {"path": "../../secret"}, "GONE"),
        ({"type": "file"}, {"path": "javascript:alert(1)"}, "GONE"),
        ({"type": "video"}, {"path": "https://example.org/a.mp4"}, {"path": "https://example.org/a.mp4"}),
        ({"type": "unheard-of"}, "x", "GONE"),
    ],
)  # fmt: skip
def test_each_type(field: dict[str, Any], value: Any, kept: Any) -> None:
    assert one(field, value) == kept


def test_inner_libraries_must_be_options_and_installed() -> None:
    field = {"name": "l", "type": "library", "options": ["H5P.A 1.0", "H5P.Gone 1.0"]}

    def load(name: str) -> list[Any] | None:
        return {"H5P.A 1.0": [{"name": "text", "type": "text"}], "H5P.B 1.0": []}.get(name)

    def kept(library: str) -> Any:
        value = {"library": library, "params": {"text": "<", "evil": 1}, "evil": 2}
        return filter_params([field], {"l": value}, load)[0].get("l")

    assert kept("H5P.A 1.0") == {"library": "H5P.A 1.0", "params": {"text": "&lt;"}}
    assert kept("H5P.B 1.0") is None  # installed, but not an option here
    assert kept("H5P.Gone 1.0") is None  # an option, but not installed


@given(JSON, JSON)
def test_nothing_makes_the_filter_crash(value: Any, odd: Any) -> None:
    fields = [
        HTML,
        {"name": "a", "type": "list", "field": {"type": "image"}},
        {"name": "b", "type": odd, "fields": odd, "options": odd},
    ]
    if isinstance(value, dict):
        kept, _ = filter_params(fields, value, lambda name: fields)
        assert set(kept) <= {"t", "a", "b"}
        assert "<script" not in str(kept)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "a?" * 60 + "a" * 60, "a*a*a*a*$", "(?=a+)", "(", "(a)\\1"]
)
def test_a_pattern_that_could_hang_is_not_applied(pattern: str) -> None:
    started = time.process_time()
    assert matches(pattern, "", "a" * 120 + "!") or time.process_time() - started < 1
    assert time.process_time() - started < 1


def test_media_are_found_at_any_depth() -> None:
    params = {
        "a": [{"f": {"path": "images/a.png#tmp", "mime": "image/png"}}],
        "v": {"path": "https://x/y", "mime": "video/mp4"},
    }
    assert list(media_paths(params)) == ["images/a.png"]
