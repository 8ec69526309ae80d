"""How allauth and its second factor behave here; applied at start where the site's settings leave a name open."""

from __future__ import annotations

from typing import Any

from django.conf import settings

_DEFAULTS: dict[str, Any] = {
    "ACCOUNT_ADAPTER": "lms.accounts.adapter.AccountAdapter",
    "ACCOUNT_FORMS": {
        "login": "lms.accounts.sign_in_form.SignInForm",
        "signup": "lms.organisations.sign_up_form.SignUpForm",
    },
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "email", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "optional",
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_PRESERVE_USERNAME_CASING": False,
    "ACCOUNT_USERNAME_MIN_LENGTH": 3,
    # One hall is one address: names are locked by axes, addresses get room for 300 people at once.
    "ACCOUNT_RATE_LIMITS": {
        "login": "600/m/ip",
        "login_failed": None,
        "signup": "300/m/ip",
        "reset_password": "60/m/ip,5/m/key",
        "reset_password_from_key": "60/m/ip",
    },
    "MFA_ADAPTER": "lms.accounts.second_factor_adapter.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_TOLERANCE": 1,
    # Many people here have no e-mail address at all.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    # The admin's own sign-in page knows no second factor.
    "WAGTAILADMIN_LOGIN_URL": "/tai-khoan/login/",
}


def apply_sign_in_settings() -> None:
    for name, value in _DEFAULTS.items():
        if not hasattr(settings, name):
            setattr(settings, name, value)
    if not hasattr(settings, "MFA_TOTP_ISSUER"):
        settings.MFA_TOTP_ISSUER = settings.SITE_NAME
    if not hasattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"):
        settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = settings.EMBEDDED
