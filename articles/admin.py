"""The desk of articles: written, reviewed, published, corrected, and talked about."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.commenting import desk as _desk_of_comments  # noqa: F401
from articles.commenting.people_desk import PeopleAdmin
from articles.desk import exporting
from articles.desk import rippling as _desk_of_changes  # noqa: F401
from articles.desk.as_typed import NumbersAdmin
from articles.desk.autosaving import AutosavedAdmin
from articles.desk.from_conference import FromConferenceAdmin
from articles.desk.front_page import FrontPageAdmin
from articles.desk.giving import GivingAdmin
from articles.desk.importing import ImportingAdmin
from articles.desk.monthly import MonthlyAdmin
from articles.desk.moved_on import MovedOnAdmin
from articles.desk.moving import MovingAdmin
from articles.desk.moving_many import ManyAdmin
from articles.desk.previews import PreviewedAdmin
from articles.doubts.desk import DoubtsAdmin
from articles.models import (
    Article,
    Byline,
    Category,
    Citation,
    Comment,
    Correction,
    Mention,
    Moderation,
    Photo,
    Publication,
    Tag,
    Video,
    WorkingCopy,
)
from articles.moderating.deciding import decide, faster
from articles.moderating.writer_desk import WriterAdmin
from articles.workflow import (
    may_edit,
)
from newsroom.desk import (
    FORM_FIELDS,
    DeskAdmin,
    Fieldsets,
    PartInline,
    PublishableAdmin,
    StandingFilter,
    person,
    standing,
)
from newsroom.editor import EditorWidget
from newsroom.publishing import State, is_public
from newsroom.richtext import RichTextField

# --- Parts of an article -----------------------------------------------------------------------


class PhotoInline(admin.StackedInline):
    model = Photo
    extra = 0
    readonly_fields = ["preview"]
    fields = ["preview", "image", "alt", "caption", ("credit", "position")]

    @admin.display(description=_("preview"))
    def preview(self, photo: Photo) -> SafeString | str:
        if not photo.image:
            return "–"
        return format_html('<img class="preview" src="{}" alt="{}">', photo.image.url, photo.alt)


class BylineInline(PartInline):
    model = Byline
    autocomplete_fields = ["person"]
    fields = ["person", "credit", "unit", "position"]


class VideoInline(admin.StackedInline):
    model = Video
    formfield_overrides = FORM_FIELDS
    extra = 0
    fields = [("file", "address"), "picture", ("caption", "position")]


class CitationInline(PartInline):
    model = Citation
    autocomplete_fields = ["document"]
    fields = ["document", "printed", "position"]


class MentionForm(forms.ModelForm):
    """A mention as a person sets it: to other words, or at another figure or award."""

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        mention: Mention = self.instance
        if {"words", "part"} & set(self.changed_data):  # what was around the old words says nothing of the new ones
            mention.before = mention.after = ""
        elif {"statistic", "award"} & set(self.changed_data) and mention.words_now:
            cleaned["words"] = mention.words_now
        else:
            return cleaned
        mention.words_now, mention.state = "", Mention.State.ANCHORED
        return cleaned


class MentionInline(PartInline):
    model = Mention
    form = MentionForm
    autocomplete_fields = ["statistic", "award"]
    fields = ["words", "part", "statistic", "award", "standing"]
    readonly_fields = ["standing"]
    classes = ["collapse"]

    @admin.display(description=_("state"))
    def standing(self, mention: Mention) -> str:
        if mention.words_now:
            return format_html("{}: “{}”", mention.get_state_display(), mention.words_now)
        return mention.get_state_display()


# --- Articles ----------------------------------------------------------------------------------


class StageFilter(StandingFilter):
    """Where articles stand, those that are published also by where their working copies do."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
            return queryset.at_stage(self.value())
        return super().queryset(request, queryset)


@admin.register(Article)
class ArticleAdmin(
    MovingAdmin,
    AutosavedAdmin,
    MovedOnAdmin,
    PreviewedAdmin,
    FromConferenceAdmin,
    FrontPageAdmin,
    MonthlyAdmin,
    ImportingAdmin,
    GivingAdmin,
    ManyAdmin,
    NumbersAdmin,
    PublishableAdmin,
):
    change_form_template = "admin/articles/article/change_form.html"
    formfield_overrides = {**FORM_FIELDS, RichTextField: {"widget": EditorWidget}}
    list_display = ["title", "standing", "category", "conference", "writer", "published_at"]
    list_filter = [StageFilter, "category", ("writer", admin.RelatedOnlyFieldListFilter), "allow_comments"]
    list_select_related = ["category", "conference", "writer", "working_copy"]
    date_hierarchy = "published_at"
    ordering = ["-saved_at", "-pk"]
    search_fields = ["search_key__contains", "conference__search_key__contains"]
    autocomplete_fields = ["category", "tags", "conference", "committees", "publication"]
    inlines = [PhotoInline, BylineInline, VideoInline, CitationInline, MentionInline]
    fieldsets = [
        (None, {"fields": ["title", "lead", "dateline", "body"]}),
        (_("What it is about"), {"fields": ["conference", "committees", ("category", "tags")]}),
        (
            _("Whose report it was"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("publication", "source_label"),
                    "source_url",
                    ("source_published_at", "source_updated_at"),
                    "retrieved_on",
                ],
            },
        ),
        (_("Comments, and a note to colleagues"), {"classes": ["collapse"], "fields": ["allow_comments", "note"]}),
    ]

    @admin.display(description=_("state"), ordering="state")
    def standing(self, thing: Any) -> SafeString:
        copy = getattr(thing, "working_copy", None)
        if copy is None:
            return standing(thing)
        changes = format_html(
            '<span class="standing {}">{}: {}</span>', copy.state, _("Working copy"), State(copy.state).label
        )
        return format_html("{} {}", standing(thing), changes)

    # Who sees and changes what

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request).defer("working_copy__snapshot")
        if request.user.has_perm("articles.edit_others_article"):
            return articles
        return articles.filter(Q(writer=request.user) | is_public())

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        # The newsroom's own rule, not the one for facts: see articles.workflow.
        allowed = super().has_change_permission(request)
        return allowed and (obj is None or may_edit(person(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_edit(person(request), obj))

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fieldsets: Fieldsets = list(super().get_fieldsets(request, obj))
        if obj is not None and not self.has_change_permission(request, obj):
            # Who may only read it reads it as readers will.
            name, options = fieldsets[0]
            fields = ["read_body" if field == "body" else field for field in options["fields"]]
            fieldsets[0] = (name, {**options, "fields": fields})
        return fieldsets

    @admin.display(description=_("body"))
    def read_body(self, article: Article) -> SafeString:
        return format_html('<div class="read-body">{}</div>', mark_safe(article.body))  # the field has cleaned it

    # Saving notes who

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.writer = person(request)
        super().save_model(request, obj, form, change)

    # Handing lists on

    def get_urls(self) -> list[URLPattern]:
        export = path("xuat/", self.admin_site.admin_view(self.export), name="articles_article_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.has_perm("articles.export_article"):
            raise PermissionDenied
        return exporting.export(request, self.get_queryset(request), self.admin_site.each_context(request))

    # What stands above and below the form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = context["original"]
        if article is not None:
            context["standing"] = standing(article)
            context["copy"] = WorkingCopy.objects.filter(article=article).select_related("saved_by").first()
            context["public_version"] = (
                article.revisions.filter(is_working_copy=False).values_list("version", flat=True).first()
            )
            if article.is_public and request.user.has_perm("articles.add_correction"):
                context["correction_address"] = f"{reverse('admin:articles_correction_add')}?article={article.pk}"
            context["last_word"] = (
                article.revisions.exclude(transition="").exclude(reason="").select_related("made_by").first()
            )
        return super().render_change_form(request, context, *args, **kwargs)


# --- What articles are filed under -------------------------------------------------------------


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
    list_display = ["name", "description", "position"]
    list_editable = ["position"]
    search_fields = ["search_key__contains"]


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    search_fields = ["search_key__contains"]


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    list_display = ["__str__", "address"]
    search_fields = ["search_key__contains"]


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    list_display = ["article", "shown_right", "corrected_at", "corrected_by"]
    list_select_related = ["article", "corrected_by"]
    date_hierarchy = "corrected_at"
    search_fields = ["article__search_key__contains"]
    autocomplete_fields = ["article"]
    fields = ["article", "stood", "right"]

    def was_public(self, thing: Correction) -> bool:
        return thing.article.was_public

    @admin.display(description=_("what is right"))
    def shown_right(self, correction: Correction) -> str:
        return Truncator(correction.right).chars(90)

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        if not change:
            obj.corrected_by = person(request)
        super().save_model(request, obj, form, change)
        # The correction stands in the article: what readers see has changed. When they first saw it has not.
        Article.objects.filter(is_public(), pk=obj.article_id).update(updated_at=timezone.now())

    def response_post_save_add(self, request: HttpRequest, obj: Correction) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.article_id]))


# --- Comments ----------------------------------------------------------------------------------


class CommentForm(forms.ModelForm):
    """The state of a comment, as the person who opened the form has seen it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.ChoiceField(label=_("reason"), choices=[("", "–"), *Moderation.Reason.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.instance.moderations.order_by("number").last() if self.instance.pk else None
        self.fields["seen"].initial = last.number if last else 0
        if last and "code" in self.fields:
            self.fields["code"].initial = last.reason
            self.initial["reason"] = last.words

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") not in {None, self.fields["seen"].initial}:
            last = self.instance.moderations.select_related("by").order_by("number").last()
            raise forms.ValidationError(faster(Comment.objects.get(pk=self.instance.pk), last))
        if self.instance.pk and "state" not in self.changed_data and {"code", "reason"} & set(self.changed_data):
            raise forms.ValidationError(_("A reason is given with a decision: choose another state as well."))
        return cleaned


@admin.register(Comment)
class CommentAdmin(PeopleAdmin, DoubtsAdmin, WriterAdmin):
    form = CommentForm
    list_display = ["excerpt", "name", "article", "state", "created_at", "moderated_by"]
    list_filter = ["state", "is_staff_reply"]
    list_select_related = ["article", "moderated_by"]
    date_hierarchy = "created_at"
    search_fields = ["search_key__contains", "article__search_key__contains"]
    autocomplete_fields = ["article", "parent"]
    actions = ["approve", "reject", "mark_as_spam", "hand_out", "take_name_off", "delete_selected"]
    fields = ["article", "parent", ("name", "email"), "text", "is_staff_reply", ("state", "code", "reason"), "seen"]

    def was_public(self, thing: Comment) -> bool:
        approved = Comment.State.APPROVED
        return thing.state == approved or thing.moderations.filter(to_state=approved).exists()

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return super().has_change_permission(request, obj) and self.has_moderate_permission(request)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.moderate_comment")

    def get_readonly_fields(self, request: HttpRequest, obj: Comment | None = None) -> Any:
        # A moderator decides over a reader's words and does not change them.
        return [] if obj is None else ["article", "parent", "name", "email", "text", "is_staff_reply"]

    @admin.display(description=_("text"), ordering="pk")
    def excerpt(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(90)

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        to, said = obj.state, form.cleaned_data
        if not change:
            obj.account, obj.state, obj.reason = person(request), Comment.State.PENDING, ""
            super().save_model(request, obj, form, change)
        if to == (form.initial["state"] if change else Comment.State.PENDING):
            return
        why = {} if to == Comment.State.APPROVED else {"reason": said["code"], "words": said["reason"]}
        outcome = decide({obj.pk: said["seen"] if change else 0}, to, person(request), **why)
        for sentence in outcome.refused.values():
            self.message_user(request, sentence, messages.ERROR)

    @admin.action(permissions=["moderate"], description=_("Approve selected comments"))
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Comment.State.APPROVED)

    @admin.action(permissions=["moderate"], description=_("Reject selected comments"))
    def reject(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Comment.State.REJECTED)

    @admin.action(permissions=["moderate"], description=_("Mark selected comments as spam"))
    def mark_as_spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Comment.State.SPAM)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Comment], to: Comment.State) -> None:
        self.tell(request, decide(dict.fromkeys(queryset.values_list("pk", flat=True)), to, person(request)))
