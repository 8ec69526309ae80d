"""The versioned forms of the minutes, from ``forms/forms.yaml``."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import yaml

from courses.gatherings.minutes.render_docx import FORMS
from courses.gatherings.minutes.wording import CLASS, PARTY
from lms.organisations.api import UnitKind


@dataclass(frozen=True)
class PaperForm:
    key: str
    kind: str
    title: str
    basis: str
    valid_from: dt.date
    template: str
    paper: str


@functools.cache
def paper_forms() -> dict[str, PaperForm]:
    """By key, the newest first."""
    rows = yaml.safe_load((FORMS / "forms.yaml").read_text(encoding="utf-8"))
    forms = [PaperForm(**row) for row in rows]
    return {form.key: form for form in sorted(forms, key=lambda form: form.valid_from, reverse=True)}


def usual_form(unit_kind: str) -> PaperForm:
    """Party organisations write in the Party's form, everybody else in the State's."""
    party = unit_kind in (UnitKind.PARTY_CELL, UnitKind.PARTY_COMMITTEE)
    kind = PARTY if party else CLASS
    return next(form for form in paper_forms().values() if form.kind == kind)
