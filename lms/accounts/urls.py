"""Addresses of this room: our own pages, then those of allauth."""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base.views import authenticate
from allauth.mfa.totp.views import activate_totp
from django.urls import include, path

from lms.accounts import card_views, data_views
from lms.accounts.refused_form import refused_as_400

_own = [
    path("the/", card_views.card_sign_in, name="card_sign_in"),
    path("the/<str:token>/", card_views.card_token, name="card_token"),
    path("du-lieu/", data_views.my_data, name="my_data"),
    path("du-lieu/dong-y/", data_views.change_consent, name="change_consent"),
    path("du-lieu/tai-ve/", data_views.export, name="export"),
    path("du-lieu/xoa/", data_views.erase, name="erase"),
]

# The same views under the same names as in allauth, except for the status of a refused form.
_with_400 = [
    path("login/", refused_as_400(account_views.login), name="account_login"),
    path("signup/", refused_as_400(account_views.signup), name="account_signup"),
    path("reauthenticate/", refused_as_400(account_views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", refused_as_400(account_views.password_change), name="account_change_password"),
    path("password/reset/", refused_as_400(account_views.password_reset), name="account_reset_password"),
    path("2fa/totp/activate/", refused_as_400(activate_totp), name="mfa_activate_totp"),
    path("2fa/authenticate/", refused_as_400(authenticate), name="mfa_authenticate"),
]

urlpatterns = [
    path("", include((_own, "accounts"))),
    *_with_400,
    path("", include("allauth.urls")),
]
