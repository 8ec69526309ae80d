"""Pure: minutes as DOCX from a versioned form. The same paper gives the same bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path

import docxtpl

from courses.gatherings.minutes.stable_zip import repacked
from courses.gatherings.minutes.wording import Paper

FORMS = Path(__file__).parent / "forms"


def minutes_docx(paper: Paper, template: str, made_on: dt.datetime) -> bytes:
    """``made_on`` is the end of the gathering, never the present moment."""
    form = docxtpl.DocxTemplate(FORMS / template)
    form.render(dataclasses.asdict(paper), autoescape=True)
    properties = form.docx.core_properties
    properties.title = f"{paper.title} {paper.abstract}"
    properties.created = properties.modified = made_on.astimezone(dt.UTC).replace(tzinfo=None)
    properties.revision = 1
    made = io.BytesIO()
    form.save(made)
    return repacked(made.getvalue())
