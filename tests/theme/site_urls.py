"""A small site on the theme: public pages, a page with a form, every error."""

from __future__ import annotations

import itertools

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import RequestContext, Template
from django.urls import include, path

from lms.theme.page_cache import public_page
from lms.theme.style_samples import SampleForm

handler400 = "lms.theme.errors.bad_request"
handler403 = "lms.theme.errors.forbidden"
handler404 = "lms.theme.errors.not_found"
handler500 = "lms.theme.errors.server_error"

_turns = itertools.count(1)


def _page(request: HttpRequest, main: str, **context: object) -> HttpResponse:
    source = '{% extends "theme/base.html" %}{% load theme %}{% block main %}' + main + "{% endblock %}"
    return HttpResponse(Template(source).render(RequestContext(request, dict(context))))


@public_page
def public(request: HttpRequest) -> HttpResponse:
    """Says another number each time it is really made."""
    return _page(request, f"<p>Lần {next(_turns)}</p>")


@public_page
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = public(request)
    response.set_cookie("own", "1")
    return response


@public_page
def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_token(request)} {next(_turns)}")


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(next(_turns)), status=404)


def private(request: HttpRequest) -> HttpResponse:
    return _page(request, f"<p>Lần {next(_turns)}</p>")


def with_form(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Đã lưu.")
    return _page(request, '<form method="post" novalidate>{% csrf_token %}{{ form }}</form>', form=form)


def with_scripts(request: HttpRequest) -> HttpResponse:
    main = """{% load static %}<p id="bai">Câu một. Câu hai.</p>
    {% include "theme/components/listen.html" with target="bai" %}
    {% include "theme/components/listen.html" with target="bai2" audio="/tieng.mp3" %}
    {% include "theme/components/copy_link.html" with text="/c/7K3M" %}
    <a id="mo" class="btn" href="#hoi" data-dialog>Mở</a>
    {% dialog "hoi" "Xóa hết?" %}<p>Không lấy lại được.</p>{% enddialog %}
    <button type="button" class="btn btn-2" data-print hidden>In</button>
    {% for name in names %}<script type="module" src="{% static "theme/js/" %}{{ name }}.js"></script>{% endfor %}"""
    return _page(
        request, main, names=["read-aloud", "dialog", "copy-link", "print-page", "error-summary-focus"]
    )


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("", include("lms.theme.urls")),
    path("cong/", public),
    path("cong-cookie/", with_cookie),
    path("cong-token/", with_token),
    path("cong-404/", missing),
    path("rieng/", private),
    path("o-nhap/", with_form),
    path("cach-lam/", with_scripts),
    path("cam/", forbidden),
    path("hong/", broken),
]
