"""Walk the rehearsal as a visitor and an operator would: ``smoke_test.py http://127.0.0.1:8090``."""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.error
import urllib.request


def fetch(url: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers; errors of the server are answers too."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode("utf-8", "replace"), dict(problem.headers)


def wait_ready(base: str, seconds: int = 60) -> dict[str, str]:
    end = time.monotonic() + seconds
    while True:
        try:
            status, body, _ = fetch(f"{base}/readyz")
            if status == 200:
                return dict(json.loads(body))
        except (urllib.error.URLError, ConnectionError):
            status, body = 0, ""
        if time.monotonic() > end:
            raise SystemExit(f"not ready after {seconds} s: {status} {body}")
        time.sleep(0.5)


def expect(condition: bool, what: str) -> None:
    print(("ok   " if condition else "FAIL ") + what, flush=True)
    if not condition:
        raise SystemExit(1)


def main(base: str) -> None:
    parts = wait_ready(base)
    expect(all(value == "ok" for value in parts.values()), f"ready: {parts}")
    status, home, headers = fetch(f"{base}/")
    expect(status == 200 and "Bình dân học vụ số" in home, "home page in Vietnamese")
    expect("script-src 'self'" in headers.get("Content-Security-Policy", ""), "strict content policy")
    css = re.search(r'href="(/static/[^"]+\.css)"', home)
    expect(css is not None, "home page links its style sheet")
    assert css is not None
    status, _, headers = fetch(base + css.group(1))
    expect(status == 200 and "immutable" in headers.get("Cache-Control", ""), "static file from the proxy")
    for path in ("/khoa-hoc/", "/danh-gia/", "/chung-nhan/", "/en/", "/tai-khoan/login/"):
        expect(fetch(base + path)[0] == 200, f"page {path}")
    expect(fetch(f"{base}/khong-co-trang-nay/")[0] == 404, "unknown page is a 404")
    expect(fetch(f"{base}/tep/imports/x.xlsx")[0] == 404, "uploaded lists are not public")
    expect(fetch(f"{base}/tep/certificates/x.pdf")[0] == 404, "certificates are not public")
    expect(fetch(f"{base}/api/v1/openapi.json")[0] == 200, "machine interface describes itself")
    print("smoke test passed")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
