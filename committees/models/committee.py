"""Committees (tổ chức): a tree of party bodies, each with its names and its days."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsroom.addresses import address
from newsroom.fields import LineField, SearchKeyField, SortKeyField
from newsroom.fulltext import WordsField


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def roots(self) -> "CommitteeQuerySet":
        """Those that stand under no other."""
        return self.filter(parent__isnull=True)


class Committee(models.Model):
    """A party body whose conferences and figures are reported.

    Two reports name one committee only when a person says so: likeness of names is no identity.
    """

    class Kind(models.TextChoices):
        AGENCIES_BLOC = "agencies_bloc", _("Bloc of agencies")
        AGENCIES_AND_ENTERPRISES_BLOC = "agencies_and_enterprises_bloc", _("Bloc of agencies and enterprises")
        ENTERPRISES_BLOC = "enterprises_bloc", _("Bloc of enterprises")
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District or commune")
        GRASSROOTS = "grassroots", _("Grassroots organization")
        CELL = "cell", _("Party cell")
        OTHER = "other", _("Other body")

    name = LineField(_("name"), max_length=200)
    abbreviation = LineField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,  # the first column of an index below
    )
    province = LineField(
        _("province"),
        max_length=60,
        blank=True,
        help_text=_("Only where a report names it. Leave empty rather than guess."),
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("predecessor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text=_("The body this one was made from, where bodies were merged or renamed."),
    )
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_until = models.DateField(_("active until"), null=True, blank=True)
    search_key = SearchKeyField(sources=("name", "abbreviation", "province"))
    search_words = WordsField(sources=(("name", "abbreviation"), ("province",)))
    sort_key = SortKeyField(sources=("name", "province"))

    objects = CommitteeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_words"])

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="committees_committee_by_name"),
            models.Index(fields=["parent", "sort_key", "id"], name="committees_committee_below"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="committees_committee_is_not_its_own_parent",
                violation_error_message=_("A committee cannot be its own parent."),
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="committees_committee_is_not_its_own_predecessor",
                violation_error_message=_("A committee cannot be its own predecessor."),
            ),
            models.CheckConstraint(
                condition=Q(active_from__isnull=True)
                | Q(active_until__isnull=True)
                | Q(active_until__gte=F("active_from")),
                name="committees_committee_ends_after_it_begins",
                violation_error_message=_("The committee ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("committees:committee", self.name, "to-chuc", self.pk)

    def clean(self) -> None:
        if self.parent and self in self.parent.ancestors():
            raise ValidationError({"parent": _("This committee already stands above the chosen parent.")})

    def ancestors(self) -> list["Committee"]:
        """Return this committee and those above it, nearest first. Ends even where the data holds a ring."""
        line: list[Committee] = []
        above: Committee | None = self
        while above is not None and above not in line:
            line.append(above)
            above = above.parent
        return line


class CommitteeAlias(models.Model):
    """Another name under which reports speak of a committee. Aliases repeat in real life."""

    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = LineField(_("name"), max_length=200)
    search_key = SearchKeyField(sources=("name",))
    search_words = WordsField(sources=(("name",),))

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
