"""The door of the page cache: the outermost middleware, before sessions, accounts and templates are touched."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from time import time
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import has_vary_header
from django.utils.http import http_date

from newsroom import watch
from newsroom.compressing import WORTH_IT, Compression, encoding_for, is_words, packed, unpacked
from newsroom.logs import named
from newsroom.pagecache.addresses import known_query
from newsroom.pagecache.changes import book
from newsroom.pagecache.pages import Key, Page, pages
from newsroom.pagecache.reading import read
from newsroom.pagecache.shelf import shelf

# Each reader's browser asks again each time; what stands between (docker/nginx.conf.template) may give the same answer
# for the second it was made in, and for one more while it fetches the next. Nobody may when we fail: we know better.
OFFERED = "public, stale-while-revalidate=1, stale-if-error=0"
_OWN = {"etag", "content-length", "vary", "cache-control", "expires"}  # headers that are not kept: said anew
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')
_FORM = re.compile(r"-(?:br|gzip)$")
_NOBODYS = re.compile(r"\b(?:private|no-store)\b")


class PageCache:
    """Answers what it keeps; has made, and keeps, what is the same for everybody.

    Whoever brings the cookie of a session, or anything by which an answer might be his own, is let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.compression = Compression(get_response)  # type: ignore[arg-type]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        page = pages.get(key)
        if page is not None and _may_be_given(page):
            return _answer(request, key, page)
        if not key[3] and known_query(key[2], "") is None:
            return self.get_response(request)
        shared = _shared(key)
        if shared is not None and _may_be_given(shared):
            return _answer(request, key, shared)
        return self._made(request, key, shared or page)

    def _made(self, request: HttpRequest, key: Key, old: Page | None) -> HttpResponseBase:
        """Have the answer made as it is for everybody, and keep it if it may be kept."""
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        asked = {name: request.META.pop(name, None) for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")}
        request.META.update(HTTP_ACCEPT_ENCODING="", QUERY_STRING=key[3])
        request.__dict__.pop("headers", None)  # what somebody outside has looked at
        since, struck, now = pages.place, shelf.place(), timezone.now()
        with read() as reading:
            response = self.get_response(request)
        request.META["HTTP_ACCEPT_ENCODING"] = accepted
        request.META.update({name: value for name, value in asked.items() if value is not None})
        request.__dict__.pop("headers", None)
        if response.status_code == 503 and old is not None and pages.get(key) is old:
            return _answer(request, key, old)
        if reading.obstacle or not _is_everybodys(response) or request.method == "HEAD":
            return self.compression.process_response(request, response)  # type: ignore[no-any-return]
        assert isinstance(response, HttpResponse)
        found = _ETAG.fullmatch(response.headers.get("ETag", ""))
        etag = found[1] if found else hashlib.blake2b(response.content, digest_size=12).hexdigest()
        encoding = encoding_for(accepted) if is_words(response) and len(response.content) >= WORTH_IT else ""
        headers = {name: value for name, value in response.items() if name.lower() not in _OWN}
        form = packed(response.content, encoding)
        page = Page(headers, etag, {encoding: form}, frozenset(reading.tags), pages.ends_at(now))
        if pages.keep(key, page, since) and not key[3]:
            told = {"headers": headers, "tags": page.tags, "encoding": encoding, "body": form}
            shelf.put(key, struck, made_at=now.timestamp(), until=page.until.timestamp(), etag=etag, **told)
        return _answer(request, key, page)


def pages_first(application: Callable[..., Any]) -> Callable[..., Any]:
    """Return the WSGI `application`, which is asked for what this process does not keep, or may not give.

    `PageCache` would give the same; but to have Django begin a request and end it costs more than to answer.
    """

    def listening(environ: dict[str, Any], start_response: Any) -> Any:
        request = WSGIRequest(environ)
        key = _key(request)
        page = pages.get(key) if key else None
        if key is None or page is None or not _may_be_given(page):
            return application(environ, start_response)
        answer = _answer(request, key, page)
        named(lambda _request: answer)(request)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]

    return listening


def _key(request: HttpRequest) -> Key | None:
    """Return under what the answer to `request` is kept; None where it is somebody's own, or is not kept."""
    meta = request.META
    if request.method not in {"GET", "HEAD"} or not settings.PAGE_CACHE_MB or not book.is_followed:
        return None
    if "HTTP_AUTHORIZATION" in meta or "HTTP_RANGE" in meta:
        return None
    if settings.SESSION_COOKIE_NAME in meta.get("HTTP_COOKIE", ""):
        return None
    path, query = request.path_info, meta.get("QUERY_STRING", "")
    try:
        host = request.get_host()
    except DisallowedHost:
        return None  # refused further in, as ever
    if query:
        known = known_query(path, query)
        if known is None:
            return None
        query = known
    return request.scheme or "", host, path, query


def _may_be_given(page: Page) -> bool:
    return watch.database_is_down() or pages.is_true(page, timezone.now())


def _shared(key: Key) -> Page | None:
    """Return the page of `key` that another process has made, now kept by this one too. None has a query."""
    since = pages.place
    row = None if key[3] else shelf.get(key)
    if row is None:
        return None
    until = datetime.fromtimestamp(row["until"], UTC)
    page = Page(row["headers"], row["etag"], {row["encoding"]: row["body"]}, row["tags"], until, bool(row["is_stale"]))
    return page if pages.keep(key, page, since) else None


def _is_everybodys(response: HttpResponseBase) -> bool:
    """Whether `response` may be given to everybody: a whole public page, with nothing of anybody's in it."""
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and not has_vary_header(response, "*")
        and not response.has_header("Content-Encoding")
        and not _NOBODYS.search(response.headers.get("Cache-Control", ""))
    )


def _answer(request: HttpRequest, key: Key, page: Page) -> HttpResponse:
    """Return `page` as `request` can read it; 304 where it has it already."""
    meta = request.META
    encoding = (
        ""
        if "" in page.forms and len(page.forms[""]) < WORTH_IT
        else encoding_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
    )
    etag = f'"{page.etag}-{encoding}"' if encoding else f'"{page.etag}"'
    headers = {
        **page.headers,
        "ETag": etag,
        "Cache-Control": OFFERED,
        "Expires": _this_second(),
        "Vary": "Accept-Encoding",
    }
    asked = meta.get("HTTP_IF_NONE_MATCH")
    if asked and _has(asked, page.etag):
        headers.pop("Content-Disposition", None)
        return HttpResponse(status=304, headers=headers)
    form = page.forms.get(encoding)
    if form is None:
        there, content = next(iter(page.forms.items()))
        form = packed(unpacked(content, there), encoding)
        pages.add_form(key, page, encoding, form)
    if encoding:
        headers["Content-Encoding"] = encoding
    headers["Content-Length"] = str(len(form))
    return HttpResponse(b"" if request.method == "HEAD" else form, headers=headers)


def _has(asked: str, etag: str) -> bool:
    """Whether who sends the header If-None-Match `asked` has a page of `etag` already, in whatever form."""
    return asked.strip() == "*" or any(_FORM.sub("", found) == etag for found in _ETAG.findall(asked))


_second: list[Any] = [0, ""]


def _this_second() -> str:
    now = int(time())
    if _second[0] != now:
        _second[:] = [now, http_date(now)]
    return str(_second[1])
