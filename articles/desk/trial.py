"""The desk of what readers see: its form shows and changes the working copy, and readers' text stays as it is."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from articles.anchoring import find_again
from articles.desk.autosaving import how_saved
from articles.desk.panel import still_in
from articles.models import Article, WorkingCopy
from articles.revisions import begin, raise_version, record, snapshot
from articles.workflow import is_its_writer
from articles.working import keep, tried_on
from newsroom.desk import DeskAdmin, person
from newsroom.publishing import State


@dataclass
class Trial:
    """What a form did to an article while its working copy was put on."""

    is_saved: bool = False
    next_text: dict[str, Any] | None = None  # a snapshot, where something has changed
    log: list[Any] = field(default_factory=list)


class TrialAdmin(DeskAdmin):
    """A desk whose forms of published and scheduled articles are worked on with their working copies put on.

    All that is inherited - form, rows, guard, checks - finds the next text in the rows of the article. What was
    saved is read off as a snapshot before the rows are again what they are for readers, and is kept after that.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        def form_view() -> Any:
            return super(TrialAdmin, self).changeform_view(request, object_id, form_url, extra_context)

        article: Article | None = self.get_object(request, unquote(object_id)) if object_id else None
        if article is None or not is_its_writer(person(request), article):
            return form_view()
        if request.method != "POST":
            if not WorkingCopy.objects.filter(article=article).exists():
                return form_view()
            with tried_on(article):
                return form_view().render()
        with transaction.atomic():
            locked = Article.objects.select_for_update().filter(pk=article.pk, state=State.PUBLISHED).first()
            return self._try(request, locked, form_view) if locked else form_view()

    def _try(self, request: HttpRequest, article: Article, form_view: Any) -> Any:
        """Answer a form sent for `article`, whose row is locked."""
        request.trial = trial = Trial()  # type: ignore[attr-defined]
        begin(article)
        with tried_on(article):
            answer = form_view()
            if hasattr(answer, "render"):
                answer.render()
        del request.trial  # type: ignore[attr-defined]
        if not trial.is_saved:
            return answer
        if trial.next_text is not None:
            self.remember(request, article, trial.next_text)
        article = Article.objects.get(pk=article.pk)
        for message in trial.log:
            self.log_change(request, article, message)
        return self.response_change(request, article)

    def is_trying_on(self, request: HttpRequest) -> bool:
        """Whether what is saved now is taken off again: an answer has to wait until it is kept."""
        return hasattr(request, "trial")

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change and not self.is_trying_on(request):
            begin(Article.objects.get(pk=obj.pk))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        is_changed = not change or form.has_changed() or any(formset.has_changed() for formset in formsets)
        confirmed = still_in(request.POST)
        if not ((is_changed or confirmed) and find_again(article, confirmed)) and not is_changed:
            return
        if self.is_trying_on(request):
            request.trial.next_text = snapshot(article)  # type: ignore[attr-defined]
        else:
            if change:
                raise_version(article)
            self.remember(request, article)

    def remember(self, request: HttpRequest, article: Article, next_text: dict[str, Any] | None = None) -> None:
        """Keep what has been saved as a revision: the text of `article`, or `next_text` as its working copy."""
        if next_text is None:
            record(article, person(request), **how_saved(request))
        else:
            keep(article, next_text, person(request), **how_saved(request))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if self.is_trying_on(request):
            return request.trial.log.append(message)  # type: ignore[attr-defined]
        return super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self.is_trying_on(request):
            request.trial.is_saved = True  # type: ignore[attr-defined]
            return HttpResponse()  # nobody sees it: the answer is given once the text is kept
        return super().response_change(request, obj)
