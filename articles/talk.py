"""Comments as every page shows them, written in Python (articles.cards says why): plain text, with its line breaks."""

from collections.abc import Iterable
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.commenting.thread import Discussion, Thread
from articles.commenting.writing import Writing
from articles.models import Comment
from newsroom.addresses import of_key
from newsroom.moments import local, stamp
from newsroom.phrases import phrase as _
from newsroom.vietnamese import moment
from newsroom.vietnamese import number as printed


def comment(comment: Comment, address: str = "", is_quoted: bool = False) -> SafeString:
    """Return one comment. With `address`, where it is answered; `is_quoted` where nothing is done with it."""
    written, name = local(comment.created_at), escape(comment.name)
    newsroom = _("Newsroom")  # xgettext looks into no f-string
    badge = f' <span class="badge">{newsroom}</span>' if comment.is_staff_reply else ""
    reply = report = ""
    if address:
        words = _('Reply<span class="visually-hidden"> to %(name)s</span>') % {"name": name}
        reply = f'<a href="{escape(address)}{comment.pk}/#comment-form" rel="nofollow">{words}</a> '
    if comment.state == Comment.State.APPROVED and not is_quoted:
        words = _('Report<span class="visually-hidden"> the comment of %(name)s</span>') % {"name": name}
        place = of_key("articles:comment_report", comment.pk)
        report = f'<a class="report" href="{place}" rel="nofollow">{words}</a>'
    answer = f'<p class="answer">{reply}{report}</p>\n' if reply or report else ""
    return SafeString(
        f'\n<p class="who"><b><bdi>{name}</bdi></b>{badge} '
        f'<time class="meta" datetime="{stamp(written)}">{moment(written)}</time></p>\n'
        f'<p class="text" dir="auto">{escape(comment.text)}</p>\n{answer}'
    )


def discussion(discussion: Discussion, writing: Writing | None, sent: Comment | None = None) -> SafeString:
    """Return what readers say under an article, and the form to say more; none in a preview, which has no `writing`.

    `sent` is the comment that whoever sees this page has just sent.
    """
    number, heading, parts = discussion.number, _("Comments"), list[str]()
    if sent:
        parts.append(render_to_string("articles/_comment_sent.html", {"comment": sent, "writing": writing}) + "\n")
    if writing:
        form = writing.drawn or render_to_string("articles/_comment_form.html", {"writing": writing})
        parts.append(f"{form}\n")
    if discussion.threads:
        address, is_open = (writing.address, writing.is_open) if writing else ("", False)
        parts.append(f'<ol class="thread">\n{threads(discussion.threads, address, is_open)}</ol>\n')
        if discussion.has_more:
            words = _("All %(number)s comments") % {"number": printed(number)}
            parts.append(f'<p class="all"><a href="{escape(address)}">{words}</a></p>\n')
    return SafeString(
        '<section class="comments" id="comments" aria-labelledby="comments-head">'
        f'<h2 id="comments-head">{heading} <span class="quiet">({printed(number)})</span></h2>\n'
        f"{''.join(parts)}</section>"
    )


def threads(threads: Iterable[Thread], address: str, is_open: bool) -> SafeString:
    """Return comments as threads. `address` is where all of them are; `is_open` whether more are taken."""
    return SafeString("".join(_thread(thread, address, is_open) for thread in threads))


def _thread(thread: Thread, address: str, is_open: bool) -> str:
    gone, all_replies = _("This comment is not shown."), _("All replies")
    if thread.comment is None:
        first = f'<p class="gone">{gone}</p>\n'
    else:
        first = comment(thread.comment, address if is_open else "")
    replies = "".join(f'<li class="comment">{comment(reply)}</li>\n' for reply in thread.replies)
    more = ""
    if thread.replies and thread.has_more and thread.comment:
        more = f'<p class="answer"><a href="{escape(address)}{thread.pk}/">{all_replies}</a></p>\n'
    inner = f'<ol class="replies">\n{replies}</ol>\n{more}' if replies else ""
    return f'<li class="comment">{first}\n{inner}</li>\n'
