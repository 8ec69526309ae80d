"""Elements that a person taps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockGroup, ListBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import HiddenBlock, line, lines, percent, pick
from assessments.items.task_editor.blocks.reactions import FURTHER, Fields, Reactions, folded
from assessments.items.task_editor.blocks.shown import ElementBlock
from assessments.items.task_editor.blocks.wording import ICONS

TAPPED = _("To tap")
CHOSEN = _("To choose by tapping")


class ActingBlock(ElementBlock):
    def shared_fields(self, reactions: Reactions) -> Fields:
        return reactions.acting()


class ButtonBlock(ActingBlock):
    kind = "button"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        style = pick(_("Look"), choices.open("style", [("plain", _("Second in rank"))]))
        return [("text", line(_("Text on the button"))), ("style", style)]

    class Meta:
        label, icon, group = _("Button"), "radio-full", TAPPED


class LinkBlock(ActingBlock):
    kind = "link"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [("text", line(_("Text of the link"), _("Addresses that lead nowhere end in .example")))]

    class Meta:
        label, icon, group = _("Link"), "link", TAPPED


class IconBlock(ActingBlock):
    kind = "icon"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        badge = line(_("Badge"), _("For example “1 tin mới”."))
        return [
            ("text", line(_("Name of the app"))),
            ("icon", pick(_("Drawing"), choices.open("icon", ICONS))),
            ("badge", badge),
        ]

    class Meta:
        label, icon, group = _("App icon"), "mobile-alt", TAPPED


class CardBlock(ActingBlock):
    kind = "card"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("text", line(_("Title"))),
            ("sub", line(_("Second line"))),
            ("icon", pick(_("Drawing"), choices.open("icon", ICONS))),
            ("badge", line(_("Badge"))),
        ]

    class Meta:
        label, icon, group = _("Card"), "doc-full", TAPPED


class PayeeBlock(CardBlock):
    kind = "payee"

    class Meta:
        label, icon, group = _("Person who is paid"), "user", TAPPED


class RowsBlock(ActingBlock):
    kind = "rows"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("of", pick(_("Table"), choices.tables, _("Tables are made under “What the task remembers”."))),
            ("title", line(_("Title"))),
            ("columns", ListBlock(line(_("Column")), label=_("Columns"))),
            ("empty", line(_("Said while it is empty"))),
            ("row_action", line(_("Button in each line"), _("For example “Xóa”."))),
        ]

    class Meta:
        label, icon, group = _("Table that grows"), "table", TAPPED


class OptionBlock(StructBlock):
    """One choice that leads somewhere."""

    def __init__(self, own: Fields, reactions: Reactions, **kwargs: Any) -> None:
        super().__init__([("key", HiddenBlock()), *own, *reactions.option()], **kwargs)

    def get_form_layout(self) -> BlockGroup:
        main = [name for name in self.child_blocks if name not in FURTHER]
        return folded(main, [name for name in FURTHER if name in self.child_blocks])

    class Meta:
        label = _("Choice")
        label_format = "{text}"
        icon = "radio-empty"


class ChoosingBlock(ElementBlock):
    """Choices side by side, each with its own way."""

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        option = OptionBlock(self.option_fields(choices), reactions)
        return [
            ("text", line(_("What is asked"))),
            *self.more_fields(choices),
            ("options", ListBlock(option, label=_("Choices"))),
        ]

    def more_fields(self, choices: Choices) -> Fields:
        return []

    def option_fields(self, choices: Choices) -> Fields:
        return [("text", line(_("Text")))]

    def shared_fields(self, reactions: Reactions) -> Fields:
        return [("enabled_if", reactions.enabled), ("show_if", reactions.guard)]


class RepliesBlock(ChoosingBlock):
    kind = "replies"

    class Meta:
        label, icon, group = _("Answers to say or send"), "comment", CHOSEN


class CallerBlock(ChoosingBlock):
    kind = "caller"

    class Meta:
        label, icon, group = _("Incoming call"), "mobile-alt", CHOSEN


class PermissionBlock(ChoosingBlock):
    kind = "permission"

    class Meta:
        label, icon, group = _("Question for a permission"), "key", CHOSEN


class TabsBlock(ChoosingBlock):
    kind = "tabs"

    class Meta:
        label, icon, group = _("Tabs"), "list-ul", CHOSEN


class ScannerBlock(ChoosingBlock):
    kind = "scanner"

    def option_fields(self, choices: Choices) -> Fields:
        return [
            ("text", line(_("Text"))),
            ("qr", line(_("What the code says"))),
            ("src", pick(_("or a picture"), choices.drawings())),
            ("alt", line(_("What is to be seen"))),
        ]

    class Meta:
        label, icon, group = _("QR codes to scan"), "view", CHOSEN


class HotspotBlock(ChoosingBlock):
    kind = "hotspot"

    def more_fields(self, choices: Choices) -> Fields:
        return [("src", pick(_("Picture"), choices.drawings())), ("alt", lines(_("What is to be seen")))]

    def option_fields(self, choices: Choices) -> Fields:
        places = [
            ("x", _("From the left, %")),
            ("y", _("From above, %")),
            ("width", _("Width, %")),
            ("height", _("Height, %")),
        ]
        return [("text", line(_("What stands there"))), *((name, percent(label)) for name, label in places)]

    class Meta:
        label, icon, group = _("Places on a picture"), "crosshairs", CHOSEN


ACTING_BLOCKS: tuple[type[ElementBlock], ...] = (
    ButtonBlock, LinkBlock, IconBlock, CardBlock, PayeeBlock, RowsBlock, RepliesBlock, CallerBlock, PermissionBlock,
    ScannerBlock, HotspotBlock, TabsBlock,
)  # fmt: skip
