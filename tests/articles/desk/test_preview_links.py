"""Links that show an article before readers see it: made, named, opened, counted, revoked, expired."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PreviewLink
from articles.models import preview as preview_models
from articles.revisions import snapshot
from articles.workflow import perform
from articles.working import keep
from newsroom.models import User
from newsroom.publishing import State
from tests import situations
from tests.pages import Page, parse

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


def a_reader(agent: str = BROWSER, **headers: str) -> Client:
    return Client(headers={"user-agent": agent, **headers})


def at_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def writer() -> User:
    return situations.staff("writer")


@pytest.fixture
def article(writer: User) -> Article:
    return situations.an_article("Bài chưa đăng", writer=writer, **situations.draft())


@pytest.fixture
def link(article: Article) -> PreviewLink:
    return situations.a_preview_link(article, created_by=article.writer)


def links_page(article: Article) -> str:
    return reverse("admin:articles_article_links", args=[article.pk])


def revoke(client: Client, link: PreviewLink) -> Any:
    return client.post(reverse("admin:articles_article_revoke_link", args=[link.article_id, link.pk]))


def opened(link: PreviewLink, client: Client | None = None) -> Page:
    answer = (client or a_reader()).get(link.get_absolute_url())
    assert answer.status_code == 200
    return parse(answer.content.decode())


def is_closed(link: PreviewLink) -> bool:
    answer = a_reader().get(link.get_absolute_url())
    assert answer.status_code in {200, 404}
    return answer.status_code == 404


# --- Opened ------------------------------------------------------------------------------------


def test_it_shows_the_article_without_an_account_under_its_name(link: PreviewLink):
    page = opened(link)
    assert "Bài chưa đăng" in page.text_of("head")[0]
    (band,) = page.text_of("preview-band")
    assert "Bạn đọc chưa thấy trang này" in band
    assert "Người được xem" in band
    assert "/quan-tri/" not in page.html
    assert "Bản nháp" not in band  # how the desk stands with it is the desk's


def test_it_is_stored_indexed_and_handed_on_nowhere(link: PreviewLink):
    """The address is the key: no other site may learn it from a link that is followed."""
    answer = a_reader().get(link.get_absolute_url())
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex, nofollow, noarchive"' in answer.content.decode()


def test_it_takes_no_notice_of_who_opens_it(link: PreviewLink):
    """No cookie, no session, and nobody's browser makes the page another one."""
    answer = a_reader().get(link.get_absolute_url())
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert {field.name for field in PreviewLink.openings.rel.related_model._meta.fields} == {"id", "link", "opened_at"}


def test_it_shows_what_is_saved_last(link: PreviewLink):
    Article.objects.update(title="Tên đã sửa")
    assert "Tên đã sửa" in opened(link).text


def test_of_a_published_article_it_shows_the_working_copy(writer: User):
    article = situations.an_article("Tên bạn đọc thấy", writer=writer)
    new = situations.an_article("Tên sắp đăng", **situations.draft())
    keep(article, snapshot(new), writer)
    new.delete()
    link = situations.a_preview_link(article)
    assert "Tên sắp đăng" in opened(link).text
    assert PreviewLink.objects.get().opened_count == 1
    assert Article.objects.get().title == "Tên bạn đọc thấy"


def test_once_the_article_is_published_it_leads_to_the_page_for_now(link: PreviewLink):
    """Not for ever: changes of the article may be shown through it later."""
    perform(link.article, "publish", situations.staff("editor"))
    answer = a_reader().get(link.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, link.article.get_absolute_url())
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_costs_little_more_than_the_page(link: PreviewLink):
    with CaptureQueriesContext(connection) as queries:
        opened(link)
    # The link; its opening, in a transaction of four; the working copy; what has a page already.
    assert len(queries) <= 16 + 8


# --- Counted -----------------------------------------------------------------------------------


def test_each_opening_is_counted_with_its_moment(link: PreviewLink):
    opened(link)
    opened(link)
    link.refresh_from_db()
    moments = [opening.opened_at for opening in link.openings.all()]
    assert (link.opened_count, len(moments), link.last_opened_at) == (2, 2, moments[0])


def test_of_many_openings_the_latest_moments_are_kept_and_all_are_counted(link: PreviewLink):
    """Whoever has the address could otherwise fill the database."""
    with patch.object(preview_models, "OPENINGS_KEPT", 3):
        for _ in range(6):
            assert PreviewLink.objects.get().count_opening()
    link.refresh_from_db()
    moments = [opening.opened_at for opening in link.openings.all()]
    assert (link.opened_count, len(moments), link.last_opened_at) == (6, 3, moments[0])


def test_a_look_at_the_head_is_no_opening(link: PreviewLink):
    answer = a_reader().head(link.get_absolute_url())
    assert (answer.status_code, answer.content) == (200, b"")
    assert a_reader().post(link.get_absolute_url()).status_code == 405
    assert PreviewLink.objects.get().opened_count == 0


@pytest.mark.parametrize(
    "reader",
    [
        a_reader("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
        a_reader("TelegramBot (like TwitterBot)"),
        a_reader("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        a_reader("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"),
        a_reader("curl/8.5.0"),
        a_reader(""),
        a_reader(BROWSER, **{"sec-purpose": "prefetch;prerender"}),
        a_reader(BROWSER, purpose="prefetch"),
    ],
)
def test_a_machine_neither_opens_it_nor_reads_it(reader: Client, link: PreviewLink):
    """A card that a chat draws of the link would show the article to more people than it was sent to."""
    answer = reader.get(link.get_absolute_url())
    assert answer.status_code == 404
    assert "Bài chưa đăng" not in answer.content.decode()
    assert PreviewLink.objects.get().opened_count == 0


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/2412",
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 [FB_IAB/FB4A;FBAV/480.0]",
    ],
)
def test_a_person_in_a_chats_own_browser_opens_it(agent: str, link: PreviewLink):
    opened(link, a_reader(agent))
    assert PreviewLink.objects.get().opened_count == 1


# --- Closed ------------------------------------------------------------------------------------


def test_whatever_does_not_open_answers_alike(article: Article):
    """Else an address tried out would tell which articles are being written."""
    by, now = situations.a_user(), timezone.now()
    closed = {
        "revoked": situations.a_preview_link(article, revoked_at=now, revoked_by=by),
        "withdrawn": situations.a_preview_link(situations.an_article(state=State.WITHDRAWN)),
    }
    PreviewLink.objects.filter(pk=(expired := situations.a_preview_link(article)).pk).update(
        created_at=now - timedelta(days=8), expires_at=now - timedelta(seconds=1)
    )
    good = situations.a_preview_link(article).get_absolute_url()
    key, signature = good.removeprefix("/xem-truoc/").removesuffix("/").split(".")
    addresses = [
        *(link.get_absolute_url() for link in closed.values()),
        expired.get_absolute_url(),
        f"/xem-truoc/{key}/",
        f"/xem-truoc/{key}.{signature[:-1]}/",
        f"/xem-truoc/{key[:-1]}.{signature}/",
        "/xem-truoc/mot-bai-nao-do/",
        "/xem-truoc/%00.%00/",
        "/xem-truoc/" + "9" * 5000 + "/",
    ]
    answers = [a_reader().get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}
    page = parse(answers[0].content.decode())
    assert "Hãy hỏi người đã gửi" in page.text
    assert not PreviewLink.objects.filter(opened_count__gt=0).exists()


def test_a_guess_does_not_reach_the_database(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        assert PreviewLink.objects.of_token("doan-mo.khong-ky") is None


def test_its_day_closes_it(link: PreviewLink):
    assert not is_closed(link)
    with patch("django.utils.timezone.now", return_value=link.expires_at):
        assert is_closed(link)


def test_what_is_taken_from_readers_is_closed_and_open_again_as_a_draft(article: Article):
    editor = situations.staff("editor")
    link = situations.a_preview_link(article)
    perform(article, "publish", editor)
    perform(article, "withdraw", editor, reason="Đăng nhầm")
    assert is_closed(link)
    perform(article, "restore", editor)
    assert not is_closed(link)


def test_its_address_is_not_in_the_database(link: PreviewLink):
    """A backup that is read by others opens nothing: the signature is made under the key of the site."""
    assert PreviewLink.objects.of_token(link.key) is None
    with override_settings(SECRET_KEY="another"):
        signed_elsewhere = preview_models.signing.Signer(salt="articles.PreviewLink", sep=".").sign(link.key)
    assert PreviewLink.objects.of_token(signed_elsewhere) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"expires_at": situations.at(2020, 1, 1)},
        {"revoked_at": situations.at(2020, 1, 1)},
        {"opened_count": 3},
    ],
)
def test_the_database_refuses_a_link_that_makes_no_sense(wrong: dict[str, Any], link: PreviewLink):
    with pytest.raises(IntegrityError), transaction.atomic():
        PreviewLink.objects.update(**wrong)


# --- At the desk -------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 3, 7, 30])
def test_its_writer_makes_one_for_some_days(writer: User, article: Article, days: int):
    client = at_the_desk(writer)
    answer = client.post(links_page(article), {"name": "  Đ/c Nam,  góp ý ", "days": days}, follow=True)
    link = PreviewLink.objects.get()
    assert (link.name, link.created_by, link.article) == ("Đ/c Nam, góp ý", writer, article)
    assert abs(link.expires_at - link.created_at - timedelta(days=days)) < timedelta(minutes=1)
    assert f'value="http://testserver{link.get_absolute_url()}"' in answer.content.decode()


def test_a_week_is_offered_first(writer: User, article: Article):
    assert '<option value="7" selected>' in at_the_desk(writer).get(links_page(article)).content.decode()


@pytest.mark.parametrize("typed", [{"name": " ", "days": 7}, {"name": "Tên", "days": 365}, {"name": "Tên"}, {}])
def test_one_without_a_name_or_without_an_end_is_not_made(typed: dict[str, Any], writer: User, article: Article):
    answer = at_the_desk(writer).post(links_page(article), typed)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert ("Hãy đặt tên cho liên kết" in answer.content.decode()) != ("Tên" in typed.values())
    assert not PreviewLink.objects.exists()


def test_the_page_says_how_often_and_when(writer: User, link: PreviewLink):
    client = at_the_desk(writer)
    assert "Chưa ai mở." in client.get(links_page(link.article)).content.decode()
    opened(link)
    opened(link)
    PreviewLink.objects.update(last_opened_at=situations.at(2023, 2, 14))
    page = client.get(links_page(link.article)).content.decode()
    assert "Đã mở 2 lần, lần cuối 14/02/2023 07:00" in page
    assert page.count("<li><time") == 2


def test_its_maker_or_an_editor_revokes_it_and_nobody_else(writer: User, article: Article):
    for person, may in ((writer, True), (situations.staff("editor"), True), (situations.staff("writer"), False)):
        link = situations.a_preview_link(article, created_by=writer)
        assert revoke(at_the_desk(person), link).status_code == (302 if may else 403)
        link.refresh_from_db()
        assert (link.revoked_by == person, is_closed(link)) == (may, may)


def test_a_writer_does_not_revoke_what_an_editor_made(writer: User, article: Article):
    link = situations.a_preview_link(article, created_by=situations.staff("editor"))
    client = at_the_desk(writer)
    assert "Thu hồi" not in client.get(links_page(article)).content.decode()
    assert revoke(client, link).status_code == 403
    assert not is_closed(link)


def test_who_revoked_it_first_stays_who_revoked_it(writer: User, link: PreviewLink):
    revoke(at_the_desk(writer), link)
    revoke(at_the_desk(situations.staff("editor")), link)
    link.refresh_from_db()
    assert link.revoked_by == writer


def test_a_link_is_revoked_at_its_own_article_and_by_no_link(writer: User, link: PreviewLink):
    client = at_the_desk(writer)
    other = situations.an_article(writer=writer, **situations.draft())
    assert client.post(reverse("admin:articles_article_revoke_link", args=[other.pk, link.pk])).status_code == 404
    address = reverse("admin:articles_article_revoke_link", args=[link.article_id, link.pk])
    assert client.get(address).status_code == 405
    assert not is_closed(link)


def test_whoever_may_not_change_the_text_makes_none_and_keeps_those_made(writer: User, link: PreviewLink):
    """A writer who has submitted it still closes the own links."""
    client = at_the_desk(writer)
    Article.objects.update(state=State.SUBMITTED)
    assert "Người được xem" in client.get(links_page(link.article)).content.decode()
    assert client.post(links_page(link.article), {"name": "Thêm", "days": 7}).status_code == 403
    assert revoke(client, link).status_code == 302
    for role in ("writer", "moderator"):
        assert at_the_desk(situations.staff(role)).get(links_page(link.article)).status_code == 403


def test_no_link_is_made_to_what_was_taken_from_readers(article: Article):
    Article.objects.update(state=State.WITHDRAWN)
    editor = at_the_desk(situations.staff("editor"))
    page = editor.get(links_page(article)).content.decode()
    assert 'name="days"' not in page
    assert "Bài đã gỡ" in page
    assert editor.post(links_page(article), {"name": "Tên", "days": 7}).status_code == 403


def test_the_form_of_the_article_leads_to_its_links(writer: User, article: Article):
    form = reverse("admin:articles_article_change", args=[article.pk])
    assert links_page(article) in at_the_desk(writer).get(form).content.decode()
    public = situations.an_article()
    form = reverse("admin:articles_article_change", args=[public.pk])
    assert links_page(public) not in at_the_desk(situations.staff("moderator")).get(form).content.decode()


def test_the_page_of_the_links_costs_the_same_however_many_there_are(writer: User, link: PreviewLink):
    client = at_the_desk(writer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(links_page(link.article))
        return len(queries)

    opened(link)
    before = cost()
    for _ in range(4):
        opened(situations.a_preview_link(link.article, created_by=situations.a_user()))
    assert cost() == before


def test_a_draft_that_was_shown_can_still_be_deleted_and_its_links_go_with_it(writer: User, link: PreviewLink):
    opened(link)
    delete = reverse("admin:articles_article_delete", args=[link.article_id])
    assert at_the_desk(writer).post(delete, {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()
    assert is_closed(link)
