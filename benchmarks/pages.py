"""Public pages for anonymous visitors: from the whole-page cache against uncached, and against a bare Django view.

Prints one JSON line per page; bar: cached at least 10 times faster than uncached.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common.http_timing import BASELINE, interleaved, report, timed
from tests.running_site import RunningSite

BAR = 10.0
PAGES = ["/", "/khoa-hoc/", "/khoa-hoc/vneid/"]
# Any cookie that the cache does not know makes the server build the page anew.
PAST_THE_CACHE = {"Cookie": "past_the_cache=1"}


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(Path(folder))
        site.prepare()
        site.start(worker=False)
        try:
            for page in PAGES:
                timed(site.port, page, 5)
                cached, uncached, bare = interleaved(
                    5,
                    lambda page=page: timed(site.port, page, 40),
                    lambda page=page: timed(site.port, page, 10, PAST_THE_CACHE),
                    lambda: timed(site.port, BASELINE, 40),
                )
                ratio = uncached / cached
                missed += ratio < BAR
                report(
                    benchmark="pages", page=page, cached_ms=round(cached * 1000, 2),
                    uncached_ms=round(uncached * 1000, 2), bare_view_ms=round(bare * 1000, 2),
                    uncached_over_cached=round(ratio, 1), cached_over_bare=round(cached / bare, 2),
                    bar=BAR, passed=ratio >= BAR,
                )  # fmt: skip
        finally:
            site.stop()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
