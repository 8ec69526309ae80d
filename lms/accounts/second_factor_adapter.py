"""The code that the authenticator app scans, on white in every theme."""

from __future__ import annotations

import io

import segno
from allauth.mfa.adapter import DefaultMFAAdapter


class SecondFactorAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        drawing = io.BytesIO()
        segno.make(url, error="m", micro=False).save(drawing, kind="svg", border=4, scale=5, light="#fff")
        return drawing.getvalue().decode()
