"""Numbers, dates, codes and drawings come out as people of the province expect them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import Context, Template

from lms.theme import drawings


def drawn(source: str, **context: object) -> str:
    return Template("{% load theme %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|number_vi }}", 1284, "1.284"),
        ("{{ v|number_vi }}", 1_234_567, "1.234.567"),
        ("{{ v|number_vi:1 }}", 12.25, "12,3"),
        ("{{ v|number_vi }}", "không", ""),
        ("{{ v|number_vi }}", float("nan"), ""),
        ("{{ v|percent_vi }}", 0.58, "58\u00a0%"),
        ("{{ v|percent_vi }}", 1, "100\u00a0%"),
        ("{{ v|percent_vi:1 }}", 0.5835, "58,4\u00a0%"),
        ("{{ v|percent_vi }}", None, ""),
        ("{{ v|vnd }}", 1_250_000, "1.250.000\u00a0đồng"),
        ("{{ v|date_vi }}", dt.date(2026, 11, 22), "22/11/2026"),
        ("{{ v|date_vi }}", dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC), "23/11/2026"),
        ("{{ v|date_vi }}", None, ""),
        ("{{ v|time_vi }}", dt.datetime(2026, 11, 22, 7, 5, tzinfo=dt.UTC), "14\u00a0giờ\u00a005"),
        ("{{ v|code_groups }}", "7K3MQ9TX2HVDW5RX", "7K3M-Q9TX-2HVD-W5RX"),
        ("{{ v|code_groups }}", "7K3M-Q9TX 2H", "7K3M-Q9TX-2H"),
    ],
)
def test_filters(source: str, value: object, expected: str) -> None:
    assert drawn(source, v=value) == expected


@pytest.mark.parametrize(
    ("done", "total", "classes"),
    [
        (1, 3, ["d-on", "d-now", "d-off"]),
        (3, 3, ["d-on"] * 3),
        (0, 1, ["d-now"]),
        (9, 2, ["d-on"] * 2),
        (5, 60, []),
        (0, 0, []),
    ],
)
def test_progress_is_words_and_diamonds(done: int, total: int, classes: list[str]) -> None:
    html = drawn("{% progress done total 'Bài 2 trong 3' %}", done=done, total=total)
    assert "<span>Bài 2 trong 3</span>" in html
    assert re.findall(r'path class="([\w-]+)"', html) == classes


def test_callout_keeps_its_words_and_escapes_its_title() -> None:
    html = drawn('{% callout "warn" title %}<p>Dừng lại</p>{% endcallout %}', title="<b>")
    assert 'class="call warn"' in html
    assert "<p>Dừng lại</p>" in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("kind", ["icons", "illustrations"])
def test_every_drawing_is_small_and_takes_its_colours_from_the_theme(kind: str) -> None:
    for name in drawings.names(kind):
        source = (Path(drawings.FOLDER) / kind / f"{name}.svg").read_text()
        assert len(source) <= (3100 if name == "hills" else 2048), name
        assert not re.search(r"#[0-9a-f]{3,6}|style=|<image|<script|href", source), name
        html = drawn("{% icon n %}" if kind == "icons" else "{% illustration n %}", n=name)
        assert html.startswith("<svg class=")
        assert 'aria-hidden="true"' in html


def test_a_picture_that_speaks_has_a_name() -> None:
    html = drawn('{% illustration "qr" "Thanh toán QR" %}')
    assert 'role="img" aria-label="Thanh toán QR"' in html


def test_a_misspelt_drawing_is_noticed() -> None:
    with pytest.raises(LookupError):
        drawn('{% icon "../../settings" %}')
