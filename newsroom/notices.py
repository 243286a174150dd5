"""What the desk tells whoever has just done something there: Django's messages, which no other page prints."""

from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest

from newsroom.addresses import of


class Notices(MessageMiddleware):
    """Looks for them in cookies and sessions only where they may be."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith(of("admin:index")):
            super().process_request(request)
