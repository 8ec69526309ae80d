"""``{% h5p_activity "short-name" "lesson:12" %}`` puts an activity on a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from lms.accounts.api import Person
from media.h5p.django_app.models import Activity
from media.h5p.django_app.signed_addresses import Place, mark, sign_place

register = template.Library()


@register.inclusion_tag("h5p/activity.html", takes_context=True)
def h5p_activity(context: RequestContext, slug: str, where: str = "") -> dict[str, Any]:
    activity = Activity.objects.filter(slug=slug, current__isnull=False).first()
    request = context.get("request")
    user = request.user if request else None
    signed_in = isinstance(user, Person)
    return {
        "request": request,
        # The page keeps its token, and stays whole-page cacheable for visitors, who get none.
        "csrf_token": context.get("csrf_token") if signed_in else "",
        "activity": activity,
        "place": sign_place(Place(activity.pk, where)) if activity else "",
        "signed_in": signed_in,
        "owner": mark("person", str(user.pk)) if isinstance(user, Person) else "",
    }
