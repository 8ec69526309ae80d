"""What people type or scan to come in, and the same as a QR drawing."""

from __future__ import annotations

import ipaddress
from io import BytesIO

import segno
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.safestring import SafeString, mark_safe

from courses.gatherings.kit.addresses import lan_addresses
from courses.gatherings.models import Gathering


def join_host(request: HttpRequest) -> str:
    """Host and port under which the phones of the hall reach this server."""
    host, port = split_domain_port(request.get_host())
    if not is_this_machine(host):
        return request.get_host()
    address = next(iter(lan_addresses()), host)
    return f"{address}:{port}" if port else address


def join_url(request: HttpRequest, gathering: Gathering) -> str:
    return f"{request.scheme}://{join_host(request)}/b/{gathering.code}"


def qr_drawing(text: str) -> SafeString:
    """Sharp at any size; black on white in every theme."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=4, light="#fff", xmldecl=False, svgns=False, omitsize=True, svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return mark_safe(drawing.getvalue().decode())


def is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_local_network(host: str) -> bool:
    """A hall's own Wi-Fi: the internet is not needed."""
    try:
        address = ipaddress.ip_address(split_domain_port(host)[0].strip("[]"))
    except ValueError:
        return split_domain_port(host)[0] == "localhost"
    return address.is_private or address.is_loopback
