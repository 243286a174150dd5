"""The daily mail that tells moderators what waits for them, where the site sends any mail.

It holds numbers and moments, and no word of a reader: what strangers write is read at the desk, where it can do
nothing, and not in mail programs of which we know nothing.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.doubts import desk as doubts
from articles.models import DigestDay
from articles.moderating import queue
from newsroom.models import SiteIdentity, User

KEPT = timedelta(days=90)
MODERATES = "articles.moderate_comment"

_logger = logging.getLogger(__name__)


def send_digest() -> int:
    """Write to everybody who decides over comments and reports of figures, once a day and only where something waits.

    Returns to how many a mail went. However often it is called, and by however many at once, a day has one digest: who
    notes the day first sends it. A mail server that fails gets another chance with the next call of the day.
    """
    if not settings.SENDS_MAIL:
        return 0
    reported, waiting, *_others = queue.tabs()
    figures, *_others = doubts.tabs()
    people = _moderators()
    if not (reported.count or waiting.count or figures.count) or not people:
        return 0
    today = timezone.localdate()
    DigestDay.objects.filter(on__lt=today - KEPT).delete()
    try:
        with transaction.atomic():
            day = DigestDay.objects.create(on=today)
    except IntegrityError:
        return 0
    try:
        return _send(people, waiting, reported, figures)
    except Exception:
        _logger.exception("The digest of comments could not be sent.")
        day.delete()
        return 0


def _moderators() -> list[User]:
    users = User.objects.with_perm(
        MODERATES, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return list(users.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk"))


def _send(people: list[User], waiting: queue.Tab, reported: queue.Tab, figures: queue.Tab) -> int:
    """Send each of `people` a mail of their own, so that nobody reads who else gets one."""
    site = SiteIdentity.current().name
    subject = _subject(waiting.count + reported.count, figures.count)
    told = {
        "waiting": waiting,
        "reported": reported,
        "figures": figures,
        "doubted_at": f"{reverse('admin:articles_comment_queue')}?muc={doubts.OPEN}",
        "oldest": queue.pace().oldest,
        "site": site,
    }
    mails = [
        EmailMessage(
            _("%(what)s – %(site)s") % {"what": subject, "site": site} if site else subject,
            render_to_string("admin/articles/comment/digest_mail.txt", {**told, "person": person}),
            to=[person.email],
        )
        for person in people
    ]
    return get_connection().send_messages(mails) or 0


def _subject(comments: int, figures: int) -> str:
    if comments and figures:
        words = _("%(count)d comments and reports of figures wait for you")
    elif figures:
        words = ngettext(
            "%(count)d report of a figure waits for you", "%(count)d reports of figures wait for you", figures
        )
    else:
        words = ngettext("%(count)d comment waits for you", "%(count)d comments wait for you", comments)
    return words % {"count": comments + figures}
