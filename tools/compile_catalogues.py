"""Compile every .po beside the code into .mo, without the system's gettext tools."""

from __future__ import annotations

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    for folder in ("lms", "courses", "assessments", "media"):
        for source in (ROOT / folder).rglob("*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
                continue
            polib.pofile(str(source)).save_as_mofile(str(target))


if __name__ == "__main__":
    main()
