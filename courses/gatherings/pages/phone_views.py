"""Join a gathering and take part, on any phone, over plain http, without scripts too."""

from __future__ import annotations

import json
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.gatherings.frozen_steps import light
from courses.gatherings.join import roster_of, seat_of_token
from courses.gatherings.join_code import is_code
from courses.gatherings.models import Gathering, HallAnswer, Phase, Seat
from courses.gatherings.pages.phone_screen import WORDS, Text, phone_screen
from courses.gatherings.phases import OPEN
from courses.gatherings.public_state import public_state
from courses.gatherings.take_answer import SEAT_COOKIE
from lms.accounts.api import Person
from lms.vietnamese import folded

# More names are found by typing the first letters: the page stays small.
_MOST_NAMES = 60
PROBLEMS: dict[str, Text] = {
    "code": _("This seat code is not known here. Look at it once more."),
    "ended": _("This session is over."),
    "elsewhere": _("This session is held on the computer of the hall. Join there."),
    "full": _("The hall is full. Ask the person who leads."),
    "name": _("Write your name, so that the hall knows you."),
    "roster": _("Choose your name from the list."),
    "taken": _("Somebody sits there already. If that is you, use your seat code."),
    "card": _("The card number has one to three digits. Look at the card once more."),
    "late": _("This answer came too late. It was not counted."),
    "value": _("Choose first, then send."),
}


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Anybody: six digits lead to the hall."""
    typed = request.GET.get("ma", "")[:40]
    code = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    if not typed:
        return render(request, "gatherings/phone_start.html")
    if is_code(code) and light(code=code) is not None:
        return redirect("gatherings:hall", code)
    return render(request, "gatherings/phone_start.html", {"problem": True, "typed": typed}, status=404)


@require_GET
@never_cache
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody with the code: the form to come in, then the step on the screen."""
    gathering = light(code=code) if is_code(code) else None
    if gathering is None:
        context = {"problem": True, "typed": code[:6]}
        return render(request, "gatherings/phone_start.html", context, status=404)
    seat = seat_of_token(gathering.pk, request.COOKIES.get(SEAT_COOKIE.format(code=code), ""))
    problem = PROBLEMS.get(request.GET.get("loi", ""))
    if gathering.phase != Phase.ENDED and (seat is None or "doi" in request.GET):
        return _join_page(request, gathering, problem)
    return _seat_page(request, gathering, seat, problem)


def _join_page(request: HttpRequest, gathering: Gathering, problem: Text | None) -> HttpResponse:
    search = folded(request.GET.get("ten", "")[:40])
    seated = Seat.objects.filter(gathering=gathering, person__isnull=False).values_list("person", flat=True)
    names = [person for person in roster_of(gathering) if person.pk not in set(seated)]
    matching = [person for person in names if search in folded(person.get_full_name())] if search else names
    context = {
        "gathering": gathering,
        "problem": problem,
        "names": matching if len(matching) <= _MOST_NAMES else [],
        "many": len(names) > _MOST_NAMES,
        "search": request.GET.get("ten", "")[:40],
        "me": _own_name(request, names),
        "join_uuid": uuid.uuid4,
    }
    return render(request, "gatherings/phone_join.html", context)


def _own_name(request: HttpRequest, names: list[Person]) -> Person | None:
    """Who is signed in and on the list comes in with one press."""
    return next((person for person in names if person.pk == request.user.pk), None)


def _seat_page(
    request: HttpRequest, gathering: Gathering, seat: Seat | None, problem: Text | None
) -> HttpResponse:
    state = public_state(gathering)
    mine = _answers_of(seat)
    here = mine.get(f"{gathering.position}.{gathering.round}")
    screen = phone_screen(state, here)
    context = {
        "gathering": gathering,
        "seat": seat,
        "state": state,
        "state_json": json.dumps(state, ensure_ascii=False),
        "mine_json": json.dumps(mine),
        "words_json": json.dumps({name: str(words) for name, words in WORDS.items()}, ensure_ascii=False),
        "screen": screen,
        "several": bool(state["step"].get("multiple")),
        "problem": problem,
        "answer_uuid": uuid.uuid4(),
        # Without scripts the page comes again by itself; slowly where somebody is choosing.
        "refresh": 20 if gathering.phase == OPEN and screen.form else 5,
    }
    return render(request, "gatherings/phone.html", context)


def _answers_of(seat: Seat | None) -> dict[str, list[str]]:
    """By step and round; empty where the vote is secret."""
    if seat is None:
        return {}
    answers = HallAnswer.objects.filter(seat=seat).values_list("position", "round", "value")
    return {f"{position}.{round_}": value or [] for position, round_, value in answers}
