"""The mail that tells a writer of a return: sent once it is certain, and never in the way of it."""

import logging
from typing import Any

import pytest

from articles.models import Article
from newsroom.publishing import State
from tests.articles.test_admin import LIST, Desk, change, said
from tests.forms import filled
from tests.situations import an_article, published, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Desk:
    desk = Desk("editor")
    desk.person.last_name, desk.person.first_name = "Trần", "Biên <i>"
    desk.person.save()
    return desk


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """What waits for the end of the transaction comes at the end of the test's own."""
    return django_capture_on_commit_callbacks


def submitted(title: str = "Tin & ảnh", email: str = "ha@example.vn", **fields: Any) -> Article:
    writer = staff("writer", email=email, last_name="Nguyễn", first_name="Hà")
    return an_article(title, writer=writer, **{"state": State.SUBMITTED, "published_at": None, **fields})


def give_back(desk: Desk, article: Article, committed: Any, reason: str = "Thiếu nguồn <số liệu>") -> Any:
    with committed(execute=True):
        return desk.client.post(change(article), filled(desk.open(article), _move="return", reason=reason))


def test_a_writer_is_told_who_has_returned_what_and_why(editor: Desk, committed: Any, mailoutbox: list[Any]):
    article = submitted()
    give_back(editor, article, committed)
    (mail,) = mailoutbox
    assert (mail.to, mail.from_email) == (["ha@example.vn"], "toasoan@example.vn")
    assert mail.subject == "Bài trả lại: Tin & ảnh"
    for words in ("Kính gửi Nguyễn Hà,", "Trần Biên <i> đã trả lại bài “Tin & ảnh”", "Thiếu nguồn <số liệu>"):
        assert words in mail.body
    assert f"\nhttp://testserver{change(article)}\n" in mail.body


def test_a_return_that_was_refused_sends_no_mail(editor: Desk, committed: Any, mailoutbox: list[Any]):
    give_back(editor, submitted(), committed, reason=" ")
    assert mailoutbox == []


def test_no_mail_is_sent_before_the_return_is_certain(editor: Desk, mailoutbox: list[Any]):
    article = submitted()
    editor.move(article, "return", reason="Thiếu nguồn")  # the transaction of this test never ends
    assert Article.objects.get().state == State.RETURNED
    assert mailoutbox == []


def test_nobody_is_written_to_without_an_address_a_mail_server_or_need(
    editor: Desk, committed: Any, mailoutbox: list[Any], settings: Any
):
    give_back(editor, submitted(email=""), committed)
    own = submitted()
    Article.objects.filter(pk=own.pk).update(writer=editor.person)
    editor.person.email = "bien@example.vn"
    editor.person.save()
    give_back(editor, own, committed)
    settings.SENDS_MAIL = False
    give_back(editor, submitted(), committed)
    assert set(Article.objects.values_list("state", flat=True)) == {State.RETURNED}
    assert mailoutbox == []


def test_a_forged_host_returns_nothing_and_sends_no_link(editor: Desk, committed: Any, mailoutbox: list[Any]):
    article = submitted()
    sent = filled(editor.open(article), _move="return", reason="Thiếu nguồn")
    with committed(execute=True):
        assert editor.client.post(change(article), sent, headers={"Host": "evil.example"}).status_code == 400
    assert Article.objects.get().state == State.SUBMITTED
    assert mailoutbox == []


def test_a_mail_server_that_fails_takes_no_return_back(
    editor: Desk, committed: Any, settings: Any, caplog: pytest.LogCaptureFixture
):
    """It is logged, the editor is told once, and of many mails only the first is waited for."""
    settings.EMAIL_BACKEND = "tests.articles.desk.test_telling.Broken"
    Broken.tried = 0
    articles = [submitted("Một"), submitted("Hai")]
    chosen = {"action": "move_return", "_selected_action": [article.pk for article in articles]}
    page = filled(editor.client.post(LIST, chosen), confirmed="1", reason="Thiếu nguồn")
    with caplog.at_level(logging.ERROR, "articles.desk.telling"), committed(execute=True):
        answer = editor.client.post(LIST, page)
    assert answer.status_code == 302
    assert set(Article.objects.values_list("state", flat=True)) == {State.RETURNED}
    assert (Broken.tried, len(caplog.records)) == (1, 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_editor_is_told_that_the_writer_was_not(editor: Desk, settings: Any):
    settings.EMAIL_BACKEND = "tests.articles.desk.test_telling.Broken"
    answer = editor.move(submitted(), "return", reason="Thiếu nguồn")
    assert "Chưa gửi được thư" in said(answer)
    assert Article.objects.get().state == State.RETURNED


class Broken:
    """A mail server that is down."""

    tried = 0

    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, _mails: Any) -> int:
        Broken.tried += 1
        raise ConnectionRefusedError("mail server is down")


def test_changes_of_a_public_article_are_told_as_what_they_are(editor: Desk, committed: Any, mailoutbox: list[Any]):
    article = submitted(**published())
    editor.save(article, lead="Sapo mới")
    editor.move(article, "submit")
    give_back(editor, article, committed)
    (mail,) = mailoutbox
    assert "trả lại phần sửa của bạn ở bài “Tin & ảnh”" in mail.body
