"""The pages of the starter content. Idempotent; what an editor changed in the admin stays as it is."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.conf import settings
from wagtail.models import Locale, Page, Site

from assessments.items.api import Skill
from assessments.sittings.api import Blueprint
from courses.models import CataloguePage, CoursePage, HomePage, LessonPage
from courses.starter_lessons import STARTER, lesson_fields, lesson_files
from lms.data_files import read_yaml

_Page = TypeVar("_Page", bound=Page)


def load_starter_pages() -> HomePage:
    words = read_yaml(STARTER / "courses.yaml")
    home = _page(HomePage, _root(), words["home"])
    _serve(home)
    catalogue = _page(CataloguePage, home, words["catalogue"])
    for course in words["courses"]:
        _load_course(catalogue, course)
    return home


def _load_course(catalogue: CataloguePage, words: dict[str, Any]) -> None:
    fields = {
        **words,
        "skill": Skill.objects.get(code=words["skill"]),
        "assessment": Blueprint.objects.get(slug=words["assessment"]),
        "outcomes": "\n".join(words["outcomes"]),
    }
    course = _page(CoursePage, catalogue, fields)
    for lesson in lesson_files(words["skill"]):
        _page(LessonPage, course, lesson_fields(lesson), live=lesson["state"] == "live")


def _root() -> Page:
    """The root of the tree, without the welcome page that Wagtail's first migration puts there."""
    root = Page.get_first_root_node()
    for page in root.get_children():
        if page.specific_class is Page:
            Site.objects.filter(root_page=page).delete()
            page.delete()
    return Page.get_first_root_node()


def _serve(home: HomePage) -> None:
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
    )


def _page(model: type[_Page], parent: Page, fields: dict[str, Any], live: bool = True) -> _Page:
    """Found by its slug below its parent; published when it is new or when only files ever wrote it."""
    page = model.objects.child_of(parent).filter(slug=fields["slug"]).first()
    if page is None:
        page = model(**fields, locale=Locale.get_default(), live=False)
        parent.add_child(instance=page)
    elif _edited_by_hand(page) or not _differs(page, fields):
        return page
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def _edited_by_hand(page: Page) -> bool:
    return page.revisions.filter(user__isnull=False).exists()


def _differs(page: Page, fields: dict[str, Any]) -> bool:
    return any(_stored(page, name) != _wanted(value) for name, value in fields.items())


def _stored(page: Page, name: str) -> Any:
    value = getattr(page, name)
    return _wanted(list(value.raw_data)) if name == "screens" else _wanted(value)


def _wanted(value: Any) -> Any:
    """Stored screens are JSON text in the file's form and raw data on the page; both compare as parsed JSON."""
    if isinstance(value, str) and value.startswith("[{"):
        return json.loads(value)
    if isinstance(value, list):
        return json.loads(json.dumps(value))
    return value
