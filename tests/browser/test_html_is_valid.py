"""Public HTML is valid by the Nu checker; a planted fault is reported."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.public_pages import crawl
from tests.running_site import RunningSite

VNU = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _messages(files: list[Path]) -> list[str]:
    command = [
        "java",
        "-jar",
        str(VNU),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *map(str, files),
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        f"{Path(m['url']).name}: {m['message']} — {m.get('extract', '')[:120]}"
        for m in json.loads(output)["messages"]
        if m["type"] == "error"
    ]


def _body(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as problem:
        return problem.read()


def test_every_public_page_is_valid(site: RunningSite, tmp_path: Path) -> None:
    files = []
    for path in crawl(site.url):
        file = tmp_path / ((path.strip("/").replace("/", "~") or "home") + ".html")
        file.write_bytes(_body(site.url + path))
        files.append(file)
    assert _messages(files) == []


def test_the_checker_would_find_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "broken.html"
    file.write_text("<!doctype html><html lang=vi><title>x</title><p><div></p></html>")
    assert _messages([file])
