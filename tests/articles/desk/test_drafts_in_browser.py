"""The form of an article in a real browser: it saves itself, and what it could not save is not lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article
from articles.revisions import record
from newsroom.models import User
from tests.looking import until
from tests.situations import a_person, an_article, draft, staff

pytestmark = pytest.mark.browser

STATE, OFFER, COLLEAGUES, NEWER = "#draft-state", "#draft-offer", "#colleagues", "#newer-save"
TEXT = ".cke_wysiwyg_div"
COPIES = "Object.keys(localStorage).filter((name) => name.startsWith('newsroom-copy:')).length"
SAVED = "Đã lưu lúc"


@pytest.fixture
def seat(new_context: Callable[..., BrowserContext]) -> Callable[[User], BrowserContext]:
    """Seats somebody at the desk, in a browser of their own."""

    def sit_down(person: User) -> BrowserContext:
        context = new_context()
        page = context.new_page()
        sign_in(page, person)
        page.close()
        return context

    return sit_down


def sign_in(page: Page, person: User) -> None:
    page.goto("/quan-tri/login/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", "mật khẩu của bài thử")
    page.click("[type=submit]")
    expect(page.locator("#logout-form")).to_be_visible()


@pytest.fixture
def writer() -> User:
    return staff("writer", last_name="Lê", first_name="Viết")


@pytest.fixture
def desk(seat: Callable[[User], BrowserContext], writer: User) -> BrowserContext:
    return seat(writer)


@pytest.fixture
def article(writer: User) -> Article:
    article = an_article("Tên đầu", lead="Sapo đầu", body="<p>Thân đầu.</p>", writer=writer, **draft())
    record(article, None)
    return article


def opened(context: BrowserContext, article: Article | None = None) -> Page:
    page = context.new_page()
    page.goto(f"/quan-tri/articles/article/{article.pk}/change/" if article else "/quan-tri/articles/article/add/")
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.wait_for_timeout(300)  # the script looks for the editor every tenth of a second
    return page


def write(page: Page, words: str) -> None:
    """Write `words` at the end of the body."""
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def add_byline(page: Page, name: str) -> None:
    page.locator("#bylines-group .add-row a").click()
    page.locator("#bylines-group .select2").last.click()
    page.locator(".select2-search__field:visible").last.fill(name)
    page.locator(".select2-results__option", has_text=name).first.click()


def cut_off(context: BrowserContext, expected_noise: list[str]) -> None:
    """From now on nothing arrives."""
    expected_noise.append("failed request: .*/(tu-luu|co-mat|autocomplete)/")
    context.set_offline(True)


def expect_copies(page: Page, number: int) -> None:
    """Wait until the browser keeps so many copies: what erases one runs after the page can be seen."""
    for _try in range(100):
        if page.evaluate(COPIES) == number:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(COPIES) == number


def test_what_is_written_is_saved_without_a_click(desk: BrowserContext, article: Article):
    page = opened(desk, article)
    page.fill("#id_title", "Tên mới")
    write(page, " Viết thêm.")
    expect(page.locator(STATE)).to_contain_text("Chưa lưu")
    expect(page.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    article.refresh_from_db()
    assert (article.title, article.body, article.version) == ("Tên mới", "<p>Thân đầu. Viết thêm.</p>", 2)
    expect_copies(page, 0)
    page.fill("#id_lead", "Sapo mới")
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert (article.lead, article.version) == ("Sapo mới", 3)
    expect_copies(page, 0)


def test_leaving_saves_at_once(desk: BrowserContext, article: Article):
    page = opened(desk, article)
    page.fill("#id_lead", "Sapo vừa viết")
    page.goto("/quan-tri/")
    page.wait_for_timeout(1500)
    assert Article.objects.get().lead == "Sapo vừa viết"
    page = opened(desk, article)
    expect(page.locator("#id_lead")).to_have_value("Sapo vừa viết")
    expect(page.locator(OFFER)).to_be_hidden()


def test_a_new_article_is_made_while_one_writes_and_the_cursor_stays(desk: BrowserContext):
    a_person("Trần Văn Ký")
    page = opened(desk)
    page.locator("#id_title").press_sequentially("Bài ")
    add_byline(page, "Trần Văn Ký")
    page.locator("#id_title").click()
    page.keyboard.press("End")
    expect(page.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    page.keyboard.insert_text("mới")
    article = Article.objects.get()
    expect(page).to_have_url(f"/quan-tri/articles/article/{article.pk}/change/")
    expect(page.locator(STATE)).to_contain_text("Chưa lưu")
    expect(page.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    # The row is stored: taking it away is a mark that waits for saving by hand.
    page.locator("#bylines-0 [name$=-DELETE]").check()
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article = Article.objects.get()
    assert (article.title, article.bylines.count()) == ("Bài mới", 0)


def test_what_a_dead_browser_left_is_offered_and_taken_back(
    desk: BrowserContext, article: Article, expected_noise: list[str]
):
    a_person("Trần Văn Ký")
    page = opened(desk, article)
    add_byline(page, "Trần Văn Ký")
    cut_off(desk, expected_noise)
    page.fill("#id_lead", "Sapo chưa lưu")
    write(page, " Viết thêm.")
    expect(page.locator(STATE)).to_contain_text("giữ trong trình duyệt này", timeout=15000)
    page.close()
    desk.set_offline(False)

    page = opened(desk, article)
    expect(page.locator(OFFER)).to_contain_text("chưa lưu từ")
    expect(page.locator("#id_lead")).to_have_value("Sapo đầu")
    page.click(f"{OFFER} [data-answer=take]")
    expect(page.locator("#id_lead")).to_have_value("Sapo chưa lưu")
    expect(page.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    article.refresh_from_db()
    assert (article.lead, article.body) == ("Sapo chưa lưu", "<p>Thân đầu. Viết thêm.</p>")
    assert [str(byline.person) for byline in article.bylines.all()] == ["Trần Văn Ký"]
    expect_copies(page, 0)


def test_what_is_taken_back_is_not_saved_over_a_colleague(
    desk: BrowserContext, article: Article, expected_noise: list[str]
):
    expected_noise.append("409 for POST")
    page = opened(desk, article)
    cut_off(desk, expected_noise)
    page.fill("#id_lead", "Sapo chưa lưu")
    expect(page.locator(STATE)).to_contain_text("giữ trong trình duyệt này", timeout=15000)
    page.close()
    desk.set_offline(False)
    Article.objects.update(lead="Sapo của đồng nghiệp", version=2)
    record(Article.objects.get(), staff("editor", last_name="Trần", first_name="Biên"))

    page = opened(desk, article)
    page.click(f"{OFFER} [data-answer=take]")
    expect(page.locator(NEWER)).to_contain_text("Trần Biên", timeout=15000)
    assert Article.objects.get().lead == "Sapo của đồng nghiệp"
    page.click("[name=_continue]")
    expect(page.locator(".clash")).to_contain_text("Sapo của đồng nghiệp")
    expect(page.locator("#id_lead")).to_have_value("Sapo chưa lưu")
    expect_copies(page, 1)


def test_signing_out_erases_what_the_browser_keeps(desk: BrowserContext, article: Article, expected_noise: list[str]):
    page = opened(desk, article)
    cut_off(desk, expected_noise)
    page.fill("#id_lead", "Sapo chưa lưu")
    expect(page.locator(STATE)).to_contain_text("giữ trong trình duyệt này", timeout=15000)
    expect_copies(page, 1)
    desk.route("**/tu-luu/", lambda route: route.abort("connectionfailed"))
    desk.set_offline(False)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.click("#logout-form button")
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=15000)
    expect_copies(page, 0)
    assert "Vẫn còn nội dung chưa lưu" in asked[0]


def test_a_form_that_outlives_a_sign_out_keeps_nothing_and_says_so(
    desk: BrowserContext, article: Article, expected_noise: list[str]
):
    expected_noise.append("401 for POST")
    page, other = opened(desk, article), desk.new_page()
    other.goto("/quan-tri/")
    other.click("#logout-form button")
    expect(other.locator("[data-signed-out]")).to_be_visible()
    page.bring_to_front()
    page.fill("#id_lead", "Sapo mới")
    expect(page.locator(STATE)).to_contain_text("đừng đóng trang này", timeout=15000)
    expect_copies(page, 0)


def test_what_nobody_took_back_for_a_week_goes(desk: BrowserContext):
    page = desk.new_page()
    page.goto("/quan-tri/")
    day = 24 * 60 * 60 * 1000
    keep = "(age) => localStorage.setItem(`newsroom-copy:1:new:${age}`, JSON.stringify({ at: Date.now() - age }))"
    page.evaluate(keep, 6 * day)
    page.evaluate(keep, 8 * day)
    page.reload()
    expect_copies(page, 1)


def test_after_a_session_has_ended_saving_goes_on_when_one_signs_in_again(
    desk: BrowserContext, article: Article, writer: User, expected_noise: list[str]
):
    expected_noise.append("401 for POST")
    page = opened(desk, article)
    desk.clear_cookies()
    page.fill("#id_lead", "Sapo mới")
    expect(page.locator(STATE)).to_contain_text("kết thúc", timeout=15000)
    with desk.expect_page() as other:
        page.click(f"{STATE} a")
    sign_in(other.value, writer)
    other.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.get().lead == "Sapo mới"


def test_two_who_have_it_open_hear_of_each_other(
    desk: BrowserContext, article: Article, seat: Callable[[User], BrowserContext]
):
    first = opened(desk, article)
    second = opened(seat(staff("editor", last_name="Trần", first_name="Biên")), article)
    expect(second.locator(COLLEAGUES)).to_contain_text("Lê Viết cũng đang mở bài này")
    second.fill("#id_lead", "Sapo của Biên")
    expect(second.locator(STATE)).to_contain_text(SAVED, timeout=15000)
    first.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(first.locator(COLLEAGUES)).to_contain_text("Trần Biên")
    expect(first.locator(NEWER)).to_contain_text("Trần Biên đã lưu bản mới hơn")
