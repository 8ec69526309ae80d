"""Editors, HR officers, the committee and administrators need a second factor; others may have one.

The answer for a session is kept for an hour, so that saving an answer costs no extra query. Views with a role and
the admin ask afresh each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from lms.accounts.second_factor import missing_step

_KEY = "second_factor_asked"
_SECONDS = 60 * 60
_ADMIN = "/quan-tri/"
_OPEN_NAMES = {"account_logout", "account_reauthenticate", "account_login", "healthz", "readyz", "metrics"}


class RequireSecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseRedirect | None:
        match = request.resolver_match
        if match is None:
            return None
        if match.url_name == "wagtailadmin_login":
            # The admin's own sign-in page knows no second factor, so it is never used.
            return redirect(f"{reverse('account_login')}?{urlencode({'next': _ADMIN})}")
        if _is_open(match) or not request.user.is_authenticated or _asked_lately(request):
            return None
        step = missing_step(request)
        if step is not None:
            messages.info(request, gettext("Your role needs sign-in in two steps. Do this step first."))
            return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
        request.session[_KEY] = [request.user.pk, int(time.time())]
        return None


def _is_open(match: ResolverMatch) -> bool:
    name = match.url_name or ""
    return name in _OPEN_NAMES or name.startswith("mfa_") or "theme" in match.app_names


def _asked_lately(request: HttpRequest) -> bool:
    if request.path.startswith(_ADMIN):
        return False
    asked = request.session.get(_KEY)
    if not asked:
        return False
    person_id, at = asked
    return bool(person_id == request.user.pk and time.time() - at < _SECONDS)
