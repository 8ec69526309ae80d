"""Where allauth asks this site: redirects and the account that a form makes."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from lms.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """The form has made or checked it already."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Everything in one row at once, so that a sign-up cut off halfway leaves nothing."""
        form.fill_person(user)
        saved: Person = super().save_user(request, user, form, commit=commit)
        return saved
