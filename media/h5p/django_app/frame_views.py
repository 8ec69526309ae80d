"""The page inside the frame: one activity, its player, and walls around both. Open to whoever has a signed address."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from lms.theme.context import TEXT_SIZES, THEMES, Display
from media.h5p.django_app.blind_content import delivery
from media.h5p.django_app.bundles import LIBRARY_FOLDER, Bundle, bundle_of
from media.h5p.django_app.cores import small_core, standalone_core, standalone_is_there
from media.h5p.django_app.models import ActivityVersion, Attempt, Content
from media.h5p.django_app.signed_addresses import Frame, bundle_address, content_address, read_frame

_SAVE_SECONDS = 10
_UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@never_cache
@xframe_options_exempt  # the policy below says who may frame it
@require_safe
def frame(request: HttpRequest, signed: str) -> HttpResponse:
    """Never looks at the session: all that it may show stands in its address."""
    try:
        asked = read_frame(signed)
    except BadSignature:
        return _refused(request, _("This activity was opened too long ago. Please open it again."), 403)
    with override(asked.language):
        return _shown(request, asked)


def _shown(request: HttpRequest, asked: Frame) -> HttpResponse:
    version = ActivityVersion.objects.select_related("activity", "content__main_library").get(
        pk=asked.version
    )
    content = version.content
    is_own = not content.libraries.filter(is_own=False).exists()
    if not is_own and not standalone_is_there():
        return _refused(request, _("The player for this activity is not installed on this site."), 503)
    core = (small_core() if is_own else standalone_core()).bundle()
    bundle = bundle_of(content)
    nonce = secrets.token_urlsafe(16)
    context = {
        "nonce": nonce,
        "title": version.activity.title,
        "blind": asked.blind,
        "shown_as": _display(request),
        "data": mark_safe(_for_script(_integration(request, version, asked, bundle))),
        "core": bundle_address(core.key),
        "bundle": bundle_address(bundle.key),
        "has_style": bundle.style.stat().st_size > 1,
    }
    response = render(request, "h5p/frame.html", context)
    response["Content-Security-Policy"] = _policy(request, nonce, [core, bundle], content)
    return response


def _display(request: HttpRequest) -> Display:
    """As the page around shows itself, which tells it in the query: a frame without cookies knows no choice."""
    text, theme = request.GET.get("chu", ""), request.GET.get("mau", "")
    return Display(text, theme) if text in TEXT_SIZES and theme in THEMES else Display()


def _integration(
    request: HttpRequest, version: ActivityVersion, asked: Frame, bundle: Bundle
) -> dict[str, Any]:
    """What H5P's player calls H5PIntegration."""
    content = version.content
    shown = {
        "library": f"{content.main_library.machine_name} {content.main_library.major}.{content.main_library.minor}",
        "jsonContent": json.dumps(
            delivery(content, asked.seed, blindly=asked.blind).public, ensure_ascii=False
        ),
        "contentUrl": content_address(content.hash).rstrip("/"),
        "fullScreen": "0",
        "displayOptions": {
            "frame": False,
            "export": False,
            "embed": False,
            "copyright": False,
            "icon": False,
        },
        "metadata": {"title": version.activity.title, "license": content.metadata.get("license", "U")},
        "contentUserData": [_kept_state(asked)],
        "exportUrl": "",
        "url": f"urn:h5p:{version.activity.slug}",
    }
    address = bundle_address(bundle.key)
    return {
        "baseUrl": "",
        "url": address.rstrip("/"),
        "urlLibraries": f"{address}{LIBRARY_FOLDER}",
        "postUserStatistics": False,
        "saveFreq": _SAVE_SECONDS,
        "fullscreenDisabled": 1,
        "hubIsEnabled": False,
        "l10n": {"H5P": _player_words()},
        "contents": {"cid-1": shown},
        "blind": asked.blind,
        "language": get_language(),
        "parentOrigin": f"{request.scheme}://{request.get_host()}",
    }


def _player_words() -> dict[str, str]:
    return {
        "contentChanged": _("This activity has changed since you were here."),
        "startingOver": _("You begin anew."),
        "close": _("Close"),
        "offlineDialogRetryButtonLabel": _("Try again"),
    }


def _kept_state(asked: Frame) -> dict[str, str]:
    """Nothing at all where there is none: H5P's player takes a null for a content that has changed."""
    if asked.attempt is None:
        return {}
    state = Attempt.objects.filter(uuid=asked.attempt).values_list("state", flat=True).first()
    return {} if state is None else {"state": json.dumps(state)}


def _for_script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_UNSAFE_IN_SCRIPT)


def _policy(request: HttpRequest, nonce: str, bundles: list[Bundle], content: Content) -> str:
    """Addresses in full: in a frame without origin 'self' is nothing to rely on."""
    site = f"{request.scheme}://{request.get_host()}"
    libraries = " ".join(site + bundle_address(bundle.key) for bundle in bundles)
    media = site + content_address(content.hash)
    return "; ".join(
        (
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src {libraries} 'unsafe-inline'",
            f"img-src {libraries} {media} data: blob:",
            f"media-src {libraries} {media} data: blob:",
            f"font-src {libraries} {media} data:",
            "connect-src 'none'",
            "frame-src 'none'",
            "worker-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {site}",
        )
    )


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    response = render(request, "h5p/frame_refused.html", {"words": words}, status=status)
    site = f"{request.scheme}://{request.get_host()}"
    response["Content-Security-Policy"] = (
        f"sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors {site}"
    )
    return response
