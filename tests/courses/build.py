"""A small school for tests: home, catalogue, courses of real starter lessons."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from wagtail.models import Locale, Page, Site

from assessments.items.api import Skill, load_items, load_outcomes
from courses.models import CataloguePage, CoursePage, HomePage, LessonPage
from courses.starter_lessons import STARTER, lesson_fields, lesson_files
from lms.accounts.api import Person

LESSONS = STARTER / "lessons"


def add(parent: Page, page: Any) -> Any:
    page.locale = Locale.get_default()
    parent.add_child(instance=page)
    page.save_revision(clean=False).publish()
    return type(page).objects.get(pk=page.pk)


def school() -> CataloguePage:
    cache.clear()
    load_outcomes()
    root = Page.get_first_root_node()
    home = add(root, HomePage(title="Trang chủ", slug="nha", welcome="Học từng bước"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return add(home, CataloguePage(title="Khóa học", slug="khoa-hoc"))


def course(catalogue: CataloguePage, skill: str = "qr", slug: str = "ma-qr", **fields: Any) -> CoursePage:
    about = {
        "title": "Thanh toán bằng mã QR",
        "summary": "Quét mã, xem tên, rồi mới chuyển.",
        "audiences": ["citizen"],
        "outcomes": "Đọc tên người nhận",
    }
    return add(catalogue, CoursePage(slug=slug, skill=Skill.objects.get(code=skill), **{**about, **fields}))


def lessons(page: CoursePage, skill: str = "qr", count: int = 2, first: int = 0) -> list[LessonPage]:
    """Real lessons with their items; more than there are files come from the same files under new slugs."""
    load_items(sorted(LESSONS.glob(f"{skill}-*.yaml")))
    files = lesson_files(skill)
    made = []
    for number in range(first, first + count):
        fields = lesson_fields(files[number % len(files)])
        fields["slug"] = f"{fields['slug']}-{number}"
        made.append(add(page, LessonPage(**fields)))
    return made


def learner(username: str = "hoc-vien") -> Person:
    return Person.objects.create_user(username, "mat-khau-dai-1", full_name="Ka Hiền")
