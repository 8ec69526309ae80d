"""Turn a plan into the steps of one gathering: nothing that is edited later changes what a hall has seen."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.items.api import Item, ItemState
from courses.gatherings.models.plan import Plan
from courses.gatherings.plans.hall_question import hall_question, lettered, vote_options
from courses.gatherings.plans.step_blocks import HALL_KINDS
from courses.models import LessonPage
from media.library.api import small_version

Step = dict[str, Any]
Parts = tuple[dict[str, Any], dict[str, Any]]


class PlanNotReady(Exception):
    """Says in plain words which step cannot be held."""


def frozen_steps(plan: Plan) -> list[Step]:
    """``public`` may go to every screen of the hall while the step is shown; ``secret`` never before the reveal."""
    with override(plan.language):
        return [_frozen(plan, place, block) for place, block in enumerate(plan.steps, start=1)]


def _frozen(plan: Plan, place: int, block: Any) -> Step:
    value = block.value
    seed = zlib.crc32(f"{plan.slug}/{block.id}".encode())
    public, secret = _PARTS[block.block_type](value, seed, place)
    return {
        "kind": block.block_type,
        "title": value["title"],
        "minutes": value["minutes"] or 0,
        "notes": value["notes"] or "",
        "public": public,
        "secret": secret,
    }


def _lines(value: Any, seed: int, place: int) -> Parts:
    return {"lines": list(value["lines"])}, {}


def _picture(value: Any, seed: int, place: int) -> Parts:
    image = value["picture"]
    if image is None:
        raise PlanNotReady(_("Step %(place)d has no picture.") % {"place": place})
    shown = small_version(image)
    alt = "" if image.decorative else image.contextual_alt_text or ""
    return {"src": shown.url, "alt": alt, "caption": value["caption"] or ""}, {"picture": image.pk}


def _video(value: Any, seed: int, place: int) -> Parts:
    video = value["video"]
    if video is None:
        raise PlanNotReady(_("Step %(place)d has no video.") % {"place": place})
    return {"src": video.file.url, "name": video.title}, {"recording": video.pk}


def _demo(value: Any, seed: int, place: int) -> Parts:
    item = _item(value["task"], ("simulated_task",), place)
    stem = item.current.content["stem"] if item.current else ""
    address = reverse("sittings:task_intro", args=[item.code])
    return {"prompt": stem, "href": address}, {"version": item.current_id, "item": item.code}


def _question(value: Any, seed: int, place: int) -> Parts:
    item = _item(value["item"], HALL_KINDS, place)
    assert item.current is not None  # noqa: S101 - an item without content is refused by _item
    public, secret = hall_question(item.current, seed, value["prompt"] or "")
    return public, {**secret, "item": item.code}


def _vote(value: Any, seed: int, place: int) -> Parts:
    secret = bool(value["secret_ballot"])
    return {"prompt": value["prompt"], "options": vote_options(), "secret": secret}, {}


def _pulse(value: Any, seed: int, place: int) -> Parts:
    return {"prompt": value["prompt"], "options": lettered(list(value["options"]))}, {}


def _practice(value: Any, seed: int, place: int) -> Parts:
    lesson = LessonPage.objects.live().filter(code=value["lesson"] or "-").first()
    href = reverse("courses:lesson", args=[lesson.course.slug, lesson.slug]) if lesson else ""
    return {"lines": list(value["lines"]), "href": href}, {}


_PARTS: dict[str, Callable[[Any, int, int], Parts]] = {
    "attendance": _lines,
    "slide": _lines,
    "picture": _picture,
    "video": _video,
    "demo": _demo,
    "question": _question,
    "discussion": _lines,
    "vote": _vote,
    "pulse": _pulse,
    "practice": _practice,
    "closing": _lines,
}


def _item(code: str, kinds: tuple[str, ...], place: int) -> Item:
    found = Item.objects.select_related("current").filter(code=code, kind__in=kinds, current__isnull=False)
    item = found.exclude(state=ItemState.RETIRED).first()
    if item is None:
        words = {"place": place, "code": code}
        raise PlanNotReady(_("Step %(place)d asks item %(code)s, which is not in the bank.") % words)
    return item
