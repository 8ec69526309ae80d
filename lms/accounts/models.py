"""People: one full name (never split), several ways to sign in, consent, learner cards."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms import vietnamese

# After so many wrong PINs a card is locked until a facilitator issues a new one.
MOST_PIN_FAILURES = 5


class Audience(models.TextChoices):
    """The four audiences of the campaign."""

    CITIZEN = "citizen", _("Citizens")
    CADRE = "cadre", _("Party members and civil servants")
    STUDENT = "student", _("Students")
    WORKER = "worker", _("Workers")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who learns, teaches or looks after the site."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(
        _("username"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                # At least one letter: a phone number is not a name.
                r"^(?=.*[A-Za-z])[A-Za-z0-9._-]+\Z",
                _("Use letters without diacritics, digits, dots and hyphens, with at least one letter."),
            )
        ],
    )
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    sort_name = models.CharField(max_length=600, blank=True, editable=False)
    folded_name = models.CharField(max_length=150, blank=True, editable=False, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone number"), max_length=16, null=True, blank=True, unique=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.CITIZEN)
    language = models.CharField(_("language"), max_length=10, default="vi")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("sort_name", "pk")

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = self.username.lower()
        self.set_name_keys()
        super().save(*args, **kwargs)

    def set_name_keys(self) -> None:
        """Keys for sorting and searching; ``bulk_create`` does not pass through ``save``."""
        self.full_name = vietnamese.normal(self.full_name)
        self.sort_name = vietnamese.sort_key(self.full_name)
        self.folded_name = vietnamese.folded(self.full_name)
        self.phone = self.phone or None

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class ConsentRecord(models.Model):
    """Append-only: what a person agreed to, in which words, when and for what; withdrawal is a date, not a deletion."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    text = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents_recorded"
    )

    class Meta:
        ordering = ("-given_at", "pk")


class LearnerCard(models.Model):
    """A printed card (QR + PIN) that signs in a person who has neither phone nor e-mail."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128)
    number = models.CharField(max_length=12, unique=True)
    # Which request made it: the same request sent twice gives the same card.
    request_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="cards_issued")
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-issued_at", "pk")

    @property
    def is_locked(self) -> bool:
        return self.failures >= MOST_PIN_FAILURES


class AccountEvent(models.Model):
    """Append-only trail of what was done to an account, and by whom; the person can read it."""

    class Kind(models.TextChoices):
        CARD_ISSUED = "card_issued", _("Learner card issued")
        CARD_REVOKED = "card_revoked", _("Learner card withdrawn")
        CARD_LOCKED = "card_locked", _("Learner card locked after wrong PINs")
        CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")
        EXPORTED = "exported", _("Data exported")
        ERASED = "erased", _("Data erased")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="account_events")
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
