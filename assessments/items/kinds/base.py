"""What an item kind is: one class that validates, presents, reads an answer and grades it."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.items.verdict import Answer, BadAnswer, Content, Verdict

Context = dict[str, Any]
Part = TypeVar("Part")
# No honest answer to one field is longer.
LONGEST_TEXT = 400


class ItemKind(ABC):
    """A kind keeps no state. The public names of parts are positions in an order that the seed decides."""

    code: ClassVar[str]
    letters: ClassVar[str]  # of the item's code: VID-3-CH-101
    label: ClassVar[str | Promise]
    submit_label: ClassVar[str | Promise] = gettext_lazy("Answer")
    # What a person shows by doing counts as practical when a sitting is drawn.
    practical: ClassVar[bool] = False
    # A person can do it alone in a sitting; else somebody must watch.
    self_service: ClassVar[bool] = True
    # Feedback stands beside each part; otherwise below the item.
    feedback_inline: ClassVar[bool] = True

    @property
    def template(self) -> str:
        return f"items/kinds/{self.code}.html"

    @abstractmethod
    def validate(self, content: Content) -> list[str]:
        """What is wrong with the content, in words for the editor; empty when it may be used."""

    @abstractmethod
    def ask(self, content: Content, seed: int, draft: Answer | None = None) -> Context:
        """What the browser may see before the answer: no key, no feedback, nothing in the author's order."""

    @abstractmethod
    def review(self, content: Content, seed: int, verdict: Verdict) -> Context:
        """What the browser may see after the answer, when the key may be seen."""

    @abstractmethod
    def read_answer(self, content: Content, seed: int, post: QueryDict) -> Answer:
        """The answer in the author's ids; raises ``BadAnswer``."""

    @abstractmethod
    def grade(self, content: Content, answer: Answer) -> Verdict:
        """Deterministic; points between 0 and the maximum for any answer that ``read_answer`` gives."""


def shuffled(parts: Sequence[Part], seed: int) -> list[Part]:
    """The order in which a browser sees the parts."""
    return random.Random(seed).sample(list(parts), len(parts))  # noqa: S311 - an order, not a secret


def letter(place: int) -> str:
    return "ABCDEFGHIJ"[place % 10]


def shape(place: int) -> str:
    """Letter and shape mark an option, so that colour is never needed."""
    return "abcd"[place % 4]


def posted_text(post: QueryDict, name: str) -> str:
    """One text field; too long, or with what no keyboard types, is refused."""
    text = post.get(name, "")
    if len(text) > LONGEST_TEXT:
        raise BadAnswer(_("This answer is too long. Please write a shorter one."))
    if "\x00" in text:
        raise BadAnswer(_("This answer contains a character that cannot be read."))
    return text.strip()


def position_of(text: str, count: int) -> int | None:
    """A public position 0…count-1, or None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    position = int(text)
    return position if position < count else None


def required_position(post: QueryDict, name: str, count: int, missing: str) -> int:
    text = post.get(name, "")
    if not text:
        raise BadAnswer(missing)
    position = position_of(text, count)
    if position is None:
        raise BadAnswer(unreadable())
    return position


def unreadable() -> str:
    return _("The answer could not be read. Please answer again.")


def parts_of(content: Content, name: str) -> list[Content]:
    """A list of parts of the content; anything else counts as no parts (``validate`` then complains)."""
    parts = content.get(name)
    if not isinstance(parts, list):
        return []
    return [part for part in parts if isinstance(part, dict)]


def check_parts(parts: Sequence[Content], least: int, most: int, required: Sequence[str]) -> list[str]:
    """Faults that every list of parts may have: too few, too many, double ids, empty texts."""
    faults = []
    if not least <= len(parts) <= most:
        faults.append(_("There must be %(least)d to %(most)d parts.") % {"least": least, "most": most})
    ids = [str(part.get("id", "")) for part in parts]
    if len(set(ids)) != len(ids) or "" in ids:
        faults.append(_("Each part needs an id of its own."))
    for part in parts:
        faults += [
            _("Part “%(id)s”: “%(field)s” is empty.") % {"id": part.get("id", "?"), "field": name}
            for name in required
            if not str(part.get(name) or "").strip()
        ]
    return faults
