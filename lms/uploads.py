"""Uploaded pictures and recordings. Everything else under the upload root (lists, certificates) is never public."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

PUBLIC_FOLDERS = ("images", "original_images", "media", "media_thumbnails", "captions")
# An uploaded drawing opened on its own must not run anything on our origin.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'"


def public_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """Open to everyone, but only for the public folders; the browser must not guess types or run scripts."""
    clean = posixpath.normpath(path)
    if clean.split("/", 1)[0] not in PUBLIC_FOLDERS or "\x00" in path:
        raise Http404
    response = serve(request, clean, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "public, max-age=2592000"
    return response
