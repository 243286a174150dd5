"""Two editors over one article; a signed-in person for whatever is done at the desk."""

import http.client
import http.cookies
import secrets
import threading
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from bench.faults.scene import Scene
from bench.faults.tally import Tally
from tests.forms import filled

_EDITOR = """
from django.contrib.auth.models import Group
from newsroom.models import User
name, password = "{name}", "{password}"
if not User.objects.filter(username=name).exists():
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.set(Group.objects.all())
"""
_ARTICLE = """
from articles.models import Article
print(Article.objects.create(title="Bài của hai người").pk)
"""
_PASSWORD = secrets.token_urlsafe(12)
_made: set[str] = set()


class Desk:
    """Somebody who is signed in, at an address of his own."""

    def __init__(self, scene: Scene, number: int) -> None:
        self._scene, self._browser = scene, scene.browser(number)
        self._cookies: dict[str, str] = {}
        name = "nguoi-thu"
        if name not in _made:
            scene.shell(_EDITOR.format(name=name, password=_PASSWORD))
            _made.add(name)
        self.ask("GET", "/quan-tri/login/")
        status, _headers, said = self.post("/quan-tri/login/", {"username": name, "password": _PASSWORD})
        assert status == 302, f"signing in was answered {status}: {said[:500]}"

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, kind: str = ""
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPSConnection(self._browser.host, timeout=30, context=self._scene.trust)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers |= {"Origin": self._scene.cluster.url} | ({"Content-Type": kind} if kind else {})
        headers |= {"X-CSRFToken": self._cookies.get("csrftoken", "")}
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            for value in answer.headers.get_all("Set-Cookie") or ():
                for name, cookie in http.cookies.SimpleCookie(value).items():
                    self._cookies[name] = cookie.value
            said = answer.read().decode(errors="replace")
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, said
        finally:
            line.close()

    def post(self, path: str, form: dict[str, Any]) -> tuple[int, dict[str, str], str]:
        form = {**form, "csrfmiddlewaretoken": self._cookies.get("csrftoken", "")}
        return self.ask("POST", path, urlencode(form, doseq=True), "application/x-www-form-urlencoded")

    def upload(self, picture: bytes) -> tuple[int, str]:
        mark = secrets.token_hex(8)
        body = (
            (
                f'--{mark}\r\nContent-Disposition: form-data; name="upload"; filename="anh.jpg"\r\n'
                "Content-Type: image/jpeg\r\n\r\n"
            ).encode()
            + picture
            + f"\r\n--{mark}--\r\n".encode()
        )
        try:
            status, _headers, said = self.ask(
                "POST", "/quan-tri/tai-anh-len/", body, f"multipart/form-data; boundary={mark}"
            )
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__
        return status, said


def two_editors(scene: Scene, tally: Tally, seconds: float) -> None:
    """Both open the article, both save at the same moment: one text is taken, and the other is given back."""
    _rounds(scene, tally, seconds, forges=False)


def forging_editors(scene: Scene, tally: Tally, seconds: float) -> None:
    """The planted fault: one of the two says that he has seen the other's text."""
    _rounds(scene, tally, seconds, forges=True)


def _rounds(scene: Scene, tally: Tally, seconds: float, forges: bool) -> None:
    pk = scene.shell(_ARTICLE).splitlines()[-1]
    address = f"/quan-tri/articles/article/{pk}/change/"
    editors = Desk(scene, 50), Desk(scene, 51)
    kept = []
    tally.began = time.monotonic()
    while time.monotonic() < tally.began + seconds:
        taken = _round(editors, address, tally, forges)
        (stands,) = scene.ask("SELECT title FROM articles_article WHERE id = %s", pk)[0]
        # Nobody has seen the other's text: of what was taken in one round, what does not stand there is lost.
        kept += [text for text in taken if text == stands]
    tally.audit(kept)


def _round(editors: tuple[Desk, Desk], address: str, tally: Tally, forges: bool) -> list[str]:
    """Let both save a text of their own at once; return those that were taken."""
    opened = [_opened(editor, address) for editor in editors]
    typed = [f"Bản {secrets.token_hex(6)}" for _ in editors]
    taken: list[str] = []
    start = threading.Barrier(len(editors))

    def save(number: int) -> None:
        start.wait()
        if forges and number:
            time.sleep(0.3)
            opened[number]["_version"] = _opened(editors[number], address)["_version"]
        status, _headers, said = editors[number].post(address, {**opened[number], "title": typed[number]})
        if status == 302:
            tally.acknowledge(typed[number])
            taken.append(typed[number])
        elif typed[number] not in said:
            tally.wonder(f"a text that was not taken was not given back ({status})")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(len(editors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _opened(desk: Desk, address: str) -> dict[str, Any]:
    status, _headers, said = desk.ask("GET", address)
    assert status == 200, f"{address} was answered {status}"
    return filled(SimpleNamespace(content=said.encode()))  # type: ignore[arg-type]
