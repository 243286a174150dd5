"""Autosave: an open form saves itself, by the same way as a save by hand, and never stumbles over half a date.

The script of the form (static/js/drafts.js) posts the whole form. What is not yet right stays as it is stored, what
is a decision - a move, a row to delete, a file - is left to its person. Each page bears a token, so that a form that
is sent twice makes one article, and a save whose answer was lost is no colleague's.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from articles.desk.drafts import addresses, told
from articles.desk.guarding import OPENED_VERSION, GuardedAdmin
from articles.desk.half_written import adopt_rows, mend_fields, mend_rows, set_whole_as_stored, without_decisions
from articles.desk.presence import PresentAdmin, newer_save
from articles.models import Article
from articles.revisions import PARTS, keep_by_hand, pin
from newsroom.answering import for_scripts, refused
from newsroom.desk import person
from newsroom.moments import clock

PAGE = "_page"  # the hidden field with the page's token
COPY = "_copy"  # the token of the copy that the browser keeps of what is sent
SAVED_COPY = "saved_copy"  # the cookie that tells the next page which copy has been saved by hand

_TOKEN = re.compile(r"[0-9A-Za-z-]{8,36}")


def erase_copy(answer: HttpResponse, copy: str) -> HttpResponse:
    """Tell the page behind `answer` that what the browser keeps under the token `copy` is no longer needed."""
    path, secure = reverse("admin:index"), settings.SESSION_COOKIE_SECURE
    answer.set_cookie(SAVED_COPY, copy, max_age=60, path=path, samesite="Lax", secure=secure)
    return answer


class NotYet(Exception):
    """Something in the form is not yet right, so that it cannot be saved as it is."""


@dataclass
class Autosave:
    """What is known of an autosave while it passes through the form."""

    is_mending: bool = False
    left_out: bool = False
    fields: dict[str, str] = field(default_factory=dict)  # what the page must now carry


def is_autosave(request: HttpRequest) -> bool:
    return hasattr(request, "autosave")


def token(request: HttpRequest, name: str) -> str:
    """Return the token that a form has sent as `name`; empty where it is none."""
    sent = request.POST.get(name, "")
    return sent if _TOKEN.fullmatch(sent) else ""


def how_saved(request: HttpRequest) -> dict[str, Any]:
    """Return what a revision keeps of the way it was saved, as `articles.revisions.record` takes it."""
    return {"is_autosave": is_autosave(request), "page": token(request, PAGE)}


def _has_gap(formset: Any) -> bool:
    """Whether a new row stands behind one that is still empty: it could not keep its place once it is saved."""
    written = [row.has_changed() for row in formset.extra_forms]
    return written != sorted(written, reverse=True)


class AutosavedAdmin(PresentAdmin, GuardedAdmin):
    """A desk whose open forms save themselves."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("tu-luu/", for_scripts(self.admin_site, self.autosave_new_view), name="articles_article_autosave_new"),
            path(
                "<int:pk>/tu-luu/", for_scripts(self.admin_site, self.autosave_view), name="articles_article_autosave"
            ),
            *super().get_urls(),
        ]

    # What the script asks

    def autosave_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Save what the form of an article holds, as far as it can be saved, and say what the page must now carry."""
        article = self.get_object(request, str(pk))
        if article is None or not self.has_change_permission(request, article):
            raise PermissionDenied
        return self._autosave(request, str(pk))

    def autosave_new_view(self, request: HttpRequest) -> JsonResponse:
        """Make the article of a new form as soon as it has a title. A page makes one, however often it asks."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if made := self._made_in(request):
            return self.autosave_view(request, made.pk)
        if not token(request, PAGE):
            return refused(422, _("This page cannot save itself. Save by hand."))
        return self._autosave(request, None)

    def _autosave(self, request: HttpRequest, key: str | None) -> JsonResponse:
        request.POST, left_out = without_decisions(request.POST)  # type: ignore[assignment]
        request.FILES.clear()
        request.autosave = Autosave(left_out=left_out)  # type: ignore[attr-defined]
        try:
            return self.changeform_view(request, key)
        except NotYet:
            request.autosave = Autosave(is_mending=True, left_out=True)  # type: ignore[attr-defined]
        try:
            return self.changeform_view(request, key)
        except NotYet:
            return refused(422, _("Not saved by itself yet: give the article a title."))

    # The way of a form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST" or object_id is not None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if made := self._made_in(request):
            return self._go_on(request, made, form_url, extra_context)
        try:
            with transaction.atomic():
                if is_autosave(request) and request.autosave.is_mending:  # type: ignore[attr-defined]
                    self._mend(request, None)
                return super().changeform_view(request, None, form_url, extra_context)
        except IntegrityError:
            # The same form at the same moment: the other was first.
            made = self._made_in(request)
            if made is None:
                raise
            return self._go_on(request, made, form_url, extra_context)

    def _made_in(self, request: HttpRequest) -> Article | None:
        """Return the article that the page has made already, when the form it sends is still that of a new one."""
        page = token(request, PAGE)
        made = Article.objects.filter(form_token=page).first() if page else None
        if made and made.writer_id != person(request).pk:  # the page was somebody else's
            request.POST = data = request.POST.copy()  # type: ignore[assignment]
            del data[PAGE]
            return None
        return made

    def _go_on(self, request: HttpRequest, made: Article, form_url: str, extra_context: Any) -> Any:
        request.was_made = True  # type: ignore[attr-defined]
        if not self.has_change_permission(request, made):
            raise PermissionDenied
        return self.changeform_view(request, str(made.pk), form_url, extra_context)

    def receive(self, request: HttpRequest, article: Article, version: int) -> None:
        super().receive(request, article, version)
        if article.version != version:
            article.refresh_from_db()
        if request.POST.get(OPENED_VERSION) != str(version):
            self._catch_up(request, article)
        is_fresh = request.POST.get(OPENED_VERSION) == str(version)
        if is_fresh and is_autosave(request) and request.autosave.is_mending:  # type: ignore[attr-defined]
            self._mend(request, article)

    def _catch_up(self, request: HttpRequest, article: Article) -> None:
        """Where the newer version came from the very page that sends the form, it is not newer than its person knows.

        The answer was lost on its way, or the button was pressed while an autosave was still under way.
        """
        page, latest = token(request, PAGE), article.revisions.first()
        if page and latest and latest.page == page and latest.made_by_id == person(request).pk:
            data = request.POST.copy()
            if adopt_rows(data, latest.snapshot, list(PARTS)):
                data[OPENED_VERSION] = str(article.version)
                request.POST = data  # type: ignore[assignment]

    def _mend(self, request: HttpRequest, article: Article | None) -> None:
        """Set in the data of `request` what is not yet right as it is stored in `article`, or empty in a new one."""
        thing = article or Article()
        stored, data = self.sent_by_a_fresh_form(request, thing), request.POST.copy()
        prefixes = [formset.prefix for formset in self._bound_formsets(request, data, article)]
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form_class: Any = self.get_form(request, article, change=article is not None, fields=fields)
        # A form writes into the thing it checks: each gets one of its own.
        instance = Article.objects.get(pk=article.pk) if article else Article()
        mend_fields(form_class(data, instance=instance), data, stored, prefixes)
        for formset in self._bound_formsets(request, data, article):
            mend_rows(formset, data, stored)
        for formset in self._bound_formsets(request, data, article):
            if not formset.is_valid():
                set_whole_as_stored(formset.prefix, data, stored)
        request.POST = data  # type: ignore[assignment]

    def _bound_formsets(self, request: HttpRequest, data: QueryDict, article: Article | None) -> list[Any]:
        request.POST = data  # type: ignore[assignment]
        formsets, _inlines = self._create_formsets(request, article or Article(), change=article is not None)  # type: ignore[attr-defined]
        return formsets

    # Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.form_token = token(request, PAGE)
        if not change or not is_autosave(request) or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if is_autosave(request) and any(_has_gap(formset) for formset in formsets):
            raise NotYet
        super().save_related(request, form, formsets, change)
        request.saved_copy = token(request, COPY)  # type: ignore[attr-defined]
        if not is_autosave(request):
            return
        for formset in formsets:
            saved = [row for row in formset.forms if row.instance.pk]
            request.autosave.fields |= {  # type: ignore[attr-defined]
                f"{formset.prefix}-INITIAL_FORMS": str(len(saved)),
                **{row.add_prefix("id"): str(row.instance.pk) for row in saved},
            }

    def say_put_in_order(self, request: HttpRequest, labels: str) -> None:
        if not is_autosave(request):  # the form still holds what was typed: a save by hand tells it
            super().say_put_in_order(request, labels)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if is_autosave(request) else super().log_change(request, obj, message)

    # Answers

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        if is_autosave(request):
            return self._autosaved(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if is_autosave(request):
            return self._autosaved(request, obj)
        if hasattr(request, "was_made"):  # the page is that of a new article
            return super().response_add(request, obj)
        return super().response_change(request, obj)

    def _autosaved(self, request: HttpRequest, article: Article) -> JsonResponse:
        autosave: Autosave = request.autosave  # type: ignore[attr-defined]
        said = {"at": clock(timezone.now())}
        return JsonResponse(
            {
                "version": article.version,
                "saved_at": said["at"],
                "sentence": _("Saved at %(at)s, but for what is not yet right or waits for “Save”.") % said
                if autosave.left_out
                else _("Saved at %(at)s.") % said,
                "left_out": autosave.left_out,
                "copy": token(request, COPY),
                "article": article.pk,
                "fields": {OPENED_VERSION: str(article.version), **autosave.fields},
                "addresses": addresses(article),
            }
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if is_autosave(request):
            if clash := getattr(request, "clash", None):
                return refused(409, newer_save(clash.latest, person(request)))
            raise NotYet
        context["page_token"] = token(request, PAGE) or get_random_string(32)
        article: Article | None = context["original"]
        if not context["is_popup"] and (article is None or self.has_change_permission(request, article)):
            context["drafts"] = told(
                article,
                saves_itself=not hasattr(request, "clash"),
                is_sent_back=request.method == "POST",
            )
        return super().render_change_form(request, context, *args, **kwargs)

    # At the door: what opens is kept, and what was saved is said

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        with transaction.atomic():
            article = self.get_object(request, object_id)
            if article is not None:
                # Held until it is read, so that no autosave replaces in between what the form begins from.
                article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
            answer = super().change_view(request, object_id, form_url, extra_context)
            if article is not None and isinstance(answer, TemplateResponse):
                pin(article)
            elif article is not None and hasattr(request, "saved_copy"):
                keep_by_hand(article, person(request))
        return self._with_saved_copy(request, answer)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return self._with_saved_copy(request, super().add_view(request, form_url, extra_context))

    def _with_saved_copy(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        """Tell the page that comes after a save by hand which copy of the browser's is no longer needed."""
        copy = getattr(request, "saved_copy", "")
        return erase_copy(answer, copy) if copy else answer
