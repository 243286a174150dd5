"""The stories of readers and writers where nobody knows which process answers: nginx, three web processes, PostgreSQL.

Each request goes to the next of the three, as nginx hands them out.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from http.cookiejar import CookieJar
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPSHandler, Request, build_opener

import psycopg
import pytest
from django_otp.oath import TOTP

from tests.forms import filled
from tests.situations import picture_bytes
from tools.cluster import ROOT, Cluster, until

pytestmark = [pytest.mark.long, pytest.mark.alike]

ADD = "/quan-tri/articles/article/add/"
LOGIN = "/quan-tri/login/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
WORDS = "Mong trang có thêm số liệu các năm trước."


@pytest.fixture(scope="module")
def site() -> Iterator[Cluster]:
    with Cluster(webs=3, workers=1) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def passwords(site: Cluster) -> dict[str, str]:
    said = site.manage("create_demo_accounts", site.home / "accounts.txt")
    return {line.split()[0]: line.split()[1] for line in said.splitlines()}


class Person:
    """A browser of somebody: asks nginx, keeps its cookies, follows where it is led."""

    def __init__(self, site: Cluster) -> None:
        self.site, self.cookies = site, CookieJar()
        self.browser = build_opener(HTTPCookieProcessor(self.cookies), HTTPSHandler(context=site.trust()))

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> SimpleNamespace:
        headers = {"User-Agent": BROWSER, "Origin": self.site.url, **headers}
        request = Request(self.site.url + path, data, {name.replace("_", "-"): text for name, text in headers.items()})
        try:
            answer = self.browser.open(request, timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            return SimpleNamespace(
                status=answer.status, content=answer.read(), headers=answer.headers, path=urlsplit(answer.url).path
            )

    def send(self, path: str, **fields: Any) -> SimpleNamespace:
        for cookie in self.cookies:
            if cookie.name == "csrftoken":
                fields["csrfmiddlewaretoken"] = cookie.value
        return self.ask(path, urlencode(fields, doseq=True).encode())

    def send_file(self, path: str, name: str, file: bytes, called: str = "a.jpg") -> SimpleNamespace:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        edge = uuid.uuid4().hex
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        body += file + f"\r\n--{edge}--\r\n".encode()
        return self.ask(path, body, Content_Type=f"multipart/form-data; boundary={edge}", X_CSRFToken=str(token))

    def sign_in(self, username: str, password: str) -> SimpleNamespace:
        self.ask(LOGIN)
        return self.send(LOGIN, username=username, password=password, next="/quan-tri/")

    def open(self, path: str) -> Any:
        """Ask for a page of the desk that must be there, as `filled` takes it."""
        answer = self.ask(path)
        assert answer.status == 200, (path, answer.status)
        return answer


def at_the_desk(site: Cluster, username: str, password: str) -> Person:
    person = Person(site)
    answer = person.sign_in(username, password)
    assert (answer.status, answer.path) == (200, "/quan-tri/")
    return person


def of_each(site: Cluster, path: str) -> list[tuple[int, str]]:
    """Ask each web process by itself, past nginx, and return status and page of each."""
    said = []
    for web in site.webs:
        headers = {"Host": urlsplit(site.url).netloc, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
        try:
            answer = build_opener().open(Request(web.url + path, headers=headers), timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            said.append((answer.status, answer.read().decode()))
    return said


def rows(site: Cluster, question: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(site.database.url) as line:
        return line.execute(question, values).fetchall()  # type: ignore[call-overload]


def who_answered(site: Cluster, path: str, method: str) -> set[str]:
    """Return which web processes have answered requests for `path`, by nginx's own log."""
    time.sleep(1.3)  # it is written once a second
    lines = [json.loads(line) for line in (site.logs / "access.log").read_text().splitlines()]
    return {line["web"] for line in lines if line["path"] == path and line["method"] == method and line["web"]}


# --- At the desk -------------------------------------------------------------------------------


def test_who_signs_in_with_one_process_is_known_to_all(site, passwords):
    writer = at_the_desk(site, "phongvien", passwords["phongvien"])
    for _ in range(6):
        assert writer.ask("/quan-tri/articles/article/").status == 200
    assert len(who_answered(site, "/quan-tri/articles/article/", "GET")) == 3


def test_a_code_of_the_second_step_holds_for_any_process_and_only_once(site, passwords):
    key = "3132333435363738393031323334353637383930"
    devices = "from newsroom.models import User; from django_otp.plugins.otp_totp.models import TOTPDevice"
    made = (
        f"{devices}; TOTPDevice.objects.create(user=User.objects.get(username='kiemduyet'), name='totp', key='{key}')"
    )
    site.manage("shell", "-c", made)
    try:
        person = Person(site)
        step = person.sign_in("kiemduyet", passwords["kiemduyet"])
        assert step.path == "/quan-tri/buoc-hai/"
        assert person.ask("/quan-tri/articles/comment/").path != "/quan-tri/articles/comment/"
        code = f"{TOTP(bytes.fromhex(key)).token():06d}"
        assert person.send("/quan-tri/buoc-hai/", code=code).path == "/quan-tri/"
        assert {person.ask("/quan-tri/articles/comment/").path for _ in range(3)} == {"/quan-tri/articles/comment/"}

        other = Person(site)
        other.sign_in("kiemduyet", passwords["kiemduyet"])
        assert other.send("/quan-tri/buoc-hai/", code=code).path == "/quan-tri/buoc-hai/"
    finally:
        site.manage(
            "shell",
            "-c",
            "from django_otp.plugins.otp_totp.models import TOTPDevice; TOTPDevice.objects.all().delete()",
        )


def test_who_errs_five_times_waits_whichever_process_heard_it(site):
    """Were each to count by itself, three processes would let one guess three times as often."""
    answers = []
    for _ in range(6):
        guesser = Person(site)
        answers.append(guesser.sign_in("nguoi-la", "sai").status)
    assert answers == [200, 200, 200, 200, 429, 429]
    assert len(who_answered(site, LOGIN, "POST")) == 3


def test_a_picture_that_one_process_took_is_there_for_all(site, passwords):
    writer = at_the_desk(site, "phongvien", passwords["phongvien"])
    writer.open(ADD)
    answer = writer.send_file("/quan-tri/tai-anh-len/", "upload", picture_bytes(640, 360))
    assert answer.status == 200, answer.content
    address = json.loads(answer.content)["url"]
    picture = Person(site).ask(address)
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in picture.headers["Content-Security-Policy"]


# --- From a writer to readers, and back --------------------------------------------------------


def published(site: Cluster, passwords: dict[str, str], title: str) -> tuple[str, str]:
    """Let a writer write and an editor publish; return the article's addresses, for readers and at the desk."""
    writer = at_the_desk(site, "phongvien", passwords["phongvien"])
    category = rows(site, "SELECT id FROM articles_category ORDER BY id")[0][0]
    typed = {"title": title, "lead": "Tin thử.", "body": "<p>Một tin không có con số nào.</p>", "category": category}
    answer = writer.send(ADD, **filled(writer.open(ADD), **typed, _move="submit"))
    assert answer.status == 200 and answer.path.endswith("/change/"), answer.path
    editor = at_the_desk(site, "bientap", passwords["bientap"])
    editor.send(answer.path, **filled(editor.open(answer.path), _move="publish"))
    [(number, state)] = rows(site, "SELECT id, state FROM articles_article WHERE title = %s", title)
    assert state == "published"
    return Person(site).ask(f"/bai-viet/tin-{number}/").path, answer.path  # which leads to its own address


def test_what_is_published_is_seen_by_every_process_within_two_seconds(site, passwords):
    title = f"Tin của {uuid.uuid4().hex[:8]}"
    for _ in range(2):
        assert title not in "".join(page for _status, page in of_each(site, "/"))
        Person(site).ask("/")
    address, _desk = published(site, passwords, title)
    seen = time.monotonic()
    assert until(lambda: all(title in page for _status, page in of_each(site, "/")), 2)
    assert [status for status, _page in of_each(site, address)] == [200] * 3
    assert until(lambda: title in Person(site).ask("/").content.decode(), 2 - (time.monotonic() - seen))


def test_what_is_withdrawn_is_gone_within_five_seconds_while_all_are_reading_it(site, passwords):
    address, desk = published(site, passwords, f"Tin rút {uuid.uuid4().hex[:8]}")
    editor = at_the_desk(site, "bientap", passwords["bientap"])
    is_over, heard = threading.Event(), []

    def read() -> None:
        reader = Person(site)
        while not is_over.is_set():
            asked = time.monotonic()
            heard.append((asked, reader.ask(address).status))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        assert until(lambda: len(heard) > 50, 20)
        editor.send(desk, **filled(editor.open(desk), _move="withdraw", reason="Đăng nhầm"))
        gone = time.monotonic()
        time.sleep(6)
    finally:
        is_over.set()
        for reader in readers:
            reader.join()
    assert {status for asked, status in heard if asked < gone - 5} <= {200}
    assert {status for asked, status in heard if asked > gone + 5} == {404}
    assert [status for status, _page in of_each(site, address)] == [404] * 3


def comment(site: Cluster, address: str, words: str) -> SimpleNamespace:
    """Write a comment under the article at `address`, as a reader who has had the page for a while."""
    page = Person(site).ask(address).content.decode()
    made = re.search(r'name="made" value="([^"]+)"', page)
    assert made, page[:2000]
    time.sleep(3.5)  # nobody writes in less than three seconds
    return send_comment(site, address, words, made[1])


def send_comment(site: Cluster, address: str, words: str, made: str) -> SimpleNamespace:
    sent = {
        "text": words,
        "name": "Lê Thị Thử",
        "email": "",
        "consent": "on",
        "parent": "",
        "website": "",
        "made": made,
    }
    return Person(site).send(f"{address}binh-luan/", **sent)


def test_a_comment_goes_from_its_reader_over_a_moderator_to_all(site, passwords):
    address, _desk = published(site, passwords, f"Tin có bình luận {uuid.uuid4().hex[:8]}")
    assert comment(site, address, WORDS).status == 200
    [(number, state)] = rows(site, "SELECT id, state FROM articles_comment WHERE text = %s", WORDS)
    assert state == "pending"
    assert WORDS not in "".join(page for _status, page in of_each(site, address))
    moderator = at_the_desk(site, "kiemduyet", passwords["kiemduyet"])
    queue = "/quan-tri/articles/comment/hang-doi/"
    chosen = re.search(rf'value="({number}:\d+)"', moderator.open(queue).content.decode())
    assert chosen
    moderator.send(queue, comment=chosen[1], to="approved", act=uuid.uuid4())
    assert until(lambda: all(WORDS in page for _status, page in of_each(site, address)), 2)
    assert until(lambda: WORDS in Person(site).ask(address).content.decode(), 2)


def test_five_comments_in_ten_minutes_are_taken_and_no_sixth_by_any_process(site, passwords):
    """All at once, so that each process has one in hand while the others count."""
    address, _desk = published(site, passwords, f"Tin nóng {uuid.uuid4().hex[:8]}")
    had = rows(site, "SELECT count(*) FROM articles_comment WHERE sender <> ''")[0][0]
    page = Person(site).ask(address).content.decode()
    made = re.search(r'name="made" value="([^"]+)"', page)
    assert made
    time.sleep(3.5)
    statuses: list[int] = []
    readers = [
        threading.Thread(
            target=lambda n=n: statuses.append(send_comment(site, address, f"Lời thứ {n}", made[1]).status)
        )
        for n in range(12)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    taken = rows(site, "SELECT count(*) FROM articles_comment WHERE sender <> ''")[0][0]
    assert taken == 5
    assert sorted(statuses) == [200] * (5 - had) + [429] * (12 - 5 + had)


def test_the_counters_of_all_processes_add_up(site):
    def visits() -> int:
        return rows(site, "SELECT coalesce(sum(count), 0) FROM visits_visitday WHERE key = 'site'")[0][0]

    before = visits()
    for number in range(30):
        assert Person(site).ask("/dem/", b"", User_Agent=f"{BROWSER} {number}").status == 204
    assert until(lambda: visits() == before + 30, 10)
    assert len(who_answered(site, "/dem/", "POST")) == 3


# --- What is kept, and where -------------------------------------------------------------------


def test_static_files_have_the_headers_of_the_web_processes(site):
    """nginx says by itself what newsroom/guarding.py says: neither may fall behind the other."""
    page = Person(site).ask("/").content.decode()
    address = re.search(r'href="(/static/css/site\.[^"]+)"', page)
    assert address
    ours = Person(site).ask(address[1]).headers
    headers = {"Host": urlsplit(site.url).netloc, "X-Forwarded-Proto": "https"}
    theirs = build_opener().open(Request(site.webs[0].url + address[1], headers=headers)).headers
    same = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy",
            "Cross-Origin-Opener-Policy", "X-Content-Type-Options", "Strict-Transport-Security",
            "Cache-Control")  # fmt: skip
    assert {name: ours.get_all(name) for name in same} == {name: theirs.get_all(name) for name in same}


def test_no_header_is_said_twice(site):
    for path in ("/", "/quan-tri/login/", "/khong-co/", "/static/khong-co.css", "/media/khong-co.jpg", "/healthz"):
        names = [name.lower() for name in Person(site).ask(path).headers]
        assert [name for name in names if names.count(name) > 1 and name != "set-cookie"] == []


def test_web_processes_keep_nothing(site, passwords):
    """All of them are ended and what they had on their disks is thrown away, but for what people uploaded: as if three
    new machines had come. Who has signed in is signed in, who has to wait waits, and all that was said is there."""
    writer = at_the_desk(site, "phongvien", passwords["phongvien"])
    draft = writer.send(ADD, **filled(writer.open(ADD), title="Bản thảo qua đêm")).path
    for _ in range(5):
        Person(site).sign_in("nguoi-quen", "sai")
    picture = writer.send_file("/quan-tri/tai-anh-len/", "upload", picture_bytes(320, 180))
    for web in site.webs:
        assert web.stop() == 0
    assert Person(site).ask("/").status == 503
    for left in site.var.iterdir():
        if left.is_dir() and left.name not in {"media", "static"}:
            shutil.rmtree(left)
        elif left.is_file():
            left.unlink()
    for web in site.webs:
        web.start()
    for _ in range(3):
        assert "Bản thảo qua đêm" in writer.ask("/quan-tri/articles/article/").content.decode()
        assert writer.ask(draft).status == 200
    assert Person(site).sign_in("nguoi-quen", "sai").status == 429
    assert Person(site).ask(json.loads(picture.content)["url"]).status == 200


# --- Nothing stays -----------------------------------------------------------------------------


def test_whoever_kills_the_starter_of_a_cluster_ends_all_of_it():
    """A benchmark that was killed must not leave a database behind that the next one competes with."""
    program = (
        "import sys; from tools.cluster import Cluster\n"
        "with Cluster(webs=1, workers=1, sample=False) as c:\n"
        "    print(c.home, c.nginx.pid, c.database.pid, c.webs[0].pid, flush=True); sys.stdin.read()\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    home, *pids = starter.stdout.readline().split()
    starter.send_signal(signal.SIGKILL)
    starter.communicate()

    def all_are_gone() -> bool:
        return not any(is_alive(int(pid)) for pid in pids) and not os.path.exists(home)

    assert until(all_are_gone, 20)


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
