"""Phones and a presenter of a hall over plain HTTP, as their pages post."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from tests.http_visitor import Visitor


@dataclass
class HallPhone:
    """Posts and reads JSON; keeps the cookie of its seat."""

    port: int
    code: str
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **self.headers}
        content = None if fields is None else json.dumps(fields)
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, content, headers)
            reply = connection.getresponse()
            self.body = reply.read()
        finally:
            connection.close()
        for header in reply.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return reply.status

    def state(self) -> dict[str, Any]:
        assert self.ask("GET", f"/b/{self.code}/state") == 200
        return json.loads(self.body)

    def join(self, kind: str, **fields: str) -> dict[str, Any]:
        said = {"kind": kind, "join_uuid": str(uuid.uuid4()), **fields}
        assert self.ask("POST", f"/b/{self.code}/join", said) == 201, self.body
        return json.loads(self.body)

    def answer(self, value: str) -> int:
        step = self.state()["step"]
        fields = {
            "answer_uuid": str(uuid.uuid4()),
            "position": step["position"],
            "round": step["round"],
            "value": value,
        }
        return self.ask("POST", f"/b/{self.code}/answer", fields)


@dataclass
class Presenter:
    """Somebody signed in who leads; or the bearer of an act token."""

    phone: HallPhone
    gathering: str

    @classmethod
    def signed_in(cls, visitor: Visitor, gathering: str, code: str) -> Presenter:
        origin = f"http://127.0.0.1:{visitor.port}"
        headers = {"X-CSRFToken": visitor.cookies["csrftoken"], "Origin": origin, "Referer": f"{origin}/"}
        return cls(HallPhone(visitor.port, code, dict(visitor.cookies), headers), gathering)

    @classmethod
    def with_token(cls, port: int, opened: dict[str, str]) -> Presenter:
        headers = {"Authorization": f"Bearer {opened['act_token']}"}
        return cls(HallPhone(port, opened["code"], {}, headers), opened["id"])

    def post(self, what: str, fields: dict[str, Any]) -> dict[str, Any]:
        status = self.phone.ask("POST", f"/buoi-hoc/{self.gathering}/{what}", fields)
        assert status == 200, (what, status, self.phone.body[:300])
        return json.loads(self.phone.body)

    def act(self, *actions: str) -> dict[str, Any]:
        state: dict[str, Any] = {}
        for action in actions:
            version = self.phone.state()["version"]
            fields = {"from_version": version, "action": action, "action_uuid": str(uuid.uuid4())}
            state = self.post("act", fields)
        return state

    def next_question(self) -> dict[str, Any]:
        """Go on until something is asked."""
        while True:
            state = self.act("next")
            if state["step"]["kind"] == "question":
                return state
