"""What is kept of a sender for some days alone: forgotten, once these are over."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.commenting.taking import ONCE_WITHIN
from articles.models import Ban, Comment, CommentReport, CommentSettings, FigureReport


def forget_senders() -> str:
    """Take the keys of addresses off comments and reports that are old enough, and say how many. Idempotent.

    Off reports of figures the e-mail goes too: it was given to be answered, and for no other use.

    The key of a sending goes with its day: whoever knows a comment and the site's own secret could try addresses on it.
    """
    now = timezone.now()
    since = now - timedelta(days=CommentSettings.current().sender_days)
    Comment.objects.filter(created_at__lte=now - ONCE_WITHIN).exclude(key="").update(key="")
    comments = Comment.objects.filter(created_at__lte=since).exclude(sender="").update(sender="")
    reports = CommentReport.objects.filter(at__lte=since).exclude(sender="").update(sender="")
    doubts = FigureReport.objects.filter(created_at__lte=since).exclude(sender="", email="")
    reports += doubts.update(sender="", email="")
    FigureReport.objects.filter(created_at__lte=now - ONCE_WITHIN).exclude(key="").update(key="")
    # A ban by an address lasts no longer than the address is known (articles.moderating.banning).
    Ban.objects.filter(created_at__lte=since, ends_at__lte=now).exclude(sender="").delete()
    return _("Senders forgotten: of %(comments)d comments, of %(reports)d reports.") % {
        "comments": comments,
        "reports": reports,
    }
