"""What is held up, counted or written: answer cards, hands, papers; and the paper to print beforehand."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.gatherings.answer_values import options_of
from courses.gatherings.cards.card_codes import CODES, LETTERS, MOST_CARDS, white_fields
from courses.gatherings.cards.static_finder import reader_is_here
from courses.gatherings.evidence_mix import answered_count, present_count
from courses.gatherings.led_gathering import led_gathering
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.models import Gathering, HallAnswer, HandCount, Seat
from courses.gatherings.pages.refusal_words import REFUSALS
from courses.gatherings.phases import ASKED
from lms.organisations.api import role_required

_USUAL_CARDS = 20


@require_GET
@role_required(*LEADING_ROLES)
@never_cache
def card_page(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: the camera that reads cards, and the grid that is sent."""
    gathering = led_gathering(request, gathering_id)
    seats = Seat.objects.filter(gathering=gathering, card__isnull=False).values_list("card", "number")
    held = {card: number for card, number in seats if card is not None}
    wanted = _number(request.GET.get("so", ""), _USUAL_CARDS, MOST_CARDS)
    given = _given_by_card(gathering)
    letters = _letters(gathering)
    rows = [
        {"card": card, "value": given.get(card, "")} for card in range(1, max([wanted, *held], default=1) + 1)
    ]
    context = {
        **_step_context(gathering),
        "rows": rows,
        "letters": [letter for letter in letters if letter in LETTERS],
        "codes": list(CODES),
        "wanted": wanted,
        "sizes": (10, 20, 40, MOST_CARDS),
        "reader": reader_is_here(),
        "batch_uuid": uuid.uuid4(),
    }
    return render(request, "gatherings/cards.html", context)


@require_GET
@role_required(*LEADING_ROLES)
@never_cache
def count_page(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: hands or papers without names, and the second person who confirms."""
    gathering = led_gathering(request, gathering_id)
    waiting = HandCount.objects.filter(
        gathering=gathering, position=gathering.position, round=gathering.round, replaced=False
    )
    present = present_count(gathering)
    context = {
        **_step_context(gathering),
        "present": present,
        "left": max(0, present - answered_count(gathering)) if gathering.position else 0,
        "letters": _letters(gathering),
        "counts": [
            {"row": one, "by_letter": list(one.counts.items()), "own": one.counted_by_id == request.user.pk}
            for one in waiting.select_related("confirmed_by", "confirmed_seat")
        ],
        "problem": REFUSALS.get(request.GET.get("loi", "")),
        "tally_uuid": uuid.uuid4(),
    }
    return render(request, "gatherings/count.html", context)


@require_GET
@role_required(*LEADING_ROLES)
def print_pack(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: what can be printed."""
    context = {"gathering": led_gathering(request, gathering_id), "sizes": (10, 20, 40, MOST_CARDS)}
    return render(request, "gatherings/print/pack.html", context)


@require_GET
@role_required(*LEADING_ROLES)
def print_handout(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: one page for everybody to take home."""
    gathering = led_gathering(request, gathering_id)
    lines = gathering.plan.handout_lines if gathering.plan else []
    return render(request, "gatherings/print/handout.html", {"gathering": gathering, "lines": lines[:6]})


@require_GET
@role_required(*LEADING_ROLES)
def print_cards(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: markers whose upper side is the answer. The same cards serve every session."""
    gathering = led_gathering(request, gathering_id)
    number = _number(request.GET.get("so", ""), _USUAL_CARDS, MOST_CARDS)
    cards = [{"number": card, "fields": white_fields(card)} for card in range(1, number + 1)]
    context = {"gathering": gathering, "cards": cards, "small": "nho" in request.GET}
    return render(request, "gatherings/print/cards.html", context)


@require_GET
@role_required(*LEADING_ROLES)
def print_sheet(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead: the questions on paper, for people without phone and card. No key, no notes."""
    gathering = led_gathering(request, gathering_id)
    asked = [
        {"number": number, "prompt": step["public"]["prompt"], "options": step["public"]["options"]}
        for number, step in enumerate((one for one in gathering.steps if one["kind"] in ASKED), start=1)
    ]
    return render(request, "gatherings/print/sheet.html", {"gathering": gathering, "asked": asked})


def _step_context(gathering: Gathering) -> dict[str, Any]:
    step = gathering.step
    asked = step is not None and step["kind"] in ASKED
    return {"gathering": gathering, "step": step, "asked": asked}


def _letters(gathering: Gathering) -> list[str]:
    step = gathering.step
    return options_of(step) if step is not None and step["kind"] in ASKED else []


def _given_by_card(gathering: Gathering) -> dict[int, str]:
    answers = HallAnswer.objects.filter(
        gathering=gathering,
        position=gathering.position,
        round=gathering.round,
        seat__card__isnull=False,
    )
    rows = answers.values_list("seat__card", "value")
    return {card: (value or [""])[0] for card, value in rows if card is not None}


def _number(text: str, usual: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return usual
    return min(max(1, int(text)), most)
