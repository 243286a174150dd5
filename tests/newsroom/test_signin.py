"""Signing in: people get in, who guesses has to wait, and a session ends when it should."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from newsroom.models import PasswordRequest, User
from newsroom.signin import client_address
from tests.situations import a_user, staff

pytestmark = pytest.mark.django_db

LOGIN = reverse("admin:login")
DESK = reverse("admin:index")
RIGHT = "mật khẩu của bài thử"
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def lan() -> User:
    return a_user("lan", is_staff=True)


def sign_in(
    name: str = "lan", password: str = RIGHT, address: str = "203.0.113.9", client: Client | None = None
) -> Any:
    return (client or Client()).post(
        LOGIN,
        {"username": name, "password": password, "next": DESK},
        headers={"accept": "text/html"},
        REMOTE_ADDR=address,
    )


def fail(times: int, name: str = "lan", **where: Any) -> Any:
    for _ in range(times):
        answer = sign_in(name, "đoán mò", **where)
    return answer


def later(**how_much: Any) -> None:
    """Let time pass: for what is counted it is the same as if all of it had been earlier."""
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(**how_much))


def without_the_hour(refusal: Any) -> str:
    """The page of a refusal but for when it ends: between two of them a minute may begin."""
    until = timezone.localtime(refusal.context["until"])
    return refusal.content.decode().replace(f"{until:%H:%M} ngày {until.day}/{until.month}/{until.year}", "")


# --- Guessing ----------------------------------------------------------------------------------


def test_who_errs_four_times_still_gets_in_and_begins_anew(lan: User):
    """People mistype, and a good sign-in forgives it."""
    assert fail(4).status_code == 200
    assert sign_in().status_code == 302
    assert not AccessAttempt.objects.exists()


def test_who_errs_five_times_has_to_wait_even_with_the_right_password(lan: User):
    assert fail(5).status_code == 429
    assert sign_in().status_code == 429
    assert sign_in(client=(other := Client())).status_code == 429
    assert other.get(DESK).status_code == 302


def test_the_refusal_says_in_vietnamese_when_to_try_again(lan: User):
    before = timezone.now()
    answer = fail(5)
    page = answer.content.decode()
    until = timezone.localtime(answer.context["until"])
    assert timedelta(minutes=15) <= until - before < timedelta(minutes=16)
    assert f"Hãy thử lại sau 15 phút, từ {until:%H:%M} ngày {until.day}/{until.month}/{until.year}" in page
    assert 14 * 60 < int(answer["Retry-After"]) <= 15 * 60
    assert "css/admin.css" in page and LOGIN in page


def test_trying_again_while_refused_does_not_prolong_it(lan: User):
    """Otherwise the sentence that says when would not be true."""
    until = fail(5).context["until"]
    assert fail(3).context["until"] == until


def test_after_the_pause_the_right_password_is_right_again(lan: User):
    fail(5)
    later(minutes=14)
    assert sign_in().status_code == 429
    later(minutes=2)
    assert sign_in().status_code == 302


def test_a_stranger_shuts_nobody_out_of_their_own_desk(lan: User):
    fail(5, address=ELSEWHERE)
    assert sign_in(address="203.0.113.9").status_code == 302


def test_one_who_forgot_does_not_shut_out_the_office(lan: User):
    """All of an office come from one address."""
    a_user("minh", is_staff=True)
    fail(5, "minh")
    assert sign_in().status_code == 302


def test_one_password_is_not_tried_on_everybody(lan: User):
    """Each account is asked once, and the address is noticed, though one account there is known."""
    for number in range(50):
        if number == 40:
            assert sign_in().status_code == 302
        answer = fail(1, f"ai{number}")
    assert answer.status_code == 429
    assert sign_in().status_code == 429
    assert sign_in(address=ELSEWHERE).status_code == 302


def test_one_account_is_not_guessed_from_everywhere(lan: User):
    for number in range(50):
        answer = fail(1, address=f"198.51.100.{number}")
    assert answer.status_code == 429
    assert sign_in(address="203.0.113.9").status_code == 429


def test_an_account_that_is_not_there_is_treated_as_one_that_is(lan: User):
    """The answer must not tell strangers who works here."""
    known, unknown = fail(5, "lan"), fail(5, "khong-co")
    assert known.status_code == unknown.status_code == 429
    assert without_the_hour(known) == without_the_hour(unknown)


def test_no_address_outlives_what_it_is_kept_for():
    """Otherwise the last who failed before a quiet month would stand there for all of it."""
    fail(1, "minh", address=ELSEWHERE)
    later(minutes=16)
    AccessAttempt.objects.create(username="hoa", ip_address=ELSEWHERE, failures_since_start=1)
    for minutes in (59, 61):
        asked_at = timezone.now() - timedelta(minutes=minutes)
        PasswordRequest.objects.create(email_key=str(minutes), place=ELSEWHERE, asked_at=asked_at)
    call_command("housekeeping")
    assert AccessAttempt.objects.get().username == "hoa"
    assert PasswordRequest.objects.get().email_key == "59"


def test_no_password_is_kept_and_what_is_kept_goes(lan: User):
    fail(3)
    kept = AccessAttempt.objects.get()
    assert "đoán mò" not in " ".join(str(getattr(kept, field.attname)) for field in kept._meta.concrete_fields)
    assert "password=****" in kept.post_data
    later(minutes=16)
    sign_in("minh", "đoán mò")
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["minh"]


# --- Where somebody is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "203.0.113.9"),  # nobody is believed
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "192.0.2.1, 198.51.100.7", "198.51.100.7"),  # what the browser itself claims is not believed
        (2, "192.0.2.1, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "203.0.113.9"),  # it did not come through both
        (1, "", "203.0.113.9"),
        (1, "rác\x00", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_address_is_the_one_our_own_proxies_wrote(proxies: int, forwarded: str, address: str, settings: Any):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="203.0.113.9")
    assert client_address(request) == address


def test_a_server_on_a_socket_knows_no_address_and_still_counts(lan: User):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
    assert fail(5, address="").status_code == 429


# --- Who lifts it ------------------------------------------------------------------------------


@pytest.fixture
def at_desk() -> Callable[[str], Client]:
    def sit(role: str) -> Client:
        client = Client()
        client.force_login(staff(role))
        return client

    return sit


LOCKS = reverse("admin:axes_accessattempt_changelist")


def test_an_administrator_sees_who_has_to_wait_and_lets_them_in(lan: User, at_desk: Callable[[str], Client]):
    fail(5)
    fail(1, "minh")
    client = at_desk("administrator")
    page = client.get(LOCKS)
    listed = page.context["cl"]
    waiting = {row.username: listed.model_admin.waits_until(row) is not None for row in listed.result_list}
    assert waiting == {"lan": True, "minh": False}
    chosen = AccessAttempt.objects.get(username="lan").pk
    answer = client.post(LOCKS, {"action": "lift", "_selected_action": [chosen]}, follow=True)
    assert "lan" in " ".join(str(message) for message in answer.context["messages"])
    assert sign_in().status_code == 302
    assert LogEntry.objects.filter(object_id=str(chosen)).exists()


@pytest.mark.parametrize("role", ["writer", "editor", "moderator"])
def test_nobody_else_sees_or_lifts_a_lock(role: str, lan: User, at_desk: Callable[[str], Client]):
    fail(5)
    client = at_desk(role)
    assert client.get(LOCKS).status_code == 403
    client.post(LOCKS, {"action": "lift", "_selected_action": [AccessAttempt.objects.get().pk]})
    assert AccessAttempt.objects.exists()


def test_a_lock_is_neither_written_nor_changed_by_hand(lan: User, at_desk: Callable[[str], Client]):
    fail(1)
    client, pk = at_desk("administrator"), AccessAttempt.objects.get().pk
    for page, args in (("add", []), ("change", [pk]), ("delete", [pk])):
        answer = client.post(reverse(f"admin:axes_accessattempt_{page}", args=args), {"failures_since_start": 0})
        assert answer.status_code == 403, page
    assert "đoán" not in client.get(reverse("admin:axes_accessattempt_change", args=[pk])).content.decode()


# --- Sessions ----------------------------------------------------------------------------------


def test_a_session_gets_a_new_key_at_sign_in(lan: User, client: Client):
    """A key that someone put into the browser beforehand must open nothing."""
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    assert sign_in(client=client).status_code == 302
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert stranger.get(DESK).status_code == 302


def test_all_other_sessions_end_when_the_password_changes(lan: User):
    here, elsewhere = Client(), Client()
    assert sign_in(client=here).status_code == sign_in(client=elsewhere).status_code == 302
    new = "một mật khẩu khác hẳn"
    changed = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
    assert here.post(reverse("admin:password_change"), changed).status_code == 302
    assert here.get(DESK).status_code == 200
    assert elsewhere.get(DESK).status_code == 302
    assert sign_in().status_code == 200
    assert sign_in(password=new).status_code == 302


def test_a_session_ends_with_the_browser_and_with_the_day(lan: User, client: Client):
    """Machines of an office are shared."""
    cookie = sign_in(client=client).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert timedelta(0) < client.session.get_expiry_date() - timezone.now() <= timedelta(hours=12)
