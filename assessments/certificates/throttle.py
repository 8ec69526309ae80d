"""Failed look-ups are counted per network and for the whole site; who fails too often has to wait.

Right codes cost nothing, so that a hall behind one address can check as many papers as it likes.
"""

from __future__ import annotations

import ipaddress
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_WINDOW = 600
_PER_NETWORK = 20
_WHOLE_SITE = 3_000
# Only a proxy on this machine may say whom it speaks for.
_PROXIES = ("127.0.0.0/8", "::1/128")


def seconds_to_wait(request: HttpRequest) -> int:
    """0 when this visitor may ask."""
    counts = cache.get_many([_network_key(request), _site_key()])
    if counts.get(_network_key(request), 0) < _limit(
        "CODE_FAILURES_PER_NETWORK", _PER_NETWORK
    ) and counts.get(_site_key(), 0) < _limit("CODE_FAILURES_WHOLE_SITE", _WHOLE_SITE):
        return 0
    return max(1, math.ceil(_WINDOW - time.time() % _WINDOW))


def count_failure(request: HttpRequest) -> None:
    for key in (_network_key(request), _site_key()):
        cache.add(key, 0, _WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.set(key, 1, _WINDOW)


def client_network(request: HttpRequest) -> str:
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


def _limit(name: str, usual: int) -> int:
    return int(getattr(settings, name, usual))


def _network_key(request: HttpRequest) -> str:
    return f"certificates:failures:{_window()}:{client_network(request).replace('/', '-')}"


def _site_key() -> str:
    return f"certificates:failures:{_window()}:site"


def _window() -> int:
    return int(time.time() // _WINDOW)
