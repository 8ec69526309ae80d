"""Public halves of the issuer's keys. Private halves never enter the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class KeyUse(models.TextChoices):
    CREDENTIAL = "credential"  # ES256, the credential and the status list as JWT
    PROOF = "proof"  # Ed25519, the proof inside a JSON credential
    TICKET = "ticket"  # Ed25519, the COSE ticket in the QR
    SEAL = "seal"  # RSA with an X.509 certificate, the seal of the PDF


class KeyPlace(models.TextChoices):
    FILE = "file"
    PKCS11 = "pkcs11"
    REMOTE = "remote"


class SigningKey(models.Model):
    """One per use signs; retired ones still verify; compromised ones are published nowhere."""

    name = models.CharField(max_length=60, unique=True)
    kid = models.CharField(max_length=300, unique=True)
    use = models.CharField(max_length=12, choices=KeyUse)
    place = models.CharField(max_length=8, choices=KeyPlace, default=KeyPlace.FILE)
    # What the token or the remote service calls it; empty for a file.
    label = models.CharField(max_length=100, blank=True)
    algorithm = models.CharField(max_length=8)
    public_jwk = models.JSONField()
    certificate_pem = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "certificates"
        ordering = ("use", "-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["use"],
                condition=Q(retired_at__isnull=True, compromised_at__isnull=True),
                name="one_key_signs_per_use",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signs(self) -> bool:
        return self.retired_at is None and self.compromised_at is None
