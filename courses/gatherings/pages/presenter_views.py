"""The page from which a gathering is led; works by plain forms, one-handed, by keys and by clicker."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.gatherings.bus import publish
from courses.gatherings.clock import elapsed_ms, moment
from courses.gatherings.led_gathering import led_gathering
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.models import Gathering, LiveEvent
from courses.gatherings.models.gathering import new_projector_token
from courses.gatherings.pages.deck import deck_of
from courses.gatherings.pages.hall_picture import hall_picture
from courses.gatherings.pages.join_address import is_local_network, join_host, join_url, qr_drawing
from courses.gatherings.pages.refusal_words import REFUSALS
from courses.gatherings.public_state import presenter_state
from lms.organisations.api import role_required


@require_GET
@role_required(*LEADING_ROLES)
@never_cache
def presenter(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Whoever may lead this gathering."""
    gathering = led_gathering(request, gathering_id)
    state = presenter_state(gathering)
    lead = state["presenter"]
    waiting = [seat for seat in lead["seats"] if not seat["answered"]]
    context = {
        "gathering": gathering,
        "hall": hall_picture(gathering, state),
        "lead": lead,
        "waiting": waiting,
        "deck": deck_of(gathering.phase, state["step"]["kind"], gathering.position, len(gathering.steps)),
        "seconds": step_seconds(gathering),
        "local": is_local_network(request.get_host()),
        "base": reverse("gatherings:hall", args=[gathering.code]) + "/",
        "join_host": join_host(request),
        "code": f"{gathering.code[:3]} {gathering.code[3:]}",
        "qr": qr_drawing(join_url(request, gathering)) if not gathering.position else "",
        "act_uuid": uuid.uuid4,
        "problem": REFUSALS.get(request.GET.get("loi", "")),
    }
    return render(request, "gatherings/presenter.html", context)


@require_POST
@role_required(*LEADING_ROLES)
def screen_address(request: HttpRequest, gathering_id: uuid.UUID) -> HttpResponse:
    """Give the big screen a new address, or none: the old one dies at once."""
    gathering = led_gathering(request, gathering_id)
    gathering.projector_token = None if "thu-hoi" in request.POST else new_projector_token()
    gathering.save(update_fields=["projector_token"])
    publish(gathering.pk)
    return HttpResponseRedirect(reverse("gatherings:presenter", args=[gathering.uuid]) + "#man-chieu")


def step_seconds(gathering: Gathering) -> int:
    """Since the step came on the screen, by the gathering's own clock."""
    moves = LiveEvent.objects.filter(gathering=gathering, kind="act", data__action__in=("next", "back"))
    since = moves.order_by("-number").values_list("at_ms", flat=True).first()
    now = gathering.phase_ms if gathering.ended_at else elapsed_ms(gathering, moment())
    return max(0, now - (since or 0)) // 1000
