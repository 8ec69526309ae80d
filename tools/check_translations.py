"""Every text of the code has a Vietnamese translation: extract with xgettext, compare with the catalogues."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("lms", "courses", "assessments", "media")


def translated() -> set[tuple[str, str]]:
    """(context, msgid) of every finished Vietnamese entry of our own catalogues."""
    known: set[tuple[str, str]] = set()
    for room in ROOMS:
        for source in (ROOT / room).rglob("locale/vi/LC_MESSAGES/django.po"):
            catalogue = polib.pofile(str(source))
            known |= {
                (entry.msgctxt or "", entry.msgid)
                for entry in catalogue
                if (entry.msgstr or any(entry.msgstr_plural.values()))
                and not entry.fuzzy
                and not entry.obsolete
            }
    return known


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


def main() -> int:
    known = translated()
    with tempfile.TemporaryDirectory() as folder:
        missing = [entry for entry in used(Path(folder)) if (entry.msgctxt or "", entry.msgid) not in known]
    for entry in missing:
        where = ", ".join(f"{name}:{line}" for name, line in entry.occurrences[:2])
        print(f"no Vietnamese for {entry.msgid!r} ({where})")
    print(f"{len(missing)} texts without Vietnamese")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
