"""What the page around a frame sends. Signed-in people only, each their own attempts; ``judge`` is open to everyone."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lms.accounts.api import Person
from media.h5p import bounded_json
from media.h5p.django_app.admission import admission
from media.h5p.django_app.attempts import (
    MOST_BYTES,
    AttemptRefused,
    finish_attempt,
    judged,
    open_attempt,
    record_statement,
    save_state,
    start_attempt,
)
from media.h5p.django_app.frame_address import recorded_frame
from media.h5p.django_app.messages import sentence
from media.h5p.django_app.models import Activity, ActivityVersion, Attempt
from media.h5p.django_app.signed_addresses import read_frame, read_place
from media.h5p.errors import ResponseError, StatementError
from media.h5p.limits import Limits

_LIMITS = Limits(json_bytes=MOST_BYTES, json_values=10_000, json_depth=32)
_TOO_LARGE = ("json-too-large", "statement-too-large")
_LARGEST_COUNT = 2_000_000_000

Body = dict[str, Any]
View = Callable[..., HttpResponse]


def _answers_in_json(*, signed_in: bool = True) -> Callable[[View], View]:
    """Whatever is wrong with what came: a code, a sentence, a 4xx, and nothing is stored."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if signed_in and not isinstance(request.user, Person):
                return _refusal("not-signed-in", 403)
            try:
                return view(request, _body(request), *args, **kwargs)
            except AttemptRefused as refused:
                return _refusal(refused.code, refused.status)
            except (ResponseError, StatementError, bounded_json.JsonError) as problem:
                return _refusal(problem.code, 413 if problem.code in _TOO_LARGE else 400)

        return never_cache(require_POST(wrapped))

    return decorate


def _body(request: HttpRequest) -> Body:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise AttemptRefused("statement-too-large", 413)
    value = bounded_json.parse(request.body, _LIMITS)
    if not isinstance(value, dict):
        raise AttemptRefused("bad-request", 400)
    return value


def _refusal(code: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": sentence(code)}, status=status)


def _uuid(body: Body, name: str) -> uuid.UUID:
    value = body.get(name)
    try:
        return uuid.UUID(value) if isinstance(value, str) else _bad()
    except ValueError:
        return _bad()


def _bad() -> Any:
    raise AttemptRefused("bad-request", 400)


@_answers_in_json()
def start(request: HttpRequest, body: Body) -> HttpResponse:
    """Goes on where the person stopped unless ``again`` is asked for."""
    person = _person(request)
    try:
        place = read_place(str(body.get("place", "")))
    except BadSignature:
        raise AttemptRefused("bad-place", 403) from None
    attempt_uuid = _uuid(body, "attempt_uuid")
    activity = (
        Activity.objects.select_related("current__content__main_library").filter(pk=place.activity).first()
    )
    if activity is None:
        raise AttemptRefused("no-activity", 404)
    admitted = admission(person, place.where, activity.pk)
    if not admitted.allowed:
        raise AttemptRefused("not-enrolled", 403)
    attempt = None if body.get("again") is True else open_attempt(person, activity)
    if attempt is None:
        attempt = start_attempt(attempt_uuid, person, activity, place, admitted)
    told = {
        "attempt": str(attempt.uuid),
        "frame": recorded_frame(attempt),
        "blind": attempt.blind,
        "state_number": attempt.state_number,
    }
    return JsonResponse(told)


@_answers_in_json()
def state(request: HttpRequest, body: Body, attempt_uuid: uuid.UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_uuid)
    number = body.get("number")
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < _LARGEST_COUNT:
        raise AttemptRefused("bad-request", 400)
    if "state" not in body:
        raise AttemptRefused("bad-request", 400)
    save_state(attempt, number, body["state"])
    return HttpResponse(status=204)


@_answers_in_json()
def statement(request: HttpRequest, body: Body, attempt_uuid: uuid.UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_uuid)
    record_statement(attempt, _uuid(body, "statement_uuid"), body.get("statement"))
    return HttpResponse(status=204)


@_answers_in_json()
def result(request: HttpRequest, body: Body, attempt_uuid: uuid.UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_uuid)
    done = finish_attempt(attempt, _uuid(body, "result_uuid"), body.get("snapshot"), body.get("claimed"))
    return JsonResponse({**_verdict(done.raw, done.maximum, done.verified), "counts": done.counts})


@csrf_exempt
@_answers_in_json(signed_in=False)
def judge(request: HttpRequest, body: Body) -> HttpResponse:
    """For visitors without an account: the server's verdict, and nothing is kept."""
    try:
        frame = read_frame(str(body.get("frame", "")))
    except BadSignature:
        raise AttemptRefused("bad-place", 403) from None
    version = ActivityVersion.objects.select_related("content__main_library").filter(pk=frame.version).first()
    if version is None or frame.attempt is not None:
        raise AttemptRefused("no-activity", 404)
    found = judged(version, frame.seed, body.get("snapshot"), blindly=frame.blind)
    return JsonResponse(_verdict(found.raw, found.maximum, found.verified))


def _verdict(raw: float | None, maximum: float | None, verified: bool) -> Body:
    return {"raw": raw, "maximum": maximum, "verified": True} if verified else {"verified": False}


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise AttemptRefused("not-signed-in", 403)
    return request.user


def _own_attempt(request: HttpRequest, attempt_uuid: uuid.UUID) -> Attempt:
    """Somebody else's attempt is as unknown as one that does not exist; a lost enrolment closes the door too."""
    known = Attempt.objects.select_related("version__activity", "version__content__main_library")
    attempt = known.filter(uuid=attempt_uuid, person=_person(request)).first()
    if attempt is None:
        raise AttemptRefused("foreign-attempt", 403)
    if not admission(_person(request), attempt.place, attempt.version.activity_id).allowed:
        raise AttemptRefused("not-enrolled", 403)
    return attempt
