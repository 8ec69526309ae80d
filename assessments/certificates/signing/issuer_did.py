"""The issuer's name among machines: did:web of the address of the site, pure."""

from __future__ import annotations

from urllib.parse import urlsplit


def did_of_site(site_url: str) -> str:
    """``https://example.org:8443`` is ``did:web:example.org%3A8443``: the port's colon is written %3A."""
    parts = urlsplit(site_url)
    port = f"%3A{parts.port}" if parts.port else ""
    return f"did:web:{parts.hostname or ''}{port}"
