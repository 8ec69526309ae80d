"""Attempts: bound to the person, kept all, scored by the server; what is wrong leaves nothing behind."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lms.accounts.api import Person
from media.h5p.django_app.admission import Admission, register_gate
from media.h5p.django_app.api import counting_attempts
from media.h5p.django_app.models import Activity, Attempt, Statement
from tests.h5p.contents import blanks, multi_choice, snapshot
from tests.h5p.site_parts import begin, client_of, package_bytes, person, post, take_in

pytestmark = pytest.mark.django_db
ANSWERED = {"id": "http://adlnet.gov/expapi/verbs/answered"}
MARKS = "-+--"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return


@pytest.fixture
def learner() -> Person:
    return person("hv")


@pytest.fixture
def client(learner: Person) -> Client:
    return client_of(learner)


@pytest.fixture
def activity() -> Activity:
    return take_in(package_bytes(multi_choice(MARKS)), blind=False)


def result(client: Client, attempt: str, response: str, **more: Any) -> Any:
    body = {"result_uuid": str(uuid.uuid4()), "snapshot": snapshot(response), **more}
    return post(client, f"/h5p/luot/{attempt}/ket-qua/", body)


def shown_answers(client: Client, frame: str) -> list[str]:
    """The texts of the choices in the order in which this attempt's frame gives them."""
    page = client.get(frame).content.decode()
    data = json.loads(page.split('id="h5p-data">')[1].split("</script>")[0])
    return [answer["text"] for answer in json.loads(data["contents"]["cid-1"]["jsonContent"])["answers"]]


def test_the_server_scores_and_flags_another_claim(client: Client, activity: Activity) -> None:
    told = begin(client, activity)
    answer = result(client, told["attempt"], "0", claimed={"raw": 1, "max": 1})
    assert json.loads(answer.content) == {"verified": True, "raw": 0.0, "maximum": 1.0, "counts": False}
    kept = Attempt.objects.get()
    assert (kept.raw, kept.claimed_raw, kept.mismatch) == (0, 1, True)


def test_blind_attempts_are_scored_by_the_order_of_their_own_frame(
    client: Client, learner: Person, activity: Activity
) -> None:
    Activity.objects.update(blind=True)
    orders = set()
    for _ in range(6):
        told = begin(client, activity, again=True)
        answers = shown_answers(client, told["frame"])
        orders.add(tuple(answers))
        done = result(client, told["attempt"], str(answers.index("Đáp án 1")), claimed={"raw": 0, "max": 1})
        assert json.loads(done.content) == {"verified": True, "raw": 1.0, "maximum": 1.0, "counts": True}
    assert len(orders) > 1
    assert len(counting_attempts(learner, activity.slug)) == 6
    assert not Attempt.objects.filter(mismatch=True).exists()


def test_practice_never_counts(client: Client, learner: Person, activity: Activity) -> None:
    result(client, begin(client, activity)["attempt"], "1", claimed={"raw": 1, "max": 1})
    unknown = take_in(package_bytes({"x": 1}, "H5P.Dialogcards"))
    answer = result(client, begin(client, unknown)["attempt"], "1", claimed={"raw": 9, "max": 9})
    assert json.loads(answer.content) == {"verified": False, "counts": False}
    assert not Attempt.objects.counting().exists()


def test_the_state_comes_back_and_late_ones_are_ignored(client: Client, activity: Activity) -> None:
    told = begin(client, activity)
    url = f"/h5p/luot/{told['attempt']}/trang-thai/"
    assert post(client, url, {"number": 2, "state": {"answers": [2]}}).status_code == 204
    assert post(client, url, {"number": 1, "state": {"answers": [0]}}).status_code == 204
    again = begin(client, activity)
    assert again["attempt"] == told["attempt"]
    assert again["state_number"] == 2
    assert '\\"answers\\": [2]' in client.get(again["frame"]).content.decode()
    result(client, told["attempt"], "2")
    assert begin(client, activity)["attempt"] != told["attempt"]


def test_a_new_version_begins_anew(client: Client, activity: Activity) -> None:
    told = begin(client, activity)
    take_in(package_bytes(multi_choice("+-")), activity=activity)
    assert begin(client, activity)["attempt"] != told["attempt"]
    assert Attempt.objects.get(uuid=told["attempt"]).version.number == 1


def test_replays_make_one_record(client: Client, activity: Activity) -> None:
    attempt_uuid = str(uuid.uuid4())
    told = [begin(client, activity, attempt_uuid=attempt_uuid, again=True) for _ in "abc"]
    assert {one["attempt"] for one in told} == {attempt_uuid}
    spoken = {"statement_uuid": str(uuid.uuid4()), "statement": {"verb": ANSWERED}}
    ended = {"result_uuid": str(uuid.uuid4()), "snapshot": snapshot("1")}
    for _ in range(3):
        assert post(client, f"/h5p/luot/{attempt_uuid}/phat-bieu/", spoken).status_code == 204
        assert post(client, f"/h5p/luot/{attempt_uuid}/ket-qua/", ended).status_code == 200
    assert Statement.objects.count() == Attempt.objects.count() == 1
    other = post(client, f"/h5p/luot/{attempt_uuid}/ket-qua/", {**ended, "result_uuid": str(uuid.uuid4())})
    assert (other.status_code, json.loads(other.content)["code"]) == (409, "attempt-finished")


def test_foreign_attempts_stay_closed(client: Client, activity: Activity) -> None:
    attempt = begin(client, activity)["attempt"]
    other = client_of(person("khac"))
    for what in ("trang-thai", "phat-bieu", "ket-qua"):
        for visitor in (other, Client()):
            assert post(visitor, f"/h5p/luot/{attempt}/{what}/", {"number": 1, "state": 1}).status_code == 403
    assert begin(other, activity, attempt_uuid=attempt)["status"] == 403
    spoken = {"statement_uuid": str(uuid.uuid4()), "statement": {"verb": ANSWERED}}
    assert post(client, f"/h5p/luot/{attempt}/phat-bieu/", spoken).status_code == 204
    mine = begin(other, activity)["attempt"]
    assert post(other, f"/h5p/luot/{mine}/phat-bieu/", spoken).status_code == 409
    kept = Attempt.objects.get(uuid=attempt)
    assert (kept.state, kept.finished_at, Statement.objects.count()) == (None, None, 1)


def test_a_place_that_does_not_admit_stores_nothing(
    client: Client, learner: Person, activity: Activity
) -> None:
    open_for: set[int] = set()
    register_gate("thu", lambda who, where, pk: Admission(bool(who and who.pk in open_for), 7))
    assert begin(client, activity, "thu:1") == {
        "status": 403,
        "code": "not-enrolled",
        "message": "Hoạt động này chỉ dành cho người đang theo khóa học. Xin hãy bắt đầu khóa học trước.",
    }
    assert begin(client, activity, "khong-ai-biet:1")["status"] == 403
    assert not Attempt.objects.exists()
    open_for.add(learner.pk)
    told = begin(client, activity, "thu:1")
    assert Attempt.objects.get().enrolment == 7
    open_for.clear()
    assert result(client, told["attempt"], "1").status_code == 403
    assert Attempt.objects.get().finished_at is None


BAD_BODIES = {
    "not json": ("{", 400),
    "NaN": ('{"statement_uuid": "%s", "statement": {"verb": NaN}}', 400),
    "Infinity": ('{"statement_uuid": "%s", "statement": {"x": 1e999}}', 400),
    "a list": ("[]", 400),
    "a verb that is a list": ('{"statement_uuid": "%s", "statement": {"verb": ["x"]}}', 400),
    "a verb id that is a list": ('{"statement_uuid": "%s", "statement": {"verb": {"id": []}}}', 400),
    "an unknown verb": ('{"statement_uuid": "%s", "statement": {"verb": {"id": "http://x/y"}}}', 400),
    "no uuid": ('{"statement": {"verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}}}', 400),
    "a uuid that is none": ('{"statement_uuid": {"a": 1}, "statement": {}}', 400),
    "NUL": ('{"statement_uuid": "%s", "statement": {"x": "\\u0000"}}', 400),
    "a lone surrogate": ('{"statement_uuid": "%s", "statement": {"x": "\\ud800"}}', 400),
    "too deep": ("[" * 100 + "]" * 100, 400),
    "a megabyte": ('{"x": "' + "a" * 1_000_000 + '"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_bad_bodies_get_a_code_and_a_sentence(
    body: str, status: int, client: Client, activity: Activity
) -> None:
    attempt = begin(client, activity)["attempt"]
    body = body.replace("%s", str(uuid.uuid4()))
    for what in ("phat-bieu", "ket-qua", "trang-thai"):
        answer = post(client, f"/h5p/luot/{attempt}/{what}/", body)
        told = json.loads(answer.content)
        assert answer.status_code == status, what
        assert told["code"]
        assert told["message"] != "Không dùng được gói này."
    assert not Statement.objects.exists()
    assert Attempt.objects.get().state is None
    assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize("response", ["4", "0[,]1", "-1", "x", "0[,]0"])
def test_impossible_answers_are_refused(response: str, client: Client, activity: Activity) -> None:
    attempt = begin(client, activity)["attempt"]
    answer = result(client, attempt, response)
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] in ("impossible-response", "bad-response")
    assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize("claimed", [{"raw": True, "max": "x"}, [1], "x", {"raw": 10**12}, None])
def test_a_senseless_claim_is_no_claim(claimed: Any, client: Client, activity: Activity) -> None:
    assert result(client, begin(client, activity)["attempt"], "1", claimed=claimed).status_code == 200
    kept = Attempt.objects.get()
    assert (kept.claimed_raw, kept.mismatch) == (None, False)


def test_a_shouting_library_fills_nothing(client: Client, activity: Activity) -> None:
    told = begin(client, activity)
    kept = Attempt.objects.get()
    Statement.objects.bulk_create(
        Statement(uuid=uuid.uuid4(), attempt=kept, verb="interacted", body={}) for _ in range(500)
    )
    spoken = {"statement_uuid": str(uuid.uuid4()), "statement": {"verb": ANSWERED}}
    answer = post(client, f"/h5p/luot/{told['attempt']}/phat-bieu/", spoken)
    assert (answer.status_code, Statement.objects.count()) == (429, 500)


def test_writes_need_the_csrf_token(learner: Person, activity: Activity) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    answer = post(strict, "/h5p/bat-dau/", {"place": "x", "attempt_uuid": str(uuid.uuid4())})
    assert answer.status_code == 403
    assert not Attempt.objects.exists()


def test_visitors_get_a_verdict_and_leave_nothing(activity: Activity) -> None:
    Activity.objects.update(blind=True)
    visitor = Client()
    from media.h5p.django_app.signed_addresses import Place, sign_place

    frame = json.loads(visitor.get(f"/h5p/mo/{sign_place(Place(activity.pk))}/").content)["frame"]
    right = str(shown_answers(visitor, frame).index("Đáp án 1"))
    body = {"frame": frame.split("/")[-2], "snapshot": snapshot(right)}
    assert json.loads(post(visitor, "/h5p/cham/", body).content) == {
        "verified": True,
        "raw": 1.0,
        "maximum": 1.0,
    }
    assert post(visitor, "/h5p/cham/", {"frame": "x", "snapshot": {}}).status_code == 403
    assert not Attempt.objects.exists()


def test_statements_name_the_attempt_not_the_person(client: Client, learner: Person) -> None:
    activity = take_in(package_bytes(blanks("*a*"), "H5P.Blanks"))
    attempt = begin(client, activity)["attempt"]
    forged = {
        "verb": ANSWERED,
        "actor": {"mbox": "mailto:khac@example.org"},
        "object": {"id": "https://example.org/other"},
        "result": {"score": {"raw": 99, "max": 99}, "success": True},
    }
    spoken = {"statement_uuid": str(uuid.uuid4()), "statement": forged}
    assert post(client, f"/h5p/luot/{attempt}/phat-bieu/", spoken).status_code == 204
    body = Statement.objects.get().body
    assert body["actor"]["account"]["name"] == attempt
    assert "example.org" not in json.dumps(body)
    assert "score" not in body["result"]
    assert learner.username not in json.dumps(body)
