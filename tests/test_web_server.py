"""nginx as it stands in front (docker/nginx.conf.template), before web processes that do as they are told."""

import gzip
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django.core.management import call_command

from newsroom import guarding
from newsroom.pagecache.middleware import OFFERED
from tools import cluster

pytestmark = [pytest.mark.long, pytest.mark.alike]


class Web:
    """A web process: `say` decides what it answers, `asked` keeps what came."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.words, self.headers, self.status, self.delay = "cũ", {}, 200, 0.0
        self.offers, self.hangs_up = True, False
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                heard = {name.lower(): value for name, value in self.headers.items()}
                web.asked.append((self.command, self.path, heard))
                words, delay = web.words, web.delay
                time.sleep(delay)
                if web.hangs_up:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                body = f"{words} {heard.get('accept-encoding', '')}".strip().encode()
                self.send_response(web.status)
                if web.offers:
                    self.send_header("Cache-Control", OFFERED)
                    self.send_header("Expires", formatdate(usegmt=True))
                for name, value in web.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_POST = answer  # noqa: N815

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", cluster.free_port()), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Site:
    """nginx before two web processes, and a reader."""

    def __init__(self, home: Path) -> None:
        self.webs = [Web(), Web()]
        self.home, self.logs, self.var = home, home / "logs", home / "var"
        for folder in (self.logs, self.var / "media", self.var / "static"):
            folder.mkdir(parents=True)
        self.env = {"HSTS_SECONDS": "31536000", "PATH": "/usr/bin:/bin"}
        self.keeper = cluster.Keeper(None)
        self.nginx = cluster.Front(self)  # type: ignore[arg-type]

    def ask(self, path: str = "/", method: str = "GET", source: str = "127.0.0.1", **headers: str) -> SimpleNamespace:
        """Ask and return status, headers and bytes. Underscores of header names are hyphens."""
        line = http.client.HTTPSConnection(
            "127.0.0.1", self.nginx.port, timeout=20, source_address=(source, 0), context=self.context()
        )
        body = headers.pop("body", None)
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        said = SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
        line.close()
        return said

    def raw(self, text: bytes) -> bytes:
        """Send bytes over TLS and return what comes back."""
        said = b""
        with (
            socket.create_connection(("127.0.0.1", self.nginx.port), 10) as line,
            self.context().wrap_socket(line, server_hostname="localhost") as secured,
        ):
            secured.sendall(text)
            with suppress(OSError):
                while piece := secured.recv(65536):
                    said += piece
        return said

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.nginx.folder / "certificate.pem")

    def asked(self) -> list[tuple[str, str, dict[str, str]]]:
        return [line for web in self.webs for line in web.asked]

    def set(self, **changed: Any) -> None:
        for web in self.webs:
            vars(web).update(changed)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("nginx"))
    site.nginx.create()
    site.nginx.start()
    yield site
    site.nginx.stop()
    for web in site.webs:
        web.stop()
    site.keeper.end()


@pytest.fixture
def site(started: Site) -> Site:
    """The same for all, with web processes that know nothing of earlier tests."""
    for web in started.webs:
        web.asked.clear()
    started.set(words="cũ", headers={}, status=200, delay=0.0, offers=True, hangs_up=False)
    return started


@pytest.fixture
def collected(site: Site, settings: Any) -> Path:
    """Static files as collectstatic leaves them, a picture that was uploaded, and the pages of errors."""
    settings.STATIC_ROOT = site.var / "static"
    call_command("write_error_pages")
    (site.var / "static" / "css").mkdir(exist_ok=True)
    for name in ("site.css", "site.0123456789ab.css"):
        file = site.var / "static" / "css" / name
        file.write_text("a{color:red}" * 100)
        file.with_suffix(".css.br").write_bytes(brotli.compress(file.read_bytes()))
        file.with_suffix(".css.gz").write_bytes(gzip.compress(file.read_bytes()))
    (site.var / "static" / "plain.js").write_text("let a")
    (site.var / "media" / "anh.jpg").write_bytes(b"\xff\xd8\xff")
    (site.var / "newsroom.sqlite3").write_text("secret")
    return site.var


def at_the_start_of_a_second() -> None:
    time.sleep(1.02 - time.time() % 1)


@contextmanager
def fetched(site: Site, pages: int) -> Iterator[None]:
    """Hold that what is asked within is fetched as so many pages, once a second each, however slow the machine is."""
    at_the_start_of_a_second()
    before, began = len(site.asked()), int(time.time())
    yield
    seconds = int(time.time()) - began + 1
    assert pages <= len(site.asked()) - before <= pages * seconds


def together(*calls: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as people:
        return [done.result() for done in [people.submit(call) for call in calls]]


# --- One second of pages -----------------------------------------------------------------------


def test_a_page_is_asked_of_the_web_processes_once_a_second(site):
    with fetched(site, 1):
        for _ in range(9):
            assert site.ask("/giay/").body == "cũ".encode()
    site.set(words="mới")
    at_the_start_of_a_second()
    assert site.ask("/giay/").body == "mới".encode()


def test_what_has_lain_for_long_is_given_to_neither_of_two_who_ask_at_once(site):
    """Whoever comes second is told "it is being fetched": nginx would give him the old bytes, however old."""
    site.ask("/lau/")
    site.set(words="mới", delay=0.7)
    time.sleep(3.1)
    answers = together(*[lambda: site.ask("/lau/").body] * 4)
    assert {answer.decode() for answer in answers} == {"mới"}


def test_while_one_fetches_a_page_the_herd_is_given_the_last_for_a_second(site):
    at_the_start_of_a_second()
    site.ask("/dam-dong/")
    site.set(words="mới", delay=0.5)
    at_the_start_of_a_second()
    answers = together(*[lambda: site.ask("/dam-dong/").body] * 12)
    assert sorted(set(answers)) == sorted({"cũ".encode(), "mới".encode()})
    assert len(site.asked()) < 5  # the first of all, and one or two for twelve


def test_a_web_process_that_hangs_does_not_make_an_old_page_last(site):
    """The one who fetches may wait for long: the others are not given the old page meanwhile."""
    site.ask("/treo/")
    site.set(words="mới", delay=4)
    at_the_start_of_a_second()
    with ThreadPoolExecutor(1) as first:
        waits = first.submit(site.ask, "/treo/")
        time.sleep(2.2)
        site.set(delay=0.0)
        assert site.ask("/treo/").body == "mới".encode()
        assert waits.result().body == "mới".encode()


@pytest.mark.parametrize("fault", [{"hangs_up": True}, {"status": 500}, {"status": 404}])
def test_no_fault_of_a_web_process_brings_an_old_page_back(site, collected, fault):
    """A page that was withdrawn is a 404 there; one that cannot be fetched is not known to be public still."""
    path = f"/hong-{fault.get('status', '')}/"
    assert site.ask(path).status == 200
    site.set(**fault)
    at_the_start_of_a_second()
    answer = site.ask(path)
    assert answer.status == fault.get("status", 503)
    assert "cũ" not in answer.body.decode() or answer.status in {404, 500}


@pytest.mark.parametrize(
    "somebodys", [{"Cookie": "sessionid=abc"}, {"Cookie": "khac=1"}, {"Authorization": "Basic eDp5"}]
)
def test_what_is_somebodys_own_is_neither_kept_nor_given_to_others(site, somebodys):
    path = f"/rieng-{len(str(somebodys))}/"
    for _ in range(2):
        site.ask(path, **somebodys)
    assert len(site.asked()) == 2
    site.set(words="của ai cũng như ai")
    with fetched(site, 1):
        for _ in range(4):
            assert site.ask(path).body == "của ai cũng như ai".encode()
    site.set(words="của riêng")
    assert site.ask(path, **somebodys).body == "của riêng".encode()


@pytest.mark.parametrize(
    "answer",
    [
        {"offers": False},
        {"offers": False, "headers": {"Cache-Control": "public, max-age=60"}},
        {"offers": False, "headers": {"X-Accel-Expires": "60"}},
        {"headers": {"Set-Cookie": "a=b"}},
        {"status": 404},
        {"status": 500},
    ],
)
def test_nothing_is_kept_that_is_not_offered(site, answer):
    site.set(**answer)
    path = f"/khong-{len(str(answer))}/"
    for _ in range(3):
        site.ask(path)
    assert len(site.asked()) == 3


def test_posts_are_never_kept_and_heads_are_answered_from_pages(site):
    with fetched(site, 1):
        site.ask("/dau/")
        assert site.ask("/dau/", "HEAD").body == b""
    site.ask("/dau/", "POST", body="x")
    site.ask("/dau/", "POST", body="x")
    assert [method for method, _path, _headers in site.asked()].count("POST") == 2


def test_three_encodings_are_kept_and_no_spelling_makes_a_fourth(site):
    """Were the header itself in the key, anybody could make each page be fetched as often as he likes."""
    spellings = {
        "br": ["gzip, deflate, br", "br;q=1.0, *", "BR, br"],
        "gzip": ["gzip", "gzip, br;q=0", "x-odd, gzip;q=0.5", "gzip,br;q=0.000"],
        "": ["", "identity", "gzip;q=0", "zstd, *;q=0"],
    }
    with fetched(site, 3):
        for encoding, said in spellings.items():
            for words in said:
                assert site.ask("/nen/", Accept_Encoding=words).body.decode() == f"cũ {encoding}".strip()


def test_hosts_and_queries_are_told_apart_and_where_a_reader_came_from_is_not(site):
    with fetched(site, 1):
        for path in ("/khoa/", "/khoa/?utm_source=x", "/khoa/?fbclid=1&utm_medium=y", "/khoa/?zarsrc=30"):
            site.ask(path)
            site.ask(path)
    with fetched(site, 6):
        site.ask("/khoa/?trang=2")
        site.ask("/khoa/?trang=2&utm_source=x")
        site.ask("/khoa/", Host="khac.example.vn")
        site.ask("/khoa/", Host="khac.example.vn:9")
        site.ask("//khoa/")
        site.ask("/%6bhoa/")


def test_who_has_the_page_already_is_told_so_in_two_hundred_bytes(site):
    site.set(headers={"ETag": '"abc"'})
    assert site.ask("/nhan/").headers["ETag"] == '"abc"'
    answer = site.ask("/nhan/", If_None_Match='"abc"')
    assert (answer.status, answer.body) == (304, b"")


# --- What reaches the web processes ------------------------------------------------------------


def test_nothing_that_a_reader_says_of_himself_is_passed_on(site):
    """Else he chooses under which address he signs in, and where links in mails lead."""
    site.ask(
        "/toi/",
        X_Forwarded_For="8.8.8.8",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Port="1",
        X_Real_IP="8.8.8.8",
        Forwarded="for=8.8.8.8",
        X_Request_ID="chosen",
        Proxy="http://evil.example",
    )
    [(_method, _path, heard)] = site.asked()
    assert heard["x-forwarded-for"] == "127.0.0.1"
    assert heard["x-forwarded-proto"] == "https"
    assert "evil" not in str(heard)
    assert "8.8.8.8" not in str(heard)
    assert len(heard["x-request-id"]) == 32


def test_each_answer_has_a_number_of_its_own_that_stands_in_the_log(site):
    site.set(headers={"X-Request-ID": "of the web process"})
    first, second = site.ask("/so/"), site.ask("/so/")
    [one], [other] = first.headers.get_all("X-Request-ID"), second.headers.get_all("X-Request-ID")
    assert one != other
    time.sleep(1.3)  # the log is written once a second
    lines = [json.loads(line) for line in (site.logs / "access.log").read_text().splitlines()]
    [line] = [line for line in lines if line["request"] == one]
    assert (line["path"], line["status"], line["method"]) == ("/so/", 200, "GET")


def test_the_log_tells_nobodys_address_and_nothing_that_was_sought(site):
    site.ask("/tim-kiem/?q=nguyen", source="127.0.0.7", User_Agent="Odd/1.0", Referer="https://other.example/")
    time.sleep(1.3)
    logged = (site.logs / "access.log").read_text() + site.nginx.log.read_text()
    assert '"path":"/tim-kiem/"' in logged
    assert [word for word in ("127.0.0.7", "nguyen", "Odd/1.0", "other.example") if word in logged] == []


def test_what_is_sent_is_sent_once_and_what_is_asked_is_asked_elsewhere(site, collected):
    """A comment that two processes were given would stand there twice."""
    site.set(hangs_up=True)
    assert site.ask("/gui/", "POST", body="x").status == 503
    assert [method for method, _path, _headers in site.asked()] == ["POST"]
    site.set(hangs_up=False)
    site.webs[0].hangs_up = True
    for number in range(4):
        assert site.ask(f"/hoi-{number}/").status == 200


# --- What nginx says itself --------------------------------------------------------------------


def test_static_files_come_compressed_and_for_ever_where_their_name_holds_their_hash(site, collected):
    for accepted, encoding in {"gzip, br": "br", "gzip": "gzip", "identity": None, "br;q=0, gzip": "gzip"}.items():
        answer = site.ask("/static/css/site.0123456789ab.css", Accept_Encoding=accepted)
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, encoding)
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert answer.headers.get_all("Vary") == ["Accept-Encoding"]
        assert answer.headers.get_all("Cache-Control") == ["max-age=315360000, public, immutable"]
    assert site.ask("/static/css/site.css").headers["Cache-Control"] == "max-age=60, public"
    answer = site.ask("/static/plain.js", Accept_Encoding="br, gzip")
    assert (answer.body, answer.headers["Content-Encoding"]) == (b"let a", None)
    assert site.asked() == []


@pytest.mark.parametrize(
    ("path", "policy", "shared"),
    [
        ("/static/css/site.css", guarding.STATIC, "same-origin"),
        ("/media/anh.jpg", guarding.FILES, "cross-origin"),
    ],
)
def test_files_have_the_headers_that_the_web_processes_would_give_them(site, collected, path, policy, shared):
    said = site.ask(path, Accept_Encoding="br").headers
    assert said.get_all("Content-Security-Policy") == [policy]
    assert said.get_all("Cross-Origin-Resource-Policy") == [shared]
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Permissions-Policy"] == guarding.PERMISSIONS
    assert said["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert said["Server"] == "nginx"


@pytest.mark.parametrize(
    "path",
    ["/static/khong.css", "/static/", "/static/css", "/media/", "/media/khong.jpg", "/_front/503.html",
     "/_brotli/css/site.css.br", "/media../newsroom.sqlite3", "/media/../newsroom.sqlite3",
     "/media/%2e%2e/newsroom.sqlite3", "/static/..%2fnewsroom.sqlite3"],
)  # fmt: skip
def test_what_is_no_file_is_for_the_web_processes_to_say(site, collected, path):
    """Who knows how a 404 looks here; and what lies beside the folders is nobody's."""
    site.set(status=404, words="không có")
    answer = site.ask(path)
    assert answer.status in {400, 404}
    assert b"secret" not in answer.body
    assert answer.headers.get_all("Cache-Control") in (None, [OFFERED], ["no-store"])


TOO_LONG = "a" * 9000


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        (b"GET /" + TOO_LONG.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + TOO_LONG.encode() + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"G\x01T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    ],
)
def test_whoever_asks_for_something_odd_is_told_in_vietnamese(site, collected, request_, status):
    said = site.raw(request_).decode()
    assert said.startswith(f"HTTP/1.1 {status} ")
    assert '<html lang="vi">' in said
    assert guarding.PUBLIC in said
    assert "nginx/" not in said
    assert "<center>" not in said
    assert site.asked() == []


def test_when_no_web_process_answers_a_page_says_so_and_when_to_come_again(site, collected):
    site.set(hangs_up=True)
    answer = site.ask("/het/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "Hãy đợi mười giây rồi thử lại" in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    site.set(hangs_up=False)
    assert site.ask("/het/").status == 200


def test_an_office_behind_one_address_is_let_through_and_a_machine_is_not(site, collected):
    """Five hundred at once, and a hundred a second; this machine itself as many as it likes."""

    def come(source: str, path: str, times: int) -> list[SimpleNamespace]:
        with ThreadPoolExecutor(8) as people:
            return list(people.map(lambda _: site.ask(path, source=source), range(times)))

    assert {answer.status for answer in come("127.0.0.2", "/van-phong/", 300)} == {200}
    refused = [answer for answer in come("127.0.0.3", "/tim-kiem/?q=a", 200) if answer.status != 200]
    assert {answer.status for answer in refused} == {429}
    assert refused[0].headers["Retry-After"] == "10"
    assert {answer.status for answer in come("127.0.0.1", "/tim-kiem/?q=a", 200)} == {200}


def test_without_tls_there_is_nothing_but_the_way_to_it(site):
    line = http.client.HTTPConnection("127.0.0.1", site.nginx.plain_port, timeout=5)
    line.request("POST", "/binh-luan/?a=b", "x", {"Host": "localhost"})
    answer = line.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://localhost:{site.nginx.port}/binh-luan/?a=b")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize(("version", "works"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
def test_tls_is_spoken_as_it_is_today(site, version, works):
    context = site.context()
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    with socket.create_connection(("127.0.0.1", site.nginx.port), 5) as line:
        try:
            context.wrap_socket(line, server_hostname="localhost").close()
        except (ssl.SSLError, ConnectionError):
            assert not works
        else:
            assert works
