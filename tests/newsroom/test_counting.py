"""Visits, reads and what else is counted: each visitor once a day, nobody watched, no page kept waiting."""

import logging
import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from articles.models import Article
from newsroom.housekeeping import forget_visitors
from newsroom.models import SiteIdentity
from newsroom.visits import collecting, rules
from newsroom.visits.collecting import Collector
from newsroom.visits.models import DayKey, RecentVisitor, Sighting, Sums, VisitAdjustment, VisitDay
from newsroom.visits.questions import question_of
from newsroom.visits.referrers import host_of
from newsroom.visits.writing import Ledger
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
SUNDAY = datetime.fromisoformat("2024-03-03T23:59:30+07:00").astimezone(UTC)  # as the clock gives it
MONDAY = SUNDAY + timedelta(seconds=31)
TUESDAY = datetime.fromisoformat("2024-03-05T12:00:00+07:00").astimezone(UTC)


@pytest.fixture(autouse=True)
def _no_midnight_comes_between():
    with at(TUESDAY):
        yield


def a_reader(address: str = "203.0.113.7", agent: str = BROWSER, **headers: str) -> Client:
    return Client(REMOTE_ADDR=address, headers={"user-agent": agent, **headers})


def opens(reader: Client, article: object = "", came_from: str = "", method: str = "post") -> int:
    address = f"/dem/?bai={article}" if article != "" else "/dem/"
    said = {"data": f"tu={came_from}", "content_type": "application/x-www-form-urlencoded"} if method == "post" else {}
    return getattr(reader, method)(address, **said).status_code


def counts() -> dict[str, int]:
    counted: dict[str, int] = {}
    for day in VisitDay.objects.all():
        counted[day.key] = counted.get(day.key, 0) + day.count
    return counted


def at(moment: datetime):
    return patch("django.utils.timezone.now", return_value=moment)


# --- What is counted ---------------------------------------------------------------------------


def test_a_visitor_is_counted_once_a_day_for_the_site_and_for_each_article(counters: Collector):
    one, other = situations.an_article(), situations.an_article()
    first, elsewhere, with_another_browser = a_reader(), a_reader("203.0.113.8"), a_reader(agent=f"{BROWSER} x")
    for _again in range(3):
        assert {opens(first), opens(first, one.pk), opens(first, other.pk), opens(first, one.pk, method="get")} == {
            204,
            200,
        }
        opens(elsewhere, one.pk)
        opens(with_another_browser)
        assert counters.write()
    assert counts() == {"site": 3, one.reads_key: 2, other.reads_key: 1}


def test_what_another_process_has_counted_is_not_counted_again(counters: Collector):
    """A restarted process remembers nothing: the database does."""
    readers = [a_reader(f"203.0.113.{number}") for number in range(20)]
    for _process in range(3):
        for reader in readers:
            opens(reader)
        assert counters.write()
        counters.drop()
    assert counts() == {"site": 20}


def test_the_day_turns_at_midnight_in_vietnam_and_the_week_on_monday(counters: Collector):
    reader = a_reader()
    for moment in (SUNDAY, MONDAY):
        with at(moment):
            opens(reader)
            assert counters.write()
    assert VisitDay.objects.sums(localdate(SUNDAY)) == Sums(today=1, week=1, ever=2)
    assert VisitDay.objects.sums(localdate(MONDAY)) == Sums(today=1, week=1, ever=2)


def test_who_came_before_midnight_and_is_written_after_it_is_of_the_day_before(counters: Collector):
    with at(SUNDAY):
        opens(a_reader("203.0.113.1"))
        counters.write()
        opens(a_reader("203.0.113.1"))
        opens(a_reader("203.0.113.2"))
    with at(MONDAY):
        counters.tidy()
        counters.write()
    assert [(day.on, day.count) for day in VisitDay.objects.all()] == [(localdate(SUNDAY), 2)]


def test_the_key_of_a_day_is_gone_at_midnight_and_what_it_made_two_minutes_later(counters: Collector):
    with at(SUNDAY):
        opens(a_reader())
        counters.write()
        [secret] = DayKey.objects.values_list("secret", flat=True)
    with at(MONDAY):
        counters.tidy()
        assert not DayKey.objects.exists()
        opens(a_reader())
        counters.write()
    assert [key.secret == secret for key in DayKey.objects.all()] == [False]
    assert len(set(Sighting.objects.values_list("visitor", flat=True))) == 2  # nobody can tell that they are one
    with at(MONDAY + timedelta(minutes=2)):
        assert forget_visitors() == "Đã xóa dấu của khách các ngày trước: 1."  # were the site to rest meanwhile
    assert [sighting.on for sighting in Sighting.objects.all()] == [localdate(MONDAY)]
    with at(MONDAY + timedelta(minutes=6)):
        counters.tidy()
    assert not RecentVisitor.objects.exists()
    assert counts() == {"site": 2}


def test_neither_address_nor_browser_is_stored(counters: Collector):
    opens(a_reader("203.0.113.77"), came_from="tin.example.vn")
    counters.write()
    kept = [str(row) for model in (VisitDay, Sighting, RecentVisitor) for row in model.objects.values_list()]
    assert kept and not [row for row in kept if "203.0.113" in row or "Android" in row]


def test_online_is_who_was_seen_in_the_last_five_minutes(counters: Collector):
    for minutes, address in ((0, "203.0.113.1"), (3, "203.0.113.2"), (4, "203.0.113.1")):
        with at(SUNDAY + timedelta(minutes=minutes - 60)):
            opens(a_reader(address))
            counters.write()
    for minutes, online in ((4, 2), (7, 2), (8, 1), (9, 0)):
        with at(SUNDAY + timedelta(minutes=minutes - 60)):
            assert RecentVisitor.objects.online().count() == online


# --- What is not -------------------------------------------------------------------------------


def test_what_no_reader_has_opened_is_left_out_or_counted_apart(counters: Collector, client: Client):
    """Each kind stands alone, so that it can be checked."""
    draft, public = situations.an_article(**situations.draft()), situations.an_article()
    scheduled = situations.an_article(**situations.published(-1))
    googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    signed_in = a_reader()
    signed_in.force_login(situations.staff("writer"))
    for expected, reader, asked in [
        ({"robot:google": 1}, a_reader(agent=googlebot), {"article": public.pk}),
        ({"robot:coccoc": 1}, a_reader(agent="Mozilla/5.0 (compatible; coccocbot-web/1.0)"), {}),
        ({"robot:program": 1}, a_reader(agent="curl/8.5.0"), {"method": "get"}),
        ({"robot:unnamed": 1}, a_reader(agent=""), {}),
        ({"left-out:ahead": 1}, a_reader(**{"sec-purpose": "prefetch;prerender"}), {"article": public.pk}),
        ({"left-out:ahead": 1}, a_reader(**{"x-moz": "prefetch"}), {"method": "get"}),
        ({"left-out:staff": 1}, signed_in, {"article": public.pk}),
        ({}, a_reader(), {"method": "head"}),
        ({}, a_reader(**{"sec-fetch-site": "cross-site"}), {"article": public.pk}),
        ({}, a_reader(**{"sec-fetch-site": "cross-site"}), {"article": public.pk, "method": "get"}),
        ({}, a_reader(origin="https://elsewhere.example"), {}),
        ({}, a_reader(referer="https://elsewhere.example/"), {"method": "get"}),
        ({}, a_reader(), {"article": draft.pk}),
        ({}, a_reader(), {"article": scheduled.pk}),
        ({}, a_reader(), {"article": 10**17}),
        ({}, a_reader(), {"article": "9" * 400}),
        ({}, a_reader(), {"article": "1 OR 1=1"}),
        ({"site": 1}, a_reader(origin="http://testserver", **{"sec-fetch-site": "same-origin"}), {}),
        ({"site": 1}, a_reader(referer="http://testserver/bai-viet/"), {"method": "get"}),
    ]:
        VisitDay.objects.all().delete()
        Sighting.objects.all().delete()
        counters.drop()
        opens(reader, **asked)
        assert counters.write()
        assert counts() == expected, (reader.defaults, asked)


def test_an_address_that_a_browser_makes_up_makes_no_second_visitor(counters: Collector, settings):
    for forged in ("198.51.100.1", "198.51.100.2", "<script>, 1, 2"):
        opens(a_reader(**{"x-forwarded-for": forged}))
    settings.TRUSTED_PROXIES = 1
    for forged in ("198.51.100.3", "198.51.100.4"):
        opens(a_reader("10.0.0.1", **{"x-forwarded-for": f"{forged}, 192.0.2.9"}))
    counters.write()
    assert counts() == {"site": 2}


def test_the_beacon_gives_no_cookie_and_is_kept_by_nobody():
    for answer in (a_reader().post("/dem/"), a_reader().get("/dem/"), a_reader().head("/dem/")):
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
    assert a_reader().get("/dem/").headers["Content-Type"] == "image/gif"
    assert a_reader().put("/dem/").status_code == 405
    assert a_reader(origin="https://elsewhere.example").post("/dem/").status_code == 403


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "=cmd|'/C calc'!A0",
    "@SUM(1)",
    "a\x00b",
    "a\nb\r\n",
    "\ud800",
    "x" * 8192,
    "%ff%fe",
    "http://[::1",
    "//" + "a." * 300,
    "https://user:secret@tin.example.vn@/",
    "..",
    "-",
    "\u202egro.live",
]


def test_whatever_a_browser_says_of_itself_nothing_of_it_is_stored(counters: Collector):
    for number, said in enumerate(HOSTILE):
        agent = said.encode("utf-8", "surrogatepass").decode("latin-1").translate({0: "", 10: "", 13: ""})
        reader = a_reader(f"198.51.100.{number}", agent=f"Mozilla/5.0 {agent}", **{"accept-language": agent})
        answer = reader.post("/dem/", {"tu": said.encode("utf-8", "surrogatepass"), "on": "1"}, format=None)
        assert answer.status_code == 204
        body = b"tu=" + said.encode("utf-8", "surrogatepass") + b"\xff"
        assert reader.post("/dem/", body, content_type="application/x-www-form-urlencoded").status_code == 204
    assert counters.write()
    counted = counts()
    assert counted["site"] == len(HOSTILE) and counted["referrer:?"] >= len(HOSTILE) - 1
    assert [key for key in counted if not re.fullmatch(r"site|referrer:(\?|[a-z0-9.-]+)", key)] == []


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ("", ""),
        ("https://www.Google.com.vn:443/search?q=họ+tên", "google.com.vn"),
        ("tin.example.vn:8080", "tin.example.vn"),
        ("TIN.example.vn.", "tin.example.vn"),
        ("https://báo.example.vn/", "xn--bo-mia.example.vn"),
        ("android-app://com.zing.zalo/", "com.zing.zalo"),
        ("localhost", "localhost"),
        *[(said, "?") for said in HOSTILE if said not in {"a\nb\r\n"}],
    ],
)
def test_of_where_readers_come_from_the_host_alone_is_kept(said: str, host: str):
    assert host_of(said) == host


def test_readers_who_come_from_our_own_pages_come_from_nowhere(counters: Collector):
    opens(a_reader(), came_from="testserver:8000")
    counters.write()
    assert counts() == {"site": 1}


def test_no_more_names_are_kept_of_a_day_than_there_is_room_for(counters: Collector, monkeypatch):
    """Whoever sends made-up referrers fills a list of the desk, and not the database."""
    monkeypatch.setitem(rules.RULES, "referrer:", rules.Rule("referrer:", limit=2))
    for number, host in enumerate(["a.vn", "b.vn", "c.vn", "a.vn", "d.vn"]):
        opens(a_reader(f"203.0.113.{number}"), came_from=host)
        counters.write()
    assert counts() == {"site": 5, "referrer:a.vn": 2, "referrer:b.vn": 1, "referrer:?": 2}
    counters.drop()  # another process
    opens(a_reader("203.0.113.9"), came_from="e.vn")
    counters.write()
    assert counts()["referrer:?"] == 3


# --- Searches that found nothing -----------------------------------------------------------------


def test_a_search_that_found_nothing_is_counted_once_a_reader(counters: Collector):
    situations.an_article("Kết nạp đảng viên")
    for asked in ("Đại hội Chi đoàn", "dai  hoi chi doan!", "đảng viên"):
        for address in ("203.0.113.1", "203.0.113.2"):
            a_reader(address).get("/tim-kiem/", {"q": asked})
    a_reader().get("/tim-kiem/", {"q": "đảng viên", "nam": "1999"})  # found, but not of that year
    a_reader("203.0.113.3").head("/tim-kiem/", {"q": "Đại hội Chi đoàn"})
    a_reader("203.0.113.3", **{"sec-fetch-site": "cross-site"}).get("/tim-kiem/", {"q": "viagra"})
    a_reader("203.0.113.3", agent="Googlebot/2.1").get("/tim-kiem/", {"q": "viagra"})
    counters.write()
    assert counts() == {"unfound:dai hoi chi doan": 2}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nhiệm kỳ 2020-2025, ngày 14/02/2023", "nhiem ky 2020 2025 ngay 14 02 2023"),
        ("=HYPERLINK(1)", "hyperlink 1"),
        ("<b>71/75</b>", "b 71 75 b"),
        ("0912 345 678", ""),
        ("gọi (028) 3822.1234", ""),
        ("079201 001 234", ""),
        ("an@example.vn", ""),
        ("https://example.vn/a", ""),
        ("x" * 61, ""),
        ("?!", ""),
    ],
)
def test_of_a_search_its_words_are_kept_unless_they_may_be_somebodys_own(typed: str, kept: str):
    assert question_of(typed) == kept


# --- The database --------------------------------------------------------------------------------


def statements(counters: Collector, readers: int) -> int:
    for number in range(readers):
        opens(a_reader(f"192.0.{number // 250}.{number % 250}"), came_from="tin.example.vn")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counters.write()
    return len(asked)


def test_however_many_come_the_database_is_asked_the_same(counters: Collector):
    statements(counters, 1)  # the first of a day makes its key
    assert statements(counters, 2) == statements(counters, 40)
    assert counts() == {"site": 40, "referrer:tin.example.vn": 40}


def test_while_the_database_takes_nothing_readers_are_answered_and_hits_wait(counters: Collector, caplog):
    with patch.object(Ledger, "write", side_effect=DatabaseError("relation is locked")):
        with at(SUNDAY - timedelta(minutes=2)):
            assert opens(a_reader("203.0.113.1")) == 204
            assert not counters.write()
        with at(SUNDAY - timedelta(seconds=50)):
            assert opens(a_reader("203.0.113.2")) == 204
            assert not counters.write()
    with at(SUNDAY), caplog.at_level(logging.WARNING):
        assert counters.write()
        assert counts() == {"site": 1}
    assert "1 visits were not counted" in caplog.text
    assert "203.0.113" not in caplog.text


def test_a_beacon_asks_the_database_nothing(counters: Collector, django_assert_num_queries):
    """So it can wait for nothing there, locked or gone."""
    with django_assert_num_queries(0):
        assert opens(a_reader(), article=1, came_from="tin.example.vn") == 204
        assert opens(a_reader(), method="get") == 200


def test_what_waits_is_bounded(counters: Collector, monkeypatch, caplog):
    monkeypatch.setattr(collecting, "ROOM", 3)
    for number in range(5):
        opens(a_reader(f"203.0.113.{number}"))
    assert counters.write()
    assert counts() == {"site": 3}
    assert "2 visits were not counted" in caplog.text


def test_pages_are_whole_while_the_counters_are_gone(counters: Collector):
    """What else they hold matters more."""
    article = situations.an_article("Bài thử")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE visits_visitday RENAME TO visits_gone")
    for page in ("/", article.get_absolute_url(), "/luot-truy-cap/"):
        cache.clear()
        assert "Bài thử" in read(a_reader(), page).text or page == "/luot-truy-cap/"
    cache.clear()
    assert a_reader().get("/luot-truy-cap.json").status_code == 204


# --- What readers see ------------------------------------------------------------------------------


def test_the_block_has_its_numbers_from_an_address_of_its_own(counters: Collector, django_assert_max_num_queries):
    """A page that printed them could be kept by no cache."""
    SiteIdentity.objects.create(name="Trang thử")
    page = read(Client(), "/bai-viet/")
    [block] = page.text_of("visits")
    assert block == "Lượt truy cập Đang online – Hôm nay – Trong tuần – Tất cả – Chúng tôi đếm thế nào"
    assert "/luot-truy-cap/" in page.links
    VisitAdjustment.objects.create(kind="baseline", amount=755_845, reason="Trang cũ")
    opens(a_reader())
    counters.write()
    with django_assert_max_num_queries(5):  # on PostgreSQL two of them are a savepoint
        for _again in range(3):
            answer = Client().get("/luot-truy-cap.json")
    assert answer.json() == {"online": "1", "today": "1", "week": "1", "ever": "755.846"}
    assert not answer.cookies and "public" in answer.headers["Cache-Control"]


def test_without_javascript_the_numbers_stand_on_a_page(counters: Collector):
    VisitAdjustment.objects.create(kind="baseline", amount=755_845, reason="Trang cũ")
    opens(a_reader())
    counters.write()
    page = read(Client(), "/luot-truy-cap/")
    assert page.text_of("numbers") == ["Đang online 1 Hôm nay 1 Trong tuần 1 Tất cả 755.846"]
    assert page.text.count("/20") == 7  # days


def test_public_pages_tell_that_they_were_opened_and_no_others(client: Client):
    article = situations.an_article()
    assert f'data-beacon="/dem/?bai={article.pk}"' in client.get(article.get_absolute_url()).content.decode()
    assert 'data-beacon="/dem/"' in client.get("/").content.decode()
    link = situations.a_preview_link(situations.an_article(**situations.draft())).get_absolute_url()
    for address in ("/khong-co/", link, link[:-3] + "/", article.get_absolute_url() + "luu/"):
        assert "data-beacon" not in a_reader().get(address).content.decode(), address


def test_the_most_read_of_the_week_are_those_readers_may_see():
    monday = localdate(MONDAY)
    read_often = {
        "Đã gỡ": situations.an_article("Đã gỡ", state="withdrawn"),
        "Hẹn giờ": situations.an_article("Hẹn giờ", **situations.published(-1)),
        "Nhất": situations.an_article("Nhất"),
        "Nhì": situations.an_article("Nhì"),
    }
    for number, article in enumerate(read_often.values()):
        VisitDay.objects.create(key=article.reads_key, on=monday, count=100 - number)
    last_week = situations.an_article("Tuần trước")
    VisitDay.objects.create(key=last_week.reads_key, on=monday - timedelta(days=1), count=1000)
    VisitDay.objects.create(key="article:999999999", on=monday, count=1000)
    page = read(Client(), "/")
    assert page.text_of("ranks") == ["Nhất Nhì"]
    Article.objects.filter(pk=read_often["Nhất"].pk).update(state="withdrawn")
    assert read(Client(), "/").text_of("ranks") == ["Nhì"]


def test_a_week_in_which_nothing_was_read_yet_has_no_block_of_it():
    situations.an_article()
    assert not read(Client(), "/").with_class("ranks")
