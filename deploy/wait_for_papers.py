"""Wait until the worker has made every certificate's paper: ``wait_for_papers.py DATABASE_URL``."""

from __future__ import annotations

import sys
import time

import psycopg

SECONDS = 90


def main(url: str) -> None:
    end = time.monotonic() + SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            row = connection.execute(
                "select count(*) filter (where state = 'stored'), count(*) from certificates_certificate"
            ).fetchone()
            stored, issued = row or (0, 0)
            if issued and stored == issued:
                print(f"ok   the worker made {stored} papers")
                return
            if time.monotonic() > end:
                raise SystemExit(f"FAIL the worker made {stored} of {issued} papers in {SECONDS} s")
            time.sleep(0.5)


if __name__ == "__main__":
    main(sys.argv[1])
