"""What a writer pastes comes without its dress: real paste events in Chromium, held against what is stored.

The clipboards are of our own making, in the shapes that Word, LibreOffice, Google Docs, Excel and browsers write.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.looking import until
from tests.situations import an_article, draft, picture_bytes, staff

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
    until(page, f"window.CKEDITOR && {EDITOR} && {EDITOR}.status === 'ready'")


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
        "<p>Điều 1. Phạm vi</p>"
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


def test_our_own_picture_comes_along_and_another_pages_is_left_with_a_word(page: Page, article: Article, media: Any):
    """What is shown from another host would tell that host who reads us."""
    (media / "editor").mkdir()
    (media / "editor" / "a.jpg").write_bytes(picture_bytes(60, 40))
    page.locator(TEXT).click()
    paste(
        page,
        f'<p>Ảnh <img src="{page.evaluate("location.origin")}/media/editor/a.jpg" alt="Đại biểu">'
        '<img src="https://khac.example/b.jpg" alt="B"><img src="https://dem.example/p.gif" width="1" height="1"></p>',
    )
    expect(page.locator(".cke_notification_info")).to_contain_text("Không mang theo được 1 ảnh")
    assert stored(page, article) == '<p>Ảnh <img alt="Đại biểu" src="/media/editor/a.jpg"></p>'


# --- Repairs are offered -----------------------------------------------------------------------

ROUGH = "<p>Đảng\u00a0bộ <b>tie\u0302\u0301ng</b> Việt.Các anh , chị</p>"


def offered(page: Page, field: str) -> Any:
    return page.locator(f".field-{field} .repairs-found")


def test_after_a_paste_repairs_are_offered_and_nothing_is_changed_in_silence(page: Page, article: Article):
    page.locator(TEXT).click()
    paste(page, ROUGH)
    expect(offered(page, "body")).to_contain_text("Có 4 chỗ có thể sửa.")
    assert stored(page, article) == ("<p>Đảng&nbsp;bộ <strong>tie\u0302\u0301ng</strong> Việt.Các anh , chị</p>")


def test_what_a_writer_accepts_is_mended_and_can_be_taken_back(page: Page, article: Article):
    page.locator(TEXT).click()
    paste(page, ROUGH)
    panel = offered(page, "body")
    for kind in ("odd_space", "composed", "missing_space"):
        panel.locator(f"[data-accept={kind}]").click()
        expect(panel.locator(f"[data-accept={kind}]")).to_have_count(0)
    assert page.evaluate(f"{EDITOR}.getData()") == ("<p>Đảng bộ <strong>tiếng</strong> Việt. Các anh , chị</p>")
    page.keyboard.press("Control+z")  # with the focus on the button that is next
    until(page, f"{EDITOR}.getData().includes('Việt.Các')")
    expect(panel.locator("[data-accept=missing_space]")).to_have_count(1)
    panel.locator("[data-put-away]").click()
    expect(panel).to_have_count(0)
    assert stored(page, article) == "<p>Đảng bộ <strong>tiếng</strong> Việt.Các anh , chị</p>"


def test_a_line_and_a_plain_text_are_looked_through_when_asked(page: Page, article: Article):
    page.fill("[name=title]", "Hội nghị sơ kết.Kết quả")
    page.fill("[name=lead]", "Sáng 14/02/2023,tại TP.HCM:đạt 94,67%  số phiếu")
    page.click(".field-lead .repairs-ask")
    panel = offered(page, "lead")
    expect(panel).to_contain_text("Có 3 chỗ có thể sửa.")
    panel.locator("[data-accept=missing_space] ~ details summary").press("Enter")
    panel.locator("[data-accept-one='1']").press("Enter")
    expect(page.locator("[name=lead]")).to_have_value("Sáng 14/02/2023,tại TP.HCM: đạt 94,67%  số phiếu")
    expect(page.locator(".field-lead .repairs-said")).to_contain_text("Đã sửa")
    expect(panel.locator("[data-accept=doubled_space]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("[name=lead]")).to_have_value("Sáng 14/02/2023,tại TP.HCM:đạt 94,67%  số phiếu")
    page.click(".field-title .repairs-ask")
    offered(page, "title").locator("[data-accept]").click()
    expect(page.locator("[name=title]")).to_have_value("Hội nghị sơ kết. Kết quả")
    page.click(".field-title .repairs-ask")
    expect(page.locator(".field-title [role=status]")).to_have_text("Không có gì cần sửa.")
    page.locator("[name=lead]").fill("Khác\u00a0hẳn")
    panel.locator("[data-accept=doubled_space]").click()
    expect(page.locator(".field-lead .repairs-said")).to_have_text(
        "Văn bản vừa thay đổi. Đây là những chỗ hiện có thể sửa."
    )
    expect(page.locator("[name=lead]")).to_have_value("Khác\u00a0hẳn")
