"""The English tree: shell pages and one course translated, everything else repeated in Vietnamese with a notice."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from courses.models import CataloguePage, CoursePage, HomePage
from courses.starter_lessons import STARTER
from lms.data_files import read_yaml

_TRANSLATED_COURSE = "vneid"


def load_english(home: HomePage) -> None:
    """New Vietnamese pages follow by themselves: wagtail-localize keeps the two trees alike."""
    english, _new = Locale.objects.get_or_create(language_code="en")
    words = read_yaml(STARTER / "english.yaml")
    catalogue = CataloguePage.objects.child_of(home).get()
    courses = CoursePage.objects.child_of(catalogue)
    for page in (home, catalogue, courses.get(slug=_TRANSLATED_COURSE)):
        _translate(page, english, words)
    for page in catalogue.get_descendants().order_by("path"):
        if not page.has_translation(english):
            page.specific.copy_for_translation(english, copy_parents=True, alias=True)
    LocaleSynchronization.objects.update_or_create(locale=english, defaults={"sync_from": home.locale})


def _translate(page: Page, locale: Locale, words: dict[str, str]) -> None:
    """Once: afterwards the translation belongs to the editors."""
    if page.has_translation(locale):
        return
    with transaction.atomic():
        source, _new = TranslationSource.update_or_create_from_instance(page)
        translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
        for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
            _say(segment, locale, words)
    translation.save_target(publish=False)
    page.get_translation(locale).latest_revision.publish()


def _say(segment: Any, locale: Locale, words: dict[str, str]) -> None:
    string: String = segment.string
    if string.data not in words:
        return
    StringTranslation.objects.update_or_create(
        translation_of=string, locale=locale, context=segment.context, defaults={"data": words[string.data]}
    )
