"""What phones and the big screen ask of the server. Anybody who knows the code, or the projector's token."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from courses.gatherings.bus import publish
from courses.gatherings.frozen_steps import light
from courses.gatherings.hall_post import (
    BadPost,
    given_answer,
    given_joiner,
    is_own_origin,
    text_field,
)
from courses.gatherings.join import Joiner, JoinRefused, join, seat_by_code, seat_token
from courses.gatherings.join_code import is_code
from courses.gatherings.models import Gathering, Seat, SeatKind
from courses.gatherings.public_state import etag_of, snapshot
from courses.gatherings.request_fields import request_fields
from courses.gatherings.take_answer import SEAT_COOKIE, PhoneAnswer, Reply, refusal, take_answers
from lms.accounts.api import Person

_SEAT_SECONDS = 12 * 60 * 60
# Reasons that another try with the same words cannot mend.
_CONFLICTS = {"ended", "elsewhere", "full", "taken"}


def gathering_of_code(code: str) -> Gathering:
    gathering = light(code=code) if is_code(code) else None
    if gathering is None:
        raise Http404
    return gathering


@csrf_exempt  # refused by its method, not by a missing cookie
@require_GET
def hall_state(request: HttpRequest, code: str) -> HttpResponse:
    return _state(request, snapshot(gathering_of_code(code)).hall)


@csrf_exempt  # refused by its method, not by a missing cookie
@require_GET
def projector_state(request: HttpRequest, token: str) -> HttpResponse:
    gathering = light(projector_token=token)
    if gathering is None:
        raise Http404
    return _state(request, snapshot(gathering).projector)


@csrf_exempt  # refused by its method, not by a missing cookie
@require_GET
def no_stream(request: HttpRequest, code: str = "", token: str = "") -> HttpResponse:
    """Streams come from the live server (live/application.py); where only pages are served, screens poll."""
    if code:
        gathering_of_code(code)
    elif not Gathering.objects.filter(projector_token=token).exists():
        raise Http404
    return HttpResponse(status=503)


@csrf_exempt  # a seat is no session: SameSite cookie and origin check, docs/decisions
@require_POST
def hall_answer(request: HttpRequest, code: str) -> HttpResponse:
    """A seat answers. The page of a browser without scripts goes back to the hall's page."""
    reply = _answered(request, code)
    if reply.gathering_id is not None:
        publish(reply.gathering_id)
    if _is_page(request) and reply.status in (204, 409):
        return back_to_hall(request, "" if reply.status == 204 else "late")
    return HttpResponse(reply.body, status=reply.status, content_type="application/json")


@csrf_exempt
@require_POST
def hall_join(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody with the code takes a seat, or comes back to one with its seat code."""
    gathering = gathering_of_code(code)
    if not is_own_origin(request.headers.get("Origin"), request.get_host()):
        return _json(refusal(403, "origin"))
    try:
        fields = request_fields(request)
        if fields.get("kind") == "seat":
            seat = seat_by_code(gathering, text_field(fields, "seat_code"))
        else:
            seat = join(gathering, _with_own_name(request, given_joiner(fields)), _person(request))
    except BadPost as bad:
        return _refused(request, 400, bad.reason)
    except JoinRefused as refused:
        return _refused(request, 409 if refused.reason in _CONFLICTS else 400, refused.reason)
    return _seated(request, gathering, seat)


def back_to_hall(request: HttpRequest, problem: str = "") -> HttpResponseRedirect:
    page = request.path.rpartition("/")[0]
    response = HttpResponseRedirect(f"{page}?loi={problem}" if problem else page)
    response.status_code = 303
    return response


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _with_own_name(request: HttpRequest, joiner: Joiner) -> Joiner:
    """Who is signed in need not look for the own name."""
    person = _person(request)
    if joiner.kind != SeatKind.ROSTER or joiner.roster or person is None:
        return joiner
    return Joiner(SeatKind.ROSTER, roster=str(person.uuid), join_uuid=joiner.join_uuid)


def _answered(request: HttpRequest, code: str) -> Reply:
    if not is_own_origin(request.headers.get("Origin"), request.get_host()):
        return refusal(403, "origin")
    try:
        given = given_answer(request_fields(request))
    except BadPost as bad:
        return refusal(400, bad.reason)
    token = request.COOKIES.get(SEAT_COOKIE.format(code=code), "")
    with transaction.atomic():
        return take_answers([PhoneAnswer(code, token, given)])[0]


def _seated(request: HttpRequest, gathering: Gathering, seat: Seat) -> HttpResponse:
    if _is_page(request):
        response: HttpResponse = back_to_hall(request)
    else:
        said = {"seat": seat.number, "name": str(seat), "seat_code": seat.code}
        response = JsonResponse(said, status=201)
    response.set_cookie(
        SEAT_COOKIE.format(code=gathering.code),
        seat_token(seat),
        max_age=_SEAT_SECONDS,
        path=request.path.partition("/b/")[0] + "/b/",  # other pages stay the same for everybody
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _refused(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    return back_to_hall(request, reason) if _is_page(request) else _json(refusal(status, reason))


def _is_page(request: HttpRequest) -> bool:
    """A form sent by a browser without scripts, which will show what comes back."""
    return "text/html" in request.headers.get("Accept", "")


def _json(reply: Reply) -> HttpResponse:
    return HttpResponse(reply.body, status=reply.status, content_type="application/json")


def _state(request: HttpRequest, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/json")
    response.headers["Cache-Control"] = "no-cache, no-transform"
    response.headers["ETag"] = etag_of(body)
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return answer if isinstance(answer, HttpResponse) else response
