"""The desk's answer to a reader who asks for the own comments, or to have the name taken off them."""

import json
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.commenting.people import anonymise, of_writer, told
from articles.models import Comment


class PeopleAdmin(admin.ModelAdmin):
    """Two actions on the list of comments. One comment is chosen, and stands for all of its writer."""

    def has_person_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.answer_for_person")

    @admin.action(permissions=["person"], description=_("Hand out all comments of this writer"))
    def hand_out(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if (comment := self._one(request, queryset)) is None:
            return None
        written = of_writer(comment)
        self.log_change(request, comment, gettext("Handed out the comments of the writer."))
        answer = HttpResponse(
            json.dumps(told(written), ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="binh-luan-{comment.pk}.json"'
        answer["Cache-Control"] = "no-store"
        return answer

    @admin.action(permissions=["person"], description=_("Take the name off all comments of this writer…"))
    def take_name_off(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if (comment := self._one(request, queryset)) is None:
            return None
        written = of_writer(comment)
        if "confirmed" in request.POST:
            count = anonymise(written)
            self.log_change(request, comment.__class__.objects.get(pk=comment.pk), gettext("Took the name off."))
            sentence = gettext("The name was taken off %(count)d comments. The words stay.")
            self.message_user(request, sentence % {"count": count}, messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take the name off"),
            "opts": self.opts,
            "comment": comment,
            "written": list(written.select_related("article")[:50]),
            "count": written.count(),
        }
        return render(request, "admin/articles/comment/take_name_off.html", context)

    def _one(self, request: HttpRequest, queryset: Any) -> Comment | None:
        chosen = list(queryset.filter(is_staff_reply=False)[:2])
        if len(chosen) == 1 and queryset.count() == 1:
            return chosen[0]
        self.message_user(request, gettext("Choose one comment by a reader: it stands for its writer."), messages.ERROR)
        return None
