"""What a writer pastes comes without its dress: real paste events in Chromium, held against what is stored.

The clipboards are of our own making, in the shapes that Word, LibreOffice, Google Docs, Excel and browsers write.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.situations import an_article, draft, staff

pytestmark = pytest.mark.browser

EDITOR = "CKEDITOR.instances.id_body"
TEXT = ".cke_wysiwyg_div"
CLIPBOARDS = Path(__file__).parent / "clipboards"


@pytest.fixture
def article(page: Page, media: Any) -> Article:
    """A writer's draft with an empty body, open in the editor."""
    writer = staff("writer")
    article = an_article(writer=writer, body="", **draft())
    page.goto("/quan-tri/")
    page.fill("[name=username]", writer.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    page.goto(f"/quan-tri/articles/article/{article.pk}/change/")
    ready(page)
    return article


def ready(page: Page) -> None:
    page.wait_for_function(f"window.CKEDITOR && {EDITOR} && {EDITOR}.status === 'ready'")


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """(html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.querySelector(".cke_wysiwyg_div").dispatchEvent(paste);
        }""",
        html,
    )


def stored(page: Page, article: Article) -> str:
    """Save, and return the body as the database has it."""
    page.click("[name=_continue]")
    page.wait_for_load_state()
    expect(page.locator(".messagelist .success")).to_be_visible()
    ready(page)
    article.refresh_from_db()
    return article.body


# What is stored of each file in the folder `clipboards`.
STORED = {
    "word": (
        "<h2>Báo cáo kết quả</h2><h2>I. Kết nạp</h2><h3>Đảng viên</h3>"
        "<p><strong>Kết quả</strong> tại Lâm Đồng: <em>71/75</em> tập thể<sup>[1]</sup>. Hết</p>"
        "<ul><li>Tập thể<ul><li>Chi bộ<ul><li>Ban chi ủy</li></ul></li></ul></li><li><strong>Cá nhân</strong></li></ul>"
        "<ol><li>Một<ol><li>Phần a</li><li>Phần b</li></ol></li><li>Hai</li></ol>"
        '<table><tbody><tr><td colspan="2"><strong>Đơn vị</strong></td></tr>'
        "<tr><td>Chi bộ 1</td><td>94,67%</td></tr></tbody></table>"
        '<p>Xem <a href="https://vi.example/bao-cao" rel="noopener nofollow">báo cáo</a>.</p>'
        "<p><sup>[1]</sup> Số liệu quý I.</p>"
    ),
    "word-on-the-web": ("<h2>Nhiệm vụ</h2><ul><li>Một<ul><li>Trong một</li></ul></li><li>Hai</li></ul>"),
    "libreoffice": (
        "<h2>Kết quả</h2><p><strong>Năm 2022</strong>, kết <strong>nạp</strong> <em>6.027</em> người</p>"
        '<ol start="3"><li>Ba<ul><li>Con</li></ul></li><li>Bốn</li></ol>'
        "<table><thead><tr><th>Tên</th><th>Số</th></tr></thead>"
        "<tbody><tr><td><p>A</p><p>B</p></td><td></td></tr></tbody></table>"
    ),
    "google-docs": (
        "<h2>Kết quả</h2><p>Đã đạt <strong>71/75</strong><em> tập thể</em>, xem "
        '<a href="https://vi.example/?utm_source=docs" rel="noopener nofollow">ở đây</a><u>.</u></p>'
        "<ul><li>Một<ul><li>Trong một</li></ul></li><li><strong>Hai</strong></li></ul>"
    ),
    "web-page": (
        "<h2>Hội nghị</h2><h3>Sáng</h3><h3>Chiều</h3><p><strong>Đồng chí</strong> A phát biểu.</p>"
        "<p>Đoạn một.</p><p>Đoạn hai,<br>dòng hai.</p><p>Đoạn ba.</p>"
        '<p>Ảnh: bấm tin <a href="http://vi.example/?utm_source=x" rel="noopener nofollow">nguồn</a> d '
        '<a href="mailto:toa-soan@vi.example" rel="noopener nofollow">thư</a></p>'
        "<p>Bài nhẹ <strong><em><u>ba lớp</u></em></strong></p><blockquote><p>Lời dẫn</p></blockquote>"
        "<ul><li>Một<ul><li>Sâu</li></ul></li></ul><hr><p>Khung</p><p>Chú thích mồ côi</p>"
        "<p>H<sub>2</sub>O, m<sup>2</sup> <s>bỏ</s></p>"
    ),
    "excel": (
        "<table><tbody><tr><td><strong>Đơn vị</strong></td><td><strong>Tỷ lệ</strong></td></tr>"
        "<tr><td>Chi bộ 1</td><td><em>94,67%</em></td></tr></tbody></table>"
    ),
}


def test_a_clipboard_brings_its_words_and_not_its_clothes(page: Page, article: Article):
    """Each in turn into an empty body, and saved; nothing that the clipboard holds runs."""
    bodies = {}
    for source in STORED:
        page.evaluate(f"new Promise((done) => {EDITOR}.setData('', {{ callback: done }}))")
        page.locator(TEXT).click()
        paste(page, (CLIPBOARDS / f"{source}.html").read_text())
        assert page.evaluate("window.bay") is None
        bodies[source] = stored(page, article).replace("\n", "").replace("\t", "")
    assert bodies == STORED


def test_a_few_words_join_the_line_they_are_pasted_into(page: Page, article: Article):
    """A name taken out of a paragraph of Word is no paragraph."""
    page.evaluate(f"new Promise((done) => {EDITOR}.setData('<p>Đồng chí</p>', {{ callback: done }}))")
    page.locator(f"{TEXT} p").click()
    page.keyboard.press("End")
    paste(page, '<meta charset="utf-8"><span style="color: red"><b>, A</b></span>')
    paste(
        page,
        "<html><body><p class=MsoNormal><!--StartFragment--><span style='font-size:14pt'>, Bí thư</span>"
        "<!--EndFragment--></p></body></html>",
    )
    assert stored(page, article) == "<p>Đồng chí<strong>, A</strong>, Bí thư</p>"
