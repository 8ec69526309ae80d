"""Forms of the task editor: plain fields and streams of blocks, never code. What is missing is told later, not here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, BlockField, ListBlock, StructBlock

from assessments.items.models import Outcome
from assessments.items.simulation.world import Screen, Task
from assessments.items.task_editor.blocks.brief import facts_block, sources_block
from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.elements import elements_block
from assessments.items.task_editor.blocks.judgement import criteria_block, critical_block, hints_block
from assessments.items.task_editor.blocks.memory import totals_block, variables_block, variants_block
from assessments.items.task_editor.blocks.reactions import Reactions
from assessments.items.task_editor.blocks.wording import SCREEN_KINDS
from assessments.items.task_editor.brief import form_of_brief, with_brief
from assessments.items.task_editor.elements import blocks_of_elements
from assessments.items.task_editor.judgement import form_of_judgement, with_judgement
from assessments.items.task_editor.known import Known
from assessments.items.task_editor.memory import form_of_memory, with_memory
from assessments.items.task_editor.raw import Raw, has_kept
from assessments.items.task_editor.screens import (
    BACK_ALWAYS,
    BACK_NEVER,
    form_of_screen,
    with_part,
    with_screen,
)

DEVICES = [("phone", _("Telephone")), ("desktop", _("Computer"))]
_AUDIENCES = [
    ("citizen", _("Citizens")),
    ("party-member", _("Party members")),
    ("cadre", _("Cadres and civil servants")),
    ("student", _("Students")),
    ("worker", _("Workers")),
]
_TAGS = [
    ("phone_friendly", _("Easy on a telephone")),
    ("screen_reader_friendly", _("Can be done by ear")),
    ("low_literacy", _("For people who read little")),
]


class StartForm(forms.Form):
    title = forms.CharField(label=_("Name of the task"), max_length=200)
    outcome = forms.ModelChoiceField(Outcome.objects.select_related("skill"), label=_("What it measures"))
    device = forms.ChoiceField(label=_("Where it is done"), choices=DEVICES)


class TaskForm(forms.Form):
    """``revision`` tells whether another window saved in between."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def raw(self, name: str) -> Any:
        """The stored form of a block field."""
        field: Any = self.fields[name]
        return field.block.get_prep_value(self.cleaned_data[name])

    def add_block(self, name: str, block: Block, raw: Any, label: Any = "") -> None:
        self.fields[name] = BlockField(block, label=label or block.label, required=False)
        self.initial[name] = block.to_python(raw)


class BriefForm(TaskForm):
    title = forms.CharField(label=_("Name of the task"), max_length=200, required=False)
    situation = forms.CharField(
        label=_("The situation"),
        help_text=_("Who the person is and what has happened. Two short sentences."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask = forms.CharField(
        label=_("The work to do"),
        help_text=_("One sentence, then: Xong thì bấm “Tôi đã làm xong”."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    outcome = forms.ModelChoiceField(Outcome.objects.select_related("skill"), label=_("What it measures"))
    difficulty = forms.TypedChoiceField(
        label=_("difficulty guess"), coerce=int, choices=[(n, n) for n in range(1, 7)]
    )
    device = forms.ChoiceField(label=_("Where it is done"), choices=DEVICES)
    audience = forms.MultipleChoiceField(
        label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple, choices=_AUDIENCES
    )
    marks = forms.MultipleChoiceField(
        label=_("Good for"), required=False, widget=forms.CheckboxSelectMultiple, choices=_TAGS
    )
    legal_basis = forms.CharField(
        label=_("Legal basis, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    verified_on = forms.DateField(
        label=_("verified on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    review_by = forms.DateField(
        label=_("review by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        form = form_of_brief(task)
        outcome = Outcome.objects.filter(code=task["outcomes"][0]).first()
        self.initial.update({**form, "outcome": outcome.pk if outcome else None})
        known = {name for name, _words in _AUDIENCES}
        audience: Any = self.fields["audience"]
        audience.choices = [*_AUDIENCES, *((name, name) for name in form["audience"] if name not in known)]
        self.add_block("facts", facts_block(), form["facts"])
        self.add_block("sources", sources_block(Choices.of(task)), form["sources"])
        self.order_fields(["title", "situation", "ask", "facts", "sources"])

    def document(self) -> Task:
        outcome: Outcome = self.cleaned_data["outcome"]
        plain = {**self.cleaned_data, "outcome": outcome.code, "skill": outcome.skill.code.upper()}
        return with_brief(self.task, {**plain, "facts": self.raw("facts"), "sources": self.raw("sources")})


class ElementsForm(TaskForm):
    """The stream of elements that a screen and a shared part have alike."""

    def add_elements(self, task: Task, blocks: list[Raw], extra: Any = None) -> Reactions:
        kept, choices = has_kept([blocks, extra]), Choices.of(task)
        reactions = Reactions(choices, kept=kept)
        self.add_block("elements", elements_block(choices, reactions, kept=kept), blocks)
        return reactions


class ScreenForm(ElementsForm):
    title = forms.CharField(label=_("Title of the screen"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What kind of screen"), choices=SCREEN_KINDS)
    address = forms.CharField(label=_("Web address shown above"), max_length=200, required=False)
    back = forms.ChoiceField(label=_("Back button"), required=False)
    home = forms.ChoiceField(label=_("Home button"), required=False)
    last = forms.BooleanField(label=_("The way may end here"), required=False)

    def __init__(self, task: Task, screen: Screen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.screen = task, screen
        form = form_of_screen(task, screen)
        choices = Choices.of(task)
        rules = [(BACK_NEVER, _("None")), (BACK_ALWAYS, _("Always there"))]
        self._offer("back", [("", _("As on a telephone")), *rules, *choices.screens])
        self._offer("home", [("", _("As on a telephone")), *rules])
        self.initial.update(
            {name: form[name] for name in ("title", "kind", "address", "back", "home", "last")}
        )
        reactions = self.add_elements(task, form["elements"], form["arrival"])
        if form["arrival"] is not None:
            arrival = StructBlock(reactions.further[:1], label=_("On arrival"), collapsed=True)
            self.add_block(
                "arrival", arrival, {"more": form["arrival"]["more"] + _last_case(form["arrival"])}
            )
        self.order_fields(["title", "kind", "elements"])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def document(self) -> Task:
        plain = {
            name: self.cleaned_data[name] for name in ("title", "kind", "address", "back", "home", "last")
        }
        arrival = self.raw("arrival") if "arrival" in self.fields else None
        return with_screen(
            self.task, self.screen["id"], {**plain, "arrival": arrival, "elements": self.raw("elements")}
        )


def _last_case(arrival: Raw) -> list[Raw]:
    """A handler without a condition is one more case on arrival."""
    reaction = {name: arrival[name] for name in ("go", "new_screen", "say", "effects")}
    if not any(reaction.values()):
        return []
    return [{"type": "item", "value": {"when": {"match": "all", "rows": []}, **reaction}, "id": None}]


class PartForm(ElementsForm):
    def __init__(self, task: Task, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.name = task, name
        self.add_elements(task, blocks_of_elements(task["parts"][name], Known.of(task), name))

    def document(self) -> Task:
        return with_part(self.task, self.name, self.raw("elements"))


class MemoryForm(TaskForm):
    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        form = form_of_memory(task)
        self.add_block("vars", variables_block(kept=has_kept(form["vars"])), form["vars"])
        self.add_block(
            "totals", totals_block(Choices.of(task), kept=has_kept(form["totals"])), form["totals"]
        )
        variants: ListBlock = variants_block()
        self.add_block("variants", variants, form["variants"])

    def document(self) -> Task:
        return with_memory(self.task, {name: self.raw(name) for name in ("vars", "totals", "variants")})


class JudgementForm(TaskForm):
    full = forms.CharField(
        label=_("Said when all went well"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    part = forms.CharField(
        label=_("Said otherwise"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        form, choices = form_of_judgement(task), Choices.of(task)
        self.initial.update({"full": form["full"], "part": form["part"]})
        self.add_block(
            "criteria", criteria_block(choices, kept=has_other(form["criteria"])), form["criteria"]
        )
        self.add_block("critical", critical_block(choices, kept=has_kept(form["critical"])), form["critical"])
        self.add_block("hints", hints_block(choices), form["hints"])
        self.order_fields(["criteria", "critical", "hints"])

    def document(self) -> Task:
        blocks = {name: self.raw(name) for name in ("criteria", "critical", "hints")}
        return with_judgement(
            self.task, {**blocks, "full": self.cleaned_data["full"], "part": self.cleaned_data["part"]}
        )


def has_other(blocks: list[Raw]) -> bool:
    """Whether a criterion has a form that only text can say."""
    measures = [
        one for block in blocks if isinstance(block["value"], dict) for one in block["value"]["measures"]
    ]
    return has_kept(blocks) or any(one["type"] == "other_form" for one in measures)


class NewScreenForm(forms.Form):
    title = forms.CharField(label=_("Title of the screen"), max_length=200)
    kind = forms.ChoiceField(label=_("What kind of screen"), choices=SCREEN_KINDS)
