"""What the presenter's page posts and asks: by session of somebody who may lead, or by the gathering's bearer token."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from courses.gatherings.act import Action, Conflict, act
from courses.gatherings.hall_post import BadPost, Posted, text_field, uuid_field, whole_number
from courses.gatherings.may_lead import may_lead
from courses.gatherings.models import Gathering
from courses.gatherings.open_gathering import is_act_token
from courses.gatherings.phases import ACTIONS
from courses.gatherings.public_state import State, presenter_state, public_state, serialised
from courses.gatherings.request_fields import request_fields
from lms.accounts.api import Person

_Arguments = ParamSpec("_Arguments")
LeadView = Callable[Concatenate[HttpRequest, Gathering, _Arguments], HttpResponse]


def leading(view: LeadView[_Arguments]) -> Callable[..., HttpResponse]:
    """Hands the gathering to the view. 404 unknown, 403 for everybody who may not lead it."""

    @csrf_exempt  # a bearer token is no cookie; a session is protected below
    @functools.wraps(view)
    def guarded(
        request: HttpRequest, gathering_id: uuid.UUID, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> HttpResponse:
        gathering = Gathering.objects.select_related("unit").filter(uuid=gathering_id).first()
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            if gathering is None or not is_act_token(gathering, token):
                return JsonResponse({"error": "token"}, status=403)
            return view(request, gathering, *args, **kwargs)
        return by_session(request, gathering, *args, **kwargs)

    @csrf_protect
    def by_session(
        request: HttpRequest, gathering: Gathering | None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "sign-in"}, status=403)
        if gathering is None or not may_lead(request.user, gathering):
            raise Http404
        return view(request, gathering, *args, **kwargs)

    return guarded


def actor_of(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


@require_POST
@leading
def act_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """One act; 409 with the present state when another came first or it does not fit."""
    try:
        fields = request_fields(request)
        action = _action(fields)
    except BadPost as bad:
        return JsonResponse({"error": bad.reason}, status=400)
    try:
        after = act(gathering, actor_of(request), action)
    except Conflict as conflict:
        if is_page(request):
            return back_to_presenter(request)
        return _state(public_state(conflict.gathering) | {"error": conflict.reason}, 409)
    return back_to_presenter(request) if is_page(request) else _state(public_state(after))


@require_GET
@leading
def presenter_state_view(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """Notes, key and names: never to be stored on the way."""
    return _state(presenter_state(gathering))


def _state(state: State, status: int = 200) -> HttpResponse:
    response = HttpResponse(serialised(state), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _action(fields: Posted) -> Action:
    name = text_field(fields, "action")
    if name not in ACTIONS:
        raise BadPost("action")
    return Action(whole_number(fields, "from_version"), name, uuid_field(fields, "action_uuid"))


def is_page(request: HttpRequest) -> bool:
    """A form sent by a browser without scripts, which will show what comes back."""
    return "text/html" in request.headers.get("Accept", "")


def back_to_presenter(request: HttpRequest, problem: str = "") -> HttpResponseRedirect:
    """``problem``: the reason why nothing was done; the page says it in words."""
    page = reverse("gatherings:presenter", args=[request.resolver_match.kwargs["gathering_id"]])  # type: ignore[union-attr]  # a view was found
    response = HttpResponseRedirect(f"{page}?loi={problem}" if problem else page)
    response.status_code = 303
    return response
