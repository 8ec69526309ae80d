"""An activity for somebody who is not signed in: played, never recorded."""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from media.h5p.django_app.admission import admission
from media.h5p.django_app.frame_address import passing_frame
from media.h5p.django_app.messages import sentence
from media.h5p.django_app.models import Activity
from media.h5p.django_app.signed_addresses import read_place


@never_cache
@require_safe
def open_unrecorded(request: HttpRequest, place: str) -> HttpResponse:
    """Open to everyone who has a page with the activity."""
    try:
        asked = read_place(place)
    except BadSignature:
        raise Http404 from None
    activity = (
        Activity.objects.select_related("current__content__main_library").filter(pk=asked.activity).first()
    )
    if activity is None or activity.current is None:
        raise Http404
    if not admission(None, asked.where, asked.activity).allowed:
        return JsonResponse({"code": "not-enrolled", "message": sentence("not-enrolled")}, status=403)
    return JsonResponse({"frame": passing_frame(activity.current)})
