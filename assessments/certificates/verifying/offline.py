"""The page that checks papers where there is no network: an installable page with its own service worker."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.certificates.credentials.models import StatusList
from assessments.certificates.credentials.ticket import KEY_ID_BYTES
from assessments.certificates.models import Achievement
from assessments.certificates.signing.jwk import thumbprint
from assessments.certificates.signing.keys import verification_keys
from assessments.certificates.signing.models import KeyUse

_FOLDER = "certificates/js/"
# Named by what the page loads; modules name each other without a version, so both names are kept.
_MODULES = (
    "offline.js",
    "camera-panel.js",
    "scan-code.js",
    "ticket.js",
    "cbor.js",
    "status-list.js",
    "vendor/qr/decode.js",
    "vendor/qr/index.js",
    "vendor/noble-ed25519/index.js",
)
_STYLES = ("theme/tokens.css", "theme/theme.css", "certificates/seal.css", "theme/icon.svg")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For everybody; the same for everybody, as it is kept on the device."""
    return render(request, "certificates/offline.html")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    home = reverse("certificates:offline")
    icons = [{"src": static("theme/icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": static(f"certificates/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    content = {
        "id": home,
        "name": _("Check certificates without network"),
        "short_name": _("Check certificates"),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "lang": request.LANGUAGE_CODE,
        "background_color": "#f4f6f1",
        "theme_color": "#14574a",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """A new list of files is a new worker, so that an update is seen."""
    files = [reverse("certificates:offline"), *_addresses(static)]
    context = {"files": files, "home": reverse("certificates:offline")}
    response = render(request, "certificates/offline_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def _addresses(address: Callable[[str], str]) -> list[str]:
    plain = static("theme/icon.svg")
    root = plain[: plain.index("theme/")]
    modules = [address(_FOLDER + name) for name in _MODULES] + [f"{root}{_FOLDER}{name}" for name in _MODULES]
    return list(dict.fromkeys([*(address(name) for name in _STYLES), *modules]))


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """Keys of tickets, addresses of status lists, names of skills: everything public that a check needs."""
    keys = [
        {"id": thumbprint(key.public_jwk)[:KEY_ID_BYTES].hex(), "x": key.public_jwk["x"]}
        for key in verification_keys(KeyUse.TICKET)
    ]
    numbers = StatusList.objects.order_by("number").values_list("number", flat=True)
    lists = {str(number): reverse("credentials:status", args=[number]) for number in numbers}
    skills = dict(Achievement.objects.values_list("skill__code", "skill__name"))
    content = {"keys": keys, "lists": lists, "skills": skills, "at": timezone.now().isoformat()}
    response = JsonResponse(content)
    response["Cache-Control"] = "no-cache"
    return response
