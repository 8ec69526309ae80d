"""YAML of editors: what grows when it is taken apart is refused, and what we write can be read again."""

from __future__ import annotations

import pytest
import yaml
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import yaml_text
from assessments.items.task_editor.blocks.plain import KeptBlock

BOMB = "a: &a [x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcê", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_can_be_read(value: object) -> None:
    assert yaml_text.read_text(yaml_text.written({"a": value, "b": value})) == {"a": value, "b": value}


def test_the_same_list_twice_is_written_twice() -> None:
    shared = ["một", "hai"]
    assert yaml_text.read_text(yaml_text.written({"a": shared, "b": shared})) == {"a": shared, "b": shared}


@pytest.mark.parametrize("text", [BOMB, "a: &a [*a]", "a: &x 1\nb: *x", "!!python/object:os.system {}"])
def test_aliases_and_objects_are_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        yaml_text.read_text(text)


@pytest.mark.parametrize("text", ["{", "- a", "5", BOMB, "[" * 5_000])
def test_a_part_kept_as_text_must_come_back_readable(text: str) -> None:
    with pytest.raises(ValidationError):
        KeptBlock().clean(text)
    assert KeptBlock().clean("go: man_hinh") == "go: man_hinh"
