"""A demonstration gathering on a running site, led over HTTP as a presenter's page does."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.running_site import RunningSite


@dataclass
class DemoHall:
    """Opened by ``manage.py demo_gathering``."""

    site: RunningSite
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = json.loads(self.site.manage("demo_gathering").splitlines()[-1])

    @property
    def code(self) -> str:
        return self.known["code"]

    def call(
        self,
        method: str,
        path: str,
        fields: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        body = None if fields is None else json.dumps(fields)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def state(self) -> dict[str, Any]:
        return json.loads(self.call("GET", f"/b/{self.code}/state")[2])

    def act(self, action: str, from_version: int | None = None) -> int:
        version = self.state()["version"] if from_version is None else from_version
        fields = {"from_version": version, "action": action, "action_uuid": str(uuid.uuid4())}
        bearer = {"Authorization": f"Bearer {self.known['act_token']}"}
        return self.call("POST", f"/buoi-hoc/{self.known['id']}/act", fields, bearer)[0]

    def go_to_question(self) -> int:
        """Its position; the question is shown, not yet open."""
        while self.state()["step"]["kind"] != "question":
            assert self.act("next") == 200
        return int(self.state()["step"]["position"])

    def join(self, name: str) -> str:
        """The cookie of a new guest's seat."""
        status, headers, body = self.call("POST", f"/b/{self.code}/join", {"kind": "guest", "name": name})
        assert status == 201, body
        return headers["set-cookie"].partition(";")[0]
