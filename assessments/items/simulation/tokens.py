"""Opaque names for one sitting: ids tell nothing, and a trace of another sitting is impossible here. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
LENGTH = 7


def _token(key: bytes, name: str, round_: int) -> str:
    digest = hmac.digest(key, f"{round_}:{name}".encode(), hashlib.sha256)
    number = int.from_bytes(digest[:8], "big")
    return "".join(LETTERS[(number >> (5 * place)) & 31] for place in range(LENGTH))


@dataclass
class Tokens:
    """Both directions of ``name <-> token``. A name is ``kind:authored``; unknown tokens give None."""

    key: bytes
    of_name: dict[str, str] = field(default_factory=dict)
    of_token: dict[str, str] = field(default_factory=dict)

    @classmethod
    def for_names(cls, seed: int, names: Iterable[str]) -> Tokens:
        tokens = cls(hashlib.sha256(f"simulation:{seed}".encode()).digest())
        for name in sorted(set(names)):
            tokens._add(name)
        return tokens

    def _add(self, name: str) -> None:
        round_ = 0
        while (token := _token(self.key, name, round_)) in self.of_token:
            round_ += 1
        self.of_name[name], self.of_token[token] = token, name

    def hide(self, kind: str, authored: str) -> str:
        return self.of_name[f"{kind}:{authored}"]

    def reveal(self, kind: str, token: object) -> str | None:
        name = self.of_token.get(token) if isinstance(token, str) else None
        if name is None or not name.startswith(f"{kind}:"):
            return None
        return name.removeprefix(f"{kind}:")
