"""People whom reports name: officials, authors, recipients."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsroom.addresses import address
from newsroom.fields import LineField, SearchKeyField, SortKeyField


class PersonQuerySet(models.QuerySet["Person"]):
    def shown(self) -> "PersonQuerySet":
        """Those who have not asked to be taken off the pages."""
        return self.filter(is_withheld=False)

    def signing(self) -> "PersonQuerySet":
        """Those whose name stands under an article, or did."""
        return self.filter(has_signed=True)


class Person(models.Model):
    """A person named in reports. Two people of one name are two rows."""

    name = LineField(_("name"), max_length=120)
    note = LineField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("For the desk: what tells this person from another of the same name."),
    )
    is_withheld = models.BooleanField(
        _("withheld"),
        default=False,
        help_text=_(
            "Asked to be taken off pages, search and exports. The reports keep their facts; the name is not shown."
        ),
    )
    # Whether the name stands under an article, or did. The database keeps it, where there are articles.
    has_signed = models.BooleanField(null=True, editable=False)
    search_key = SearchKeyField(sources=("name",))
    sort_key = SortKeyField(sources=("name",))

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["has_signed"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="committees_person_by_name"),
            models.Index(fields=["sort_key", "id"], condition=Q(has_signed=True), name="committees_person_signing"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of what this person wrote."""
        return address("articles:author", self.name, "tac-gia", self.pk)
