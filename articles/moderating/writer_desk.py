"""The page of one writer of comments, and the desk of bans."""

from datetime import datetime, timedelta
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.models import Ban, Comment, Moderation
from articles.moderating import banning
from articles.moderating.deciding import may_moderate
from articles.moderating.queue_desk import QueueAdmin
from newsroom.desk import DeskAdmin, person
from newsroom.moments import midnight

LATEST = 20  # comments of the writer that are shown
State = Comment.State


class HideForm(forms.Form):
    """As what all comments of a writer are put away, and why."""

    act = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    to = forms.ChoiceField(
        label=gettext_lazy("They become"),
        choices=[(State.REJECTED, State.REJECTED.label), (State.SPAM, State.SPAM.label)],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=[("", "–"), *Moderation.Reason.choices], required=False
    )


class BanForm(forms.Form):
    """Until when a writer may not comment, and why."""

    until = forms.DateField(
        label=gettext_lazy("The last day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    why = forms.CharField(label=gettext_lazy("Reason, for the desk"), max_length=200, required=False)

    def clean_until(self) -> datetime:
        day, now = self.cleaned_data["until"], timezone.now()
        if day.year < 9999 and (end := midnight(day + timedelta(days=1))) > now:
            return end  # the midnight after it
        raise forms.ValidationError(_("Choose today or a later day."))


class WriterAdmin(QueueAdmin):
    """A desk of comments with a page for what one writer has written."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.writer_view))
        return [path("<int:pk>/nguoi-viet/", view, name="articles_comment_writer"), *super().get_urls()]

    def writer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_moderate(request.user):
            raise PermissionDenied
        comment = get_object_or_404(Comment, pk=pk)
        writer = banning.same_writer(comment)
        hide = HideForm(request.POST if "hide" in request.POST else None)
        week = timezone.localdate() + timedelta(days=7)
        bans = BanForm(request.POST if "ban" in request.POST else None, initial={"until": week})
        if "hide" in request.POST and writer and hide.is_valid():
            said = hide.cleaned_data
            outcome = banning.hide_all(comment, said["to"], person(request), reason=said["reason"], act=said["act"])
            self.tell(request, outcome)
            return HttpResponseRedirect(request.path)
        if "ban" in request.POST and writer and bans.is_valid():
            made = banning.ban(comment, bans.cleaned_data["until"], person(request), bans.cleaned_data["why"])
            if made is not None:
                until = date_format(timezone.localtime(made.ends_at), "SHORT_DATETIME_FORMAT")
                self.message_user(
                    request, _("No comments are taken from this writer until %(until)s.") % {"until": until}
                )
            return HttpResponseRedirect(request.path)
        theirs = Comment.objects.filter(writer) if writer else Comment.objects.filter(pk=pk)
        counts = dict(theirs.order_by().values_list("state").annotate(Count("pk")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("The writer “%(name)s”") % {"name": comment.name},
            "opts": self.opts,
            "comment": comment,
            "is_known": writer is not None,
            "counts": [(state, state.label, counts.get(state, 0)) for state in State],
            "standing": counts.get(State.PENDING, 0) + counts.get(State.APPROVED, 0),
            "comments": theirs.select_related("article").order_by("-created_at", "-pk")[:LATEST],
            "hide": hide,
            "bans": bans,
            "ban": banning.ban_of(comment) if writer else None,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/comment/writer.html", context)


@admin.register(Ban)
class BanAdmin(DeskAdmin):
    """Who may not comment for a while. A ban is made from a comment; here it is prolonged, cut short or lifted."""

    list_display = ["name", "known_by", "created_at", "created_by", "ends_at", "is_in_force", "reason"]
    list_select_related = ["created_by"]
    date_hierarchy = "created_at"
    actions = ["lift"]
    fields = ["name", "known_by", ("created_by", "created_at"), "ends_at", "reason", ("lifted_by", "lifted_at")]
    readonly_fields = ["name", "known_by", "created_by", "created_at", "lifted_by", "lifted_at"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Ban | None = None) -> bool:
        return may_moderate(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Ban | None = None) -> bool:
        return may_moderate(request.user) and (obj is None or obj.lifted_at is None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ban | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("known by"))
    def known_by(self, ban: Ban) -> str:
        return _("the e-mail address") if ban.correspondent else _("the address on the net")

    @admin.display(description=gettext_lazy("in force"), boolean=True)
    def is_in_force(self, ban: Ban) -> bool:
        return ban.is_in_force

    @admin.action(permissions=["change"], description=gettext_lazy("Lift selected bans"))
    def lift(self, request: HttpRequest, queryset: QuerySet[Ban]) -> None:
        chosen = list(queryset.filter(lifted_at=None))
        queryset.filter(lifted_at=None).update(lifted_at=timezone.now(), lifted_by=person(request))
        for ban in chosen:
            self.log_change(request, ban, _("lifted"))
        names = ", ".join(ban.name for ban in chosen) or "–"
        self.message_user(request, _("Lifted: %(names)s.") % {"names": names}, messages.SUCCESS)
