"""What can be wrong with a package, a response or a statement: always a code, never a bare sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]

MOST_ISSUES = 200  # a hostile package must not fill the memory with complaints about itself


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault: ``code`` is for programs, ``path`` the member of the archive, ``message`` for developers."""

    code: str
    path: str
    message: str
    level: Level = "error"


class PackageError(ValueError):
    """The package is not taken; ``issues`` lists every fault that was found, warnings included."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__("; ".join(f"{issue.code} {issue.path}".strip() for issue in issues[:5]))


class ResponseError(ValueError):
    """A response that no real player can send, or a snapshot that is no snapshot."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class StatementError(ValueError):
    """An xAPI statement that is not taken."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class CannotBlind(ValueError):
    """This content cannot be shown without its key: its type is unknown to the library."""


@dataclass(slots=True)
class IssueLog:
    """Collects faults; beyond ``MOST_ISSUES`` only their existence is kept."""

    issues: list[Issue] = field(default_factory=list)
    failed: bool = False

    def error(self, code: str, path: str, message: str) -> None:
        self.failed = True
        self._keep(Issue(code, _shown(path), message[:300]))

    def warning(self, code: str, path: str, message: str) -> None:
        self._keep(Issue(code, _shown(path), message[:300], "warning"))

    def stop_if_failed(self) -> None:
        if self.failed:
            raise PackageError(tuple(self.issues))

    def _keep(self, issue: Issue) -> None:
        if len(self.issues) < MOST_ISSUES:
            self.issues.append(issue)
        elif issue.level == "error" and all(kept.level == "warning" for kept in self.issues):
            self.issues[-1] = issue  # never refuse a package without naming one real fault


def _shown(path: str) -> str:
    """A hostile name must not break a line of output or a column of a database."""
    return "".join(letter if letter.isprintable() else "?" for letter in path[:200])
