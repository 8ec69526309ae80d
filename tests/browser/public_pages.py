"""The public pages that every general check visits, by what they are."""

from __future__ import annotations

import re
import urllib.request
from urllib.parse import urljoin, urlsplit

START = [
    "/", "/khoa-hoc/", "/danh-gia/", "/chung-nhan/", "/tai-khoan/login/", "/tai-khoan/signup/", "/tai-khoan/the/",
    "/khong-co-trang-nay/", "/en/",
]  # fmt: skip
SKIP = re.compile(r"^/(static|tep|quan-tri|api)/|.*\.json$")
PER_PATTERN = 3  # of the many pages of one kind, the first few stand for all


def _pattern(path: str) -> str:
    """/khoa-hoc/a/b/ and /khoa-hoc/a/c/ are pages of one kind."""
    parts = path.strip("/").split("/")
    return "/".join(parts[:1] + ["*"] * (len(parts) - 1))


def crawl(base: str, most: int = 40) -> list[str]:
    """Paths of pages that a visitor reaches by links, each kind at most ``PER_PATTERN`` times."""
    queue, seen, kinds = list(START), list(START), {}
    while queue and len(seen) < most:
        page = queue.pop(0)
        try:
            with urllib.request.urlopen(base + page, timeout=20) as answer:
                html = answer.read().decode()
        except urllib.error.HTTPError:
            continue
        for link in re.findall(r'href="([^"#]+)', html):
            parts = urlsplit(urljoin(base + page, link.replace("&amp;", "&")))
            path = parts.path
            if parts.netloc not in base or parts.query or SKIP.match(path) or path in seen:
                continue
            kind = _pattern(path)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= PER_PATTERN:
                seen.append(path)
                queue.append(path)
    return seen
