"""Where phones of the hall find this laptop, and the two QR codes that lead there."""

from __future__ import annotations

import ipaddress
import json
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from segno import helpers


def lan_addresses() -> list[str]:
    """Addresses of this machine that a phone on the same Wi-Fi can reach; needs no internet."""
    found = {str(row[4][0]) for row in _named_addresses()}
    for target in ("192.0.2.1", "10.255.255.255", "192.168.255.255"):
        found.add(_source_towards(target))
    return sorted(one for one in found if one and not ipaddress.ip_address(one).is_loopback)


def _named_addresses() -> list[tuple[Any, ...]]:
    try:
        return list(socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    except OSError:
        return []


def _source_towards(target: str) -> str:
    """Which address the system would send from; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def wifi_text(name: str, password: str) -> str:
    """What a phone's camera reads as "join this network"."""
    security = "WPA" if password else None
    return str(helpers.make_wifi_data(ssid=name, password=password or None, security=security))


def _wifi_file() -> Path:
    return Path(settings.SIGNING_KEYS_DIR) / "halls" / "wifi.json"


def keep_wifi(name: str, password: str) -> None:
    """For the self-test page; readable by the owner only, like the keys beside it."""
    path = _wifi_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"name": name, "password": password}), encoding="utf-8")


def kept_wifi() -> str:
    """The text of the Wi-Fi QR; empty when nothing was told."""
    path = _wifi_file()
    if not path.exists():
        return ""
    told = json.loads(path.read_text(encoding="utf-8"))
    return wifi_text(told["name"], told["password"])
