"""Failed look-ups, and work that costs a processor, are counted per address, per network and for the whole site.

Right codes cost nothing, so that a hall behind one address can check as many papers as it likes.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_WINDOW = 600
# Only a proxy on this machine may say whom it speaks for.
_PROXIES = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True)
class Budget:
    """How much of one thing is allowed in ten minutes; a setting CERTIFICATES_<NAME> holds other three numbers."""

    name: str
    per_address: int
    per_network: int
    whole_site: int

    @property
    def limits(self) -> tuple[int, int, int]:
        usual = (self.per_address, self.per_network, self.whole_site)
        address, network, site = getattr(settings, f"CERTIFICATES_{self.name.upper()}", usual)
        return address, network, site


FAILURES = Budget("failures", 20, 200, 3_000)
# Opening a PDF or checking a signature takes up to a second of a processor.
FILES = Budget("files", 60, 300, 1_500)
# A machine may ask for many codes; it is the failures among them that tell of guessing.
QUESTIONS = Budget("questions", 600, 3_000, 30_000)


def seconds_to_wait(request: HttpRequest, *budgets: Budget) -> int:
    """0 when this visitor may ask; failures always count."""
    wanted = dict(_counters(request, FAILURES, *budgets))
    counts = cache.get_many(wanted)
    if all(counts.get(key, 0) < limit for key, limit in wanted.items()):
        return 0
    return max(1, math.ceil(_WINDOW - time.time() % _WINDOW))


def count_failure(request: HttpRequest) -> None:
    count(request, FAILURES)


def count(request: HttpRequest, budget: Budget) -> None:
    for key, _ in _counters(request, budget):
        cache.add(key, 0, _WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.set(key, 1, _WINDOW)


def _counters(request: HttpRequest, *budgets: Budget) -> Iterator[tuple[str, int]]:
    """The key of every counter that this visitor adds to, with its limit."""
    address = client_address(request)
    window = int(time.time() // _WINDOW)
    for budget in budgets:
        places = (address, _wider(address), "site")
        for place, limit in zip(places, budget.limits, strict=True):
            yield f"certificates:{budget.name}:{window}:{place.replace('/', '-')}", limit


def client_address(request: HttpRequest) -> str:
    """One IPv4 address, or the /64 that one IPv6 subscriber has."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and _is_proxy(address):
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _wider(address: str) -> str:
    """The neighbours that one guesser can hire: /24 of IPv4, /48 of IPv6."""
    if address == "unknown":
        return "unknown-network"
    network = ipaddress.ip_network(address)
    return str(network.supernet(new_prefix=24 if network.version == 4 else 48))


def _is_proxy(address: str) -> bool:
    """A local socket has no address at all."""
    if not address:
        return True
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = getattr(settings, "TRUSTED_PROXIES", _PROXIES)
    return any(parsed in ipaddress.ip_network(network) for network in networks)
