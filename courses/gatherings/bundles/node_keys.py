"""Keys of halls: the private half stays on the laptop, the public half with the province."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from courses.gatherings.models import HallNode


def public_text(private: Ed25519PrivateKey) -> str:
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def public_key(node: HallNode) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(node.public_key))


def _path(node: HallNode) -> Path:
    return Path(settings.SIGNING_KEYS_DIR) / "halls" / f"{node.uuid}.pem"


def keep_private(node: HallNode, private: Ed25519PrivateKey) -> None:
    """Readable by the owner only, from the first byte."""
    path = _path(node)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)


def private_key(node: HallNode) -> Ed25519PrivateKey | None:
    """None on every machine but the one that opened the kit."""
    path = _path(node)
    if not path.exists():
        return None
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} is no Ed25519 key")
    return key
