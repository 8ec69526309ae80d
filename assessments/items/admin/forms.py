"""The form of an item: what is asked, its parts, what it rests on, how it is filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from assessments.items.admin.conversation_fields import conversation_fields, conversation_from
from assessments.items.admin.part_fields import ROWS, SINGLES, part_fields, parts_from
from assessments.items.admin.picture_size import picture_size
from assessments.items.item_tags import AUDIENCES, LANGUAGE_STATES, SPOIL_RISKS, TAGS, clean_tag
from assessments.items.kinds import get_kind
from assessments.items.models import Fact, Item, Outcome
from assessments.items.save_version import save_version
from assessments.items.verdict import Content
from lms import vietnamese

PICTURES = Path(__file__).resolve().parents[1] / "static" / "items" / "pictures"
_TEXTS = ("title", "stem", "context", "hint", "why", "next_step", "source", "legal_basis")
_WORDS = ("mark", "spoil_risk", "geography", "language_state")
_DAYS = ("verified_on", "review_by")
_SECTIONS = (
    (_("Question"), ("code", "outcome", "difficulty", "title", "context", "stem", "hint")),
    (None, ()),
    (_("What is learnt"), ("why", "next_step")),
    (_("Facts and dates"), ("facts", "source", "legal_basis", "mark", "verified_on", "review_by")),
    (
        _("How it is filed"),
        ("audience", "usual_tags", "tags", "spoil_risk", "geography", "language_state", "enemies", "misconceptions"),
    ),
    (_("This change"), ("reason",)),
)  # fmt: skip
_EMPTY = [("", "–")]


@dataclass(frozen=True)
class Section:
    """Fields under one heading; parts of an item are numbered groups."""

    title: Any
    groups: list[tuple[str, list[Any]]]
    of_parts: bool = False


def _text(label: Any, rows: int = 2, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=1000, widget=forms.Textarea(attrs={"rows": rows})
    )


def _listed_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=300)


class ItemForm(WagtailAdminModelForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    stem = _text(_("Question"), 3, required=True)
    context = _text(_("What must be known before"))
    hint = _text(_("Hint (practice only)"))
    why = _text(_("Why"), required=True)
    next_step = _text(_("What to do today"), required=True)
    source = forms.CharField(label=_("Source"), max_length=300)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    facts = forms.ModelMultipleChoiceField(
        Fact.objects.all(),
        label=_("Facts that it rests on"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    mark = forms.ChoiceField(label=_("How sure"), required=False, choices=[*_EMPTY, *Fact.Mark.choices])
    verified_on = forms.DateField(
        label=_("Compared with the source on"), required=False, widget=AdminDateInput
    )
    review_by = forms.DateField(label=_("Review by"), required=False, widget=AdminDateInput)
    audience = forms.MultipleChoiceField(
        label=_("Audience"), required=False, choices=AUDIENCES.items(), widget=forms.CheckboxSelectMultiple
    )
    usual_tags = forms.MultipleChoiceField(
        label=_("Tags"), required=False, choices=TAGS.items(), widget=forms.CheckboxSelectMultiple
    )
    tags = _listed_field(_("Other tags, with commas between"))
    spoil_risk = forms.ChoiceField(
        label=_("Harm if it becomes known"), required=False, choices=[*_EMPTY, *SPOIL_RISKS.items()]
    )
    geography = forms.CharField(label=_("Where it plays (empty: anywhere)"), required=False, max_length=40)
    language_state = forms.ChoiceField(
        label=_("State of the language"), required=False, choices=[*_EMPTY, *LANGUAGE_STATES.items()]
    )
    enemies = _listed_field(_("Codes of items that give it away"))
    misconceptions = _listed_field(_("Wrong ideas behind the options, with commas between"))
    reason = forms.CharField(label=_("What was changed, and why"), max_length=300)

    class Meta:
        model = Item
        fields = ["code", "outcome", "difficulty"]

    kind_code = "choice"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.kind_code = self.instance.kind
            self.fields["code"].disabled = True
        self.content: Content = dict(self.instance.current.content) if self.instance.current else {}
        self.fields["outcome"].label = _("Outcome")
        self.fields["outcome"].queryset = Outcome.objects.select_related("skill")
        self._fill()
        self.fields |= self._part_fields()

    def _fill(self) -> None:
        for name in (*_TEXTS, *_WORDS, *_DAYS):
            self.fields[name].initial = self.content.get(name) or ""
        self.fields["title"].initial = self.content.get("title") or self.instance.title
        own = self.content.get("tags") or []
        self.fields["usual_tags"].initial = [tag for tag in own if tag in TAGS]
        self.fields["tags"].initial = ", ".join(tag for tag in own if tag not in TAGS)
        self.fields["audience"].initial = self.content.get("audience") or []
        for name in ("enemies", "misconceptions"):
            self.fields[name].initial = ", ".join(self.content.get(name) or [])
        self.fields["facts"].initial = Fact.objects.filter(key__in=self.content.get("facts") or [])

    def _part_fields(self) -> dict[str, forms.Field]:
        """A simulated task has an editor of its own; here it is only filed."""
        if self.kind_code == "conversation":
            return conversation_fields(self.content)
        return part_fields(self.kind_code, self.content, sorted(one.name for one in PICTURES.glob("*.svg")))

    @property
    def sections(self) -> list[Section]:
        """The fields as the page shows them."""
        return [
            Section(title, [("", [self[name] for name in names])]) if names else self._part_section()
            for title, names in _SECTIONS
            if names or self._has_parts()
        ]

    def _has_parts(self) -> bool:
        return self.kind_code in ROWS or self.kind_code in SINGLES or self.kind_code == "conversation"

    def _part_section(self) -> Section:
        groups: list[tuple[str, list[Any]]] = []
        parts = [name for name in self.fields if name.count("-") and name.split("-")[0] != "one"]
        singles = [self[name] for name in self.fields if name.startswith("one-")]
        if singles:
            groups.append(("", singles))
        for (_list, row), names in groupby(parts, key=lambda name: tuple(name.split("-")[:2])):
            groups.append((str(int(row) + 1), [self[name] for name in names]))
        return Section(get_kind(self.kind_code).label, groups, of_parts=True)

    @property
    def picture_url(self) -> str:
        """Of a hotspot, so that regions can be drawn on it."""
        file = str((self.content.get("picture") or {}).get("file") or "")
        known = self.kind_code == "hotspot" and (PICTURES / file).is_file() and "/" not in file
        return static(f"items/pictures/{file}") if file and known else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        self.written = self._content(cleaned)
        for fault in get_kind(self.kind_code).validate(self.written):
            self.add_error(None, fault)
        return cleaned

    def _content(self, cleaned: dict[str, Any]) -> Content:
        outcome: Outcome = cleaned["outcome"]
        return {
            **self.content,
            "id": cleaned["code"],
            "kind": self.kind_code,
            "skill": outcome.skill.code,
            "outcome": outcome.code,
            "difficulty": cleaned["difficulty"],
            **dict(self._filed(cleaned)),
            **self._parts(cleaned),
        }

    def _filed(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """What was empty before and is empty now stays as it was."""
        values: dict[str, Any] = {name: vietnamese.normal(cleaned[name]) for name in (*_TEXTS, *_WORDS)}
        values |= {name: cleaned[name].isoformat() if cleaned[name] else None for name in _DAYS}
        values |= {name: _listed(cleaned[name]) for name in ("enemies", "misconceptions")}
        values["facts"] = _in_old_order([fact.key for fact in cleaned["facts"]], self.content.get("facts"))
        values["audience"] = _in_old_order(cleaned["audience"], self.content.get("audience"))
        tags = [*cleaned["usual_tags"], *map(clean_tag, _listed(cleaned["tags"]))]
        values["tags"] = _in_old_order(tags, self.content.get("tags"))
        if "title" not in self.content and self.instance.pk and values["title"] == self.instance.title:
            del values["title"]
        for name, value in values.items():
            if value or self.content.get(name):
                yield name, value

    def _parts(self, cleaned: dict[str, Any]) -> Content:
        if self.kind_code == "conversation":
            return conversation_from(cleaned, self.content)
        parts = parts_from(self.kind_code, cleaned, self.content)
        picture = parts.get("picture")
        if picture and picture.get("file") != (self.content.get("picture") or {}).get("file"):
            parts["picture"] = {**picture, **picture_size(PICTURES / str(picture.get("file")))}
        return parts

    def save(self, commit: bool = True) -> Item:
        item: Item = self.instance
        item.kind = self.kind_code
        return save_version(item, self.written, self.for_user, self.cleaned_data["reason"])


def _listed(text: str) -> list[str]:
    return [vietnamese.normal(one) for one in text.split(",") if one.strip()]


def _in_old_order(now: list[str], before: Any) -> list[str]:
    """Ticks have no order: what was there keeps its place, what is new comes after."""
    old = [one for one in before or [] if one in now]
    return [*old, *(one for one in now if one not in old)]


def form_for(kind: str) -> type[ItemForm]:
    return type(f"{kind.title()}Form", (ItemForm,), {"kind_code": kind})
