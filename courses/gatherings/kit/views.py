"""Pages of the hall kit: make it, test the laptop, carry results home, take them in. For those who may lead."""

from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.gatherings.bundles.export_bundle import NotAHallKit, export_bundle, kit_of
from courses.gatherings.bundles.make_relay import TooMuchForOneQR, relay_text
from courses.gatherings.bundles.node_keys import private_key
from courses.gatherings.bundles.sealed import MOST_SEALED, BadBundle
from courses.gatherings.bundles.take_home import take_home
from courses.gatherings.kit.addresses import kept_wifi, lan_addresses
from courses.gatherings.kit.check_words import BUNDLE_FAULTS, CHECKS, KIT_FAULTS
from courses.gatherings.kit.make_kit import LONGEST, KitOrder, KitRefused, make_kit
from courses.gatherings.kit.sealed_box import PIN_DIGITS, new_pin
from courses.gatherings.kit.self_test import self_test
from courses.gatherings.led_gathering import leader_of, led_gathering
from courses.gatherings.may_lead import LEADING_ROLES
from courses.gatherings.models import HallNode, Phase
from courses.gatherings.pages.join_address import qr_drawing
from lms.organisations.api import role_required
from lms.vietnamese import folded

_DIGITS = forms.TextInput(attrs={"inputmode": "numeric"})


class KitForm(forms.Form):
    name = forms.CharField(label=_("Name of the laptop"), max_length=100, initial=_("Laptop of the hall"))
    days = forms.IntegerField(
        label=_("Valid for how many days"),
        min_value=1,
        max_value=LONGEST.days,
        initial=14,
        localize=False,
        widget=_DIGITS,
    )
    pin = forms.RegexField(
        label=_("PIN"),
        regex=rf"^\d{{{PIN_DIGITS}}}$",
        initial=new_pin,
        widget=_DIGITS,
        help_text=_("Write it down and carry it apart from the file. It is shown only now."),
    )


class BundleForm(forms.Form):
    hide_optional = True
    file = forms.FileField(label=_("File from the laptop"), required=False)
    letters = forms.CharField(
        label=_("Or the letters of the QR"),
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def content(self) -> bytes:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None:
            return file.read(MOST_SEALED + 1)
        letters: str = self.cleaned_data["letters"]
        return letters.encode()


@never_cache
@role_required(*LEADING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    form = KitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = KitOrder(
            [gathering], said["name"], said["pin"], timezone.now() + dt.timedelta(days=said["days"])
        )
        try:
            return _download(
                make_kit(order, leader_of(request)), f"bo-hoi-truong-{_short(gathering.title)}.zip"
            )
        except KitRefused as refused:
            form.add_error(None, str(KIT_FAULTS[refused.reason]))
    context = {
        "gathering": gathering,
        "form": form,
        "is_free": not gathering.node and gathering.phase == Phase.LOBBY,
    }
    return render(request, "gatherings/kit/make.html", context, status=400 if form.is_bound else 200)


@never_cache
@role_required(*LEADING_ROLES)
@require_safe
def test_laptop(request: HttpRequest) -> HttpResponse:
    node = next(
        (one for one in HallNode.objects.order_by("-created_at") if private_key(one) is not None), None
    )
    port = request.get_port()
    addresses = [f"http://{host}:{port}/b/" for host in lan_addresses()]
    wifi = kept_wifi()
    checks = [
        {"name": CHECKS[one.name][0], "help": CHECKS[one.name][1], "passed": one.passed, "detail": one.detail}
        for one in (self_test(node) if node else [])
    ]
    context = {
        "node": node,
        "gatherings": node.gatherings.select_related("unit").order_by("title") if node else [],
        "checks": checks,
        "all_passed": all(one["passed"] for one in checks),
        "addresses": addresses,
        "address_qr": qr_drawing(addresses[0]) if addresses else "",
        "wifi_qr": qr_drawing(wifi) if wifi else "",
    }
    return render(request, "gatherings/kit/self_test.html", context)


@never_cache
@role_required(*LEADING_ROLES)
@require_safe
def carry_home(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    node = kit_of(gathering)
    is_ended = gathering.phase == Phase.ENDED
    context: dict[str, object] = {"gathering": gathering, "node": node, "is_ended": is_ended}
    if node is not None and is_ended:
        try:
            letters = relay_text(gathering)
        except TooMuchForOneQR:
            letters = ""
        context |= {"letters": letters, "qr": qr_drawing(letters) if letters else ""}
    return render(request, "gatherings/kit/carry_home.html", context)


@never_cache
@role_required(*LEADING_ROLES)
@require_safe
def bundle_file(request: HttpRequest, gathering_uuid: uuid.UUID) -> HttpResponse:
    gathering = led_gathering(request, gathering_uuid)
    try:
        content = export_bundle(gathering)
    except NotAHallKit:
        return render(
            request, "gatherings/kit/carry_home.html", {"gathering": gathering, "node": None}, status=404
        )
    return _download(content, f"ket-qua-{gathering.code}-{_short(gathering.title)}.hall")


@never_cache
@role_required(*LEADING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    form = BundleForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            context["report"] = take_home(form.content(), leader_of(request))
        except BadBundle as bad:
            form.add_error(None, str(BUNDLE_FAULTS[bad.code]))
            status = 400
    return render(request, "gatherings/kit/take_in.html", context, status=status)


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def _short(title: str) -> str:
    return slugify(folded(title))[:50]
