"""Pictures and recordings that editors upload; every picture carries its alternative text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia

from media.library.check_captions import check_captions
from media.library.check_drawing import UnsafeDrawing, check_drawing

_SOUND = ["mp3", "m4a", "ogg", "opus", "wav"]
_VIDEO = ["mp4", "webm"]


class PictureFile(AbstractImage):
    """A picture; ``alt`` is what matters for the task, empty only for mere decoration."""

    alt = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_(
            "What matters for the task, in 8 to 45 words. Needed unless the picture is mere decoration."
        ),
    )
    # Not "decorative": Wagtail sets an attribute of that name on every image.
    mere_decoration = models.BooleanField(_("mere decoration"), default=False)

    admin_form_fields = (*Image.admin_form_fields, "alt", "mere_decoration")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        return "" if self.mere_decoration else self.alt

    def clean(self) -> None:
        super().clean()
        if not self.alt.strip() and not self.mere_decoration:
            raise ValidationError(_("Write an alternative text, or mark the picture as mere decoration."))
        if self.file and str(self.file.name).lower().endswith(".svg"):
            _refuse_unsafe(self.file)


def _refuse_unsafe(file: Any) -> None:
    file.open("rb")
    content = file.read()
    file.seek(0)
    try:
        check_drawing(content)
    except UnsafeDrawing:
        raise ValidationError(
            _(
                "This SVG file holds more than a drawing, for example a script or a link. Save it as a plain drawing."
            )
        ) from None


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(PictureFile, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class Recording(AbstractMedia):
    """A sound or video file with captions for those who cannot hear it."""

    captions = models.FileField(
        _("captions (WebVTT)"),
        upload_to="captions/",
        blank=True,
        validators=[FileExtensionValidator(["vtt"]), check_captions],
    )
    transcript = models.TextField(_("transcript"), blank=True)

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "captions",
        "transcript",
        "thumbnail",
        "tags",
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def clean(self) -> None:
        super().clean()
        if self.file:
            FileExtensionValidator(_VIDEO if self.type == "video" else _SOUND)(self.file)
