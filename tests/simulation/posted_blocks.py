"""What a browser would post for a form of blocks that nobody touched."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import BooleanBlock, ListBlock, MultipleChoiceBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockField


def posted(form: Any) -> dict[str, Any]:
    """Fields and blocks of an unbound form as they were opened."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(field, BlockField):
            data |= block_data(field.block, value, name)
        elif value is True:
            data[name] = "on"
        elif value not in (None, False):
            data[name] = value
    return data


def block_data(block: Any, value: Any, prefix: str) -> dict[str, Any]:
    if isinstance(block, StreamBlock):
        return _many(prefix, [(child.block, child.value, child.block_type) for child in value])
    if isinstance(block, ListBlock):
        return _many(prefix, [(block.child_block, one, "") for one in value])
    if isinstance(block, StructBlock):
        data: dict[str, Any] = {}
        for name, child in block.child_blocks.items():
            data |= block_data(child, value[name], f"{prefix}-{name}")
        return data
    if isinstance(block, BooleanBlock):
        return {prefix: "on"} if value else {}
    if isinstance(block, MultipleChoiceBlock):
        return {prefix: list(value)}
    return {prefix: "" if value is None else value}


def _many(prefix: str, children: list[tuple[Any, Any, str]]) -> dict[str, Any]:
    data: dict[str, Any] = {f"{prefix}-count": str(len(children))}
    for place, (block, value, kind) in enumerate(children):
        head = f"{prefix}-{place}"
        data |= {f"{head}-deleted": "", f"{head}-order": str(place), f"{head}-id": ""}
        data |= {f"{head}-type": kind} if kind else {}
        data |= block_data(block, value, f"{head}-value")
    return data
