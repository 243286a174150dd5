"""A forgotten password: replaced through a mail, and no way to learn who works here or to fill a mailbox."""

import re
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.afterwards import afterwards
from newsroom.forgotten import note_request
from newsroom.models import PasswordRequest, SiteIdentity, User
from tests.newsroom.test_signin import DESK, LOGIN, fail, sign_in
from tests.situations import a_user

pytestmark = pytest.mark.django_db

FORGOTTEN = reverse("password_reset")
NEW = "một mật khẩu khác hẳn"


@pytest.fixture
def hoa() -> User:
    return a_user("hoa", is_staff=True, email="hoa@example.vn", last_name="Lê & Trần", first_name="Hoa")


def ask(client: Client, address: str) -> Any:
    return client.post(FORGOTTEN, {"email": address}, follow=True)


def link_in(mail: Any) -> str:
    (link,) = re.findall(r"^http://testserver(/\S+)$", mail.body, re.MULTILINE)
    return link


def test_a_forgotten_password_is_replaced_through_a_mail(hoa: User, client: Client, mailoutbox: list[Any]):
    SiteIdentity(name="Trang “Thử” & Nghiệm").save()
    assert f'href="{FORGOTTEN}"' in client.get(LOGIN).content.decode()
    ask(client, "HOA@example.vn")
    (mail,) = mailoutbox
    assert (mail.to, mail.from_email, mail.alternatives) == (["hoa@example.vn"], "toasoan@example.vn", [])
    assert mail.subject == "Mật khẩu mới cho bàn biên tập của Trang “Thử” & Nghiệm"
    assert "Kính gửi Lê & Trần Hoa," in mail.body
    assert "trong vòng 3 giờ" in mail.body
    form = client.get(link_in(mail), follow=True)
    answer = client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("password_reset_complete")
    assert (sign_in("hoa").status_code, sign_in("hoa", NEW).status_code) == (200, 302)


def test_nobody_learns_from_the_answer_who_has_an_account(hoa: User, mailoutbox: list[Any]):
    known, unknown = ask(Client(), "hoa@example.vn"), ask(Client(), "khong-co@example.vn")
    assert len(mailoutbox) == 1
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)
    assert known.content == unknown.content


def test_a_link_works_once_and_not_for_long(hoa: User, client: Client, mailoutbox: list[Any], settings: Any):
    ask(client, hoa.email)
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    refused = client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": "khác"})
    assert refused.status_code == 200 and refused.context["form"].errors
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    again = Client().get(link, follow=True)
    assert not again.context["validlink"]
    assert FORGOTTEN in again.content.decode()
    ask(client, hoa.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not Client().get(link_in(mailoutbox[1]), follow=True).context["validlink"]


def test_a_new_password_ends_all_sessions_and_the_waiting(hoa: User, client: Client, mailoutbox: list[Any]):
    """Whoever forgot has usually tried too often before."""
    elsewhere = Client()
    sign_in("hoa", client=elsewhere)
    fail(5, "hoa")
    ask(client, hoa.email)
    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert elsewhere.get(DESK).status_code == 302
    assert sign_in("hoa", NEW).status_code == 302


def test_where_no_mail_is_sent_the_pages_say_whom_to_ask(
    hoa: User, client: Client, mailoutbox: list[Any], settings: Any
):
    settings.SENDS_MAIL = False
    page = client.get(LOGIN).content.decode()
    assert FORGOTTEN not in page
    assert "Hãy hỏi quản trị viên" in page
    for answer in (client.get(FORGOTTEN), ask(client, hoa.email)):
        assert "quản trị viên" in answer.content.decode()
        assert 'name="email"' not in answer.content.decode()
    assert mailoutbox == []


def test_a_new_password_is_no_way_past_the_second_factor(hoa: User, client: Client, mailoutbox: list[Any]):
    """Whoever reads somebody's mail is not signed in by it, and gets no more guesses at the code."""
    TOTPDevice.objects.create(user=hoa, name="totp")
    fail(4, "hoa")
    ask(client, hoa.email)
    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert client.get(DESK).status_code == 302
    assert AccessAttempt.objects.get().failures_since_start == 4
    assert sign_in("hoa", NEW).headers["Location"] == reverse("admin:second_step")


# --- How often ---------------------------------------------------------------------------------


def an_hour_later() -> None:
    for request in PasswordRequest.objects.all():
        PasswordRequest.objects.filter(pk=request.pk).update(asked_at=request.asked_at - timedelta(minutes=61))


def test_three_mails_an_hour_go_to_one_address(hoa: User, mailoutbox: list[Any]):
    """Otherwise a stranger fills somebody's mailbox."""
    for typed in (hoa.email, "HOA@example.vn", " Hoa@Example.vn"):
        assert ask(Client(), typed).status_code == 200
    before = timezone.now()
    answer = ask(Client(), hoa.email)
    assert answer.status_code == 429
    assert len(mailoutbox) == 3
    until = timezone.localtime(answer.context["until"])
    assert timedelta(minutes=59) < until - before <= timedelta(hours=1)
    assert f"Hãy thử lại sau 60 phút, từ {until:%H:%M} ngày" in answer.content.decode()
    assert 59 * 60 < int(answer["Retry-After"]) <= 60 * 60
    assert answer["Cache-Control"] == "no-store"


def test_an_address_of_no_account_is_refused_as_one_of_an_account(hoa: User):
    """The refusal must not tell either who works here."""
    answers = []
    for typed in (hoa.email, "khong-co@example.vn"):
        for _ in range(4):
            answer = ask(Client(), typed)
        answers.append((answer.status_code, answer.content.decode().replace(typed, "")))
    (known, words), (unknown, other_words) = answers
    assert known == unknown == 429
    assert re.sub(r"\d+", "", words) == re.sub(r"\d+", "", other_words)


def test_asking_again_while_refused_does_not_prolong_it_and_an_hour_ends_it(hoa: User, mailoutbox: list[Any]):
    for _ in range(3):
        ask(Client(), hoa.email)
    until = ask(Client(), hoa.email).context["until"]
    assert ask(Client(), hoa.email).context["until"] == until
    an_hour_later()
    assert ask(Client(), hoa.email).status_code == 200
    assert len(mailoutbox) == 4
    assert PasswordRequest.objects.count() == 1


def test_one_place_does_not_ask_for_everybody(hoa: User, mailoutbox: list[Any], settings: Any):
    """The place is the address that our own proxy wrote."""
    settings.TRUSTED_PROXIES = 1
    for number in range(30):
        assert note_request(f"ai{number}@example.vn", "198.51.100.7") is None
    refused = Client(headers={"x-forwarded-for": "192.0.2.1, 198.51.100.7"})
    assert ask(refused, hoa.email).status_code == 429
    assert ask(Client(headers={"x-forwarded-for": "198.51.100.8"}), hoa.email).status_code == 200


def test_no_address_of_anybody_is_kept(hoa: User):
    ask(Client(), hoa.email)
    assert "hoa" not in PasswordRequest.objects.get().email_key


# --- After the answer --------------------------------------------------------------------------


def test_the_mail_goes_when_the_answer_has_gone(
    hoa: User,
    client: Client,
    mailoutbox: list[Any],
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    """How long an answer takes must not tell whether a mail was written."""
    settings.WORKS_AFTERWARDS = True
    handed: list[Any] = []
    monkeypatch.setattr("newsroom.afterwards._threads", SimpleNamespace(submit=lambda *work: handed.append(work)))
    with django_capture_on_commit_callbacks(execute=True):
        for typed in (hoa.email, "khong-co@example.vn"):
            assert ask(client, typed).status_code == 200
    assert mailoutbox == []
    assert len(handed) == 2
    for _run, work in handed:
        work()
    assert [mail.to for mail in mailoutbox] == [[hoa.email]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_thread_does_it_with_a_connection_of_its_own_and_once_all_is_stored(settings: Any):
    settings.WORKS_AFTERWARDS = True
    done, seen = threading.Event(), []

    def work() -> None:
        seen.append((threading.current_thread().name, User.objects.filter(username="hoa").exists()))
        done.set()

    with transaction.atomic():
        afterwards(work)
        a_user("hoa")
        assert not done.wait(0.05)
    assert done.wait(10)
    ((thread, was_there),) = seen
    assert thread.startswith("afterwards") and was_there


def test_what_fails_afterwards_is_logged_and_the_answer_stands(
    hoa: User, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("no mail server")

    for where in ("django.core.mail.EmailMultiAlternatives.send", "newsroom.forgotten.PasswordResetForm.save"):
        monkeypatch.setattr(where, fail)
        assert ask(client, hoa.email).status_code == 200
    assert [record.levelname for record in caplog.records if record.exc_info] == ["ERROR", "ERROR"]
