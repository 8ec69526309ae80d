"""Error pages that say what happened and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.csrf import requires_csrf_token

# For the moment when even the template engine or the static files are broken.
_BARE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Trang này đang bận</title><h1>Trang này đang bận</h1>"
    '<p>Chờ một phút rồi mở lại.</p><p><a href="/">Về trang chủ</a></p></html>'
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: a context processor may be what broke."""
    try:
        page: str = render_to_string("500.html", {"styles": _style_addresses()})
    except Exception:  # the last answer must not fail, whatever is broken
        page = _BARE
    return HttpResponse(page, status=500)


def _style_addresses() -> list[str]:
    """Empty when the static files were never collected: the page is readable without them."""
    try:
        return [static("theme/tokens.css"), static("theme/theme.css")]
    except ValueError:
        return []
