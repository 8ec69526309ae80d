"""Drawings of the dashboards: made from whole numbers only, and by hundreds, so that they are plain text."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from assessments.proficiency.shares import Share

register = template.Library()
_AXES = "".join(f'<line class="c-ax" x1="{x}%" x2="{x}%" y1="0" y2="36"/>' for x in (0, 25, 50, 75, 100))


@register.simple_tag
def plot(share: Share | None) -> SafeString:
    """Axis from 0 to 100, interval and dot; only the axis when there is no share. The words stand beside it."""
    return SafeString(
        f'<svg class="chart" aria-hidden="true">{_AXES}{_interval(share) if share else ""}</svg>'
    )


def _interval(share: Share) -> str:
    low, high = share.low_percent, share.high_percent
    ends = "".join(f'<line class="c-end" x1="{x}%" x2="{x}%" y1="9" y2="27"/>' for x in (low, high))
    bar = f'<line class="c-iv" x1="{low}%" x2="{high}%" y1="18" y2="18"/>'
    return f'{bar}{ends}<circle class="c-dot" cx="{share.percent}%" cy="18" r="7.5"/>'
