from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "lms.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from lms.accounts.second_factor import note_set_up
        from lms.accounts.sign_in_settings import apply_sign_in_settings

        apply_sign_in_settings()
        # Wagtail reads this when it builds its admin, after every app is ready.
        wagtail_users: Any = apps.get_app_config("wagtailusers")
        wagtail_users.user_viewset = "lms.accounts.person_admin.PersonViewSet"
        # allauth tells of a new authenticator by signal only.
        authenticator_added.connect(note_set_up, dispatch_uid="accounts.note_set_up")
