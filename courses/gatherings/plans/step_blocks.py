"""What a plan is made of: one block per kind of step."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, IntegerBlock, ListBlock, StructBlock, TextBlock

from courses.blocks.codes import Choices, CodeBlock, item_codes
from courses.blocks.extras import CaptionedVideoBlock
from courses.blocks.picture import PictureBlock
from courses.models import LessonPage

# A hall answers with the letters of a card; other kinds are for one's own screen.
HALL_KINDS = ("choice", "true_false", "multiple_choice")


def question_codes() -> Choices:
    return item_codes(*HALL_KINDS)


def task_codes() -> Choices:
    return item_codes("simulated_task")


def lesson_codes() -> Choices:
    lessons = LessonPage.objects.live().exclude(code="").order_by("code").values_list("code", "title")
    return [("", ""), *dict.fromkeys((code, f"{code} {title}") for code, title in lessons)]


class QuestionCodeBlock(CodeBlock):
    choices = staticmethod(question_codes)

    class Meta:
        label = _("Question of the bank")
        icon = "help"


class TaskCodeBlock(CodeBlock):
    choices = staticmethod(task_codes)

    class Meta:
        label = _("Simulated task of the bank")
        icon = "mobile-alt"


class LessonCodeBlock(CodeBlock):
    choices = staticmethod(lesson_codes)

    class Meta:
        label = _("Lesson")
        icon = "doc-full"


class StepBlock(StructBlock):
    title = CharBlock(label=_("Title (at most 10 words)"), max_length=120)
    minutes = IntegerBlock(label=_("Minutes"), min_value=0, max_value=180, default=5)
    notes = TextBlock(label=_("Notes for the speaker; the hall never sees them"), required=False, rows=3)


class _Lines(ListBlock):
    """One thought a screen: few short lines."""

    def __init__(self, **options: object) -> None:
        super().__init__(CharBlock(max_length=160), label=_("Lines (at most 5)"), max_num=5, **options)


class SlideBlock(StepBlock):
    lines = _Lines(default=[])

    class Meta:
        label = _("Slide")
        icon = "title"


class PictureStepBlock(StepBlock):
    picture = PictureBlock()
    caption = CharBlock(label=_("Caption"), max_length=160, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"


class VideoStepBlock(StepBlock):
    video = CaptionedVideoBlock(label=_("Video with captions"))

    class Meta:
        label = _("Video")
        icon = "media"


class DemoBlock(StepBlock):
    task = TaskCodeBlock()

    class Meta:
        label = _("Demonstration of a simulated task")
        icon = "mobile-alt"


class QuestionBlock(StepBlock):
    item = QuestionCodeBlock()
    prompt = CharBlock(
        label=_("Shorter question for the big screen (at most 20 words)"), max_length=200, required=False
    )

    class Meta:
        label = _("Question")
        icon = "help"


class DiscussionBlock(StepBlock):
    lines = _Lines(default=[])

    class Meta:
        label = _("Discussion")
        icon = "group"


class VoteBlock(StepBlock):
    prompt = CharBlock(label=_("What is voted on"), max_length=200)
    secret_ballot = BooleanBlock(label=_("Secret ballot"), required=False)

    class Meta:
        label = _("Vote")
        icon = "tasks"


class PulseBlock(StepBlock):
    prompt = CharBlock(label=_("Question without right or wrong"), max_length=200)
    options = ListBlock(CharBlock(max_length=80), label=_("Answers"), min_num=2, max_num=4)

    class Meta:
        label = _("Pulse")
        icon = "view"


class PracticeBlock(StepBlock):
    lesson = LessonCodeBlock(required=False)
    lines = _Lines(default=[])

    class Meta:
        label = _("Practice on one's own phone")
        icon = "edit"


class AttendanceBlock(StepBlock):
    lines = _Lines(default=[])

    class Meta:
        label = _("Attendance")
        icon = "user"


class ClosingBlock(StepBlock):
    lines = _Lines(default=[])

    class Meta:
        label = _("Closing")
        icon = "tick"


STEP_BLOCKS = [
    ("attendance", AttendanceBlock()),
    ("slide", SlideBlock()),
    ("picture", PictureStepBlock()),
    ("video", VideoStepBlock()),
    ("demo", DemoBlock()),
    ("question", QuestionBlock()),
    ("discussion", DiscussionBlock()),
    ("vote", VoteBlock()),
    ("pulse", PulseBlock()),
    ("practice", PracticeBlock()),
    ("closing", ClosingBlock()),
]
