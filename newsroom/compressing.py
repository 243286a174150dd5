"""Answers made smaller on their way, where nothing secret could be read off their size."""

import gzip
import re
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.text import compress_string

# What is made of words. Pictures, workbooks and films are compressed already.
_WORDS = re.compile(r"text/|(application|image)/([\w.-]+\+)?(json|xml)$")
_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
WORTH_IT = 200  # bytes, as Django has it
_QUALITY = 5  # smaller than gzip in less time; a better one takes ten times as long


class Compression(GZipMiddleware):
    """Brotli for browsers and Django's own gzip for others, of what everybody is given alike.

    Whoever can make a browser ask for a page with words of his choice in it, and sees how long the compressed answer
    is, can guess a secret that stands beside them (BREACH). So whatever a cookie has a say in, which is the whole
    desk, goes as it is; public pages ask no cookie, hold no secret, and need no padding to hide one.
    """

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if not is_words(response) or response.cookies or has_vary_header(response, "Cookie"):  # type: ignore[arg-type]
            return response
        if isinstance(response, HttpResponse) and _BROTLI.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return _brotli(response)
        return super().process_response(request, response)  # type: ignore[arg-type]


def is_words(response: HttpResponseBase) -> bool:
    """Whether `response` is made of words: what else there is, is compressed already."""
    return _WORDS.match(response.headers.get("Content-Type", "").partition(";")[0]) is not None


def encoding_for(accepted: str) -> str:
    """Return how what is kept is given to who sends the header Accept-Encoding `accepted`: "br", "gzip" or ""."""
    if _BROTLI.search(accepted):
        return "br"
    return "gzip" if _GZIP.search(accepted) else ""


def packed(content: bytes, encoding: str) -> bytes:
    """Return `content` in `encoding` ("br", "gzip", or "" for as it is)."""
    if encoding == "br":
        return brotli.compress(content, quality=_QUALITY)
    return compress_string(content) if encoding == "gzip" else content


def unpacked(content: bytes, encoding: str) -> bytes:
    """Return what `packed` has made `content` of."""
    if encoding == "br":
        return brotli.decompress(content)
    return gzip.decompress(content) if encoding == "gzip" else content


def _brotli(response: HttpResponse) -> HttpResponse:
    if len(response.content) < WORTH_IT or response.has_header("Content-Encoding"):
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    response.content = packed(response.content, "br")
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Content-Encoding"] = "br"
    # The same page in other bytes: its ETag says so, as Django's gzip has it.
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
    return response
