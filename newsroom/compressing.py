"""Answers made smaller on their way, where nothing secret could be read off their size."""

import re
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header

# What is made of words. Pictures, workbooks and films are compressed already.
_WORDS = re.compile(r"text/|(application|image)/([\w.-]+\+)?(json|xml)$")


class Compression(GZipMiddleware):
    """Django's own, for what everybody is given alike.

    Whoever can make a browser ask for a page with words of his choice in it, and sees how long the compressed answer
    is, can guess a secret that stands beside them (BREACH). So whatever a cookie has a say in, which is the whole
    desk, goes as it is; public pages ask no cookie, hold no secret, and need no padding to hide one.
    """

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if not _WORDS.match(kind) or response.cookies or has_vary_header(response, "Cookie"):  # type: ignore[arg-type]
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]
