"""The headers under which a browser takes what the newsroom gives it: on every answer, whatever became of it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from newsroom import front, guarding
from tests.situations import an_article, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def directives(answer: HttpResponse) -> dict[str, str]:
    """What the policy of an answer says: the name of each directive, and its sources."""
    said = (part.strip().partition(" ") for part in answer.headers[guarding.CSP].split(";"))
    return {name: sources for name, _, sources in said}


def failing(monkeypatch: pytest.MonkeyPatch) -> HttpResponse:
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(front, "compose", fail)
    return Client(raise_request_exception=False).get("/")  # type: ignore[return-value]


def static_file() -> HttpResponse:
    (Path(settings.STATIC_ROOT) / "mot.css").write_text("a {}")
    return Client().get("/static/mot.css")  # type: ignore[return-value]


def stored_file(name: str, content: bytes = b"{}") -> HttpResponse:
    return Client().get(default_storage.url(default_storage.save(name, ContentFile(content))))  # type: ignore[return-value]


def test_every_answer_has_its_headers_whatever_became_of_it(client, media, monkeypatch, settings):
    """Errors and redirects too: it is there that what somebody typed is most likely to stand unescaped."""
    article = an_article()
    client.force_login(staff("writer"))
    answers = {
        (200, "page"): client.get("/"),
        (200, "feed"): client.get("/rss/"),
        (200, "static"): static_file(),
        (200, "media"): stored_file("a.txt"),
        (301, "address"): client.get(f"/bai-viet/khac-{article.pk}/"),
        (302, "sign-in"): Client().get(reverse("admin:index")),
        (400, "host"): client.get("/", headers={"Host": "elsewhere.example"}),
        (403, "token"): Client(enforce_csrf_checks=True).post(reverse("admin:login")),
        (404, "page"): client.get("/khong-co/"),
        (404, "media"): client.get("/media/khong-co.jpg"),
        (404, "desk"): client.get(reverse("admin:index") + "khong-co/"),
        (405, "method"): client.post("/"),
        (500, "fault"): failing(monkeypatch),
    }
    settings.SECURE_SSL_REDIRECT = True
    answers[301, "to TLS"] = Client().get("/")
    for (status, what), answer in answers.items():
        assert answer.status_code == status, what
        said = directives(answer)
        assert said["default-src"] == said["frame-ancestors"] == "'none'", what
        assert answer.headers["X-Content-Type-Options"] == "nosniff", what
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, what
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", what
        assert answer.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if what == "media" else "same-origin")
        assert "camera=()" in answer.headers["Permissions-Policy"], what


def test_public_pages_take_nothing_but_files_of_ours(client):
    for answer in (client.get("/"), client.get("/khong-co/")):
        said = directives(answer)
        assert set(said.values()) == {"'self'", "'none'"}
        assert answer.headers["X-Frame-Options"] == "DENY"  # for browsers that know no frame-ancestors
        assert said["base-uri"] == "'none'"
        assert said["script-src"] == said["style-src"] == said["form-action"] == "'self'"


def test_the_desk_is_as_strict_but_for_the_forms_with_the_editor(client):
    client.force_login(staff("administrator"))
    strict = [reverse("admin:index"), reverse("admin:articles_article_changelist"), reverse("admin:articles_tag_add")]
    for address in (*strict, reverse("admin:second_factor")):
        assert set(directives(client.get(address)).values()) == {"'self'", "'none'"}, address
    assert set(directives(Client().get(reverse("admin:login"))).values()) == {"'self'", "'none'"}
    writing = directives(client.get(reverse("admin:articles_article_add")))
    assert writing["script-src"] == "'self'"
    assert writing["script-src-attr"] == "'unsafe-inline'"


def test_stored_files_are_kept_in_a_sandbox(media):
    said = directives(stored_file("a.html"))
    assert said["sandbox"] == ""
    assert "script-src" not in said and said["form-action"] == "'none'"


def test_over_tls_a_browser_is_told_to_come_back_over_tls(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    for answer in (Client().get("/", secure=True), Client().get("/khong-co/", secure=True)):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in Client().get("/").headers


def test_no_answer_says_what_made_it(client):
    said = {name.lower() for path in ("/", "/khong-co/", "/quan-tri/") for name in client.get(path).headers}
    assert not said & {"server", "x-powered-by", "x-generator"}


# --- In a browser ------------------------------------------------------------------------------

_FOREIGN = """() => {
  const frame = document.createElement("p");
  frame.innerHTML = '<img src="x" onerror="window.ran = true"><a href="javascript:window.ran = true">a</a>';
  document.body.append(frame);
  frame.querySelector("a").click();
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  frame.append(script);
  const sheet = document.createElement("style");
  sheet.textContent = "h1 { color: red }";
  frame.append(sheet);
}"""


@pytest.mark.browser
def test_what_a_stranger_brings_into_a_page_does_not_run_and_fails_every_test(
    live_server: Any, page: Page, expected_noise: list[str]
):
    """What the browser refuses it says in its console, and whatever stands there fails the test: so no page of any
    story breaks its policy unseen."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    expected_noise.append("Content Security Policy|404 |is sandboxed")
    page.goto("/")
    page.evaluate(_FOREIGN)
    page.wait_for_timeout(200)
    refused = [text for text in heard if "Content Security Policy" in text]
    assert len(refused) >= 4, heard
    assert page.evaluate("window.ran") is None

    # What a stored file may do is said to the browser, whoever serves it.
    stranger = {"body": "<p id=a>a</p><script>document.title = 'ran'</script>", "content_type": "text/html"}
    page.route("**/la.html", lambda route: route.fulfill(**stranger, headers={guarding.CSP: guarding.FILES}))
    page.goto("/media/la.html")
    assert page.locator("#a").is_visible() and page.title() != "ran"
