"""The gate: every number of an article is held against its rows, and a wrong one is not published unnoticed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from articles.anchoring import find_again
from articles.checking import Weight, check
from articles.models import Article, Override, WorkingCopy
from articles.workflow import NotPossible, perform
from committees.models import Statistic
from newsroom.publishing import State
from tests.articles.test_admin import LIST, Desk
from tests.situations import (
    a_conference,
    a_mention,
    a_photo,
    a_statistic,
    an_article,
    an_award,
    draft,
    published,
    staff,
)

pytestmark = pytest.mark.django_db

RIGHT = "Năm 2021, có 71/75 tập thể hoàn thành tốt nhiệm vụ (94,67%)."
LEAD = (
    "Sáng 14/02, Đảng bộ cơ sở tổ chức hội nghị tổng kết công tác năm, đánh giá kết quả và bàn việc của năm tới, "
    "biểu dương những nơi làm tốt."
)
SHARE = {"value": Decimal(71), "whole": Decimal(75), "percent": Decimal("94.67"), "percent_places": 2}


def a_report(body: str = RIGHT, **standing: Any) -> Article:
    """A report with one figure, which its row says as well."""
    article = an_article("Đảng bộ tổng kết công tác", lead=LEAD, body=f"<p>{body}</p>", **(standing or draft()))
    a_mention(article, a_statistic(label="Tập thể hoàn thành tốt", unit_printed="tập thể", **SHARE), "71/75 tập thể")
    find_again(article)
    return article


def rewritten(article: Article, old: str, new: str) -> Article:
    """The same text with another number, through a door that asks nobody."""
    article.body = article.body.replace(old, new)
    article.save()
    return article


def blocks(article: Article) -> list[str]:
    return [found.code for found in check(Article.objects.get(pk=article.pk)).blocks]


# --- What is found -----------------------------------------------------------------------------


def test_a_report_that_agrees_with_its_rows_is_neither_blocked_nor_doubted():
    checked = check(a_report())
    assert (checked.blocks, checked.warnings) == ([], [])
    assert "Đã kiểm 2/2 số." in [found.sentence for found in checked.of(Weight.FINE)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("94,67%", "94,76%", "figure-r1"),
        ("71/75", "17/75", "figure-r6"),
        ("71/75", "81/75", "figure-r2"),
    ],
)
def test_a_wrong_number_blocks_and_leads_to_itself(old: str, new: str, code: str):
    article = rewritten(a_report(), old, new)
    found = {finding.code: finding for finding in check(article).blocks}
    assert found[code].place
    assert found[code].leads_to == "id_body"
    assert new in found[code].place.words  # type: ignore[union-attr]


def test_title_lead_and_captions_are_held_against_the_rows_as_well(media: Any):
    article = a_report(f"{RIGHT} Kết nạp 147 đảng viên mới.")
    row = a_statistic(value=Decimal(147), unit_printed="đảng viên mới")
    photo = a_photo(article, caption="Kết nạp 174 đảng viên mới")
    for part, words in (("title", "147 đảng viên mới"), ("lead", "147 đảng viên mới"), ("caption", "174 đảng viên")):
        a_mention(article, row, words, part)
    article.title, article.lead = "Kết nạp 147 đảng viên mới", f"{LEAD} Kết nạp 147 đảng viên mới."
    article.save()
    find_again(article)
    (caption,) = check(article).blocks
    assert (caption.code, caption.leads_to) == ("figure-r6", "id_photos-0-caption")
    photo.delete()
    article.title = "Kết nạp 174 đảng viên mới"
    article.save()
    assert {found.leads_to for found in check(Article.objects.get()).blocks} == {"id_title"}


def test_the_rows_of_its_conference_are_asked_though_nobody_marked_them():
    conference = a_conference(**draft())
    article = an_article(lead=LEAD, body=f"<p>{RIGHT}</p>", conference=conference, **draft())
    row = a_statistic(conference=conference, label="Hoàn thành tốt nhiệm vụ", unit_printed="tập thể", **SHARE)
    numbers = check(article).numbers
    assert numbers
    assert numbers.examination.against_rows == (2, 2)
    Statistic.objects.filter(pk=row.pk).update(value=70)
    assert blocks(article) == ["figure-r6"]


def test_an_award_is_a_row_of_its_count():
    article = a_report("Dịp này, tặng 15 giấy khen.")
    a_mention(article, an_award(count=16), "15 giấy khen")
    assert blocks(article) == ["figure-r6"]


# --- Overriding --------------------------------------------------------------------------------


def test_a_reason_holds_for_that_very_number_and_for_no_later_one():
    """Neither when the words change, nor when the row does, nor for the same words in another sentence."""
    article = rewritten(a_report(), "94,67%", "94,76%")
    Statistic.objects.update(percent=None, percent_places=None, whole=None)
    (block,) = check(article).blocks
    perform(article, "publish", staff("editor"), overriding={block.name: "Báo cáo gốc in như vậy"})
    assert Override.objects.get().sentence == block.sentence
    assert blocks(article) == []
    rewritten(article, "Năm 2021", "Trong năm 2021, toàn Đảng bộ tiến hành đánh giá, xếp loại chất lượng. Năm 2021")
    assert blocks(article) == []  # what stands elsewhere has nothing to do with it
    rewritten(article, "94,76%", "94,77%")
    assert blocks(article) == ["figure-r1"]
    rewritten(article, "94,77%", "94,76%")
    article.body += "<p>Cuối năm, lại có 71/75 tập thể hoàn thành tốt nhiệm vụ (94,76%) như đã nói.</p>"
    article.save()
    assert blocks(article) == ["figure-r1"]


def test_a_reason_against_a_row_ends_when_the_row_changes():
    article, editor = (
        rewritten(a_report(), "71/75 tập thể hoàn thành tốt nhiệm vụ (94,67%)", "72 tập thể"),
        staff("editor"),
    )
    (block,) = check(article).blocks
    perform(article, "publish", editor, overriding={block.name: "Số mới của Ban Tổ chức"})
    assert blocks(article) == []
    Statistic.objects.update(value=70, percent=None, percent_places=None)
    assert blocks(article) == ["figure-r6"]


# --- No door past it ---------------------------------------------------------------------------


def publish_from_the_form(desk: Desk, article: Article) -> None:
    desk.move(article, "publish")


def schedule_from_the_form(desk: Desk, article: Article) -> None:
    desk.move(article, "publish", at=f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}")


def publish_from_the_list(desk: Desk, article: Article) -> None:
    chosen = {"action": "move_publish", ACTION_CHECKBOX_NAME: [article.pk]}
    page = desk.client.post(LIST, chosen).content.decode()
    assert all(block.sentence in page for block in check(article).blocks)
    desk.client.post(LIST, {**chosen, "confirmed": "1", f"seen-{article.pk}": article.version}, follow=True)


@pytest.mark.parametrize("door", [publish_from_the_form, schedule_from_the_form, publish_from_the_list])
def test_no_door_lets_a_wrong_number_through(door: Any):
    article = rewritten(a_report(state=State.SUBMITTED, published_at=None), "71/75", "17/75")
    door(Desk("editor"), article)
    assert Article.objects.get().state == State.SUBMITTED
    rewritten(article, "17/75", "71/75")
    door(Desk("editor"), article)
    assert Article.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("hours_ago", [1, -48])
def test_nor_does_the_next_text_of_a_public_or_scheduled_article_get_through(hours_ago: float):
    article, desk = a_report(**published(hours_ago)), Desk("editor")
    desk.save(article, body=f"<p>{RIGHT.replace('71/75', '17/75')}</p>")
    assert blocks(article) == []  # readers' text is right
    with pytest.raises(NotPossible, match="17/75"):
        perform(Article.objects.get(), "publish", desk.person)
    publish_from_the_form(desk, article)
    assert WorkingCopy.objects.exists()
    assert "71/75" in Article.objects.get().body


# --- Beside the editor, and while it is typed --------------------------------------------------

ASKED = reverse("admin:articles_article_numbers")


def groups(answer: Any) -> dict[str, list[str]]:
    shown = answer.context["listing"]
    return {group.name: [entry.place.words for entry in group.entries] for group in shown.groups}


def test_the_form_shows_how_every_number_stands():
    desk = Desk("editor")
    article = rewritten(a_report(f"{RIGHT} Mở 12 lớp bồi dưỡng."), "71/75", "17/75")
    answer = desk.open(article)
    assert groups(answer) == {
        "contradicts": ["17/75 tập thể hoàn thành tốt nhiệm vụ (94,67%)"],
        "no_row": ["12 lớp bồi dưỡng"],
        "set_aside": ["14/02", "2021"],
    }
    page = answer.content.decode()
    assert "Đã kiểm 2/3 số. Mâu thuẫn: 1." in page
    assert reverse("admin:committees_statistic_change", args=[Statistic.objects.get().pk]) in page
    assert f"{reverse('admin:committees_statistic_add')}?value=12&amp;comparator=%3D" in page


def test_what_is_typed_is_answered_and_nothing_of_it_is_kept():
    desk, article = Desk("writer"), a_report()
    before = Article.objects.values().get()
    mention = article.mentions.get()
    row = {"id": mention.pk, "words": mention.words, "part": "body", "statistic": mention.statistic_id}
    typed = {
        "article": article.pk,
        "title": "<script>alert(1)</script> 5 lớp",
        "body": f"<p>{RIGHT.replace('71/75', '72/75')}</p>",
        **{f"mentions-0-{name}": value for name, value in row.items()},
    }
    answer = desk.client.post(ASKED, typed)
    assert groups(answer)["contradicts"] == ["72/75 tập thể hoàn thành tốt nhiệm vụ (94,67%)"]
    assert answer.json()["said"].startswith("Đã kiểm 3/3 số. Mâu thuẫn: 1.")
    assert "<script>" not in answer.json()["html"]
    assert Article.objects.values().get() == before
    assert not WorkingCopy.objects.exists()


def test_a_row_that_has_just_been_made_is_known_before_it_is_saved_with_the_article():
    desk = Desk("writer")
    row = a_statistic(value=Decimal(12), label="Lớp bồi dưỡng", **draft())
    typed = {"title": "Mở 12 lớp bồi dưỡng"}
    assert "no_row" in groups(desk.client.post(ASKED, typed))
    typed |= {"mentions-3-words": "12 lớp", "mentions-3-part": "title", "mentions-3-statistic": row.pk}
    assert "agrees" in groups(desk.client.post(ASKED, typed))
    conference = a_conference(**draft())
    Statistic.objects.update(conference=conference, unit_printed="lớp bồi dưỡng")
    assert "agrees" in groups(desk.client.post(ASKED, {"title": typed["title"], "conference": conference.pk}))


def test_the_working_copy_is_what_is_typed_on():
    article, desk = a_report(**published()), Desk("editor")
    desk.save(article, body=f"<p>{RIGHT.replace('71/75', '72/75')}</p>")
    mention = article.mentions.get()
    row = {"id": mention.pk, "words": mention.words, "part": "body", "statistic": mention.statistic_id}
    typed = {"article": article.pk, **{f"mentions-0-{name}": value for name, value in row.items()}}
    answer = desk.client.post(ASKED, {**typed, "body": f"<p>{RIGHT.replace('71/75', '73/75')}</p>"})
    assert "contradicts" in groups(answer)


def test_too_long_a_text_is_refused_with_a_sentence():
    answer = Desk("writer").client.post(ASKED, {"body": "1 " * 100_001})
    assert answer.status_code == 413
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "typed",
    [
        {"article": "x", "conference": "-1", "mentions-0-words": "5", "mentions-0-part": "nowhere"},
        {"article": "999999999", "conference": "999999999", "mentions-0-words": "5", "mentions-0-part": "body",
         "mentions-0-statistic": "999999999", "mentions-0-award": "x", "body": "<p>5 lớp</p>"},
        {"photos-999-caption": "5 lớp", "title": "\ud800"[:0] + "5 lớp \x00", "body": "<p><b>5</i>&#0; lớp"},
    ],
)  # fmt: skip
def test_whatever_is_sent_is_answered(typed: dict[str, str]):
    assert Desk("writer").client.post(ASKED, typed).status_code == 200
