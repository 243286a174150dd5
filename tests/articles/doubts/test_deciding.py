"""A moderator decides over what readers hold wrong; what is handed on waits for the editors."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.first_page import panels
from articles.doubts.deciding import decide, undo
from articles.models import FigureReport
from newsroom.models import User
from tests.situations import a_doubt, a_mention, a_statistic, a_user, an_article, staff

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:articles_comment_queue")
SENT = reverse("admin:articles_figurereport_decide")
State = FigureReport.State


@pytest.fixture
def moderator() -> User:
    return staff("moderator")


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def send(desk: Client, report: FigureReport, to: str, *, number: int = 0, address: str = QUEUE, **typed: Any) -> Any:
    sent = {"act": uuid4(), "report": f"{report.pk}:{number}", "to": to, **typed}
    return desk.post(f"{address}?muc=figures" if address == QUEUE else address, sent, follow=address == QUEUE)


def test_the_queue_shows_what_stood_what_the_engine_says_and_the_ways_to_the_desk(desk: Client):
    article, figure = an_article(), a_statistic()
    a_mention(article, figure, "5")
    verdict = {"rule": "R6", "weight": "block", "message": "Câu văn khác dòng số liệu."}
    a_doubt(figure, "Phải là 72", article=article, sentence="Có 71 tập thể.", verdicts=[verdict])
    page = desk.get(QUEUE, {"muc": "figures"}).content.decode()
    for words in ("Phải là 72", "Có 71 tập thể.", "Câu văn khác dòng số liệu.", figure.get_absolute_url()):
        assert words in page
    assert reverse("admin:articles_article_change", args=[article.pk]) in page
    mend = reverse("admin:committees_statistic_change", args=[figure.pk])
    assert mend not in page  # a moderator mends no figure
    editor = Client()
    editor.force_login(staff("editor"))
    assert mend in editor.get(QUEUE, {"muc": "figures"}).content.decode()


@pytest.mark.parametrize("to", ["handed", "answered", "dismissed"])
def test_a_plain_form_decides_and_says_so(desk: Client, moderator: User, to: str):
    report = a_doubt()
    answer = send(desk, report, to, words="Đã đối chiếu")
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.answer, report.number) == (to, moderator, "Đã đối chiếu", 1)
    assert report.decided_at is not None
    assert str(State(to).label) in answer.content.decode()
    tab = {"handed": "figures-handed"}.get(to, "figures-done")
    assert [one.pk for one in desk.get(QUEUE, {"muc": tab}).context["items"]] == [report.pk]


def test_what_is_handed_on_waits_on_the_first_page_of_editors_and_of_nobody_else(moderator: User):
    handed, waiting = a_doubt(words="Đã chuyển"), a_doubt(words="Mới")
    decide({handed.pk: 0}, State.HANDED, moderator)

    def notes(role: str) -> list[str]:
        return [entry.note for panel in panels(staff(role)) if panel.name == "figures" for entry in panel.entries]

    assert notes("editor") == ["Đã chuyển biên tập · Đã chuyển", "Mới"]
    assert notes("moderator") == ["Mới"]
    assert notes("writer") == []
    assert waiting.state == State.OPEN


def test_of_two_who_decide_one_is_told_who_was_faster(moderator: User):
    report, other = a_doubt(), a_user("nhanh-hon")
    decide({report.pk: 0}, State.HANDED, other)
    outcome = decide({report.pk: 0}, State.DISMISSED, moderator)
    assert not outcome.done
    assert "nhanh-hon" in outcome.refused[report.pk]
    report.refresh_from_db()
    assert report.state == State.HANDED


def test_a_decision_that_is_sent_twice_is_one_and_can_be_taken_back(moderator: User):
    report, act = a_doubt(), uuid4()
    for _time in range(2):
        assert len(decide({report.pk: 0}, State.DISMISSED, moderator, act=act).done) == 1
    report.refresh_from_db()
    assert report.number == 1
    assert not undo(act, a_user()).done
    assert len(undo(act, moderator).done) == 1
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.number) == (State.OPEN, None, 2)
    assert not undo(act, moderator).done


def test_the_script_is_told_what_became_of_each_and_how_many_wait(desk: Client):
    report = a_doubt()
    said = send(desk, report, "handed", address=SENT).json()
    assert said["items"] == {str(report.pk): {"number": 1, "state": "handed", "refused": ""}}
    assert said["counts"] == {"figures": "0", "figures-handed": "1", "figures-done": "0"}
    assert send(desk, report, "nowhere", address=SENT).status_code == 422
    act = FigureReport.objects.get().act
    back = desk.post(SENT, {"undo": act, "shown": ""}).json()
    assert f'id="report-{report.pk}"' in back["html"]


def test_a_queue_of_many_costs_what_one_costs(desk: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(QUEUE, {"muc": "figures"}).status_code == 200
        return len(queries)

    a_doubt(article=an_article())
    cost()
    few = cost()
    for _number in range(5):
        a_doubt(article=an_article())
    assert cost() == few
