"""Elements that only show something."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockGroup, ListBlock, StructBlock

from assessments.items.task_editor.blocks.choices import Choices
from assessments.items.task_editor.blocks.plain import HiddenBlock, line, lines, pick, pick_sure
from assessments.items.task_editor.blocks.reactions import FURTHER, Fields, Reactions, folded
from assessments.items.task_editor.blocks.wording import TONES, WHO

SHOWN = _("To show")


class ElementBlock(StructBlock):
    """One element of a screen; the id is made from its text when it is first saved."""

    kind = ""

    def __init__(self, choices: Choices, reactions: Reactions, **kwargs: Any) -> None:
        fields = [
            ("key", HiddenBlock()),
            *self.own_fields(choices, reactions),
            *self.shared_fields(reactions),
        ]
        super().__init__(fields, **kwargs)

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return []

    def shared_fields(self, reactions: Reactions) -> Fields:
        return [("show_if", reactions.guard)]

    def get_form_layout(self) -> BlockGroup:
        main = [name for name in self.child_blocks if name not in FURTHER]
        return folded(main, [name for name in FURTHER if name in self.child_blocks])

    class Meta:
        label_format = "{text}{title}{from}"


class HeadingBlock(ElementBlock):
    kind = "heading"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [("text", line(_("Heading")))]

    class Meta:
        label, icon, group = _("Heading"), "title", SHOWN


class TextBlock(ElementBlock):
    kind = "text"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [("text", lines(_("Text")))]

    class Meta:
        label, icon, group = _("Paragraph"), "pilcrow", SHOWN


class NoticeBlock(ElementBlock):
    kind = "notice"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("tone", pick(_("Kind of notice"), choices.open("tone", TONES), default="info")),
            ("text", lines(_("Text"))),
        ]

    class Meta:
        label, icon, group = _("Notice"), "info-circle", SHOWN


class PictureBlock(ElementBlock):
    kind = "picture"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        alt = lines(
            _("What is to be seen"), _("For people who do not see it. Do not say what is right or wrong.")
        )
        return [("src", pick(_("Picture"), choices.drawings())), ("alt", alt)]

    class Meta:
        label, icon, group = _("Picture"), "image", SHOWN


class FactsBlock(ElementBlock):
    kind = "facts"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        row = StructBlock(
            [("label", line(_("Name"))), ("value", line(_("Value")))], form_classname="struct-block task-row"
        )
        return [("title", line(_("Title"))), ("rows", ListBlock(row, label=_("Lines")))]

    class Meta:
        label, icon, group = _("Table of facts"), "list-ul", SHOWN


class EntriesBlock(ElementBlock):
    kind = "entries"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [("title", line(_("Title"))), ("entries", ListBlock(line(_("Entry")), label=_("Entries")))]

    class Meta:
        label, icon, group = _("List"), "list-ul", SHOWN


class StepsBlock(ElementBlock):
    kind = "steps"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [("title", line(_("Title"))), ("steps", ListBlock(line(_("Step")), label=_("Steps")))]

    class Meta:
        label, icon, group = _("Steps"), "list-ol", SHOWN


class ThreadBlock(ElementBlock):
    kind = "thread"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        row = StructBlock(
            [("who", pick_sure(_("Who writes"), choices.open("who", WHO))), ("text", lines(_("Message")))],
            form_classname="struct-block task-row",
        )
        return [
            ("from", line(_("Who the other person is"))),
            ("messages", ListBlock(row, label=_("Messages"))),
        ]

    class Meta:
        label, icon, group = _("Thread of messages"), "comment", SHOWN


class QrBlock(ElementBlock):
    kind = "qr"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        payload = line(_("What the code says"), _("Training codes only: BIN 999999 and a wrong checksum."))
        return [("text", line(_("Text"))), ("qr", payload), ("alt", line(_("What is to be seen")))]

    class Meta:
        label, icon, group = _("QR code"), "view", SHOWN


class MediaBlock(ElementBlock):
    kind = "media"

    def own_fields(self, choices: Choices, reactions: Reactions) -> Fields:
        return [
            ("text", line(_("Title"))),
            ("src", line(_("File"))),
            ("transcript", lines(_("What is said"), rows=4)),
        ]

    class Meta:
        label, icon, group = _("Recording, told in words"), "media", SHOWN


SHOWN_BLOCKS: tuple[type[ElementBlock], ...] = (
    TextBlock, HeadingBlock, NoticeBlock, FactsBlock, PictureBlock, ThreadBlock, EntriesBlock, StepsBlock, QrBlock,
    MediaBlock,
)  # fmt: skip
