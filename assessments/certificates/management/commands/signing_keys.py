"""The issuer's keys: list, make, rotate, take one from a token or a service, withdraw a compromised one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.certificates.replace_compromised_key import replace_compromised_key
from assessments.certificates.signing.keys import adopt_key, rotate_key
from assessments.certificates.signing.models import KeyPlace, KeyUse, SigningKey
from assessments.certificates.signing.signer import NoSigningKey, SigningFailed


class Command(BaseCommand):
    help = "Lists, makes, rotates, adopts and withdraws the keys that sign certificates."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="what signs, what is retired, what is compromised")
        verbs.add_parser("make", help="a key in a file for every use that has none")
        rotate = verbs.add_parser("rotate", help="a new key in a file signs from now on")
        rotate.add_argument("use", choices=KeyUse.values)
        adopt = verbs.add_parser("adopt", help="a key on a token or in a service signs from now on")
        adopt.add_argument("use", choices=KeyUse.values)
        adopt.add_argument("place", choices=[KeyPlace.PKCS11.value, KeyPlace.REMOTE.value])
        adopt.add_argument("label", help="what the token or the service calls it")
        compromise = verbs.add_parser("compromise", help="withdraw a key and issue again what it signed")
        compromise.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except (NoSigningKey, SigningFailed) as problem:
            raise CommandError(str(problem)) from None

    def _list(self, options: dict[str, Any]) -> None:
        for key in SigningKey.objects.all():
            self.stdout.write(f"{key.use}\t{key.name}\t{key.place}\t{_state(key)}\t{key.created_at:%Y-%m-%d}")

    def _make(self, options: dict[str, Any]) -> None:
        signing = SigningKey.objects.filter(retired_at__isnull=True, compromised_at__isnull=True)
        has = set(signing.values_list("use", flat=True))
        for use in KeyUse:
            if use not in has:
                self.stdout.write(rotate_key(use).name)

    def _rotate(self, options: dict[str, Any]) -> None:
        self.stdout.write(rotate_key(KeyUse(options["use"])).name)

    def _adopt(self, options: dict[str, Any]) -> None:
        place = KeyPlace(options["place"])
        self.stdout.write(adopt_key(KeyUse(options["use"]), place, options["label"]).name)

    def _compromise(self, options: dict[str, Any]) -> None:
        key = SigningKey.objects.filter(name=options["name"]).first()
        if key is None:
            raise CommandError(f"there is no key {options['name']}")
        again = replace_compromised_key(key.kid)
        self.stdout.write(f"{key.name} is withdrawn; certificates issued again: {again}")
        if key.place != KeyPlace.FILE:
            self.stdout.write(f"No {key.use} key signs now: make one where it shall lie and adopt it.")


def _state(key: SigningKey) -> str:
    if key.compromised_at:
        return "compromised"
    return "retired" if key.retired_at else "signs"
