"""What stands on every page, the error pages, and the weight of the look."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

STATIC = Path(__file__).resolve().parents[2] / "lms" / "theme" / "static" / "theme"
STYLES = sorted(STATIC.glob("*.css"))


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def compressed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_a_page_has_its_landmarks_and_no_inline_code(client: Client) -> None:
    page = client.get("/cong/").content.decode()
    assert page.startswith('<!doctype html>\n<html lang="vi"')
    for part in ('href="#noi-dung"', '<main id="noi-dung">', 'id="hien-thi"', "Bình dân học vụ số Lâm Đồng"):
        assert part in page
    for address in ("/khoa-hoc/", "/danh-gia/", "/toi/", "/chung-nhan/"):
        assert f'href="{address}"' in page
    assert "/so-lieu/" not in page
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_figures_are_linked_for_those_who_may_see_them() -> None:
    assert 'href="/so-lieu/"' in render_to_string("theme/base.html", {"nav_figures": True})


def test_pages_exist_in_english_too() -> None:
    with translation.override("en"):
        page = render_to_string("theme/base.html")
    assert '<html lang="en"' in page
    assert "My learning" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/khong-co/", 404, "Không tìm thấy trang này"),
        ("/cam/", 403, "Trang này dành cho người khác"),
        ("/hong/", 500, "Chờ một phút rồi mở lại."),
    ],
)
def test_errors_say_what_to_do(client: Client, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert 'class="btn"' in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_can_be_drawn_without_a_request(name: str) -> None:
    with translation.override("vi"):
        page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert not re.search(r"\b(?:error|sorry)\b", page, re.IGNORECASE)


def test_a_form_without_its_token_is_answered_kindly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/o-nhap/", {"name": "x"})
    assert answer.status_code == 403
    assert "Trang này mở đã lâu" in answer.content.decode()


@pytest.mark.parametrize("template", ["theme/bare.html", "theme/print.html"])
def test_the_other_frames_are_whole(template: str) -> None:
    page = render_to_string(template)
    assert '<main id="noi-dung">' in page
    assert "topnav" not in page


@pytest.mark.django_db
def test_the_style_page_is_for_editors_and_repeats_no_id(client: Client) -> None:
    assert client.get("/phong-cach/").status_code == 403
    client.force_login(
        get_user_model().objects.create_superuser("bientap"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get("/phong-cach/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for theme in ("light", "dark", "contrast"):
        assert f'data-theme="{theme}" aria-labelledby' in page


def test_learner_pages_carry_a_light_look() -> None:
    assert compressed([STATIC / "tokens.css", STATIC / "theme.css"]) <= 15 * 1024
    assert compressed(sorted((STATIC / "js").glob("*.js"))) <= 15 * 1024


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_known_tokens_and_nothing_from_outside(path: Path) -> None:
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "tokens.css").read_text()))
    used = set(re.findall(r"var\((--[\w-]+)", path.read_text()))
    own = set(re.findall(r"(--[\w-]+):", path.read_text()))
    assert used <= tokens | own
    assert not re.search(r"url\(|@import", path.read_text())
