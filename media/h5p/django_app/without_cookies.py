"""Frames and their files are the same for everybody: cookies are taken off before anything can look at them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_FILES = ("/h5p/goi/", "/h5p/noi-dung/")
_FRAMES = ("/h5p/khung/",)


class WithoutCookiesMiddleware:
    """Stands above sessions; so files cost no query and may be kept by any cache on the way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(_FILES + _FRAMES):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if request.path_info.startswith(_FILES):
            response["Vary"] = "Accept-Encoding"
        return response
