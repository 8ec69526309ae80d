"""Files for the frames: no cookies read or set, addresses signed, kept by browsers for good. Open to everyone."""

from __future__ import annotations

import mimetypes
import posixpath
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.views.decorators.http import require_safe

from media.h5p.django_app import stored_files
from media.h5p.django_app.bundles import LIBRARY_FOLDER, Bundle
from media.h5p.django_app.cores import CORE_FOLDERS
from media.h5p.django_app.models import ContentFile, LibraryFile
from media.h5p.django_app.signed_addresses import is_marked
from media.h5p.names import parse_name

# A package's drawing or page opened by its own address must be nobody: no scripts, no origin.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_BUNDLE_FILES = {"ma.js": ("script", "text/javascript"), "kieu.css": ("style", "text/css")}
_LARGEST_PIECE = 2 * 1024 * 1024
_PACKED = {"br": ".br", "gzip": ".gz"}


@require_safe
def bundle_file(request: HttpRequest, key: str, mark: str, path: str) -> HttpResponse:
    if not is_marked("goi", key, mark):
        raise Http404
    if path in _BUNDLE_FILES:
        kind, content_type = _BUNDLE_FILES[path]
        return _packed(request, getattr(Bundle(key), kind), content_type)
    top, _, rest = path.partition("/")
    if top != LIBRARY_FOLDER:
        raise Http404
    return _whole(_library_file(*rest.partition("/")[::2]), path)


@require_safe
def content_file(request: HttpRequest, content_hash: str, mark: str, path: str) -> HttpResponse:
    if not is_marked("noi-dung", content_hash, mark):
        raise Http404
    row = ContentFile.objects.filter(content__hash=content_hash, path=path).first()
    if row is None:
        raise Http404
    return _ranged(request, stored_files.path_of(row.hash), path)


def _library_file(folder: str, path: str) -> Path:
    if folder in CORE_FOLDERS:
        return _core_file(CORE_FOLDERS[folder]().root, path)
    name = parse_name(folder)
    row = (
        name
        and LibraryFile.objects.filter(
            library__machine_name=name.machine_name,
            library__major=name.major,
            library__minor=name.minor,
            path=path,
        ).first()
    )
    if not row:
        raise Http404
    return stored_files.path_of(row.hash)


def _core_file(root: Path, path: str) -> Path:
    place = (root / posixpath.normpath(path)).resolve()
    if not place.is_relative_to(root.resolve()):
        raise Http404
    return place


def _packed(request: HttpRequest, path: Path, content_type: str) -> HttpResponse:
    asked = request.headers.get("Accept-Encoding", "").split(",")
    accepted = [parse_header_parameters(one)[0] for one in asked]
    for encoding, suffix in _PACKED.items():
        if encoding in accepted and (packed := path.with_name(path.name + suffix)).is_file():
            response = _whole(packed, path.name, content_type)
            response["Content-Encoding"] = encoding
            response["Vary"] = "Accept-Encoding"
            return response
    return _whole(path, path.name, content_type)


def _whole(path: Path, name: str, content_type: str | None = None) -> HttpResponse:
    if not path.is_file():
        raise Http404
    return _kept(HttpResponse(path.read_bytes(), content_type=content_type or _type_of(name)))


def _ranged(request: HttpRequest, path: Path, name: str) -> HttpResponse:
    """Sound and video are asked for in pieces; some browsers play nothing else."""
    first, dash, last = request.headers.get("Range", "").removeprefix("bytes=").partition("-")
    if not dash or not first.isdigit() or (last and not last.isdigit()) or not path.is_file():
        response = _whole(path, name)
        response["Accept-Ranges"] = "bytes"
        return response
    size = path.stat().st_size
    start, end = int(first[:18]), min(int(last[:18] or size - 1), size - 1)
    if start > end:
        return _kept(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    with path.open("rb") as file:
        file.seek(start)
        piece = file.read(min(end - start + 1, _LARGEST_PIECE))
    response = _kept(HttpResponse(piece, status=206, content_type=_type_of(name)))
    response["Content-Range"] = f"bytes {start}-{start + len(piece) - 1}/{size}"
    return response


def _kept(response: HttpResponse) -> HttpResponse:
    # Files are packed when they are made; a piece of one must never be packed on the way.
    response["Content-Encoding"] = "identity"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = _POLICY
    # Fonts are asked for by a frame that has no origin.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _type_of(name: str) -> str:
    """Never a page: whatever is not a well-known kind is a download."""
    found = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if "html" in found or found.endswith("xhtml+xml") else found
