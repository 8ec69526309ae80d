"""The big screen: no sign-in, read only; whoever has the token sees it, until the token is revoked."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.gatherings.models import Gathering
from courses.gatherings.pages.hall_picture import hall_picture
from courses.gatherings.pages.join_address import join_host, join_url, qr_drawing
from courses.gatherings.public_state import projector_state


@require_GET
@never_cache
def projector(request: HttpRequest, token: str) -> HttpResponse:
    """Anybody with the token."""
    if not token:
        raise Http404
    gathering = get_object_or_404(Gathering.objects.select_related("unit"), projector_token=token)
    state = projector_state(gathering)
    context = {
        "gathering": gathering,
        "hall": hall_picture(gathering, state),
        # The script compares this with what the stream brings: version, results, names.
        "drawn": json.dumps(
            [state["version"], state["results"], state.get("names")],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        "base": reverse("gatherings:projector", args=[token]) + "/",
        "join_host": join_host(request),
        "code": f"{gathering.code[:3]} {gathering.code[3:]}",
        "qr": qr_drawing(join_url(request, gathering)),
    }
    return render(request, "gatherings/projector.html", context)
