"""What cannot be said in the other language is refused whole, with a code. Pure: no Django."""

from __future__ import annotations


class NotSayable(ValueError):
    """``detail`` is what a person wrote, or a name."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail[:200]
        super().__init__(f"{code} {self.detail}".strip())
