"""Real-looking numbers and free text that no rule reads are not kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items.simulation.masking import looks_real, masked
from assessments.items.simulation.world import World
from tests.simulation.conftest import TASKS


@pytest.mark.parametrize("text", ["0912345678", "gọi 0987 654 321 nhé", "+84 912 345 678", "068190001234"])
def test_real_looking_numbers_become_zeros(text: str) -> None:
    assert looks_real(text) is not None
    assert not any(digit in str(looks_real(text)) for digit in "123456789")


@pytest.mark.parametrize("text", ["0600000123", "999185004721", "156", "35.000", "21/3/2026", "740918", ""])
def test_training_numbers_stay(text: str) -> None:
    assert looks_real(text) is None


def test_free_text_that_nobody_reads_is_blotted_out() -> None:
    task = next(task for task in TASKS.values() if task["id"] == "ATS-1-ST-401")
    world = World.of(task)
    assert masked(world, world.inputs["noi_dung"], "Số này lừa đảo") == "•• ••• ••• •••"
    assert masked(world, world.inputs["so_nhan"], "5656") == "5656"


@given(st.text(alphabet="0123456789 .-+", max_size=40))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = looks_real(text) or text
    assert (looks_real(once) or once) == once
