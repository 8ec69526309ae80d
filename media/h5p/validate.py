"""One verdict per file, for the command line and for editors' uploads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import Issue, PackageError
from .limits import Limits
from .names import LibraryName
from .package import read_package


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one file; ``ok`` means no error, warnings may be there."""

    file: str
    issues: tuple[Issue, ...]

    @property
    def ok(self) -> bool:
        return all(issue.level != "error" for issue in self.issues)

    @property
    def errors(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.level == "error")


def h5p_validate(
    files: Iterable[str | Path], limits: Limits | None = None, installed: Collection[LibraryName] = ()
) -> Iterator[Verdict]:
    """One file after the other, so that a long list costs no memory."""
    for file in files:
        yield _verdict(Path(file), limits or Limits(), installed)


def _verdict(path: Path, limits: Limits, installed: Collection[LibraryName]) -> Verdict:
    try:
        with path.open("rb") as opened:
            package = read_package(opened, limits=limits, filename=path.name, installed=installed)
            return Verdict(str(path), package.issues)
    except PackageError as refused:
        return Verdict(str(path), refused.issues)
    except (OSError, ValueError) as problem:  # a path with NUL is a ValueError
        return Verdict(str(path), (Issue("unable-to-read-package-file", "", str(problem)[:300]),))
