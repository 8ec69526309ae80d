"""Forget who a person is. What they answered stays as rows of nobody, so that figures do not change."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from lms.accounts.models import AccountEvent, Audience, Person

_listeners: list[Callable[[Person], None]] = []


def on_erased(listener: Callable[[Person], None]) -> None:
    """Upper rooms clear what they keep; called inside the erasing transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def erase_person(person: Person) -> None:
    """Anonymise for good; doing it twice changes nothing."""
    if person.erased_at is not None:
        return
    person.username = f"erased-{person.uuid.hex}"
    person.full_name = ""
    person.email = ""
    person.phone = None
    person.birth_year = None
    person.birth_date = None
    person.audience = Audience.CITIZEN
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    person.cards.all().delete()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    AccountEvent.objects.create(person=person, kind=AccountEvent.Kind.ERASED)
    for listener in _listeners:
        listener(person)
