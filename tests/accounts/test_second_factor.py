"""Who holds a role with power goes through a second step; the demonstration does not."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, override_settings

from lms.accounts.api import Person, load_demo_people
from lms.organisations.api import Role, RoleKind, assign_demo_roles, load_units
from tests.accounts.conftest import PASSWORD

POWERFUL = [RoleKind.EDITOR, RoleKind.HR_OFFICER, RoleKind.COMMITTEE, RoleKind.ADMINISTRATOR]
SECRET = "JBSWY3DPEHPK3PXP"


def give(person: Person, kind: str) -> None:
    Role.objects.create(person=person, unit=load_units()["tinh-lam-dong"], kind=kind)


def code_of_now() -> str:
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counter))


def sign_in(client: Client, person: Person) -> str:
    response = client.post("/tai-khoan/login/", {"login": person.username, "password": PASSWORD})
    return str(response["Location"])


@pytest.mark.parametrize("kind", POWERFUL)
def test_without_a_second_factor_every_page_leads_to_its_set_up(
    client: Client, facilitator: Person, kind: str
) -> None:
    give(facilitator, kind)
    sign_in(client, facilitator)
    for address in ["/tai-khoan/du-lieu/", "/don-vi/", "/quan-tri/"]:
        assert client.get(address)["Location"].startswith("/tai-khoan/2fa/")
    assert client.get("/tai-khoan/2fa/").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("kind", [RoleKind.FACILITATOR, RoleKind.CELL_SECRETARY])
def test_other_roles_and_learners_go_straight_on(client: Client, facilitator: Person, kind: str) -> None:
    give(facilitator, kind)
    sign_in(client, facilitator)
    assert client.get("/don-vi/").status_code == 200


def test_staff_without_any_role_need_it_too(client: Client, facilitator: Person) -> None:
    facilitator.is_superuser = True
    facilitator.save()
    sign_in(client, facilitator)
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/2fa/")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_setting_it_up_opens_the_site_in_the_same_session(client: Client, facilitator: Person) -> None:
    give(facilitator, RoleKind.ADMINISTRATOR)
    sign_in(client, facilitator)
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    page = client.get("/tai-khoan/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    done = client.post("/tai-khoan/2fa/totp/activate/", {"code": code})
    assert done.status_code == 302
    assert client.get("/don-vi/").status_code == 200


def test_with_a_second_factor_sign_in_asks_for_the_code(client: Client, facilitator: Person) -> None:
    give(facilitator, RoleKind.ADMINISTRATOR)
    TOTP.activate(facilitator, SECRET)
    assert sign_in(client, facilitator) == "/tai-khoan/2fa/authenticate/"
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/login/")
    wrong = client.post("/tai-khoan/2fa/authenticate/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    assert client.post("/tai-khoan/2fa/authenticate/", {"code": code_of_now()}).status_code == 302
    assert client.get("/don-vi/").status_code == 200


def test_a_session_that_skipped_the_second_step_is_asked_for_it(client: Client, facilitator: Person) -> None:
    give(facilitator, RoleKind.ADMINISTRATOR)
    TOTP.activate(facilitator, SECRET)
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/2fa/reauthenticate/")


def test_a_role_given_later_counts_at_once_on_pages_with_a_role(client: Client, facilitator: Person) -> None:
    sign_in(client, facilitator)
    assert client.get("/tai-khoan/du-lieu/").status_code == 200
    give(facilitator, RoleKind.ADMINISTRATOR)
    assert client.get("/don-vi/")["Location"].startswith("/tai-khoan/2fa/")


def test_demo_people_are_let_in_on_an_embedded_installation_only(db: None) -> None:
    load_units()
    people = load_demo_people(PASSWORD)
    assign_demo_roles(people)
    client = Client()
    sign_in(client, people["quantri"])
    assert client.get("/don-vi/").status_code == 200
    assert client.get("/quan-tri/").status_code == 200
    with override_settings(EMBEDDED=False):
        assert client.get("/quan-tri/")["Location"].startswith("/tai-khoan/2fa/")
        with pytest.raises(RuntimeError):
            load_demo_people(PASSWORD)


def test_learners_pay_no_query_for_the_check(
    client: Client, learner: Person, django_assert_max_num_queries: object
) -> None:
    sign_in(client, learner)
    client.get("/tai-khoan/password/change/")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/tai-khoan/password/change/")


def test_the_issuer_in_the_authenticator_app_is_this_site(learner: Person) -> None:
    assert get_adapter().get_totp_issuer() == "Bình dân học vụ số Lâm Đồng"
    assert not Authenticator.objects.exists()
