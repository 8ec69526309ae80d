"""Every text that people see has a Vietnamese translation: those of our code, and those of Wagtail's packages."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("lms", "courses", "assessments", "media")
DOMAINS = ("django", "djangojs")
# The catalogues that win over every room and package (LOCALE_PATHS): they hold only what nobody else says.
SUPPLEMENT = ROOT / "lms" / "locale"
# %(name)s, %s, {name}, {} and HTML tags: a translation moves them, but never loses or invents one.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^<>]+>")

Key = tuple[str, str]


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def finished(source: Path) -> list[polib.POEntry]:
    """The entries of a catalogue that people get to see; none if there is no such catalogue."""
    if not source.exists():
        return []
    return [
        entry
        for entry in polib.pofile(str(source))
        if (entry.msgstr or any(entry.msgstr_plural.values())) and not entry.fuzzy and not entry.obsolete
    ]


def own_catalogues(domain: str = "django") -> list[Path]:
    return [path for room in ROOMS for path in (ROOT / room).rglob(f"locale/vi/LC_MESSAGES/{domain}.po")]


def translated(domain: str = "django") -> set[Key]:
    """(context, msgid) of every finished Vietnamese entry of our own catalogues."""
    return {key(entry) for source in own_catalogues(domain) for entry in finished(source)}


def wagtail_folders() -> list[Path]:
    """Where the installed packages of Wagtail and its companions lie."""
    sys.path.insert(0, str(ROOT))
    apps = importlib.import_module("lms.settings.base").INSTALLED_APPS
    names = [name for name in apps if name.startswith("wagtail") or name == "taggit"]
    names.append("wagtail.contrib.typed_table_block")  # its blocks are used without the app
    specs = [importlib.util.find_spec(name) for name in names]
    return [Path(place) for spec in specs if spec for place in spec.submodule_search_locations or []]


def english_in_wagtail(domain: str) -> list[str]:
    """Texts that a package ships in English, and neither it nor we say in Vietnamese."""
    own = translated(domain)
    complaints = []
    for folder in wagtail_folders():
        english = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        vietnamese = folder / "locale" / "vi" / "LC_MESSAGES" / f"{domain}.po"
        known = own | {key(entry) for entry in finished(vietnamese)}
        texts = polib.pofile(str(english)) if english.exists() else []
        complaints += [
            f"no Vietnamese for {entry.msgid!r} ({folder.name}, {domain})"
            for entry in texts
            if not entry.obsolete and key(entry) not in known
        ]
    return complaints


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def lost_placeholders(source: Path) -> list[str]:
    """Entries whose Vietnamese has other placeholders or tags than the English."""
    return [
        f"other placeholders in the Vietnamese of {entry.msgid!r} ({source.relative_to(ROOT)})"
        for entry in finished(source)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)
    ]


def said_twice() -> list[str]:
    """Texts of a room that the supplement would silently overrule."""
    supplement = SUPPLEMENT / "vi" / "LC_MESSAGES" / "django.po"
    ours = {key(entry) for entry in finished(supplement)}
    return [
        f"{entry.msgid!r} is in {source.relative_to(ROOT)} and in {supplement.relative_to(ROOT)}: leave one"
        for source in own_catalogues()
        if source != supplement
        for entry in finished(source)
        if key(entry) in ours
    ]


def words(entry: polib.POEntry) -> str:
    return " / ".join(entry.msgstr_plural.values()) or str(entry.msgstr)


def said_otherwise(catalogues: Iterable[Path]) -> list[str]:
    """Texts that rooms say in different words: Django merges all catalogues, so one room shows the other's."""
    said: defaultdict[Key, dict[str, list[Path]]] = defaultdict(dict)
    for source in catalogues:
        for entry in finished(source):
            said[key(entry)].setdefault(words(entry), []).append(source)
    return [
        f"{msgid!r} is said in {len(versions)} ways, one msgid has one translation; agree or give a context: "
        + ", ".join(f"“{text}” ({', '.join(map(str, sources))})" for text, sources in versions.items())
        for (_, msgid), versions in said.items()
        if len(versions) > 1
    ]


def used(workspace: Path) -> list[polib.POEntry]:
    """Entries that makemessages finds in a copy of the sources."""
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, workspace / room, ignore=shutil.ignore_patterns("locale", "static", "*.svg")
        )
    (workspace / "locale").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale",
            "vi",
            "--extension",
            "html,txt,py",
            "-v",
            "0",
        ],
        cwd=workspace,
        env=environment,
        check=True,
    )
    return list(polib.pofile(str(workspace / "locale" / "vi" / "LC_MESSAGES" / "django.po")))


def untranslated_code() -> list[str]:
    known = translated()
    with tempfile.TemporaryDirectory() as folder:
        missing = [entry for entry in used(Path(folder)) if key(entry) not in known]
    return [
        f"no Vietnamese for {entry.msgid!r} ({', '.join(f'{name}:{line}' for name, line in entry.occurrences[:2])})"
        for entry in missing
    ]


def main() -> int:
    complaints = untranslated_code() + said_twice()
    for domain in DOMAINS:
        complaints += said_otherwise(own_catalogues(domain))
        complaints += english_in_wagtail(domain)
        for source in own_catalogues(domain):
            complaints += lost_placeholders(source)
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} faults in the Vietnamese texts")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
