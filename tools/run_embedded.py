"""`make run`: migrate, collect static files, load the starter content, then one web process and one worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parents[1]


def manage(*words: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], check=True, cwd=ROOT)


def main() -> int:
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
    os.environ["PYTHONUNBUFFERED"] = "1"
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not port.isdigit():
        print(f"PORT: {port!r} is not a number", file=sys.stderr)
        return 2
    os.environ.setdefault("SITE_URL", f"http://{host}:{port}")
    manage("migrate", "--noinput", "-v", "0")
    manage("collectstatic", "--noinput", "-v", "0")
    manage("load_starter")
    python = sys.executable
    manager = Manager()
    manager.add_process(
        "web",
        f"{python} -m uvicorn lms.asgi:application --host {host} --port {port} --lifespan off --no-access-log"
        " --timeout-graceful-shutdown 2",  # open streams never end by themselves
    )
    manager.add_process(
        "worker",
        f"{python} -m celery -A lms worker --beat --schedule {ROOT}/var/beat --pool threads --concurrency 2"
        " --loglevel WARNING --without-gossip --without-mingle",
    )
    print(f"\nThe site is served at http://{host}:{port}/ (stop with Ctrl-C).\n", flush=True)
    manager.loop()
    return manager.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
