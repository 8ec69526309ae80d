"""Follow the leading session of a launch, or stop following. For those who may lead the hall."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.gatherings.launch.listen import read_address
from courses.gatherings.launch.mirror import Unfollowable
from courses.gatherings.led_gathering import leader_of, led_gathering
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.models import Following, Phase
from lms.organisations.api import role_required


class FollowForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the leading session"),
        max_length=200,
        help_text=_("As its screen shows it, for example https://…/b/123456"),
        widget=forms.URLInput,
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            read_address(address)
        except Unfollowable:
            raise forms.ValidationError(_("This is no address of a session. Look at it once more.")) from None
        return address


@never_cache
@role_required(*LEADING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_page(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    """Both halls must hold the same plan: positions are followed, contents are the hall's own."""
    gathering = led_gathering(request, gathering_uuid)
    following = Following.objects.filter(gathering=gathering).first()
    form = FollowForm(request.POST or None)
    if request.method == "POST" and "stop" in request.POST:
        Following.objects.filter(gathering=gathering).delete()
        messages.success(request, gettext("The hall goes on by itself."))
        return redirect("gatherings:follow", gathering_uuid=gathering.uuid)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        values = {"address": address, "begun_by": leader_of(request), "version": 0}
        Following.objects.update_or_create(gathering=gathering, defaults=values)
        messages.success(request, gettext("The hall follows the leading session."))
        return redirect("gatherings:follow", gathering_uuid=gathering.uuid)
    context = {
        "gathering": gathering,
        "following": following,
        "form": form,
        "is_open": gathering.phase != Phase.ENDED and not gathering.node,
    }
    return render(request, "gatherings/launch/follow.html", context, status=400 if form.is_bound else 200)
