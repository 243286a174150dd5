"""A running newsroom under what no browser does: it refuses that on its pages, and goes on answering everybody else."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from urllib.parse import urlsplit

import pytest

from tests.articles.importing.test_opening import REPORT, nested
from tests.articles.importing.word_files import a_docx, paragraph, raw
from tests.newsroom.test_pictures import bomb
from tests.test_cluster import ADD, Person, at_the_desk
from tools.cluster import Cluster

pytestmark = [pytest.mark.long, pytest.mark.alike]

SLOW = 150  # who send a byte and then nothing, or ask and never read
LARGE = 300 * 2**20
UPLOAD, IMPORT = "/quan-tri/tai-anh-len/", ADD.replace("add", "nhap-bao-cao")
HEAD = b"Host: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def site() -> Iterator[Cluster]:
    with Cluster(webs=1, workers=2) as cluster:
        for number in range(10):  # what a process has never done takes longer
            Person(cluster).ask(f"/bai-viet/?q={number}")
        yield cluster


@pytest.fixture(scope="module")
def writers(site: Cluster) -> list[Person]:
    """One writer in several browsers."""
    said = site.manage("create_demo_accounts", site.home / "accounts.txt")
    password = dict(line.split()[:2] for line in said.splitlines())["phongvien"]
    return [at_the_desk(site, "phongvien", password) for _ in range(12)]


# --- Words that are none -----------------------------------------------------------------------


def answered(site: Cluster, request: bytes) -> tuple[int, bytes, bytes]:
    """What the web process itself says to `request`: status, head, page."""
    place = urlsplit(site.webs[0].url)
    with socket.create_connection((str(place.hostname), place.port or 80), 20) as line:
        line.sendall(request)
        said = b""
        while part := line.recv(65536):
            said += part
    head, _, page = said.partition(b"\r\n\r\n")
    return int(head.split()[1]), head, page


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", 414),
        (b"TRACE / HTTP/1.1\r\n" + HEAD + b"\r\n", 405),
        (b"BREW / HTTP/1.1\r\n" + HEAD + b"\r\n", 405),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: a\x00b\r\n\r\n", 400),
        (b"GET /\xff\xfe?q=\xff HTTP/1.1\r\n" + HEAD + b"\r\n", 400),
        (b"GET /%ff%fe/?q=%ff HTTP/1.1\r\n" + HEAD + b"\r\n", 404),
        (b"GET /khong-co/?q=%00 HTTP/1.1\r\n" + HEAD + b"Content-Type: text/plain; charset=hex\r\n\r\n", 404),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: " + b"a" * 70000 + b"\r\n\r\n", 431),
        (b"POST /dem/ HTTP/1.1\r\n" + HEAD + b"Content-Length: abc\r\n\r\n", 400),
        (b"POST /dem/ HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz", 400),
        (b"\x16\x03\x01\x00\xff\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n", 400),
    ],
)
def test_what_a_web_process_cannot_read_it_refuses_on_a_page_of_ours(site, request_, status):
    code, head, page = answered(site, request_)
    assert code == status, head
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"gunicorn" not in head and b"Traceback" not in page and b"</html>" in page


# --- Others meanwhile --------------------------------------------------------------------------


def ask_often(site: Cluster, is_over: Event, heard: Connection) -> None:
    """Ask ten times a second for a page, each time one that nobody has asked for, and tell how each was answered."""
    reader, answers, number = Person(site), [], 0
    while not is_over.wait(0.1):
        number += 1
        before = time.monotonic()
        status = reader.ask(f"/bai-viet/?nam={2000 + number % 30}&q=a{number}").status
        answers.append((status, time.monotonic() - before))
    heard.send(answers)


@contextmanager
def asked_meanwhile(site: Cluster) -> Iterator[None]:
    """Let a process of its own ask for pages: they must all come, within a second.

    One in fifty may take up to three seconds, since whoever besieges the site works on the same machine.
    """
    forked = get_context("fork")
    is_over, (hears, tells) = forked.Event(), forked.Pipe(duplex=False)
    asking = forked.Process(target=ask_often, args=(site, is_over, tells))
    asking.start()
    try:
        yield
        time.sleep(3)
    finally:
        is_over.set()
        statuses, took = zip(*hears.recv(), strict=True)
        asking.join()
    assert set(statuses) == {200}
    slow = sorted(seconds for seconds in took if seconds > 1)
    assert len(took) > 10 and len(slow) <= 1 + len(took) // 50 and max(took) < 3, (len(took), slow)


def line_to(site: Cluster, lines: ExitStack, room: int = 0) -> ssl.SSLSocket:
    """Return a line to nginx, which holds `room` bytes that nobody has read."""
    line = lines.enter_context(socket.socket())
    if room:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    line.settimeout(20)
    line.connect(("127.0.0.1", site.nginx.port))
    return lines.enter_context(site.trust().wrap_socket(line, server_hostname="localhost"))


def test_who_is_slow_keeps_nobody_else_waiting(site):
    """They hold a line to nginx each, and none to a web process: nginx asks when it has heard all, and takes an answer
    off the web process whether or not its reader does."""
    beginnings = (
        b"GET / HTTP/1.1\r\nHost: loc",
        b"POST /dem/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na",
        b"POST /quan-tri/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nusername=",
        *(b"GET /bai-viet/?nam=%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % year for year in (2021, 2022, 2023)),
    )
    with ExitStack() as lines, asked_meanwhile(site):
        for number in range(SLOW):
            line_to(site, lines, room=2048).sendall(beginnings[number % len(beginnings)])
        time.sleep(3)


def pieces(size: int, *, framed: bool = False) -> Iterator[bytes]:
    """`size` bytes in pieces; `framed`, in a body that does not say how long it will be."""
    piece = b"a" * 2**16
    for _ in range(size // len(piece)):
        yield b"10000\r\n" + piece + b"\r\n" if framed else piece


def sent(site: Cluster, path: str, body: Iterable[bytes], **headers: str) -> tuple[int, str]:
    """Send a body piece by piece, as far as anybody listens; return the status and the page of the answer."""
    line = http.client.HTTPSConnection("127.0.0.1", site.nginx.port, context=site.trust(), timeout=60)
    try:
        line.putrequest("POST", path)
        for name, value in headers.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        with suppress(ConnectionError, ssl.SSLError):
            for piece in body:
                line.send(piece)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def test_large_bodies_keep_nobody_else_waiting(site, writers):
    """What readers send is short: more is refused when it is announced, or when so much has come. At the desk films are
    uploaded; what is no film, or comes from nobody, is refused when it is there."""
    cookies = {cookie.name: str(cookie.value) for cookie in writers[0].cookies}
    known = {
        "Cookie": "; ".join(map("=".join, cookies.items())),
        "X_CSRFToken": cookies["csrftoken"],
        "Origin": site.url,
    }
    edge = {"Content_Type": "multipart/form-data; boundary=edge"}
    head = b'--edge\r\nContent-Disposition: form-data; name="upload"; filename="a.jpg"\r\n\r\n'
    foot = b"\r\n--edge--\r\n"
    length = {"Content_Length": str(len(head) + LARGE + len(foot))}

    def upload(path: str, **headers: str) -> tuple[int, str]:
        return sent(site, path, chain([head], pieces(LARGE), [foot]), **edge, **length, **headers)

    with asked_meanwhile(site), ThreadPoolExecutor(4) as senders:
        at_the_desk = [senders.submit(upload, path, **known) for path in (UPLOAD, UPLOAD)]
        by_nobody = [senders.submit(upload, path) for path in (UPLOAD, ADD)]
        told = [senders.submit(sent, site, path, (), **length) for path in ("/", "/dem/", "/bai-viet/tin-1/") * 4]
        untold = [
            senders.submit(sent, site, path, pieces(20 * 2**20, framed=True), Transfer_Encoding="chunked")
            for path in ("/", "/dem/")
        ]
        answers = {
            name: [each.result() for each in some]
            for name, some in {"desk": at_the_desk, "nobody": by_nobody, "told": told, "untold": untold}.items()
        }
    statuses = {name: {status for status, _page in some} for name, some in answers.items()}
    # A web process that does not want to hear more of a stranger may be gone before nginx has asked what it said.
    assert statuses.pop("nobody") <= {403, 503}
    assert statuses == {"desk": {400}, "told": {413}, "untold": {413}}
    for _status, page in chain(answers["nobody"], answers["told"], answers["untold"]):
        assert 'lang="vi"' in page and "nginx" not in page, page[:500]


def test_bombs_keep_nobody_else_waiting(site, writers):
    """A dozen at once, of somebody who has signed in: pictures of fifty million pixels and more, and Word files that
    are far more inside than they look, or never end."""
    pictures = bomb(10_000, 5_000), bomb(30_000, 30_000)
    words = [
        a_docx(paragraph(REPORT), extra={"word/other.xml": b" " * 21_000_000}),
        nested(10),
        a_docx(raw("<w:p/>" * 300_000)),
    ]

    def throw(number: int) -> int:
        writer = writers[number]
        if number % 2:
            return writer.send_file(UPLOAD, "upload", pictures[number // 2 % 2]).status
        return writer.send_file(IMPORT, "file", words[number // 2 % 3], "a.docx").status

    with asked_meanwhile(site), ThreadPoolExecutor(len(writers)) as hands:
        assert list(hands.map(throw, range(len(writers)))) == [200, 200, 200, 400] * 3
