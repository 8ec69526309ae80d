"""What the dashboard of a unit shows, ready for the template and for exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.items.api import Skill
from assessments.proficiency.figures import Figures
from assessments.proficiency.models import Milestone
from assessments.proficiency.shares import Share
from assessments.proficiency.suppress import ALL
from lms.accounts.api import Audience
from lms.organisations.api import Unit, UnitKind

SHOWN = (Milestone.TOOK_PART, Milestone.FINISHED, Milestone.MEASURED, Milestone.PASSED)

_LONG = 40


@dataclass(frozen=True)
class Card:
    """One number with the words that say what was counted."""

    label: str
    people: int | None
    meaning: str


@dataclass(frozen=True)
class ShareRow:
    """A line of a dot-and-interval chart."""

    label: str
    href: str
    share: Share | None
    withheld: bool
    current: bool = False


@dataclass(frozen=True)
class UnitRow:
    """A unit below: its four numbers and its share."""

    unit: Unit
    people: list[int | None]
    share: Share | None
    withheld: bool


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[UnitRow]

    @property
    def long(self) -> bool:
        """A long table opens only when asked for; the tiles above say the same."""
        return len(self.rows) > _LONG


@dataclass(frozen=True)
class Dashboard:
    unit: Unit
    skill: Skill
    audience: str
    cards: list[Card]
    skills: list[ShareRow]
    audiences: list[ShareRow]
    groups: list[Group]
    share: Share | None


def dashboard(figures: Figures, skills: Sequence[Skill], skill: Skill, audience: str) -> Dashboard:
    unit = figures.unit
    return Dashboard(
        unit=unit,
        skill=skill,
        audience=audience,
        cards=_cards(figures, skill, audience),
        skills=[_skill_row(figures, one, audience, one.pk == skill.pk) for one in skills],
        audiences=[_audience_row(figures, skill, code, str(name)) for code, name in Audience.choices],
        groups=[_group(figures, units, skill, audience) for units in figures.partitions(unit)],
        share=figures.share(unit, skill.pk, audience),
    )


def _cards(figures: Figures, skill: Skill, audience: str) -> list[Card]:
    meanings = {
        Milestone.TOOK_PART: _("opened at least one lesson or assessment"),
        Milestone.FINISHED: _("went through a whole course"),
        Milestone.MEASURED: _("did a scored assessment alone"),
        Milestone.PASSED: _("passed it, at the first or a later sitting"),
    }
    return [
        Card(
            str(milestone.label),
            figures.people(figures.unit, skill.pk, milestone, audience),
            meanings[milestone],
        )
        for milestone in SHOWN
    ]


def _skill_row(figures: Figures, skill: Skill, audience: str, current: bool) -> ShareRow:
    href = query(skill.code, audience)
    return _share_row(figures, skill, audience, skill.name, href, current)


def _audience_row(figures: Figures, skill: Skill, audience: str, name: str) -> ShareRow:
    return _share_row(figures, skill, audience, name, "")


def _share_row(
    figures: Figures, skill: Skill, audience: str, label: str, href: str, current: bool = False
) -> ShareRow:
    measured = figures.people(figures.unit, skill.pk, Milestone.MEASURED, audience)
    share = figures.share(figures.unit, skill.pk, audience)
    return ShareRow(label, href, share, measured is None, current)


def _group(figures: Figures, units: Sequence[Unit], skill: Skill, audience: str) -> Group:
    return Group(_group_title(units), [_unit_row(figures, unit, skill, audience) for unit in units])


def _unit_row(figures: Figures, unit: Unit, skill: Skill, audience: str) -> UnitRow:
    people = [figures.people(unit, skill.pk, milestone, audience) for milestone in SHOWN]
    measured = people[SHOWN.index(Milestone.MEASURED)]
    return UnitRow(unit, people, figures.share(unit, skill.pk, audience), measured is None)


def _group_title(units: Sequence[Unit]) -> str:
    titles = {
        UnitKind.HAMLET: _("Hamlets and residential groups"),
        UnitKind.PARTY_COMMITTEE: _("Party committees"),
        UnitKind.PARTY_CELL: _("Party cells"),
        UnitKind.AGENCY: _("Agencies"),
        UnitKind.SCHOOL: _("Schools"),
        UnitKind.ENTERPRISE: _("Enterprises"),
    }
    return titles.get(UnitKind(units[0].kind), _("Communes, wards and the special zone"))


def query(skill_code: str, audience: str) -> str:
    """The part of the address that keeps the chosen skill and audience."""
    kept = f"?ky-nang={skill_code}"
    return kept if audience == ALL else f"{kept}&doi-tuong={audience}"


def audience_name(audience: str) -> str:
    return pgettext("audience", "Everybody") if audience == ALL else str(Audience(audience).label)
