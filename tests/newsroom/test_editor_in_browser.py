"""The editor of rich text, as a writer meets it in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from newsroom.editor import FORBIDDEN_PLUGINS
from tests.looking import until
from tests.situations import an_article, draft, picture_bytes, staff

pytestmark = pytest.mark.browser

EDITOR = "CKEDITOR.instances.id_body"
TEXT = ".cke_wysiwyg_div"


@pytest.fixture
def article(page: Page, media: Any) -> Article:
    """A writer's draft, open in the editor."""
    writer = staff("writer")
    article = an_article(
        writer=writer,
        body='<p>Chào <strong>bạn</strong> &amp; &lt;các anh&gt;, xem <a href="https://vi.example/">đây</a>.</p>'
        '<figure><img src="/media/editor/thu.jpg" alt="Đại biểu"><figcaption>Chú thích</figcaption></figure>'
        "<h2>Kết quả</h2><ul><li>71/75</li></ul>",
        **draft(),
    )
    folder = media / "editor"
    folder.mkdir()
    (folder / "thu.jpg").write_bytes(picture_bytes(320, 180))
    page.goto("/quan-tri/")
    page.fill("[name=username]", writer.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    page.goto(f"/quan-tri/articles/article/{article.pk}/change/")
    until(page, f"window.CKEDITOR && {EDITOR} && {EDITOR}.status === 'ready'")
    return article


def paste(page: Page, kind: str, content: Any, name: str = "") -> None:
    """Paste into the editor: text of a kind, or a file of it."""
    page.locator(f"{TEXT} p").first.click()
    page.evaluate(
        """([kind, content, name]) => {
            const clipboardData = new DataTransfer();
            if (name) clipboardData.items.add(new File([new Uint8Array(content)], name, { type: kind }));
            else clipboardData.setData(kind, content);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.querySelector(".cke_wysiwyg_div").dispatchEvent(paste);
        }""",
        [kind, list(content) if name else content, name],
    )


def test_nothing_forbidden_runs_and_no_button_shows_the_source(page: Page, article: Article):
    running = set(page.evaluate(f"Object.keys({EDITOR}.plugins)"))
    assert {"divarea", "image2", "uploadimage", "autolink"} <= running
    assert not running & set(FORBIDDEN_PLUGINS)
    expect(page.locator(".cke_button__source")).to_have_count(0)
    assert page.evaluate(f"{EDITOR}.langCode") == "vi"


def test_a_text_that_nobody_touched_goes_back_as_it_came(page: Page, article: Article):
    """Letters as letters, the caption with its picture: else every opening would be a change."""
    before = article.body
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert (article.body, article.version) == (before, 1)


def test_a_caption_is_edited_as_a_caption(page: Page, article: Article):
    assert page.evaluate(f"Object.values({EDITOR}.widgets.instances).map((picture) => picture.data.hasCaption)") == [
        True
    ]


def test_a_pasted_picture_becomes_a_picture_of_ours(page: Page, article: Article):
    paste(page, "image/png", picture_bytes(300, 200, "PNG"), "anh.png")
    expect(page.locator(f"{TEXT} img[src*='/media/editor/20']")).to_be_visible()
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert 'src="/media/editor/20' in article.body
    assert 'width="300"' in article.body
    assert "data:" not in article.body


def test_a_refused_picture_is_refused_with_our_sentence(page: Page, article: Article, expected_noise: list[str]):
    expected_noise.append(r"400 for POST .*/tai-anh-len/")
    paste(page, "image/png", b"\x89PNG\r\n\x1a\n" + b"0" * 300, "hong.png")
    notice = page.locator(".cke_notification_warning")
    expect(notice).to_be_visible()
    assert "HTTP" not in notice.inner_text()
    assert page.evaluate(f"{EDITOR}.getData()").count("<img") == 1  # the one that was there


def test_every_button_menu_and_dialog_works_under_the_policy_of_its_page(page: Page, article: Article):
    """The editor writes what its buttons do into the page: a narrower policy would leave dead buttons behind.

    Whatever the policy refuses is an error in the console, which fails the test.
    """
    text = page.locator(f"{TEXT} p").first
    text.click()
    for combo in page.locator(".cke_combo_button").all():
        combo.click()
        panel = page.frame_locator(".cke_panel:not([style*='none']) iframe")
        panel.locator("[role=option]").nth(1).click()
    expect(page.locator(f"{TEXT} h2")).to_have_count(2)
    for button in ("bold", "italic", "numberedlist", "bulletedlist", "blockquote", "undo", "redo", "removeformat"):
        page.locator(f".cke_button__{button}:not(.cke_button_disabled)").click()
    for dialog in ("link", "image", "table"):
        page.locator(f".cke_button__{dialog}").click()
        shown = page.locator(".cke_dialog:visible")
        expect(shown).to_be_visible()
        for tab in shown.locator(".cke_dialog_tab:visible").all():
            tab.click()
        shown.locator("a.cke_dialog_ui_button_ok, a.cke_dialog_ui_button_cancel").last.click()
        expect(shown).to_have_count(0)
    page.locator(f"{TEXT} li").first.click(button="right")
    expect(page.locator(".cke_menu_panel:visible")).to_be_visible()


def test_a_picture_is_chosen_in_its_dialog(page: Page, article: Article):
    page.locator(f"{TEXT} p").first.click()
    page.locator(".cke_button__image").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.locator(".cke_dialog_tab").nth(1).click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "anh.png", "mimeType": "image/png", "buffer": picture_bytes(300, 200, "PNG")}
    )
    dialog.locator(".cke_dialog_ui_fileButton, .cke_dialog_page_contents:visible a.cke_dialog_ui_button").last.click()
    words = dialog.locator("input[type=text]:visible")
    expect(words.first).to_have_value(re.compile("^/media/editor/20"))
    words.nth(1).fill("Đại biểu")
    dialog.locator(".cke_dialog_ui_button_ok").click()
    expect(page.locator(f"{TEXT} img[src*='/media/editor/20']")).to_be_visible()
