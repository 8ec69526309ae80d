"""A plan: what a themed session or class does, step by step. A gathering keeps its own frozen copy."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from assessments.items.api import Skill
from courses.gatherings.plans.step_blocks import STEP_BLOCKS
from lms.accounts.api import Audience


def _check_skills(codes: object) -> None:
    known = set(Skill.objects.values_list("code", flat=True))
    if not isinstance(codes, list) or not set(map(str, codes)) <= known:
        raise ValidationError(_("Skills are named by their codes: %(known)s.") % {"known": sorted(known)})


class Plan(RevisionMixin, models.Model):
    """Edited in the CMS. Variants in other languages point at the plan that they retell."""

    slug = models.SlugField(_("short name for addresses"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=160)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.CITIZEN)
    skills = models.JSONField(_("skills"), default=list, blank=True, validators=[_check_skills])
    language = models.CharField(_("language"), max_length=10, default="vi")
    variant_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="variants",
        verbose_name=_("retells this plan in another language"),
    )
    # What everybody takes home on one page of paper.
    handout = models.TextField(_("handout: at most six short lines"), blank=True)
    steps = StreamField(STEP_BLOCKS, verbose_name=_("steps"), blank=True)

    class Meta:
        ordering = ("title", "language")
        verbose_name = _("plan of a gathering")
        verbose_name_plural = _("plans of gatherings")

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        return sum(step.value["minutes"] or 0 for step in self.steps)

    @property
    def handout_lines(self) -> list[str]:
        return [line.strip() for line in self.handout.splitlines() if line.strip()]
