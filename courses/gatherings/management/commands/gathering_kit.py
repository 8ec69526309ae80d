"""Make the kit of a hall, or open one on the laptop and serve it there."""

from __future__ import annotations

import datetime as dt
import getpass
import io
import json
import os
from pathlib import Path
from typing import Any

import segno
import uvicorn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.gatherings.kit.addresses import keep_wifi, lan_addresses, wifi_text
from courses.gatherings.kit.make_kit import KitOrder, KitRefused, make_kit
from courses.gatherings.kit.open_kit import BadKit, OpenedKit, open_kit
from courses.gatherings.kit.recall_kit import extend_kit, recall_kit
from courses.gatherings.kit.sealed_box import WrongPin, new_pin
from courses.gatherings.models import Gathering, Phase, Plan

_USUAL_DAYS = 14


class Command(BaseCommand):
    help = "Makes one zip for a laptop without internet; with --open, opens it there and serves the hall."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "gatherings", nargs="*", metavar="ID", help="which; else all that wait in their lobby"
        )
        parser.add_argument("--out", type=Path, help="where the zip goes")
        parser.add_argument("--name", default="", help="name of the laptop")
        parser.add_argument(
            "--days", type=int, default=_USUAL_DAYS, help="how long the key is valid (at most 60)"
        )
        parser.add_argument("--pin", default="", help="eight digits; made up, or asked for, when not given")
        parser.add_argument("--open", type=Path, dest="kit", metavar="FILE", help="open this kit here")
        parser.add_argument("--recall", action="store_true", help="take the kits of these gatherings back")
        parser.add_argument("--extend", action="store_true", help="let their kits live --days from now")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--wifi-name", default="")
        parser.add_argument("--wifi-password", default="")
        parser.add_argument("--no-serve", action="store_true", help="only bring the kit in")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kit"] is not None:
            self._open(options)
        elif options["recall"] or options["extend"]:
            self._change(options)
        else:
            self._make(options)

    def _change(self, options: dict[str, Any]) -> None:
        if not options["gatherings"]:
            raise CommandError("Name the gatherings by their ids")
        for gathering in _chosen(options["gatherings"]):
            try:
                if options["recall"]:
                    recall_kit(gathering)
                else:
                    extend_kit(gathering, options["days"])
            except KitRefused as refused:
                raise CommandError(f"Nothing was changed: {refused}") from None

    def _make(self, options: dict[str, Any]) -> None:
        pin = options["pin"] or new_pin()
        today = timezone.localdate()
        expires = timezone.now() + dt.timedelta(days=options["days"])
        out = options["out"] or Path(f"bo-hoi-truong-{today:%Y-%m-%d}.zip")
        order = KitOrder(
            _chosen(options["gatherings"]),
            options["name"] or f"Máy hội trường {today:%d/%m/%Y}",
            pin,
            expires,
        )
        try:
            content = make_kit(order)
        except KitRefused as refused:
            raise CommandError(f"No kit was made: {refused}") from None
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        said = {
            "file": str(out),
            "pin": pin,
            "expires_at": expires.isoformat(timespec="seconds"),
            "gatherings": [str(one.uuid) for one in order.gatherings],
        }
        self.stdout.write(json.dumps(said))

    def _open(self, options: dict[str, Any]) -> None:
        if not settings.EMBEDDED:
            raise CommandError("A kit is opened on a laptop (embedded shape), never on the province's server")
        pin = options["pin"] or getpass.getpass("PIN: ")
        try:
            content = options["kit"].read_bytes()
        except OSError as fault:
            raise CommandError(f"{options['kit']}: {fault.strerror}") from None
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Plan.objects.exists():
            call_command("load_starter", stdout=self.stdout)
        try:
            opened = open_kit(content, pin)
        except WrongPin:
            raise CommandError("The PIN is wrong, or the kit was changed on its way") from None
        except BadKit as bad:
            raise CommandError(f"{options['kit']}: refused ({bad.code})") from None
        if options["wifi_name"]:
            keep_wifi(options["wifi_name"], options["wifi_password"])
        self._tell(opened, options)
        if not options["no_serve"]:
            uvicorn.run(
                "lms.asgi:application",
                host="0.0.0.0",  # noqa: S104 - phones of the hall must reach it
                port=options["port"],
                lifespan="off",
                access_log=False,
                log_level="warning",
            )

    def _tell(self, opened: OpenedKit, options: dict[str, Any]) -> None:
        """Where to go, for people and for phones."""
        hosts = lan_addresses() or ["127.0.0.1"]
        for gathering in opened.gatherings:
            self.stdout.write(f"\n{gathering.title}: {gathering.code[:3]} {gathering.code[3:]}")
        leaders = ", ".join(sorted({leader.username for leader in opened.leaders}))
        self.stdout.write(f"Sign in as {leaders}; the password is the PIN.")
        for host in hosts:
            self.stdout.write(f"http://{host}:{options['port']}/b/")
        self.stdout.write(f"Self-test: http://127.0.0.1:{options['port']}/buoi-hoc/tu-kiem-tra/")
        if options["wifi_name"]:
            self.stdout.write("\nWi-Fi:")
            self._draw(wifi_text(options["wifi_name"], options["wifi_password"]))
        self.stdout.write("\nURL:")
        self._draw(f"http://{hosts[0]}:{options['port']}/b/")
        self.stdout.flush()

    def _draw(self, text: str) -> None:
        drawing = io.StringIO()
        segno.make(text, micro=False).terminal(drawing, compact=True)
        self.stdout.write(drawing.getvalue())


def _chosen(named: list[str]) -> list[Gathering]:
    waiting = Gathering.objects.select_related("unit", "facilitator").filter(phase=Phase.LOBBY, node="")
    if not named:
        return list(waiting.filter(seats__isnull=True))
    try:
        found = list(Gathering.objects.select_related("unit", "facilitator").filter(uuid__in=named))
    except ValidationError:
        found = []
    if len(found) != len(set(named)):
        raise CommandError("There is no such gathering: name gatherings by their ids")
    return found
