"""Django merges the catalogues of all rooms: a text has one translation in the whole house."""

from __future__ import annotations

from pathlib import Path

from tools import check_translations


def _catalogue(folder: Path, *entries: str) -> Path:
    folder.mkdir()
    path = folder / "django.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    path.write_text("\n".join((head, *entries)), encoding="utf-8")
    return path


def test_a_text_with_two_translations_is_refused(tmp_path: Path) -> None:
    one = _catalogue(tmp_path / "one", 'msgid "People"\nmsgstr "Mọi người"\n')
    two = _catalogue(tmp_path / "two", 'msgid "People"\nmsgstr "Số người"\n')
    (complaint,) = check_translations.said_otherwise([one, two])
    for part in ("'People'", "Mọi người", "Số người", str(one), str(two)):
        assert part in complaint


def test_equal_words_and_a_context_of_its_own_are_fine(tmp_path: Path) -> None:
    one = _catalogue(tmp_path / "one", 'msgid "kind"\nmsgstr "loại"\n', 'msgid "Share"\nmsgstr "Tỷ lệ"\n')
    two = _catalogue(
        tmp_path / "two",
        'msgctxt "item"\nmsgid "kind"\nmsgstr "kiểu câu"\n',
        'msgid "Share"\nmsgstr "Tỷ lệ"\n',
    )
    assert check_translations.said_otherwise([one, two]) == []
    assert len(check_translations.translated()) > 1000
    for domain in check_translations.DOMAINS:
        assert check_translations.said_otherwise(check_translations.own_catalogues(domain)) == []
