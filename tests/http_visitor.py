"""A visitor without a browser: cookies, pages, forms filled in as a person would, over real HTTP."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._inside)
        form = self._inside
        if form is None:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            form.choices.setdefault(self._select, []).append(value)
        elif tag == "textarea" and name:
            form.texts.append(name)
        elif tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "input" and name:
            self._input(form, given.get("type", "text"), name, value)

    def _input(self, form: Form, kind: str, name: str, value: str) -> None:
        if kind == "hidden":
            form.fields.append((name, value))
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
            if kind == "checkbox":
                form.several.add(name)
        else:
            form.texts.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        if tag == "select":
            self._select = ""


def forms(html: str) -> list[Form]:
    parser = _Forms()
    parser.feed(html)
    return parser.forms


@dataclass
class Visitor:
    """One person at one device; ``page`` is the last answer's text, ``url`` where it came from."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    url: str = "/"
    status: int = 0

    def request(self, method: str, path: str, body: str | None = None) -> int:
        """One request without following; connection faults are the caller's to see."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}{self.url}",
            }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            self.page = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        self.status, self.location = answer.status, answer.headers.get("Location", "")
        return answer.status

    def get(self, path: str) -> str:
        """A page, redirects followed."""
        self.request("GET", path)
        self.url = path
        for _ in range(5):
            if self.status not in {301, 302, 303, 307}:
                break
            self.url = self._path(self.location)
            self.request("GET", self.url)
        return self.page

    def _path(self, location: str) -> str:
        parts = urlsplit(urljoin(f"http://127.0.0.1:{self.port}{self.url}", location))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def form(self, action_part: str = "") -> Form:
        """The posting form of this page whose address contains ``action_part``."""
        for one in forms(self.page):
            if one.method == "post" and action_part in one.action and "hien-thi" not in one.action:
                return one
        raise AssertionError(f"no form to {action_part!r} on {self.url}: {self.page[:300]}")

    def post(self, form: Form, answers: list[tuple[str, str]] | None = None, follow: bool = True) -> int:
        body = urlencode([*form.fields, *(answers or [])])
        path = self._path(form.action) if form.action else self.url
        status = self.request("POST", path, body)
        if follow and status in {301, 302, 303}:
            self.get(self._path(self.location))
        return status

    def sign_in(self, name: str, password: str) -> None:
        self.get("/tai-khoan/login/")
        self.post(self.form("login"), [("login", name), ("password", password)])
        assert "sessionid" in self.cookies, f"{name} could not sign in"


def some_answer(form: Form, ticks: int = 2) -> list[tuple[str, str]]:
    """The first choice of every question (``ticks`` where several may be ticked); a number in every text field."""
    answers: list[tuple[str, str]] = []
    used: set[str] = set()
    for name, values in form.choices.items():
        if name in form.several:
            answers += [(name, value) for value in values[:ticks]]
            continue
        value = next((one for one in values if one not in used), values[0])
        used.add(value)
        answers.append((name, value))
    return answers + [(name, "1") for name in form.texts]


def answer_somehow(visitor: Visitor, action_part: str) -> None:
    """Post until the question takes an answer: some want three ticks, a talk goes on for a few turns."""
    for ticks in (2, 1, 3, 4, 2, 2):
        form = visitor.form(action_part)
        if visitor.post(form, some_answer(form, ticks), follow=False) == 303:
            return
    raise AssertionError(f"no answer was taken: {visitor.page[:500]}")
