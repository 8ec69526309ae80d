"""A real site for tests: its own folder, database, web process and worker, started as `make run` does."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.site_services import SERVICE_NAMES, Services, next_services, prepared_databases, services_named

ROOT = Path(__file__).resolve().parents[1]
DEMO_PASSWORD = "thu-nghiem-2026"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sources_digest() -> str:
    """Changes with any file of the product."""
    digest = hashlib.sha256()
    for room in ("lms", "courses", "assessments", "media"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}:".encode() + path.read_bytes())
    return digest.hexdigest()[:24]


@dataclass
class RunningSite:
    """The embedded shape under ``folder``; `start`, `kill` and `stop` act on real processes.

    With services in the environment the same site keeps its rows in PostgreSQL, its cache and queue in Redis.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    services: Services = field(default_factory=next_services)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in SERVICE_NAMES}
        return {
            **kept,
            **self.services.environment,
            "DJANGO_SETTINGS_MODULE": "lms.settings.embedded",
            "VAR_DIR": str(self.folder),
            "SITE_URL": self.url,
            "DEMO_PASSWORD": DEMO_PASSWORD,
        }

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"manage.py {' '.join(words)}: {done.stderr[-2000:]}")
        return done.stdout

    def prepare(self) -> None:
        """A copy of a site that was prepared once for these very sources: set-up is the slow part."""
        shared = Path(tempfile.gettempdir()) / f"lms-prepared-{os.getuid()}"
        shared.mkdir(mode=0o700, exist_ok=True)
        digest = sources_digest()
        database = f"lms_prepared_{digest}"
        ready = shared / f"{digest}{'-services' if self.services.database_url else ''}"
        with (shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._stands_ready(ready, database):
                for old in shared.iterdir():
                    if old.is_dir() and not old.name.startswith(digest):
                        shutil.rmtree(old)
                # A hall's laptop has SQLite even where the environment names PostgreSQL for the other sites.
                own = services_named(database) if self.services.database_url else Services()
                unfinished = RunningSite(shared / "unfinished", services=own)
                unfinished.folder.mkdir()
                unfinished.services.create()
                unfinished.prepare_anew()
                unfinished.folder.rename(ready)
            # Under the lock: what is being copied must have no other visitor.
            self.services.create(template=database)
            shutil.copytree(ready, self.folder, dirs_exist_ok=True)

    def _stands_ready(self, folder: Path, database: str) -> bool:
        """Removes what was prepared for other sources."""
        if not self.services.database_url:
            return folder.exists()
        found = prepared_databases()
        for old in found:
            if old != database or not folder.exists():
                services_named(old).drop()
        return folder.exists() and database in found

    def prepare_anew(self) -> None:
        self.manage("migrate", "--noinput", "-v", "0")
        self.manage("collectstatic", "--noinput", "-v", "0")
        self.manage("load_starter")

    def start(self, worker: bool = True) -> None:
        self._spawn(
            "web",
            "uvicorn",
            "lms.asgi:application",
            "--port",
            str(self.port),
            "--lifespan",
            "off",
            "--no-access-log",
        )
        if worker:
            worker_words = [
                "-A",
                "lms",
                "worker",
                "--pool",
                "threads",
                "--concurrency",
                "1",
                "--loglevel",
                "ERROR",
            ]
            self._spawn("worker", "celery", *worker_words, "--without-gossip", "--without-mingle")
        self.wait_until_ready()

    def _spawn(self, name: str, module: str, *words: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )

    def wait_until_ready(self, seconds: float = 60, log: str = "web.log") -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).read()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise RuntimeError(f"not ready in {seconds:g} s: {(self.folder / log).read_text()[-2000:]}")

    def kill(self, name: str) -> None:
        """As a power cut would: no chance to clean up."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def stop(self) -> None:
        for name in list(self.processes):
            self.processes[name].terminate()
        for name in list(self.processes):
            process = self.processes.pop(name)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        self.services.drop()

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """What stands in the site's database, whatever the pages show."""
        return self.services.rows(self.folder, query)
