"""Saving how pages are shown, and the style page for editors."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lms.theme import drawings
from lms.theme.context import COOKIE, TEXT_SIZES, THEMES, Display, display_of
from lms.theme.style_samples import sample_of

_YEAR = 60 * 60 * 24 * 365


# Whole cached pages carry this form, so it can hold no CSRF token. The address that the browser names
# must be ours instead. Old browsers name none: then the worst that a stranger can do is change a colour.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    if not _from_our_own_page(request):
        raise PermissionDenied
    before = display_of(request)
    text = request.POST.get("chu", "")
    theme = request.POST.get("mau", "")
    chosen = Display(
        text if text in TEXT_SIZES else before.text,
        theme if theme in THEMES else before.theme,
    )
    response = HttpResponseRedirect(_way_back(request) + "#hien-thi")
    response.set_cookie(
        COOKIE, chosen.cookie, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


def _from_our_own_page(request: HttpRequest) -> bool:
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source == "null":
        # What a browser sends from our pages without referrer, such as that of a certificate; a strange site sends it
        # too, and then the browser says so.
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return source is None or urlsplit(source).netloc == request.get_host()


def _way_back(request: HttpRequest) -> str:
    """A path of this site without fragment; anything else leads home."""
    target = request.POST.get("next", "")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return "/"
    return target.partition("#")[0]


@require_GET
def style_page(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated or not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    context = {
        "samples": [sample_of(name, label) for name, label in THEMES.items() if name != "auto"],
        "icons": drawings.names("icons"),
        "illustrations": [name for name in drawings.names("illustrations") if name != "hills"],
    }
    return render(request, "theme/style_page.html", context)
