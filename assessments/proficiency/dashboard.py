"""What the dashboard of a unit shows, ready for the template and for exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.items.api import Skill
from assessments.proficiency.comparison import compared, natural
from assessments.proficiency.dashboard_rows import Basis, Change, Halls, Run, SkillShown
from assessments.proficiency.figures import Figures
from assessments.proficiency.models import Band, Milestone
from assessments.proficiency.shares import Estimate, Share
from assessments.proficiency.suppress import ALL
from assessments.proficiency.tile_map import Place, places
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
    """A line of a dot-and-interval chart; ``explained`` is the address of its explanation."""

    label: str
    href: str
    explained: str
    share: Share | None
    withheld: bool
    current: bool = False
    change: Change | None = None


@dataclass(frozen=True)
class UnitRow:
    """A unit below: its four numbers and its share."""

    unit: Unit
    people: list[int | None]
    share: Share | None
    withheld: bool
    place: Place | None
    title: str
    href: str

    @property
    def sorted_by(self) -> str:
        return self.unit.folded_name


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[UnitRow]  # by name
    tiles: list[UnitRow]  # as on the map, or by name
    charts: list[tuple[str, list[UnitRow]]]
    mapped: bool

    @property
    def long(self) -> bool:
        """Chart and table of a long list stand on a page of their own; the tiles say the same."""
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
    basic: Estimate | None
    withheld: bool
    run: Run | None
    basis: Basis | None
    change: Change | None
    halls: Halls | None

    @property
    def estimate(self) -> Estimate | None:
        return self.share if isinstance(self.share, Estimate) else None

    @property
    def measure(self) -> str:
        """What every share of the page says; one page never shows two kinds."""
        return _("Measured proficient") if self.run else _("Passed at the first sitting")


def dashboard(figures: Figures, skills: Sequence[SkillShown], chosen: SkillShown, audience: str) -> Dashboard:
    unit, skill = figures.unit, chosen.skill
    return Dashboard(
        unit=unit,
        skill=skill,
        audience=audience,
        cards=_cards(figures, skill, audience),
        skills=[_skill_row(figures, one, audience, one.skill.pk == skill.pk) for one in skills],
        audiences=[_audience_row(figures, skill, code, str(name)) for code, name in Audience.choices],
        groups=[_group(figures, units, skill, audience) for units in figures.partitions(unit)],
        share=figures.share(unit, skill.pk, audience),
        basic=figures.estimate(unit, skill.pk, audience, Band.BASIC),
        withheld=figures.withheld(unit, skill.pk, audience),
        run=chosen.run,
        basis=chosen.basis,
        change=chosen.change,
        # A hall does not ask who belongs to which audience.
        halls=chosen.halls if audience == ALL else None,
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


def _skill_row(figures: Figures, one: SkillShown, audience: str, current: bool) -> ShareRow:
    href = query(one.skill.code, audience)
    return _share_row(figures, one, audience, ShareRow(one.skill.name, href, href, None, False, current))


def _audience_row(figures: Figures, skill: Skill, audience: str, name: str) -> ShareRow:
    one = SkillShown(skill, None, None, None)
    return _share_row(figures, one, audience, ShareRow(name, "", query(skill.code, audience), None, False))


def _share_row(figures: Figures, one: SkillShown, audience: str, row: ShareRow) -> ShareRow:
    unit, skill_id = figures.unit, one.skill.pk
    share = figures.share(unit, skill_id, audience)
    withheld = figures.withheld(unit, skill_id, audience)
    return ShareRow(row.label, row.href, row.explained, share, withheld, row.current, one.change)


def _group(figures: Figures, units: Sequence[Unit], skill: Skill, audience: str) -> Group:
    rows = [_unit_row(figures, unit, skill, audience) for unit in units]
    rows.sort(key=lambda row: natural(row.sorted_by))
    mapped = all(row.place is not None for row in rows)
    tiles = sorted(rows, key=lambda row: row.place or Place(0, 0)) if mapped else rows
    whole = figures.share(figures.unit, skill.pk, audience)
    return Group(_group_title(units), rows, tiles, compared(rows, whole), mapped)


def _unit_row(figures: Figures, unit: Unit, skill: Skill, audience: str) -> UnitRow:
    people = [figures.people(unit, skill.pk, milestone, audience) for milestone in SHOWN]
    share = figures.share(unit, skill.pk, audience)
    withheld = figures.withheld(unit, skill.pk, audience)
    # One address is made from another: making 124 of them anew costs more than reading all figures.
    href = f"{reverse('proficiency:start')}{unit.slug}/"
    return UnitRow(unit, people, share, withheld, places().get(unit.slug), unit.full_title, href)


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
