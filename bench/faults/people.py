"""Who uses the newsroom while it breaks: eight who comment, until it has been acknowledged, and some who read."""

import http.client
import random
import ssl
import string
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from bench.faults.tally import Tally

WRITERS = 8
PATIENCE = 20.0  # seconds for an answer
PAUSE = 0.2  # seconds before what failed is tried again
LAST = 30.0  # seconds in which what was begun must be acknowledged when all is over


def words() -> str:
    """Return a text that nobody has written before."""
    return "Ý kiến " + " ".join("".join(random.choices(string.ascii_lowercase, k=7)) for _ in range(5))


class Browser:
    """Somebody at an address of the loopback of his own, as nginx sees it."""

    def __init__(self, url: str, trust: ssl.SSLContext, number: int) -> None:
        self.host = urlsplit(url).netloc
        self._trust, self._here = trust, (f"127.0.0.{number}", 0)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """Return the status, the headers and the text of an answer. Raises OSError or HTTPException without one."""
        line = self._line()
        try:
            self._send(line, method, path, form)
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode(errors="replace")
        finally:
            line.close()

    def send_only(self, path: str, form: dict[str, str]) -> None:
        """Send a form and hang up before the answer comes."""
        line = self._line()
        try:
            self._send(line, "POST", path, form)
            time.sleep(random.random() * 0.05)
        finally:
            line.close()

    def _line(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(self.host, timeout=PATIENCE, context=self._trust, source_address=self._here)

    def _send(self, line: http.client.HTTPSConnection, method: str, path: str, form: dict[str, str] | None) -> None:
        body = None if form is None else urlencode(form)
        headers = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, headers)


class People:
    """Writers and readers of one experiment, each a thread, until `stop`."""

    def __init__(self, tally: Tally, url: str, trust: ssl.SSLContext, place: str, stamp: str, page: str) -> None:
        self.tally, self.place, self.stamp, self.page = tally, place, stamp, page
        self._url, self._trust = url, trust
        self._over, self._ended_at = threading.Event(), float("inf")
        self._threads: list[threading.Thread] = []

    def write(self, drops: float = 0.0) -> None:
        """Let everybody write; of what is sent the part `drops` is sent without waiting for the answer."""
        for number in range(WRITERS):
            self._begin(self._writes, 10 + number, drops)

    def read(self) -> None:
        """Let two read: a page that is in memory, and pages that have to be made."""
        self._begin(self._reads_kept, 40)
        self._begin(self._reads_fresh, 41)

    def stop(self) -> None:
        self._ended_at = time.monotonic()
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _begin(self, work, *args: object) -> None:  # type: ignore[no-untyped-def]
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _writes(self, number: int, drops: float) -> None:
        browser = Browser(self._url, self._trust, number)
        while not self._over.wait(random.random() * 0.1):
            self._comment(browser, words(), drops)

    def _comment(self, browser: Browser, text: str, drops: float) -> None:
        """Send a comment until it is acknowledged."""
        form = {"text": text, "name": "Lê Thị Thử", "email": "", "consent": "on", "parent": "", "website": ""}
        form["made"] = self.stamp
        while time.monotonic() < self._ended_at + LAST:
            began = time.monotonic()
            try:
                if random.random() < drops:
                    browser.send_only(self.place, form)
                    continue
                status, _headers, said = browser.ask("POST", self.place, form)
            except (OSError, http.client.HTTPException) as error:
                self.tally.fail(type(error).__name__, time.monotonic() - began)
            else:
                if status == 303:
                    self.tally.acknowledge(text)
                    return
                self._judge(status, said, time.monotonic() - began)
                if status == 503 and 'name="text"' in said and text not in said:
                    self.tally.wonder("a comment's text was not in its form")
            time.sleep(PAUSE)
        self.tally.wonder("a comment was never acknowledged")

    def _judge(self, status: int, said: str, took: float) -> None:
        self.tally.fail(str(status), took)
        if status != 503:
            self.tally.wonder(f"an answer {status}")
        if "Traceback" in said:
            self.tally.wonder("a trace was shown")

    def _reads_kept(self, number: int) -> None:
        for status, said, took in self._pages(number, lambda: self.page):
            if status != 200:
                self.tally.refused_kept += 1
                self._judge(status, said, took)

    def _reads_fresh(self, number: int) -> None:
        for status, said, took in self._pages(number, lambda: "/tim-kiem/?" + urlencode({"q": words()})):
            self.tally.wait(took)
            if status != 200:
                self._judge(status, said, took)

    def _pages(self, number: int, path) -> Iterator[tuple[int, str, float]]:  # type: ignore[no-untyped-def]
        browser = Browser(self._url, self._trust, number)
        while not self._over.wait(0.1):
            began = time.monotonic()
            try:
                status, headers, said = browser.ask("GET", path())
            except (OSError, http.client.HTTPException) as error:
                self.tally.fail(type(error).__name__, time.monotonic() - began)
                continue
            if status == 503 and not headers.get("retry-after"):
                self.tally.wonder("a 503 without Retry-After")
            yield status, said, time.monotonic() - began


@contextmanager
def busy(people: People, drops: float = 0.0) -> Iterator[People]:
    """Everybody writes and reads while the body runs, and then finishes what was begun."""
    people.write(drops)
    people.read()
    try:
        yield people
    finally:
        people.stop()
