"""A lesson is walked from the first step to the last by plain links and forms, as without JavaScript."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from assessments.items.api import Item
from assessments.proficiency.api import Milestone, Reached
from assessments.sittings.models import LessonAnswer
from courses.models import Enrolment, LessonProgress
from lms.accounts.api import Person
from tests.courses import build
from tests.courses.conftest import School

UUID = re.compile(r'name="answer_uuid" value="([0-9a-f-]{36})"')
VERSION = re.compile(r'name="ban" value="(\d+)"')


def go_on(client: Client, school: School, step: int | str, number: int = 0) -> str:
    address = reverse("courses:go_on", args=[school.lessons[number].pk])
    response = client.post(address, {"buoc": str(step)})
    assert response.status_code == 302
    return response.headers["Location"]


def practice_step(school: School, number: int = 0) -> int:
    raw = school.lessons[number].screens.raw_data
    return 1 + next(place for place, screen in enumerate(raw) if screen["type"] == "practice")


def walk(client: Client, school: School, number: int = 0) -> str:
    steps = len(school.lessons[number].screens)
    for step in range(2, steps + 1):
        assert f"?buoc={step}" in go_on(client, school, step, number)
    return go_on(client, school, "xong", number)


def test_the_first_view_sets_no_cookie_and_is_cached(school: School, client: Client) -> None:
    first = client.get(school.address())
    assert first.status_code == 200
    assert not first.cookies
    assert first.headers["X-Page-Cache"] == "stored"
    assert client.get(school.address()).headers["X-Page-Cache"] == "hit"
    assert "Bước 1/" in first.content.decode()


def test_one_step_is_open_at_a_time(school: School, client: Client) -> None:
    page = client.get(school.address(), {"buoc": "3"}).content.decode()
    assert page.count('aria-current="step"') == 1
    assert "Bước 3/" in page
    heading = school.lessons[0].screens[2].value["heading"]
    assert heading in page
    assert school.lessons[0].screens[4].value["text"].source not in page


def test_walking_through_records_and_finishes(school: School, signed_in: Client, person: Person) -> None:
    walk(signed_in, school, 0)
    assert Reached.objects.filter(person=person, milestone=Milestone.TOOK_PART).count() == 1
    assert not Reached.objects.filter(person=person, milestone=Milestone.FINISHED).exists()
    last = walk(signed_in, school, 1)
    assert LessonProgress.objects.filter(person=person, completed_at__isnull=False).count() == 2
    assert Enrolment.objects.get(person=person).completed_at is not None
    assert Reached.objects.get(person=person, milestone=Milestone.FINISHED).skill.code == "qr"
    assert "Ông bà đã học hết khóa" in signed_in.get(last).content.decode()


def test_going_on_twice_or_back_changes_nothing(school: School, signed_in: Client, person: Person) -> None:
    go_on(signed_in, school, 5)
    go_on(signed_in, school, 5)
    go_on(signed_in, school, 2)
    progress = LessonProgress.objects.get(person=person)
    assert (progress.screen, progress.completed_at) == (5, None)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_the_lesson_opens_where_one_stopped(school: School, signed_in: Client) -> None:
    go_on(signed_in, school, 4)
    assert "Bước 4/" in signed_in.get(school.address()).content.decode()
    course = signed_in.get(school.course.url).content.decode()
    assert "Đang học – bước 4" in course


def test_a_visitor_without_account_is_remembered_only_after_going_on(school: School, client: Client) -> None:
    client.get(school.address())
    assert "sessionid" not in client.cookies
    go_on(client, school, 3)
    assert "Bước 3/" in client.get(school.address()).content.decode()
    assert LessonProgress.objects.count() == 0


def test_another_site_cannot_move_a_learner(school: School, signed_in: Client) -> None:
    address = reverse("courses:go_on", args=[school.lessons[0].pk])
    response = signed_in.post(address, {"buoc": "5"}, headers={"Origin": "https://xau.example"})
    assert response.status_code == 403
    assert LessonProgress.objects.count() == 0


def test_progress_without_account_is_claimed_at_sign_in(
    school: School, client: Client, person: Person
) -> None:
    walk(client, school, 0)
    go_on(client, school, 4, 1)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    progress = {one.lesson_id: one for one in LessonProgress.objects.filter(person=person)}
    assert progress[school.lessons[0].pk].completed_at is not None
    assert progress[school.lessons[1].pk].screen == 4
    assert Reached.objects.filter(person=person, milestone=Milestone.TOOK_PART).exists()
    assert "lessons" not in client.session


def test_what_a_person_knows_is_never_lost_by_claiming(
    school: School, client: Client, person: Person
) -> None:
    LessonProgress.objects.create(person=person, lesson=school.lessons[0], screen=9)
    go_on(client, school, 2)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert LessonProgress.objects.get(person=person).screen == 9


def choice_address(school: School) -> str:
    """The first item of the practice step that is a plain choice."""
    raw = school.lessons[0].screens.raw_data[practice_step(school) - 1]
    codes = [child["value"] for child in raw["value"]["items"]]
    known = list(Item.objects.filter(code__in=codes).values_list("code", "kind"))
    shown = [code for code in codes if code in dict(known)]
    number = 1 + next(place for place, code in enumerate(shown) if dict(known)[code] == "choice")
    return f"{school.address()}?buoc={practice_step(school)}&cau={number}"


def filled_in(page: str) -> dict[str, str]:
    """The form of the item with its first option chosen."""
    form = page[page.index('id="cau-hoi"') : page.index("</form>", page.index('id="cau-hoi"'))]
    name, value = re.findall(r'<input[^>]*type="radio"[^>]*name="([^"]+)"[^>]*value="([^"]+)"', form)[0]
    return {"answer_uuid": UUID.findall(form)[0], "ban": VERSION.findall(form)[0], name: value}


def test_practice_is_answered_inline_and_stored_once(
    school: School, signed_in: Client, person: Person
) -> None:
    address = choice_address(school)
    post = filled_in(signed_in.get(address).content.decode())
    answered = signed_in.post(address, post)
    assert answered.status_code == 200
    assert "Làm lại câu này" in answered.content.decode()
    signed_in.post(address, post)
    assert LessonAnswer.objects.filter(person=person).count() == 1


def test_an_answer_of_somebody_else_is_not_taken_over(school: School, signed_in: Client) -> None:
    address = choice_address(school)
    post = filled_in(signed_in.get(address).content.decode())
    signed_in.post(address, post)
    other = Client()
    other.force_login(build.learner("nguoi-khac"), backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(address, post).status_code == 409


def test_practice_of_a_visitor_is_graded_and_not_stored(school: School, client: Client) -> None:
    address = choice_address(school)
    post = filled_in(client.get(address).content.decode())
    assert "Làm lại câu này" in client.post(address, post).content.decode()
    without_choice = {key: post[key] for key in ("answer_uuid", "ban")}
    empty = client.post(address, without_choice)
    assert empty.status_code == 400
    assert 'role="alert"' in empty.content.decode()
    assert LessonAnswer.objects.count() == 0


def test_a_broken_answer_is_a_bad_request(school: School, client: Client) -> None:
    address = choice_address(school)
    post = filled_in(client.get(address).content.decode())
    for change in ({"answer_uuid": "x"}, {"ban": "99"}, {"ban": "\x00"}, {"answer_uuid": ""}):
        assert client.post(address, {**post, **change}).status_code == 400


def test_no_key_or_feedback_is_in_the_page_before_the_answer(school: School, client: Client) -> None:
    raw = school.lessons[0].screens.raw_data[practice_step(school) - 1]
    codes = [child["value"] for child in raw["value"]["items"]]
    for number, code in enumerate(codes, start=1):
        item = Item.objects.filter(code=code).select_related("current").first()
        if item is None:
            continue
        page = client.get(f"{school.address()}?buoc={practice_step(school)}&cau={number}").content.decode()
        assert item.current is not None
        content = item.current.content
        secrets = [content.get("why", "")] + [
            option.get("feedback", "") for option in content.get("options", [])
        ]
        assert not [secret for secret in secrets if secret and secret in page]
        assert "correct" not in page


def test_the_card_prints_on_a_page_of_its_own(school: School, client: Client) -> None:
    response = client.get(reverse("courses:card", args=[school.lessons[0].pk]))
    assert response.status_code == 200
    assert "take-away" in response.content.decode()
    assert not response.cookies


def test_a_step_that_does_not_exist_is_a_bad_request(school: School, client: Client) -> None:
    address = reverse("courses:go_on", args=[school.lessons[0].pk])
    for step in ["0", "-1", "99", "abc", "1e3", "²", "1\x00", "9" * 50, "xong1"]:
        assert client.get(school.address(), {"buoc": step}).status_code == 400
        assert client.post(address, {"buoc": step}).status_code == 400
    assert "sessionid" not in client.cookies


def test_unknown_lessons_are_not_found(school: School, client: Client) -> None:
    assert client.post("/hoc/buoc/999999/", {"buoc": "2"}).status_code == 404
    assert client.post(f"/hoc/buoc/{10**30}/", {"buoc": "2"}).status_code == 404
    assert client.get(f"/khoa-hoc/{school.course.slug}/khong-co/").status_code == 404
    school.lessons[0].unpublish()
    assert client.get(school.address()).status_code == 404
    assert (
        client.post(reverse("courses:go_on", args=[school.lessons[0].pk]), {"buoc": "2"}).status_code == 404
    )
