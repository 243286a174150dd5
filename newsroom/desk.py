"""What the desks of the admin have in common: how they are searched, how numbers are typed, what may go.

The apps declare their desks on top of these classes; the look is `static/css/admin.css`.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from newsroom import secondfactor_pages
from newsroom.autocompletes import Autocompleting
from newsroom.fields import LineField
from newsroom.models import SiteIdentity, User
from newsroom.publishing import Publishable, State, is_public
from newsroom.vietnamese import fold, number, read_number

EDIT_PUBLIC_FACTS = "committees.edit_public_facts"
_SEARCHED = 500  # letters of what is typed into a search: no database takes any number of words

# --- Numbers as Vietnamese writes them ---------------------------------------------------------


class FigureInput(forms.TextInput):
    """A narrow field for a number. Text, because a number field of a browser knows no "6.027" and no "94,67"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "figure-input", **(attrs or {})})


class NumberFormField(forms.DecimalField):
    """Takes "94,67", "6.027" or "6027" and shows what is stored the same way."""

    widget = FigureInput
    places: int | None = None  # how many digits after the comma are shown; None: those that are there

    def to_python(self, value: Any) -> Any:
        return super().to_python(_read(value))

    def prepare_value(self, value: Any) -> Any:
        return number(value, self.places) if isinstance(value, Decimal) else value


class WholeNumberFormField(forms.IntegerField):
    """Takes "755.845" or "755845" and shows what is stored the same way."""

    widget = FigureInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(_read(value))

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value


def _read(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        return None if isinstance(value, str) else value
    try:
        return read_number(value)
    except ValueError:
        raise ValidationError(_("Write the number as it is printed, such as 94,67 or 6.027."), code="invalid") from None


FORM_FIELDS: dict[type[models.Field], dict[str, Any]] = {
    models.DecimalField: {"form_class": NumberFormField, "widget": FigureInput},
    models.PositiveIntegerField: {"form_class": WholeNumberFormField, "widget": FigureInput},
    models.BigIntegerField: {"form_class": WholeNumberFormField, "widget": FigureInput},
    models.URLField: {"assume_scheme": "https"},
}

# --- The desk as a whole -----------------------------------------------------------------------


class Desk(admin.AdminSite):
    """Django's admin under the name of the body that runs the site, with what is written first on top."""

    index_title = _("The editors’ desk")
    enable_nav_sidebar = False  # the width belongs to lists and forms; the head leads from desk to desk
    order = ("articles", "committees", "newsroom", "visits", "auth", "axes")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # The login view means another thing by `site`, unless it is told.
        own = {"site": SimpleLazyObject(SiteIdentity.current), "sends_mail": settings.SENDS_MAIL}
        return {**super().each_context(request), **own}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        pages = [
            path("buoc-hai/", secondfactor_pages.second_step, name="second_step"),
            path("hai-buoc/", secondfactor_pages.second_factor, name="second_factor"),
            path("hai-buoc/ma-khoi-phuc/", secondfactor_pages.second_factor_codes, name="second_factor_codes"),
            path("hai-buoc/tat/", secondfactor_pages.second_factor_off, name="second_factor_off"),
        ]
        return [*pages, *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """As Django's, with a second step for those of whom it is asked."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {**self.each_context(request), **(extra_context or {})}
        answer: Any = secondfactor_pages.SignIn.as_view(extra_context=context)(request)
        return answer

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        answer = super().logout(request, extra_context)
        if request.method == "POST":
            # Machines of an office are shared: what a form kept in the browser goes with its person. Where a browser
            # does not know the word, or the site has no TLS, static/js/desk/everywhere.js does it.
            answer["Clear-Site-Data"] = '"storage"'
        return answer

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: (*self.order, app["app_label"]).index(app["app_label"]))


# What stands in a form's groups of fields: (title or None, options).
Fieldsets = list[tuple[Any, Any]]

# --- Desks -------------------------------------------------------------------------------------


def person(request: HttpRequest) -> User:
    """Return who sits at the desk: nobody comes to it without an account."""
    assert isinstance(request.user, User)
    return request.user


def _rows(formsets: Any) -> list[Any]:
    """Return the forms of rows that are saved, and not those to be deleted or left empty."""
    rows = [(formset, row) for formset in formsets for row in formset.forms]
    return [row for formset, row in rows if row.has_changed() and row not in formset.deleted_forms]


def _put_in_order(form: Any) -> list[str]:
    """Return the labels of the one-line fields of `form` that do not hold, byte for byte, what was typed."""
    lines = {field.name for field in form.instance._meta.concrete_fields if isinstance(field, LineField)}
    return [
        str(form.fields[name].label)
        for name in form.changed_data
        if name in lines and form.cleaned_data.get(name) != getattr(form.instance, name)
    ]


class DeskAdmin(Autocompleting, admin.ModelAdmin):
    """A desk: found without diacritics, cheap to list, and kind when something goes wrong.

    `search_fields` name search keys (`search_key`, `conference__search_key`): what is typed is folded first.
    """

    formfield_overrides = FORM_FIELDS
    actions = ["delete_selected"]
    list_per_page = 50
    show_full_result_count = False  # the size of the whole table is counted for nobody
    search_help_text = _("Diacritics and capitals do not matter.")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        typed = search_term.replace("\x00", "")[:_SEARCHED]
        return super().get_search_results(request, queryset, fold(typed))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context.get("errors") and request.FILES:
            # A browser never fills a file in again by itself; whoever has just been refused should know.
            context["files_to_choose_again"] = [
                file.name for name in request.FILES for file in request.FILES.getlist(name)
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        labels = dict.fromkeys(label for each in (form, *_rows(formsets)) for label in _put_in_order(each))
        if labels:
            self.say_put_in_order(request, ", ".join(labels))

    def say_put_in_order(self, request: HttpRequest, labels: str) -> None:
        """Tell what a `LineField` does: its letters are composed and its spaces single, and never in silence."""
        sentence = _("Marks and spaces were put in order in: %(fields)s. The words and figures are as you wrote them.")
        self.message_user(request, sentence % {"fields": labels}, messages.INFO)

    def was_public(self, thing: Any) -> bool:
        """Whether readers have ever seen `thing`: then it is withdrawn, not deleted."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and self.was_public(obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        # What something else still needs is not a question of rights: the page names what needs it.
        return deleted, counts, set() if protected else perms_needed, protected

    @admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Django's action, which refuses as a whole, with a sentence, where one thing may not go."""
        kept = [str(thing) for thing in queryset if self.was_public(thing)]
        if kept:
            sentence = _("Readers have seen these, so they can be withdrawn but not deleted: %(names)s.")
            self.message_user(request, sentence % {"names": "; ".join(kept)}, messages.ERROR)
            return None
        return delete_selected(self, request, queryset)


class HistoryAdmin(DeskAdmin, SimpleHistoryAdmin):
    """A desk of facts: who changed what is kept, and can be read."""

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied  # see SIMPLE_HISTORY_REVERT_DISABLED
        return super().history_form_view(request, *args, **kwargs)


class StandingFilter(admin.SimpleListFilter):
    """Where things stand, with "scheduled" told apart from "public"."""

    title = _("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (State.DRAFT, State.DRAFT.label),
            (State.SUBMITTED, State.SUBMITTED.label),
            (State.RETURNED, State.RETURNED.label),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            (State.WITHDRAWN, State.WITHDRAWN.label),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value is None:
            return queryset
        if value == "public":
            return queryset.filter(is_public())
        if value == "scheduled":
            return queryset.filter(Q(state=State.PUBLISHED, published_at__gt=timezone.now()))
        return queryset.filter(state=value)


@admin.display(description=_("state"), ordering="state")
def standing(thing: Publishable) -> SafeString:
    """Return where `thing` stands as a small label."""
    label = _("Scheduled") if thing.is_scheduled else _("Public") if thing.is_public else State(thing.state).label
    return format_html('<span class="standing {}">{}</span>', "scheduled" if thing.is_scheduled else thing.state, label)


class PublishableAdmin(DeskAdmin):
    """A desk of things that articles make public. What readers see is changed by editors alone."""

    def was_public(self, thing: Publishable) -> bool:
        return thing.was_public

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or obj.state != State.PUBLISHED or request.user.has_perm(EDIT_PUBLIC_FACTS)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.state != State.PUBLISHED)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, thing: Publishable) -> SafeString:
        return standing(thing)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and obj.is_public else None


class FactsFormSet(forms.BaseInlineFormSet):
    """Rows of publishable facts inside a form: what readers see is changed by editors, and stays."""

    may_edit_public = False

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.state == State.PUBLISHED and not self.may_edit_public:
            for field in form.fields.values():
                field.disabled = field.disabled or not field.widget.is_hidden

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            fact = form.instance
            if form.cleaned_data.get("DELETE") and (fact.was_public or fact.state == State.PUBLISHED):
                raise ValidationError(
                    _("Readers have seen “%(thing)s”: it is withdrawn with its article, and not deleted."),
                    params={"thing": fact},
                )


class FactsInline(Autocompleting, admin.StackedInline):
    """Facts that are entered where a person thinks of them: inside their conference."""

    formset = FactsFormSet
    formfield_overrides = FORM_FIELDS
    extra = 0
    show_change_link = True
    view_on_site = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.may_edit_public = request.user.has_perm(EDIT_PUBLIC_FACTS)
        return formset


class PartInline(Autocompleting, admin.TabularInline):
    """Rows that are part of another thing and go with it."""

    formfield_overrides = FORM_FIELDS
    extra = 0
