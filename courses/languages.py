"""Pages of other languages lead to the Vietnamese page: progress is kept once, whatever language is read."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page


def reads_original() -> bool:
    return get_language() in {None, settings.LANGUAGE_CODE}


def original_pks(pages: Sequence[Page]) -> dict[int, int]:
    """From each page to its Vietnamese original; no query when the visitor reads Vietnamese."""
    if reads_original() or not pages:
        return {page.pk: page.pk for page in pages}
    keys = [page.translation_key for page in pages]
    originals = Page.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
    found = dict(originals.values_list("translation_key", "pk"))
    return {page.pk: found.get(page.translation_key, page.pk) for page in pages}


def shown_in_vietnamese(page: Page) -> bool:
    """A page without a translation of its own repeats the Vietnamese text."""
    return page.alias_of_id is not None and not reads_original()
