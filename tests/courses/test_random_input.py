"""Nothing that a browser or a stranger can send makes the server fail."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.courses.conftest import School

anything = st.text(max_size=60) | st.sampled_from(["\x00", "１", "-1", "9" * 400, "a[]", "' OR 1=1", "😀"])
keys = st.sampled_from(["buoc", "cau", "q", "cho", "ky-nang", "trang", "answer_uuid", "ban", "x"])
queries = st.dictionaries(keys, anything | st.lists(anything, max_size=3), max_size=4)
steady = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def addresses(school: School) -> list[str]:
    return ["/", "/khoa-hoc/", "/khoa-hoc/ma-qr/", school.address(), "/hoc/buoc/1/", "/hoc/the/1/", "/toi/"]


@steady
@given(query=queries)
def test_any_query_is_answered(addresses: list[str], query: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    for address in addresses:
        assert client.get(address, query).status_code < 500


@steady
@given(post=queries, step=st.integers(-1, 15))
def test_any_post_is_answered(addresses: list[str], school: School, post: dict[str, str], step: int) -> None:
    client = Client(raise_request_exception=False)
    go_on = f"/hoc/buoc/{school.lessons[0].pk}/"
    for address in [f"{school.address()}?buoc={step}", go_on, "/khoa-hoc/", "/toi/"]:
        assert client.post(address, post).status_code < 500
