"""A reader says that a figure is wrong: it is taken once, with the engine's verdict, and the contact is forgotten."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.commenting.stamp import stamp
from articles.doubts import taking
from articles.models import FigureReport
from committees.models import Statistic
from tests import hostile
from tests.articles.commenting.sending import rules
from tests.pages import read
from tests.situations import a_ban, a_doubt, a_mention, a_statistic, an_article, draft

pytestmark = pytest.mark.django_db

THANKS = reverse("articles:figure_reported")
WORDS = "Theo báo cáo gốc thì số này là 72."


def page_of(figure: Statistic) -> str:
    return reverse("articles:figure_report", args=[figure.pk])


def send(client: Client, figure: Statistic, *, address: str = "203.0.113.7", **typed: Any) -> Any:
    made = stamp(figure, timezone.now() - timedelta(minutes=1))
    sent = {"words": WORDS, "email": "", "website": "", "made": made, **typed}
    return client.post(page_of(figure), sent, REMOTE_ADDR=address)


def in_an_article(**fields: Any) -> Statistic:
    """A figure in the sentence of a public article that says something else than its row."""
    figure = a_statistic(value=Decimal(71), whole=Decimal(75), percent=Decimal("94.67"), percent_places=2, **fields)
    article = an_article(body="<p>Câu trước. Có 71/75 tập thể (94,76%) hoàn thành tốt. Câu sau.</p>")
    a_mention(article, figure, "71/75 tập thể (94,76%)")
    return figure


def test_a_reader_reports_a_figure_from_its_page_and_is_thanked(client: Client):
    figure = in_an_article()
    assert page_of(figure) in read(client, figure.get_absolute_url()).links
    assert "71/75 (94,67%)" in read(client, page_of(figure)).text
    answer = send(client, figure)
    assert (answer.status_code, answer.headers["Location"]) == (303, THANKS)
    assert "Cảm ơn" in read(client, THANKS).text
    report = FigureReport.objects.get()
    assert (report.state, report.words, report.statistic) == ("open", WORDS, figure)
    assert report.sentence == "Có 71/75 tập thể (94,76%) hoàn thành tốt."
    assert "203.0.113.7" not in report.sender


def test_the_verdict_of_the_engine_comes_with_it(client: Client):
    """A moderator need not know the rules: 71/75 is 94,67 %, and the sentence says otherwise."""
    send(client, in_an_article())
    heaviest = FigureReport.objects.get().verdicts[0]
    assert heaviest["weight"] == "block"
    assert "94,67%" in heaviest["message"]
    # And the row itself, though its number is another one than the sentence says where it is marked.
    other = a_statistic(value=Decimal(99))
    a_mention(an_article(body="<p>Có 71 người mới.</p>"), other, "71 người")
    send(client, other, words="Vẫn là 99 chứ không phải 71.")
    assert {"R6"} == {said["rule"] for said in FigureReport.objects.last().verdicts}


def test_how_a_figure_comes_about_is_told_on_its_page(client: Client):
    exact = a_statistic(value=Decimal(16), whole=Decimal(79), period_inferred_from="câu trước")
    rough = a_statistic(value=Decimal(16), whole=Decimal(79), comparator="~")
    for figure, told in (
        (exact, ("Cách tính", "16/79", "20,25%", "suy ra từ: câu trước")),
        (rough, ("khoảng", "không phải số chính xác")),
    ):
        (working,) = read(client, figure.get_absolute_url()).text_of("working")
        for words in told:
            assert words in working, words


def test_what_is_sent_twice_is_one_report(client: Client):
    figure = in_an_article()
    assert [send(client, figure).status_code for _time in range(2)] == [303, 303]
    send(client, figure, address="198.51.100.4")
    assert FigureReport.objects.count() == 2


def test_only_what_readers_see_can_be_reported(client: Client):
    for hidden in (a_statistic(**draft()), a_statistic(state="withdrawn")):
        assert client.get(page_of(hidden)).status_code == 404
        assert send(client, hidden).status_code == 404
        # Withdrawn between the page and the report: it is told, and what was written is still there.
        with patch("articles.doubts.views.get_object_or_404", return_value=hidden):
            answer = send(client, hidden)
        assert answer.status_code == 403 and WORDS in answer.content.decode()
    assert not FigureReport.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"words": "   "}, 422),
        ({"words": "x" * 1001}, 422),
        ({"words": "Sai \ufffd rồi đó"}, 422),
        ({"website": "https://elsewhere.example"}, 422),
        ({"made": ""}, 422),
        ({"email": "ai@example.org"}, 422),  # without consent
        ({"email": "không phải", "consent": "on"}, 422),
        ({"strange": "1"}, 422),
    ],
)
def test_what_is_refused_is_refused_with_a_sentence_and_nothing_typed_is_lost(client: Client, typed, status):
    answer = send(client, in_an_article(), **typed)
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'role="alert"' in page
    assert typed.get("words", WORDS).strip() in page
    assert not FigureReport.objects.exists()


def test_nobody_reports_without_end_nor_while_banned(client: Client):
    figure = in_an_article()
    with patch.object(taking, "MOST", 1):
        send(client, figure)
        answer = send(client, figure, words="Số khác cũng sai nữa.")
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    sender = FigureReport.objects.get().sender
    a_ban(sender=sender, ends_at=timezone.now() + timedelta(days=1))
    assert send(client, figure, words="Vẫn muốn báo.").status_code == 403
    assert FigureReport.objects.count() == 1


def test_another_site_reports_nothing_in_its_visitors_name():
    figure, client = in_an_article(), Client(enforce_csrf_checks=True)
    elsewhere = client.post(page_of(figure), {"words": WORDS}, headers={"origin": "https://elsewhere.example"})
    assert elsewhere.status_code == 403
    answer = send(client, figure)
    assert answer.status_code == 303 and not answer.cookies


def test_a_contact_is_kept_with_consent_and_forgotten_with_the_address(client: Client):
    rules(sender_days=10)
    figure = in_an_article()
    assert send(client, figure, email="ai@example.org", consent="on").status_code == 303
    kept = FigureReport.objects.get()
    assert kept.email and kept.consented_at and kept.sender and kept.key
    FigureReport.objects.update(created_at=timezone.now() - timedelta(days=11))
    recent = a_doubt(email="b@example.org", consented_at=timezone.now(), sender="x")
    for _time in range(2):
        call_command("housekeeping")
        kept.refresh_from_db()
        recent.refresh_from_db()
        assert (kept.email, kept.sender, kept.key, kept.words) == ("", "", "", WORDS)
        assert (recent.email, recent.sender) == ("b@example.org", "x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ai@example.org"},
        {"words": ""},
        {"state": "lost"},
        {"state": "answered"},  # by nobody
    ],
)
def test_the_database_keeps_what_a_report_must_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_doubt(**wrong)


def test_hostile_lines_stand_in_the_form_and_in_the_queue_as_words(client: Client, admin_client: Client):
    """All at once: each page is parsed strictly, and no line has become an element of it."""
    typed = " ".join(" ".join(hostile.LINES[start::4]) for start in range(4))[:900]
    answer = send(client, in_an_article(), words=typed, website="x")
    assert "<img src=x" not in answer.content.decode()
    for start in range(0, len(hostile.LINES), 8):
        a_doubt(words=" ".join(hostile.LINES[start : start + 8])[:1000], sentence=hostile.LINES[start])
    page = admin_client.get(reverse("admin:articles_comment_queue"), {"muc": "figures"}).content.decode()
    for made in (
        "<script>alert",
        "<img src=x",
        "<svg onload",
        "<iframe",
        "<object",
        "<base",
        "<meta http-equiv=refresh",
    ):
        assert made not in page
    assert "&lt;script&gt;alert(1)" in page
