"""The whole way of a report: out of a Word file, past a contradiction that nobody lets through, to a reader."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article, Override
from newsroom.publishing import State
from tests.articles.importing.scoring import annotated_reports
from tests.articles.importing.word_files import a_docx, paragraph, picture
from tests.looking import until
from tests.situations import a_category, a_committee, a_statistic, an_indicator, picture_bytes, staff

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COMMITTEE = "Đảng bộ Khối Các cơ quan tỉnh Nam Vĩnh"
FIGURE = "62/64 chi bộ, đảng bộ cơ sở"
THE_QUARTER_BEFORE = {
    "period_type": "quarter", "period_label": "quý IV năm 2021",
    "period_starts_on": date(2021, 10, 1), "period_ends_on": date(2021, 12, 31),
}  # fmt: skip


def word_file() -> bytes:
    """Our first report as somebody has typed it: a picture over its caption, and two digits in each other's place."""
    text = annotated_reports()[0].read_text(encoding="utf-8")
    assert f"{FIGURE} (96,88%)" in text
    lines = text.replace("96,88%", "98,68%").split("\n")
    above = lines.index("Quang cảnh hội nghị")
    pieces = [paragraph(line) for line in lines]
    return a_docx(*pieces[:above], picture(picture_bytes(800, 450), alt="Hội trường kín chỗ"), *pieces[above:])


def sit_down(new_context: Callable[..., BrowserContext], base_url: str, role: str) -> Page:
    """Seat somebody in a role at the desk, signed in, in a browser of their own."""
    client, desk = Client(), new_context()
    client.force_login(staff(role))
    desk.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return desk.new_page()


def retype(page: Page, old: str, new: str) -> None:
    """Select words of the body and type others in their place, once whoever listens to the editor has found it."""
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.evaluate(
        """async (words) => {
            await new Promise((done) => setTimeout(done, 300)); // they look for it every 100
            const text = document.querySelector(".cke_wysiwyg_div");
            text.focus();
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
            }
        }""",
        old,
    )
    page.keyboard.insert_text(new)


def import_the_file(page: Page) -> None:
    """Hand the file in, mend the one figure that it has wrong, and save what is proposed."""
    page.goto(reverse("admin:articles_article_import"))
    page.set_input_files("#id_file", {"name": "bao-cao.docx", "mimeType": WORD, "buffer": word_file()})
    page.click("#import_form [type=submit]")
    expect(page.locator(".checks")).to_contain_text("62/64 là 96,88%, nhưng văn bản ghi 98,68%")
    expect(page.locator("#id_photo-0-caption")).to_have_value("Quang cảnh hội nghị")
    figure = page.locator(".proposal-figure", has_text="62/64")
    figure.locator("summary").click()
    figure.locator("[name$='-percent']").fill("96,88")
    page.select_option("#id_article-category", label="Xây dựng Đảng")
    page.get_by_label(COMMITTEE).check()
    page.click("#decide_form [name=save]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_a_report_out_of_word_is_mended_held_up_corrected_published_and_followed(
    new_context: Callable[..., BrowserContext], base_url: str, media: Any
) -> None:
    """The figure was mended where it is proposed; the text says another, and nobody publishes that unseen.

    Nothing is overridden. A reader goes from the number to its point on the chart, and from the point to the sentence.
    """
    committee = a_committee(COMMITTEE)
    a_category("Xây dựng Đảng")
    an_indicator()
    studied = an_indicator("study.orgs", name="Tổ chức đảng học tập nghị quyết")
    a_statistic(
        committee=committee, indicator=studied, value=Decimal(58), whole=Decimal(63), percent=Decimal("92.06"),
        percent_places=2, unit_printed="chi bộ, đảng bộ cơ sở", **THE_QUARTER_BEFORE,
    )  # fmt: skip

    writer = sit_down(new_context, base_url, "writer")
    import_the_file(writer)
    writer.click("button[name=_move][value=submit]")
    expect(writer.locator(".messagelist .success")).to_be_visible()

    article = Article.objects.get()
    editor = sit_down(new_context, base_url, "editor")
    editor.goto(reverse("admin:articles_article_change", args=[article.pk]))
    editor.click("button[name=_move][value=publish]")
    expect(editor.locator(".messagelist .error")).to_contain_text("62/64 là 96,88%, nhưng văn bản ghi 98,68%")
    article.refresh_from_db()
    assert article.state == State.SUBMITTED

    expect(editor.locator(".numbers-contradicts")).to_contain_text(f"{FIGURE} (98,68%)")
    retype(editor, "98,68%", "96,88%")
    expect(editor.locator(".numbers-contradicts")).to_have_count(0)
    editor.click("button[name=_move][value=publish]")
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert not Override.objects.exists()

    reader = new_context().new_page()
    reader.goto(article.get_absolute_url())
    expect(reader.get_by_role("img", name="Hội trường kín chỗ")).to_be_visible()
    reader.locator(".prose .figure-link", has_text=FIGURE).click()
    point = reader.locator(":target")
    expect(point).to_have_attribute("aria-current", "true")
    expect(point).to_contain_text("96,88%")
    point.click()
    sentence = reader.locator(".prose :target")
    expect(sentence).to_have_text(f"{FIGURE} (96,88%)")
    expect(sentence).to_be_in_viewport()
