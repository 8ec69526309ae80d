"""Elements that a person fills in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockGroup, ListBlock, StructBlock

from assessments.items.task_editor.blocks.acting import ActingBlock
from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import HiddenBlock, line, pick, tick, whole
from assessments.items.task_editor.blocks.reactions import Fields, Reactions, folded
from assessments.items.task_editor.blocks.shown import ElementBlock
from assessments.items.task_editor.blocks.wording import INPUTS, YES_NO

FILLED = _("To fill in")
_REACTION = ("go", "new_screen", "say", "more", "effects", "enabled_if", "show_if")


class InputBlock(ActingBlock):
    """An input seldom leads anywhere by itself: its reaction stands behind the fold."""

    def get_form_layout(self) -> BlockGroup:
        main = [name for name in self.child_blocks if name not in _REACTION]
        return folded(main, list(_REACTION))


class FieldBlock(InputBlock):
    kind = "field"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("text", line(_("Name of the field"))),
            ("input", pick(_("What goes in"), choices.open("input", INPUTS), default="text")),
            ("hint", line(_("Help below it"))),
            ("max", whole(_("Most letters"), low=1, high=200)),
            ("initial", line(_("Already typed"))),
            ("forget", tick(_("Do not keep what is typed"))),
        ]

    class Meta:
        label, icon, group = _("Field to fill in"), "edit", FILLED


class PasscodeBlock(InputBlock):
    kind = "passcode"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("text", line(_("Name of the field"))),
            ("length", whole(_("Digits"), low=4, high=12)),
            ("hint", line(_("Help below it"))),
        ]

    class Meta:
        label, icon, group = _("Passcode"), "lock", FILLED


class OtpBlock(PasscodeBlock):
    kind = "otp"

    class Meta:
        label, icon, group = _("OTP"), "key", FILLED


class PlainOptionBlock(StructBlock):
    def __init__(self, own: Fields, reactions: Reactions, **kwargs: Any) -> None:
        super().__init__([("key", HiddenBlock()), *own, ("show_if", reactions.guard)], **kwargs)

    def get_form_layout(self) -> BlockGroup:
        return folded([name for name in self.child_blocks if name != "show_if"], ["show_if"])

    class Meta:
        label = _("Choice")
        label_format = "{text}"
        icon = "radio-empty"


class RadioBlock(InputBlock):
    kind = "radio"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        option = PlainOptionBlock(self.option_fields(choices), reactions)
        return [
            ("text", line(_("What is asked"))),
            ("options", ListBlock(option, label=_("Choices"))),
            ("hint", line(_("Help below it"))),
            ("initial", line(_("Chosen at first"), _("The text of the choice."))),
        ]

    def option_fields(self, choices: Choices) -> Fields:
        return [("text", line(_("Text")))]

    class Meta:
        label, icon, group = _("One of several"), "radio-full", FILLED


class SelectBlock(RadioBlock):
    kind = "select"

    class Meta:
        label, icon, group = _("List to choose from"), "list-ul", FILLED


class PickerBlock(RadioBlock):
    kind = "picker"

    def option_fields(self, choices: Choices) -> Fields:
        return [
            ("text", line(_("Text"))),
            ("src", pick(_("Picture"), choices.drawings())),
            ("alt", line(_("What is to be seen"))),
        ]

    class Meta:
        label, icon, group = _("Choose a picture"), "image", FILLED


class ChecksBlock(ElementBlock):
    kind = "checks"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        option = PlainOptionBlock([("text", line(_("Text")))], reactions)
        return [
            ("text", line(_("What is asked"))),
            ("options", ListBlock(option, label=_("Choices"))),
            ("hint", line(_("Help below it"))),
            ("initial", line(_("Chosen at first"), _("The texts of the choices, with “ | ” between."))),
        ]

    def shared_fields(self, reactions: Reactions) -> Fields:
        return reactions.acting()

    class Meta:
        label, icon, group = _("Several of several"), "check", FILLED


class ToggleBlock(InputBlock):
    kind = "toggle"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("text", line(_("Text"))),
            ("initial", pick(_("At first"), YES_NO)),
            ("hint", line(_("Help below it"))),
        ]

    class Meta:
        label, icon, group = _("Switch"), "circle-check", FILLED


class CheckboxBlock(ToggleBlock):
    kind = "checkbox"

    class Meta:
        label, icon, group = _("Box to tick"), "check", FILLED


class StepperBlock(InputBlock):
    kind = "stepper"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        limits = [("min", _("Smallest number")), ("max", _("Largest number")), ("initial", _("At first"))]
        return [
            ("text", line(_("Text"))),
            *((name, whole(label)) for name, label in limits),
            ("hint", line(_("Help below it"))),
        ]

    class Meta:
        label, icon, group = _("Number with − and +"), "order", FILLED


FILLED_BLOCKS: tuple[type[ElementBlock], ...] = (
    FieldBlock, PasscodeBlock, OtpBlock, RadioBlock, SelectBlock, PickerBlock, ChecksBlock, ToggleBlock,
    CheckboxBlock, StepperBlock,
)  # fmt: skip
