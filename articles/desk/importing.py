"""From a raw report to a draft, at the desk: handed in, read, confirmed by a person, and only then saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.desk.autosaving import erase_copy
from articles.desk.import_choices import choices_of
from articles.desk.import_sheet import Sheet
from articles.desk.marked_text import marked_text
from articles.importing.fingerprint import imported_before
from articles.importing.opening import MAX_BYTES, read_upload
from articles.importing.proposing import propose
from articles.importing.report import Report
from articles.importing.saving import Imported, Overtaken, save
from articles.importing.upload import Refused, Upload
from articles.models import Article, RawPicture, RawReport
from articles.models.raw_report import RawReportQuerySet
from committees.figures import Part, Weight, check, examine
from committees.models import Committee
from newsroom.desk import DeskAdmin, person

MOST = 1_000_000  # characters of one report
LISTED = 10
DOUBTS = 60  # verdicts on one page; a report that has more is none
NAMES = 500  # committees that a browser offers while one is typed


class HandInForm(forms.Form):
    """A raw report: its text, as somebody has copied it, or the file it is in. `upload` is what was read of it."""

    text = forms.CharField(
        label=gettext_lazy("The text of the report"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "autofocus": True, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the whole page, with title and source: what does not belong to it is left out."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or its file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
        help_text=gettext_lazy("Word (.docx) or plain text (.txt). The pictures in it come along."),
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()  # what no report holds and no database takes, and the line breaks of a browser
            data["text"] = data.get("text", "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        super().__init__(data, *args, **kwargs)
        self.upload = Upload("")

    def clean(self) -> dict[str, Any]:
        text, file = self.cleaned_data.get("text", ""), self.cleaned_data.get("file")
        if text.strip() and file:
            raise forms.ValidationError(_("There is a text and a file: hand in one of them, then the other."))
        if file and not self.errors:
            try:
                self.upload = read_upload(file.name, file.read(MAX_BYTES + 1))
            except Refused as refused:
                self.add_error("file", str(refused))
                return self.cleaned_data
        elif not self.errors:
            self.upload = Upload(text)
        if not self.errors and not self.upload.text.strip():
            self.add_error("text", _("Paste the text of the report first, or choose its file."))
        elif len(self.upload.text) > MOST:
            sentence = _("This is longer than any report (%(count)d characters). Paste one report alone.")
            self.add_error("text", sentence % {"count": len(self.upload.text)})
        return self.cleaned_data


class ImportingAdmin(DeskAdmin):
    """A desk of articles to which raw reports are brought."""

    def get_urls(self) -> list[URLPattern]:
        methods = require_http_methods(["GET", "HEAD", "POST"])
        hand_in = self.admin_site.admin_view(methods(self.import_view))
        decide = self.admin_site.admin_view(methods(self.import_report_view))
        return [
            path("nhap-bao-cao/", hand_in, name="articles_article_import"),
            path("nhap-bao-cao/<int:pk>/", decide, name="articles_article_import_report"),
            *super().get_urls(),
        ]

    def raw_reports(self, request: HttpRequest) -> RawReportQuerySet:
        """The reports that wait for this person: their own, and for an editor everybody's."""
        reports = RawReport.objects.select_related("owner")
        return (
            reports if request.user.has_perm("articles.edit_others_article") else reports.filter(owner=person(request))
        )

    # The first step: a report is handed in

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
        if not form.is_valid():
            return self._hand_in(request, form)
        if (known := imported_before(form.upload.text)) is not None:
            form.add_error("text", self._told(request, known))
            return self._hand_in(request, form, known)
        raw = self._keep(request, form)
        for note in form.upload.notes:
            self.message_user(request, note, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_article_import_report", args=[raw.pk]))

    @transaction.atomic
    def _keep(self, request: HttpRequest, form: HandInForm) -> RawReport:
        """Keep what was handed in with its pictures; what this person has handed in before is kept already."""
        owner, upload, file = person(request), form.upload, form.cleaned_data.get("file")
        if (raw := RawReport.objects.waiting().filter(owner=owner, text=upload.text).first()) is not None:
            return raw
        raw = RawReport.objects.create(owner=owner, text=upload.text, name=file.name[-200:] if file else "")
        for place, enclosed in enumerate(upload.pictures):
            picture = RawPicture(report=raw, position=place, alt=enclosed.alt[:300], caption=enclosed.caption[:500])
            picture.image.save("picture.jpg", enclosed.picture, save=False)
            picture.save()
        return raw

    def _hand_in(self, request: HttpRequest, form: HandInForm, known: Article | None = None) -> HttpResponse:
        context = {
            "title": _("Bring in a report"),
            "form": form,
            "waiting": self.raw_reports(request).waiting()[:LISTED],
        }
        context["known"] = known if known is not None and self._may_open(request, known) else None
        return self._import_page(request, "import", context)

    def _may_open(self, request: HttpRequest, article: Article) -> bool:
        return self.get_queryset(request).filter(pk=article.pk).exists()

    def _told(self, request: HttpRequest, known: Article) -> str:
        if self._may_open(request, known):
            return _("This report is an article already: “%(title)s”. Go on with that one.") % {"title": known.title}
        return _("%(who)s has brought in this very report already.") % {"who": known.writer or _("A colleague")}

    # The second step: somebody decides what becomes of it

    def import_report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        raw = get_object_or_404(self.raw_reports(request), pk=pk)
        if "discard" in request.POST:
            self.raw_reports(request).waiting().filter(pk=pk).forget()
            self.message_user(request, _("The report “%(name)s” is gone. No article was made.") % {"name": raw})
            return erase_copy(HttpResponseRedirect(reverse("admin:articles_article_import")), f"report-{pk}")
        if known := imported_before(raw.text):
            if raw.article_id != known.pk:  # else this form was sent twice
                self.message_user(request, self._told(request, known), messages.WARNING)
                self.raw_reports(request).filter(pk=pk).forget()
            return self._to(request, known)
        report = propose(raw.text)
        sheet = Sheet(report, person(request), raw.pictures.all(), request.POST if request.method == "POST" else None)
        if request.method != "POST":
            return self._decide_page(request, raw, report, sheet)
        if not sheet.is_of_this_report:
            refusal = _("The report is read otherwise by now: look over what is proposed, and save again.")
            return self._decide_page(request, raw, report, Sheet(report, person(request), raw.pictures.all()), refusal)
        if not sheet.is_valid():
            refusal = _(
                "Nothing has been saved yet. What has to be decided is marked below; all you wrote is still here."
            )
            return self._decide_page(request, raw, report, sheet, refusal)
        try:
            done = save(report, choices_of(sheet), person(request))
        except Overtaken as overtaken:
            return self._decide_page(request, raw, report, sheet, str(overtaken))
        RawReport.objects.filter(pk=raw.pk).update(article=done.article)
        self._tell(request, done)
        return erase_copy(self._to(request, done.article), f"report-{pk}")

    def _decide_page(
        self, request: HttpRequest, raw: RawReport, report: Report, sheet: Sheet, refusal: str = ""
    ) -> HttpResponse:
        doubts = [verdict for verdict in check(report.text) if verdict.weight != Weight.FINE][:DOUBTS]
        parts = [Part("title", report.article.title or ""), Part("lead", report.article.lead or "")]
        examined = examine([*parts, Part("body", "\n".join(report.article.body))])
        context = {
            "title": _("What becomes of this report"),
            "subtitle": raw.name,
            "raw": raw,
            "text": marked_text(report, doubts),
            "doubts": doubts,
            "coverage": examined.coverage,
            "report": report,
            "sheet": sheet,
            "refusal": refusal,
            "committees": Committee.objects.values_list("name", flat=True)[:NAMES],
        }
        return self._import_page(request, "import_report", context)

    def _tell(self, request: HttpRequest, done: Imported) -> None:
        """Say what was made of it, and what a person should look at."""
        if not done.is_new:
            return  # the same form, sent twice at once: the other answer says it
        self.log_addition(request, done.article, _("brought in as a report"))
        figures = ngettext("%(count)d figure", "%(count)d figures", done.figures) % {"count": done.figures}
        awards = ngettext("%(count)d award", "%(count)d awards", done.awards) % {"count": done.awards}
        sentence = _("The draft is ready, with %(figures)s and %(awards)s. Look it over, then submit it.")
        self.message_user(request, sentence % {"figures": figures, "awards": awards}, messages.SUCCESS)
        for note in done.notes:
            self.message_user(request, note, messages.WARNING)

    def _to(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Lead to an article where this person may open it, else back to where reports are handed in."""
        if self._may_open(request, article):
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        return HttpResponseRedirect(reverse("admin:articles_article_import"))

    def _import_page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/articles/article/{name}.html", whole)
