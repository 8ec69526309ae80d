"""The registry of item kinds: a new kind is one class file, one template and one line here."""

from __future__ import annotations

from assessments.items.kinds.base import ItemKind
from assessments.items.kinds.choice import Choice
from assessments.items.kinds.conversation import Conversation
from assessments.items.kinds.document_check import DocumentCheck
from assessments.items.kinds.fill_in import FillIn
from assessments.items.kinds.hotspot import Hotspot
from assessments.items.kinds.match import Match
from assessments.items.kinds.message_triage import MessageTriage
from assessments.items.kinds.multiple_choice import MultipleChoice
from assessments.items.kinds.number import Number
from assessments.items.kinds.observed_task import ObservedTask
from assessments.items.kinds.order import Order
from assessments.items.kinds.qr_reading import QrReading
from assessments.items.kinds.simulated_task import SimulatedTask
from assessments.items.kinds.sort_groups import SortGroups
from assessments.items.kinds.true_false import TrueFalse
from assessments.items.kinds.web_address import WebAddress

_ALL: list[ItemKind] = [
    Choice(),
    MultipleChoice(),
    TrueFalse(),
    Order(),
    Match(),
    FillIn(),
    Hotspot(),
    SortGroups(),
    Number(),
    MessageTriage(),
    WebAddress(),
    QrReading(),
    DocumentCheck(),
    Conversation(),
    ObservedTask(),
    SimulatedTask(),
]
KINDS: dict[str, ItemKind] = {kind.code: kind for kind in _ALL}


def get_kind(code: str) -> ItemKind:
    """The kind with this code; an unknown code is a programmer's error (content is checked when loaded)."""
    return KINDS[code]
