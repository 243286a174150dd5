"""Giving a draft to a colleague, who goes on with it: the rule, and its page at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.desk.guarding import OPENED_VERSION
from articles.desk.history import RememberedAdmin
from articles.models import Article, Revision
from articles.revisions import begin, raise_version, record
from articles.workflow import NotPossible, may_edit, require_seen
from newsroom.desk import person
from newsroom.models import User
from newsroom.publishing import State


def may_give(user: User, article: Article) -> bool:
    """Whether `user` may give `article` to a colleague: its writer or an editor, while it is a draft or returned."""
    return article.state in {State.DRAFT, State.RETURNED} and may_edit(user, article)


def receivers(article: Article) -> QuerySet[User]:
    """Who may be given `article`: all who sit at the desk and write, but for its writer."""
    writers = User.objects.with_perm("articles.change_article", backend="django.contrib.auth.backends.ModelBackend")
    return writers.filter(is_staff=True).exclude(pk=article.writer_id or 0).order_by("search_key", "pk")


@transaction.atomic
def give(article: Article, to: User, by: User, *, seen: str, word: str = "") -> Revision:
    """Make `to` the writer of `article` and return the revision that says so, with what `by` had to say.

    `seen` is the version that the person decided over. Raises `NotPossible` when the article has been saved or
    moved on meanwhile, the person may not give it, or the colleague cannot write.
    """
    current = Article.objects.select_for_update().get(pk=article.pk)
    require_seen(current, seen)
    if not may_give(by, current):
        raise NotPossible(_("You may not do this with this article."))
    if not receivers(current).filter(pk=to.pk).exists():
        raise NotPossible(_("This colleague cannot be given an article: choose another."))
    begin(current)
    raise_version(current, writer=to)
    reason = _("to %(name)s") % {"name": to}
    if word := word.strip():
        reason += f": {word}"
    return record(current, by, reason[:500], transition=Revision.Transition.GIVE)


class GiveForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("To whom"))
    word = forms.CharField(
        label=gettext_lazy("A word to go with it"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What is done, and what is left to do. It stands on your colleague’s first page."),
    )


class GivingAdmin(RememberedAdmin):
    """A desk of articles that are given from hand to hand."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.give_view))
        return [path("<int:pk>/giao/", view, name="articles_article_give"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = context["original"]
        if article is not None and self._may_give(request, article):
            context["give_address"] = reverse("admin:articles_article_give", args=[article.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def _may_give(self, request: HttpRequest, article: Article) -> bool:
        return self.has_change_permission(request, article) and may_give(person(request), article)

    def give_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        if not self._may_give(request, article):
            raise PermissionDenied
        form = GiveForm(request.POST if request.method == "POST" else None)
        form.fields["to"].queryset = receivers(article)  # type: ignore[attr-defined]
        if form.is_valid():
            to, word = form.cleaned_data["to"], form.cleaned_data["word"]
            try:
                give(article, to, person(request), seen=request.POST.get(OPENED_VERSION, ""), word=word)
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                sentence = _("“%(title)s” is with %(name)s now.") % {"title": article.title, "name": to}
                self.message_user(request, sentence, messages.SUCCESS)
                self.log_change(request, article, _("given to %(name)s") % {"name": to})
                return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return self._page(request, article, "give", title=_("Give it to a colleague"), form=form)
