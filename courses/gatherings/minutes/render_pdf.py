"""Pure: minutes as tagged PDF (typst), the same words as the DOCX. The same paper gives the same bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json

import fontpkg_noto_serif
import typst

from courses.gatherings.minutes.render_docx import FORMS
from courses.gatherings.minutes.wording import Paper


class PaperProblem(Exception):
    """typst warned: something would be printed wrong."""


def minutes_pdf(paper: Paper, kind: str, template: str, made_on: dt.datetime) -> bytes:
    words = {**dataclasses.asdict(paper), "kind": kind}
    made, warnings = typst.compile_with_warnings(
        str(FORMS / template),
        root=str(FORMS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(words, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=made_on.astimezone(dt.UTC),
    )
    if warnings or not isinstance(made, bytes):
        raise PaperProblem("; ".join(warning.message for warning in warnings))
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fontpkg_noto_serif.ROOT)]
    )
