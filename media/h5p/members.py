"""Are the names inside the archive safe to store, on any file system?"""

from __future__ import annotations

import re
import unicodedata

from .archive import Entry
from .errors import IssueLog
from .limits import Limits

_KINDS = """
json png jpg jpeg gif bmp tif tiff svg eot ttf woff woff2 otf webm mp4 ogg mp3 m4a wav txt pdf rtf doc docx xls
xlsx ppt pptx odt ods odp xml csv diff patch swf md textile vtt webvtt gltf glb
"""
CONTENT_KINDS = frozenset(_KINDS.split())
LIBRARY_KINDS = CONTENT_KINDS | {"js", "css"}
_HIDDEN = re.compile(r"(?:^|/)[._]")
_DRIVE = re.compile(r"[A-Za-z]:")


def is_hidden(name: str) -> bool:
    """Files and folders that start with a dot or an underscore are never unpacked."""
    return bool(_HIDDEN.search(name))


def kind_of(name: str) -> str:
    return name.rsplit("/", 1)[-1].rpartition(".")[2].lower()


def check_members(entries: list[Entry], limits: Limits, log: IssueLog) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        _check_path(entry.name, limits, log)
        _check_type(entry, log)
        _check_collision(entry.name, seen, log)
        if not entry.is_folder:
            _check_kind(entry.name, log)
    _check_files_as_folders(seen, log)


def _check_path(name: str, limits: Limits, log: IssueLog) -> None:
    parts = name.rstrip("/").split("/")
    if "\\" in name or ".." in parts:
        log.error("path-traversal", name, "leaves the folder of the package")
    if name.startswith("/") or _DRIVE.match(name):
        log.error("absolute-path", name, "an absolute path")
    if not name or "" in parts[1:] or "." in parts or not name.isprintable():
        log.error("invalid-file-name", name, "not a plain file name")
    if len(name) > limits.path_characters:
        log.error("path-too-long", name, f"longer than {limits.path_characters} characters")
    if len(parts) > limits.path_depth:
        log.error("path-too-deep", name, f"deeper than {limits.path_depth} folders")


def _check_type(entry: Entry, log: IssueLog) -> None:
    if entry.is_link:
        log.error("symlink", entry.name, "symbolic links are not taken")
    if entry.is_encrypted:
        log.error("encrypted-file", entry.name, "encrypted files are not taken")


def _check_collision(name: str, seen: dict[str, str], log: IssueLog) -> None:
    folded = unicodedata.normalize("NFC", name.rstrip("/")).casefold()
    if folded not in seen:
        seen[folded] = name
        return
    code = "duplicate-file" if seen[folded] == name else "name-collision"
    log.error(code, name, "two files have this name on some systems")


def _check_files_as_folders(seen: dict[str, str], log: IssueLog) -> None:
    for folded, name in seen.items():
        parent = folded.rpartition("/")[0]
        while parent:
            if parent in seen and not seen[parent].endswith("/"):
                log.error("name-collision", name, "lies in a folder that is also a file")
                break
            parent = parent.rpartition("/")[0]


def _check_kind(name: str, log: IssueLog) -> None:
    if is_hidden(name):
        log.warning("ignored-file", name, "hidden files are not unpacked")
    elif "/" not in name:
        if name.lower() != "h5p.json":
            log.warning("ignored-file", name, "files beside h5p.json are not unpacked")
    elif kind_of(name) not in (CONTENT_KINDS if name.startswith("content/") else LIBRARY_KINDS):
        log.error("not-in-whitelist", name, "this kind of file is not allowed")
