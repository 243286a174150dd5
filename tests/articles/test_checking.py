"""The checks before publishing: what they find, what holds a publication up, and who may answer that."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.anchoring import find_again
from articles.checking import Finding, Weight, check
from articles.desk.first_page import panels
from articles.models import Article, Mention, Override, Publication
from articles.workflow import NotPossible, perform
from newsroom.publishing import State
from tests.articles.test_admin import Desk, change, said
from tests.forms import filled
from tests.situations import a_conference, a_mention, a_photo, a_statistic, an_article, draft, published, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

# Forty words that say when, who and what, as a lead of a report does.
LEAD = (
    "Sáng 14/02, Đảng bộ cơ sở tổ chức hội nghị tổng kết công tác năm. Hội nghị đánh giá kết quả của 75 tập thể, "
    "biểu dương những nơi làm tốt và bàn việc của năm tới."
)


def a_report(title: str = "Đảng bộ cơ sở tổng kết công tác năm", **fields: Any) -> Article:
    """An article with which all is well."""
    return an_article(title, **{"lead": LEAD, **draft(), **fields})


def codes(article: Article, weight: Weight) -> list[str]:
    return [found.code for found in check(article).of(weight)]


def the_block(article: Article) -> Finding:
    (found,) = check(article).blocks
    return found


# --- What they find ----------------------------------------------------------------------------


def test_a_correct_report_gives_no_block_and_no_warning(media: Any):
    article = a_report(
        conference=a_conference(), publication=Publication.objects.create(name="Báo"), source_url="https://a.vn/1"
    )
    a_photo(article)
    a_mention(article, a_statistic(value=75), "75 tập thể", "lead")
    checked = check(article)
    assert (checked.blocks, checked.warnings) == ([], [])
    assert {found.code for found in checked.of(Weight.FINE)} == {
        "title", "lead", "body", "category", "photo-alt", "source", "conference", "mention", "figures",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"lead": " "}, "lead"), ({"body": ""}, "body"), ({"body": "<p> </p>"}, "body"), ({"category": None}, "category")],
)
def test_what_is_required_blocks(fields: dict[str, Any], code: str):
    article = a_report()
    Article.objects.filter(pk=article.pk).update(**fields)
    article.refresh_from_db()
    assert [(found.code, found.is_required, found.leads_to) for found in check(article).blocks] == [
        (code, True, f"id_{code}")
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "Một tiêu đề rất dài " * 7}, "title-length"),
        ({"title": "HỘI NGHỊ TỔNG KẾT"}, "title-capitals"),
        ({"lead": "Sapo cụt."}, "lead-length"),
        ({"lead": "Câu này có đủ năm chữ. " * 4}, "lead-length"),
        ({"lead": "chữ " * 101}, "lead-length"),
        ({"source_label": "Theo"}, "source-address"),
    ],
)
def test_what_is_doubtful_is_worth_a_look_and_holds_nothing_up(fields: dict[str, Any], code: str):
    article = a_report(**fields)
    assert codes(article, Weight.WARN) == [code]
    assert perform(article, "publish", staff("editor")).is_public


def test_a_short_name_in_capitals_is_no_shout():
    assert codes(a_report("HĐND"), Weight.WARN) == []


def test_each_picture_without_a_text_blocks_by_its_own_name(media: Any):
    article = a_report(
        body='<p>Thân</p><img alt="" src="/media/editor/a.webp"><img alt="Cờ" src="/media/editor/b.webp">'
    )
    a_photo(article)
    a_photo(article, alt="", caption="Đại biểu")
    checked = check(article)
    assert [(found.code, found.leads_to) for found in checked.blocks] == [
        ("photo-alt", "id_photos-1-alt"),
        ("body-alt", "id_body"),
    ]
    assert len({found.name for found in checked.blocks}) == 2
    assert "Đại biểu" in checked.blocks[0].sentence


def test_a_picture_that_stands_twice_is_asked_about_once():
    picture = '<img alt="" src="/media/editor/a.webp">'
    article = a_report(body=f"<p>Thân</p>{picture}{picture}")
    reason = {the_block(article).name: "Đường kẻ trang trí"}
    assert perform(article, "publish", staff("editor"), overriding=reason).is_public


def test_a_figure_that_is_no_longer_where_it_was_marked_is_worth_a_look():
    """Whichever door the text came through: what the row says of itself is not believed."""
    article = a_report()
    kept, _gone = a_mention(article, a_statistic(), "75 tập thể", "lead"), a_mention(article, a_statistic(), "71/75")
    find_again(article)
    assert codes(article, Weight.WARN) == ["mention"]
    article.lead = LEAD.replace("75 tập thể", "76 tập thể")
    article.save()
    kept.refresh_from_db()
    assert kept.state == Mention.State.ANCHORED
    first, _second = check(article).warnings
    assert "76 tập thể" in first.sentence


# --- What holds a publication up ---------------------------------------------------------------


def test_a_block_holds_a_publication_up_and_no_submission(media: Any):
    article, writer = a_report(), staff("writer")
    article.writer = writer
    article.save()
    a_photo(article, alt="", caption="Đại biểu")
    perform(article, "submit", writer)
    with pytest.raises(NotPossible, match="Đại biểu"):
        perform(article, "publish", staff("editor"))
    assert Article.objects.get().state == State.SUBMITTED
    assert not Override.objects.exists()


def test_a_block_is_overridden_with_a_reason_that_is_kept(media: Any):
    article, editor = a_report(), staff("editor")
    a_photo(article, alt="")
    block = the_block(article)
    for nothing in ({}, {block.name: "  "}, {"override-photo-alt-0000000000000000": "Ảnh khác"}):
        with pytest.raises(NotPossible):
            perform(article, "publish", editor, overriding=nothing)
    published = perform(article, "publish", editor, overriding={block.name: " Ảnh tư liệu ", "override-title-x": "?"})
    override = Override.objects.get()
    assert (override.reason, override.made_by, override.sentence) == ("Ảnh tư liệu", editor, block.sentence)
    assert (override.article, override.revision.version) == (published, published.version)


def test_what_is_required_cannot_be_overridden():
    article = a_report(lead="")
    with pytest.raises(NotPossible):
        perform(article, "publish", staff("editor"), overriding={the_block(article).name: "Gấp"})
    assert not Override.objects.exists()


def test_an_override_holds_for_that_very_finding_and_for_no_later_one(media: Any):
    article, editor = a_report(), staff("editor")
    photo = a_photo(article, alt="")
    perform(article, "publish", editor, overriding={the_block(article).name: "Ảnh tư liệu"})
    perform(article, "withdraw", editor, reason="Sửa")
    perform(article, "restore", editor)
    assert perform(article, "publish", editor).is_public  # answered once

    perform(article, "withdraw", editor, reason="Thay ảnh")
    perform(article, "restore", editor)
    photo.delete()
    a_photo(article, alt="")
    with pytest.raises(NotPossible):
        perform(article, "publish", editor)


def test_the_database_keeps_no_override_without_a_reason():
    article = a_report()
    perform(article, "publish", staff("editor"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(
            article=article, revision=article.revisions.get(), code="x", key="x", sentence="x", reason="",
            made_by=staff("editor"),
        )  # fmt: skip


# --- The panel in the form ---------------------------------------------------------------------


@pytest.fixture
def editor() -> Desk:
    return Desk("editor")


@pytest.fixture
def writer() -> Desk:
    return Desk("writer")


def shown(answer: Any) -> dict[str, list[str]]:
    return {group.name: [line.finding.code for line in group.lines] for group in answer.context.get("checks") or []}


def test_the_panel_shows_block_warning_and_fine_apart(editor: Desk, media: Any):
    article = a_report("HỘI NGHỊ TỔNG KẾT")
    a_photo(article, alt="")
    answer = editor.open(article)
    assert shown(answer) == {
        "block": ["photo-alt"],
        "warn": ["title-capitals"],
        "fine": ["lead", "body", "category", "conference", "figures"],
    }
    page = answer.content.decode()
    assert 'href="#id_photos-0-alt"' in page
    assert 'id="id_photos-0-alt"' in page
    assert f'name="{the_block(article).name}"' in page


def test_a_writer_sees_the_panel_and_answers_no_block(writer: Desk, media: Any):
    article = a_report(writer=writer.person)
    a_photo(article, alt="")
    answer = writer.open(article)
    assert shown(answer)["block"] == ["photo-alt"]
    assert the_block(article).name not in answer.content.decode()
    writer.move(article, "submit", **{the_block(article).name: "Tôi bảo được"})
    article.refresh_from_db()
    assert article.state == State.SUBMITTED
    assert not Override.objects.exists()


def test_who_publishes_over_a_block_lands_on_the_panel_with_all_that_was_typed(editor: Desk, media: Any):
    article = a_report()
    a_photo(article, alt="")
    a_photo(article, alt="")
    first, second = check(article).blocks
    typed = {"title": "Tên mới", "at": "2099-03-01T07:30", first.name: "Ảnh tư liệu"}
    answer = editor.move(article, "publish", **typed)
    assert answer.redirect_chain[-1][0] == f"{change(article)}#checks"
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tên mới", State.DRAFT)
    page = answer.content.decode()
    assert "2099-03-01T07:30" in page
    assert "Ảnh tư liệu" in page
    assert second.sentence in said(answer)
    assert "Ảnh tư liệu" not in editor.open(article).content.decode()  # it is handed back once

    editor.move(article, "publish", **typed, **{second.name: "Ảnh tư liệu cũ"})
    article.refresh_from_db()
    assert article.is_scheduled
    assert {override.reason for override in Override.objects.all()} == {"Ảnh tư liệu", "Ảnh tư liệu cũ"}
    page = editor.open(article).content.decode()
    assert "Ảnh tư liệu cũ" in page
    history = editor.client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Ảnh tư liệu cũ" in history


def test_what_was_typed_for_one_article_is_not_shown_in_another(editor: Desk, media: Any):
    article, other = a_report(), a_report()
    for each in (article, other):
        a_photo(each, alt="")
    editor.client.post(change(article), {**filled(editor.open(article)), "_move": "publish", "at": "2099-03-01T07:30"})
    assert "2099-03-01T07:30" not in editor.open(other).content.decode()
    assert "2099-03-01T07:30" in editor.open(article).content.decode()


def test_the_panel_speaks_of_the_saved_text(editor: Desk):
    """A form that is refused shows what was typed; the checks go on saying what is kept."""
    article = a_report()
    answer = editor.save(article, title="", lead="")
    assert "block" not in shown(answer)


def test_the_panel_costs_the_same_with_more_photos_and_figures(editor: Desk, media: Any):
    article = a_report()
    a_photo(article)
    a_mention(article, a_statistic(), "75 tập thể", "lead")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            check(Article.objects.for_checks().get(pk=article.pk))
        return len(queries)

    few = cost()
    for _ in range(4):
        a_photo(article)
        a_mention(article, a_statistic(), "75 tập thể", "lead")
    assert cost() == few == 5


def test_what_is_checked_of_a_public_article_is_its_next_text(editor: Desk, media: Any):
    """Readers go on with the text they have; what would replace it is held against the checks."""
    article = a_report(**published())
    a_photo(article)
    editor.save(article, **{"photos-0-alt": ""})
    assert shown(editor.open(article))["block"] == ["photo-alt"]
    assert check(article).blocks == []
    editor.move(article, "publish")
    assert article.photos.get().alt

    (line,) = editor.open(article).context["checks"][0].lines
    editor.move(article, "publish", **{line.finding.name: "Ảnh tư liệu"})
    assert not article.photos.get().alt
    assert Override.objects.get().revision.version == Article.objects.get().version


# --- The first page ----------------------------------------------------------------------------


def test_the_first_page_names_what_comes_next_and_fails():
    waiting = {"state": State.SUBMITTED, "published_at": None}
    a_report("Bài ổn", **waiting)
    a_report("Bài đang viết", lead="")
    a_report("Bài đã ra", source_label="Theo", **published())
    a_report("Bài ngờ vực", source_label="Theo", **waiting)
    held = a_report("Bài hẹn giờ", lead="", **published(-5))
    (panel,) = [panel for panel in panels(staff("editor")) if panel.name == "failing"]
    assert [entry.words for entry in panel.entries] == ["Bài hẹn giờ", "Bài ngờ vực"]
    assert panel.entries[0].address == f"{change(held)}#checks"
    assert "failing" not in [panel.name for panel in panels(staff("writer"))]


@pytest.mark.browser
def test_a_picture_without_a_text_is_published_only_with_a_reason(page: Page, live_server: Any, media: Any) -> None:
    """The refusal leads to the panel, the panel to the field, and a reason lets the article through and stays."""
    article, person = a_report(state=State.SUBMITTED), staff("editor")
    a_photo(article, alt="", caption="Đại biểu")
    page.goto(change(article))
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")

    page.click("button[value=publish]")
    expect(page).to_have_url(re.compile(r"/change/#checks$"))
    expect(page.locator(".messagelist .error")).to_contain_text("Đại biểu")
    page.locator(".checks-block a").click()
    expect(page.locator("#id_photos-0-alt")).to_be_focused()
    page.locator(".checks-fine summary").click()
    page.locator(".checks-fine a[href='#id_body']").click()
    expect(page.locator(".cke_wysiwyg_div")).to_be_focused()
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".checks-answer textarea").fill("Ảnh tư liệu, không còn ai nhớ")
    page.click("button[value=publish]")
    expect(page.locator(".messagelist .success")).to_contain_text(article.title)
    expect(page.locator(".checks-overridden")).to_contain_text("Ảnh tư liệu, không còn ai nhớ")
    assert Override.objects.get().made_by == person
