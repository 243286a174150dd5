"""The pages of comments: all under an article, one with its replies, and the sender's own while it waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.commenting import own, taking, thread
from articles.commenting.attempt import Attempt, RefusedError
from articles.commenting.forms import CommentForm
from articles.commenting.traces import correspondent_of, sender_of
from articles.commenting.writing import Writing, comments_address, offer, offer_again
from articles.models import Article, Comment, CommentSettings
from articles.story import tell
from newsroom.same_site import from_our_pages
from newsroom.signin import client_address


@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """All comments under one article, the newest threads first; a new one is sent here."""
    article = _public(pk)
    if request.method == "POST":
        return _take(request, article)
    if request.path != comments_address(article):
        return redirect(comments_address(article), permanent=True)
    page, threads = thread.page_under(article, request.GET)
    context = {"article": article, "page": page, "threads": threads, "writing": offer(article)}
    return _unlisted(render(request, "articles/comments.html", context))


@require_safe
def comment(request: HttpRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    """One comment with all its replies, and the form for another."""
    article = _public(pk)
    found = get_object_or_404(Comment.objects.approved().threads(), pk=comment, article=article)
    address = f"{comments_address(article)}{found.pk}/"
    if request.path != address:
        return redirect(address, permanent=True)
    page = thread.page_of(found, request.GET)
    context = {"article": article, "comment": found, "page": page, "writing": offer(article, found)}
    return _unlisted(render(request, "articles/comment.html", context))


@require_safe
def comment_sent(request: HttpRequest, slug: str, pk: int, token: str) -> HttpResponse:
    """The article as the sender of a comment sees it, told what happens with it."""
    article = _public(pk)
    found = own.own(token, article)
    if found is None:
        return redirect(article)
    return _for_one_reader(_article(request, article, offer(article), found))


def _take(request: HttpRequest, article: Article) -> HttpResponse:
    """Take what was sent and lead to it, or give it back with a sentence."""
    form = CommentForm(request.POST, request.FILES, article=article)
    status, retry_after = 422, None
    if form.is_valid():
        try:
            return _led_to(taking.take(_attempt(request, article, form)))
        except RefusedError as error:
            form.add_error(error.verdict.field or None, error.verdict.sentence)
            status, retry_after = error.verdict.status, error.verdict.retry_after
    answer = _for_one_reader(_article(request, article, offer_again(article, form), status=status))
    if retry_after is not None:
        answer["Retry-After"] = str(retry_after)
    return answer


def _attempt(request: HttpRequest, article: Article, form: CommentForm) -> Attempt:
    sent = form.cleaned_data
    return Attempt(
        article=article,
        parent=sent["parent"],
        name=sent["name"],
        email=sent["email"],
        text=sent["text"],
        trap=sent["website"],
        stamp=sent["made"],
        sender=sender_of(client_address(request)),
        correspondent=correspondent_of(sent["email"]),
        rules=CommentSettings(),
        now=timezone.now(),
    )


def _led_to(comment: Comment) -> HttpResponse:
    answer = redirect(f"{comments_address(comment.article)}da-gui/{own.token_of(comment)}/#comment-sent")
    answer.status_code = 303  # See Other: whatever is loaded again is the page it leads to
    return _for_one_reader(answer)


def _article(
    request: HttpRequest, article: Article, writing: Writing, sent: Comment | None = None, status: int = 200
) -> HttpResponse:
    address = request.build_absolute_uri(article.get_absolute_url())
    context = {"story": tell(article), "address": address, "writing": writing, "sent": sent}
    return render(request, "articles/article.html", context, status=status)


def _public(pk: int) -> Article:
    articles = Article.objects.public().select_related("category", "conference__committee", "publication")
    return get_object_or_404(articles, pk=pk)


def _for_one_reader(answer: HttpResponse) -> HttpResponse:
    """Nobody keeps `answer`, and no machine lists it: it holds what one reader sent."""
    answer["Cache-Control"] = "private, no-store"
    return _unlisted(answer)


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """No machine is to list `answer` beside the page of its article."""
    answer["X-Robots-Tag"] = "noindex"
    return answer
