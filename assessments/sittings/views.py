"""Assessments and sittings. The list and the introductions are for everybody; a sitting is for its owner only."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.items.api import BadAnswer, PresentedItem
from assessments.sittings import listing
from assessments.sittings.errors import (
    AlreadyFinished,
    AnswerStands,
    MustWait,
    NotFound,
    NotOpen,
    SittingError,
)
from assessments.sittings.estimate import PASS_PROBABILITY
from assessments.sittings.finish_sitting import finish_own
from assessments.sittings.models import Blueprint, Purpose, Selection, Sitting
from assessments.sittings.posted import posted_position, posted_uuid
from assessments.sittings.reading import Place, SittingPages, pages_of, presented_place
from assessments.sittings.results import item_results, outcome_results, skill_levels
from assessments.sittings.start_sitting import start_from
from assessments.sittings.submit_response import record_answer, shown_now
from lms.accounts.api import Person

_Arguments = ParamSpec("_Arguments")


def refusals_as_pages(view: Callable[_Arguments, HttpResponse]) -> Callable[_Arguments, HttpResponse]:
    """A refusal becomes a page that says what happened and where to go on."""

    @wraps(view)
    def guarded(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> HttpResponse:
        request = cast(HttpRequest, args[0])
        try:
            return view(*args, **kwargs)
        except NotFound:
            return render(request, "404.html", status=404)
        except SittingError as refusal:
            context = {"reason": _reason(refusal), "refusal": refusal, **kwargs}
            return render(request, "sittings/refused.html", context, status=refusal.status)

    return guarded


def _reason(refusal: SittingError) -> str:
    reasons: dict[type[SittingError], str] = {
        AlreadyFinished: "finished",
        AnswerStands: "stands",
        MustWait: "wait",
        NotOpen: "closed",
    }
    return reasons.get(type(refusal), "taken")


@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """Everybody. What a person has begun or passed stands beside each assessment."""
    return render(request, "sittings/list.html", {"groups": listing.groups(_person_or_none(request))})


@require_GET
def assessment(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody; starting needs an account."""
    blueprint = get_object_or_404(Blueprint, slug=slug)
    context = {
        "blueprint": blueprint,
        "practice": blueprint.purpose == Purpose.PRACTICE,
        "count": listing.item_count(blueprint),
        "follows": blueprint.selection in {Selection.ADAPTIVE, Selection.TWO_STAGE},
        "by_ability": blueprint.cut_basic is not None,
        "sure": PASS_PROBABILITY,
        "start_uuid": uuid.uuid4(),
        "state": listing.state_of(blueprint, _person_or_none(request)),
    }
    return render(request, "sittings/assessment.html", context)


@require_POST
@login_required
@refusals_as_pages
def start(request: HttpRequest, slug: str) -> HttpResponse:
    start_uuid = posted_uuid(request, "start_uuid")
    return _to_sitting(start_from(Blueprint.objects.filter(slug=slug), _person(request), start_uuid).uuid)


@require_GET
@never_cache
@login_required
@refusals_as_pages
def sitting(request: HttpRequest, sitting_uuid: uuid.UUID) -> HttpResponse:
    """One item; the first open one unless ``?cau=`` names another."""
    pages = pages_of(_person(request), sitting_uuid)
    if "cau" in request.GET:
        place = pages.place(posted_position(request.GET))
        if place.answered and pages.stands:
            return _to_sitting(sitting_uuid)
    elif not pages.open_places:
        return redirect("sittings:result" if pages.sitting.finished_at else "sittings:finish", sitting_uuid)
    else:
        place = pages.open_places[0]
    again = request.GET.get("lai") == "1" and pages.sitting.finished_at is None
    return _item_page(request, pages, place, presented_place(pages, place, again=again))


@require_POST
@login_required
@refusals_as_pages
def answer(request: HttpRequest, sitting_uuid: uuid.UUID) -> HttpResponse:
    """Store the answer and lead on: to the feedback in practice, else to the next item."""
    person = _person(request)
    position = posted_position(request.POST)
    answer_uuid = posted_uuid(request, "answer_uuid")
    try:
        response = record_answer(person.pk, sitting_uuid, position, answer_uuid, request.POST)
    except BadAnswer as refusal:
        return _asked_again(request, sitting_uuid, position, refusal)
    if response.sitting_item.sitting.purpose == Purpose.PRACTICE:
        return _to_sitting(sitting_uuid, position)
    return _to_sitting(sitting_uuid)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@refusals_as_pages
def finish(request: HttpRequest, sitting_uuid: uuid.UUID) -> HttpResponse:
    """Ask before the sitting ends; end it on POST."""
    if request.method == "POST":
        finish_own(_person(request), sitting_uuid, posted_uuid(request, "finish_uuid"))
        return _see_other("sittings:result", sitting_uuid)
    pages = pages_of(_person(request), sitting_uuid)
    if pages.sitting.finished_at:
        return redirect("sittings:result", sitting_uuid)
    return render(
        request,
        "sittings/finish.html",
        {"pages": pages, "finish_uuid": uuid.uuid4(), **_about(pages.sitting)},
    )


@require_GET
@never_cache
@login_required
@refusals_as_pages
def result(request: HttpRequest, sitting_uuid: uuid.UUID) -> HttpResponse:
    owned = get_object_or_404(Sitting, uuid=sitting_uuid, person=_person(request))
    if owned.finished_at is None:
        return _to_sitting(owned.uuid)
    items = item_results(owned)
    outcomes = outcome_results(items)
    context = {
        **_about(owned),
        "items": items,
        "scored": [item for item in items if item.scored],
        "right": sum(item.level == "right" for item in items if item.scored),
        "levels": skill_levels(owned, items),
        "by_ability": owned.estimates and owned.frozen.get("cut_basic") is not None,
        "sure": PASS_PROBABILITY,
        "critical": sum(item.critical for item in items),
        "can": [one for one in outcomes if one.shown],
        "practise": [one for one in outcomes if not one.shown],
        "next": listing.practice_of(owned),
    }
    return render(request, "sittings/result.html", context)


def _asked_again(
    request: HttpRequest, sitting_uuid: uuid.UUID, position: int, refusal: BadAnswer
) -> HttpResponse:
    """The same item, filled in as it was; a card that was only moved is no mistake."""
    pages = pages_of(_person(request), sitting_uuid)
    place = pages.place(position)
    item = presented_place(pages, place, refusal.draft, again=True)
    return _item_page(request, pages, place, item, refusal.message)


def _item_page(
    request: HttpRequest, pages: SittingPages, place: Place, item: PresentedItem, problem: str = ""
) -> HttpResponse:
    context = {
        **_about(pages.sitting),
        "pages": pages,
        "item": item.context,
        "place": place,
        "count": pages.count,
        "at_most": pages.at_most,
        "done": place.position - 1,
        "next": pages.after(place.position),
        "before": 0 if pages.stands else place.position - 1,
        "problem": problem,
        "answer_uuid": uuid.uuid4(),
        "shown": shown_now(place.id),
        "start_url": reverse("sittings:task_start_in_sitting", args=[pages.sitting.uuid]),
    }
    return render(request, "sittings/item.html", context, status=400 if problem else 200)


def _about(owned: Sitting) -> dict[str, Any]:
    return {"sitting": owned, "title": owned.frozen["title"], "practice": owned.purpose == Purpose.PRACTICE}


def _to_sitting(sitting_uuid: uuid.UUID, position: int | None = None) -> HttpResponse:
    response = _see_other("sittings:sitting", sitting_uuid)
    if position is not None:
        response["Location"] += f"?cau={position}"
    return response


def _see_other(name: str, sitting_uuid: uuid.UUID) -> HttpResponseRedirect:
    response = redirect(name, sitting_uuid)
    response.status_code = 303
    return response


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _person_or_none(request: HttpRequest) -> Person | None:
    return _person(request) if request.user.is_authenticated else None
