"""Telling a writer by mail that an article has come back, where the site sends any mail."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.desk import person
from newsroom.models import SiteIdentity
from newsroom.publishing import State

log = logging.getLogger(__name__)


def tell_writer(request: HttpRequest, article: Article, reason: str) -> None:
    """Write to the writer of `article` who has returned it and why, once that is certain.

    Whoever returns their own is not written to. A mail server that fails takes nothing back: it is logged, and the
    person is asked to tell the writer; the next mails of this request are not tried.
    """
    writer, by = article.writer, person(request)
    if not settings.SENDS_MAIL or writer is None or writer == by or not writer.email or not writer.is_active:
        return
    context = {
        "writer": writer,
        "by": by,
        "title": article.title,
        "reason": reason,
        "is_changes": article.state == State.PUBLISHED,
        # A forged Host is refused by Django before anything is done (ALLOWED_HOSTS).
        "link": request.build_absolute_uri(reverse("admin:articles_article_change", args=[article.pk])),
        "site": SiteIdentity.current().name,
    }
    mail = EmailMessage(
        _("Returned: %(title)s") % {"title": article.title},
        render_to_string("admin/articles/article/returned_mail.txt", context),
        to=[writer.email],
    )

    def send() -> None:
        if getattr(request, "mail_is_down", False):
            log.error("The mail about the return of article %s was not tried.", article.pk)
            return
        try:
            mail.send()
        except Exception:
            log.exception("The mail about the return of article %s could not be sent.", article.pk)
            request.mail_is_down = True  # type: ignore[attr-defined]
            sentence = _("The mail that tells the writer could not be sent. Please tell them yourself.")
            messages.warning(request, sentence)

    transaction.on_commit(send)
