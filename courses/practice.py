"""One practice item inside a lesson: shown, answered, answered again. Keys stay on the server until then."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import HttpRequest

from assessments.items.api import BadAnswer, ItemState, ItemVersion, PresentedItem, present
from assessments.sittings.api import practice_seed, practise
from courses.request_values import client_uuid, whole_number


@dataclass(frozen=True)
class Practice:
    """``error`` is why the posted form could not be read as an answer."""

    item: PresentedItem
    version: ItemVersion
    answer_uuid: uuid.UUID
    number: int
    total: int
    error: str = ""

    @property
    def answered(self) -> bool:
        return self.item.answered

    @property
    def kind(self) -> str:
        return str(self.item.context["kind"])

    @property
    def next_number(self) -> int | None:
        return self.number + 1 if self.number < self.total else None


def practice_of(request: HttpRequest, codes: Sequence[str]) -> Practice | None:
    """The item that the address names (``cau``), with the verdict when an answer was posted."""
    codes = _deliverable(codes)
    if not codes:
        return None
    number = whole_number(request.GET.get("cau", "1"), 1, len(codes))
    code = codes[number - 1]
    if request.method == "POST":
        return _answered(request, code, number, len(codes))
    version = ItemVersion.objects.select_related("item").get(item__code=code, pk=F("item__current"))
    answer_uuid = uuid.uuid4()
    item = present(version, practice_seed(version, answer_uuid))
    return Practice(item, version, answer_uuid, number, len(codes))


def _deliverable(codes: Sequence[str]) -> list[str]:
    """Codes in the order of the screen; retired items and items that are not loaded are left out."""
    shown = ItemVersion.objects.filter(item__code__in=codes, pk=F("item__current"))
    found = set(shown.exclude(item__state=ItemState.RETIRED).values_list("item__code", flat=True))
    return [code for code in codes if code in found]


def _answered(request: HttpRequest, code: str, number: int, total: int) -> Practice:
    """The version is the one that was shown, even if a newer one was published in between."""
    answer_uuid = client_uuid(request.POST.get("answer_uuid", ""))
    version_number = whole_number(request.POST.get("ban", ""), 1)
    shown = ItemVersion.objects.select_related("item")
    version = shown.filter(item__code=code, number=version_number).first()
    if version is None:
        raise BadRequest("no such version of this item")
    seed = practice_seed(version, answer_uuid)
    person = request.user if request.user.is_authenticated else None
    try:
        verdict = practise(person, version, request.POST, answer_uuid)
    except BadAnswer as problem:
        item = present(version, seed, problem.draft)
        return Practice(item, version, answer_uuid, number, total, problem.message)
    item = present(version, seed, verdict.answer, verdict)
    return Practice(item, version, answer_uuid, number, total)
