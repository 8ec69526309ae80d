"""Scripts and styles of many libraries as one file each, named by what is in them and packed once.

A bundle is addressed by one signed folder (``bundle_address``): its two files lie directly in it, single files of the
libraries below ``thu-vien/``, so that addresses inside the styles can stay relative.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import posixpath
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli

from media.h5p.django_app import stored_files
from media.h5p.django_app.models import Content, Library
from media.h5p.django_app.store_content import described

LIBRARY_FOLDER = "thu-vien"
_VERSION = "2"  # changes whenever bundles are put together in another way
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|blob:|#|/|[a-z]+:)([^"')]+?)\1\s*\)""", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One script or style; ``folder`` is where its relative addresses start."""

    folder: str
    path: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Bundle:
    key: str

    @property
    def script(self) -> Path:
        return stored_files.folder("bundles") / f"{self.key}.js"

    @property
    def style(self) -> Path:
        return stored_files.folder("bundles") / f"{self.key}.css"


def bundle_of(content: Content) -> Bundle:
    """The libraries of a content, dependencies first; built if it is not there yet."""
    libraries = load_order(content)
    parts = [_VERSION, *(f"{library.name.folder} {library.tree_hash}" for library in libraries)]
    bundle = Bundle(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])
    if not (bundle.script.exists() and bundle.style.exists()):
        build(bundle, list(_sources(libraries, "scripts")), list(_sources(libraries, "styles")))
    return bundle


def load_order(content: Content) -> list[Library]:
    from media.h5p.libraries import resolve

    rows = {library.name: library for library in content.libraries.all()}
    known = {name: described(library) for name, library in rows.items()}
    main = content.main_library.name
    wanted = [*sorted(name for name in rows if name != main), main]
    return [rows[name] for name in resolve(wanted, known).ordered]


def _sources(libraries: Iterable[Library], kind: str) -> Iterator[Source]:
    for library in libraries:
        files = dict(library.files.values_list("path", "hash"))
        found = described(library)
        for path in found.scripts if kind == "scripts" else found.styles:
            hash_ = files.get(posixpath.normpath(path))
            if hash_ is not None:
                yield Source(
                    f"{LIBRARY_FOLDER}/{library.name.folder}",
                    path,
                    functools.partial(stored_files.read, hash_),
                )


def build(bundle: Bundle, scripts: list[Source], styles: list[Source]) -> None:
    # A line of its own after each script: one that ends in a comment must not swallow the next.
    _write(bundle.script, b"".join(source.read() + b"\n;\n" for source in scripts))
    _write(bundle.style, b"".join(_style(source) + b"\n" for source in styles))


def _style(source: Source) -> bytes:
    """Relative addresses start from the bundle's folder now."""
    start = posixpath.join(source.folder, posixpath.dirname(source.path))

    def moved(found: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(start, found[2]))}")'

    return _URL.sub(moved, source.read().decode("utf-8-sig", "replace")).encode()


def _write(path: Path, body: bytes) -> None:
    """The packed forms first: whoever sees the plain file may rely on them."""
    packed = {".br": brotli.compress(body, quality=9), ".gz": gzip.compress(body, 9, mtime=0), "": body}
    for suffix, form in packed.items():
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(form)
        Path(file.name).rename(path.with_name(path.name + suffix))
