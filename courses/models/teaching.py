"""Courses and their lessons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.blocks import SCREEN_BLOCKS
from courses.lesson_text import folded_course, folded_lesson
from courses.models.preview import PhoneFirst
from courses.serve_course import serve_course
from courses.serve_lesson import serve_lesson
from lms.accounts.api import Audience


class Address(models.TextChoices):
    """How a lesson speaks to its reader; chosen once per lesson."""

    ONG_BA = "ong_ba", "ông bà"
    BA_CON = "ba_con", "bà con"
    ANH_CHI = "anh_chi", "anh chị"
    BAN = "ban", "bạn"
    DONG_CHI = "dong_chi", "đồng chí"


class CourseForm(WagtailAdminPageForm):
    audiences = forms.MultipleChoiceField(
        label=_("audiences"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )


class CoursePage(PhoneFirst, Page):
    """A course: who it is for, what one can do afterwards, its lessons in order."""

    skill = models.ForeignKey(
        "items.Skill", on_delete=models.PROTECT, related_name="+", verbose_name=_("skill")
    )
    summary = models.TextField(_("summary"))
    audiences = models.JSONField(_("audiences"), default=list)
    outcomes = models.TextField(_("what one can do afterwards, one per line"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    for_whom = models.CharField(_("for whom, in words"), max_length=200, blank=True)
    needed = models.CharField(_("what one needs"), max_length=200, blank=True)
    prerequisites = ParentalManyToManyField("self", symmetrical=False, blank=True)
    assessment = models.ForeignKey(
        "sittings.Blueprint",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("assessment"),
    )
    enrolment_needed = models.BooleanField(
        _("H5P activities only for people who take the course"), default=False
    )
    folded_text = models.TextField(blank=True, editable=False)

    # Whether there are prerequisites at all; whoever fetches the page may know it without a query.
    has_prerequisites = True
    base_form_class = CourseForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("skill"),
        FieldPanel("summary"),
        FieldPanel("audiences"),
        FieldPanel("for_whom"),
        FieldPanel("needed"),
        FieldPanel("outcomes"),
        FieldPanel("minutes"),
        FieldPanel("prerequisites"),
        FieldPanel("assessment"),
        FieldPanel("enrolment_needed"),
    ]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.folded_text = folded_course(self)
        return super().save(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return serve_course(request, self)

    @cached_property
    def lessons(self) -> list[LessonPage]:
        """Published lessons in order; without their screens, which are large."""
        return list(LessonPage.objects.child_of(self).live().defer("screens", "folded_text").order_by("path"))

    def lesson_address(self, lesson: LessonPage) -> str:
        return f"{self.url}{lesson.slug}/"


class LessonPage(PhoneFirst, Page):
    """A lesson: screens of one idea each."""

    code = models.CharField(_("code"), max_length=20, blank=True)
    goal = models.TextField(_("goal"), blank=True)
    why_it_matters = models.TextField(_("why it matters"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    address = models.CharField(_("form of address"), max_length=10, choices=Address, default=Address.BA_CON)
    screens = StreamField(SCREEN_BLOCKS, blank=True, verbose_name=_("screens"))
    facilitator_notes = models.TextField(_("notes for the facilitator"), blank=True)
    # Written at publishing from the codes in the screens, so that overdue facts lead to their lessons.
    facts = models.ManyToManyField("items.Fact", blank=True, related_name="lessons")
    folded_text = models.TextField(blank=True, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("goal"),
        FieldPanel("why_it_matters"),
        FieldPanel("minutes"),
        FieldPanel("address"),
        FieldPanel("screens"),
        FieldPanel("facilitator_notes"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if "screens" not in self.get_deferred_fields():
            self.folded_text = folded_lesson(self)
        return super().save(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return serve_lesson(request, self)

    @cached_property
    def course(self) -> CoursePage:
        above = CoursePage.objects.select_related("locale", "skill", "assessment")
        course: CoursePage = above.get(path=self._get_basepath(self.path, self.depth - 1))
        return course
