"""The article, what it is filed under, who wrote it and what it cites."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Conference, Document, Person
from newsroom.addresses import address
from newsroom.bundles import Rows, instances
from newsroom.fields import LineField, SearchKeyField, SortKeyField
from newsroom.fulltext import WordsField
from newsroom.publishing import Publishable, PublishableQuerySet, State
from newsroom.richtext import RichTextField


class Category(models.Model):
    """A section of the site (chuyên mục). An article stands in one."""

    name = LineField(_("name"), max_length=80, unique=True)
    description = LineField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    search_key = SearchKeyField(sources=("name",))

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("articles:category", self.name, "chuyen-muc", self.pk)


class Tag(models.Model):
    """A word under which articles are gathered (thẻ)."""

    name = LineField(_("name"), max_length=80, unique=True)
    search_key = SearchKeyField(sources=("name",))
    sort_key = SortKeyField(sources=("name",))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="articles_tag_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("articles:tag", self.name, "the", self.pk)


class Publication(models.Model):
    """Whose report was taken over: a paper or a site. The name may be unknown."""

    name = LineField(_("name"), max_length=120, blank=True)
    address = models.URLField(_("address"), blank=True)
    search_key = SearchKeyField(sources=("name", "address"))

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(address=""),
                name="articles_publication_is_named_or_addressed",
                violation_error_message=_("Give a name or an address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address


def _photos() -> Any:
    """The model of its photos, which are told of after it."""
    return Article._meta.get_field("photos").related_model


class ArticleQuerySet(PublishableQuerySet):
    def newest_first(self) -> "ArticleQuerySet":
        """By the moment readers could first see them."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> "ArticleQuerySet":
        """With what a card in a list shows: category and first picture, and without the body."""
        seen = ("title", "lead", "published_at", "conference", "category__name")
        first = _photos().objects.filter(article=OuterRef("pk")).order_by("position", "pk")[:1]
        photo = Rows(first, "id", "image", "width", "height")
        return self.select_related("category").only(*seen).annotate(first_photo=photo)

    def at_stage(self, *states: str) -> "ArticleQuerySet":
        """Those whose text at the desk stands in one of `states`: their own, or their working copy's."""
        own = Article.objects.filter(state__in=states).order_by().values("pk")
        copies = Article.objects.filter(working_copy__state__in=states).order_by().values("pk")
        # A union, so that each half finds its few through its own index.
        return self.filter(pk__in=own.union(copies))

    def for_checks(self) -> "ArticleQuerySet":
        """With all that `articles.checking` looks at."""
        parts = ("photos", "mentions", "overrides__made_by")
        return self.select_related("category", "conference").prefetch_related(*parts).defer("search_key", "note")

    def featured(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Those that editors put on the front page, in their order, while their time lasts (at a moment; now)."""
        from_now = Q(featured_until__isnull=True) | Q(featured_until__gt=at or timezone.now())
        return self.filter(from_now, featured_position__isnull=False).order_by(
            "featured_position", "-published_at", "-pk"
        )


class Article(Publishable):
    """What readers see or will see. Its next text, while it is public, is its `WorkingCopy`.

    Only a title is required here: what else an article needs binds when it is submitted, not on a draft.
    """

    title = LineField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True, help_text=_("The sapo: when, who, what, in two or three sentences."))
    dateline = LineField(
        _("dateline"), max_length=60, blank=True, help_text=_("Such as “LĐ online”, without brackets.")
    )
    body = RichTextField(_("body"), blank=True)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="articles")
    conference = models.ForeignKey(
        Conference,
        verbose_name=_("conference"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text=_("The conference it reports on."),
    )
    committees = models.ManyToManyField(Committee, verbose_name=_("committees"), blank=True, related_name="articles")
    documents = models.ManyToManyField(
        Document, verbose_name=_("documents"), through="Citation", blank=True, related_name="articles"
    )

    publication = models.ForeignKey(
        Publication,
        verbose_name=_("publication"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text=_("Whose report was taken over; empty for our own."),
    )
    source_label = LineField(
        _("source label"), max_length=40, blank=True, help_text=_("As printed: “Theo” or “Nguồn”.")
    )
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    source_published_at = models.DateTimeField(_("published at the source"), null=True, blank=True)
    source_updated_at = models.DateTimeField(_("updated at the source"), null=True, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Of the raw text it was imported from; the same report is imported once."),
    )

    updated_at = models.DateTimeField(
        _("updated at"), null=True, blank=True, editable=False, help_text=_("When what readers see was last changed.")
    )
    featured_position = models.PositiveSmallIntegerField(
        _("place on the front page"), null=True, blank=True, editable=False
    )
    featured_until = models.DateTimeField(_("on the front page until"), null=True, blank=True, editable=False)
    allow_comments = models.BooleanField(_("allow comments"), default=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For the desk; readers do not see it."))
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("writer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    form_token = models.CharField(
        _("form token"),
        max_length=36,
        blank=True,
        editable=False,
        help_text=_("Of the form that it was made in; a form that is sent twice makes one article."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    search_key = SearchKeyField(sources=("title", "lead"))
    search_words = WordsField(sources=(("title",), ("lead",), ("body",)))

    objects = ArticleQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("publish_article", _("Can publish and withdraw articles")),
            ("edit_others_article", _("Can edit the articles of others")),
            ("export_article", _("Can export lists of articles")),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="articles_article_newest"),
            models.Index(fields=["category", "-published_at", "-id"], name="articles_of_category"),
            models.Index(fields=["conference", "-published_at", "-id"], name="articles_of_conference"),
            models.Index(fields=["state", "saved_at", "id"], name="articles_of_state"),
            # Of some known by their keys, which are public, and since when: without a look at their rows.
            models.Index(
                fields=["id", "published_at"], condition=Q(state=State.PUBLISHED), name="articles_article_public_by_key"
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=~Q(fingerprint=""),
                name="articles_article_one_of_a_fingerprint",
                violation_error_message=_("This report has already been imported."),
            ),
            models.UniqueConstraint(
                fields=["form_token"], condition=~Q(form_token=""), name="articles_article_one_of_a_form"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="articles_article_has_a_title"),
            models.UniqueConstraint(
                fields=["featured_position"],
                condition=Q(featured_position__isnull=False),
                name="articles_article_one_of_a_place",
            ),
            models.CheckConstraint(
                condition=Q(featured_position__isnull=False) | Q(featured_until__isnull=True),
                name="articles_article_leaves_a_place_it_has",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> str:
        """The state of the text on which the desk works (a `State`).

        While the article is published or scheduled that is its working copy, which is a draft before it is begun.
        """
        if self.state != State.PUBLISHED:
            return self.state
        copy = getattr(self, "working_copy", None)
        return copy.state if copy else State.DRAFT

    def get_absolute_url(self) -> str:
        return self.address_of(self.title, self.id)

    @staticmethod
    def address_of(title: str, pk: int) -> str:
        """Return the address of the article with this title and key."""
        return address("articles:article", title, "bai-viet", pk)

    @property
    def last_changed_at(self) -> datetime | None:
        """When what readers see was last changed: its publication, or a change after it; None before."""
        if self.published_at is None or self.updated_at is None:
            return self.published_at
        return max(self.published_at, self.updated_at)

    @property
    def lead_photo(self) -> "models.Model | None":
        """The first photo, or None. No query where it came `for_cards` or with its photos."""
        fetched = getattr(self, "first_photo", None)
        return next(iter(self.photos.all() if fetched is None else instances(_photos(), fetched)), None)

    @property
    def reads_key(self) -> str:
        """The key under which its reads are counted."""
        return f"article:{self.pk}"


class BylineQuerySet(models.QuerySet[Any]):
    def of_each_article(self, person: Person, now: datetime) -> "BylineQuerySet":
        """One byline of `person` for each article that is public at the moment `now`."""
        other = Byline.objects.filter(person=person, article=OuterRef("article"), pk__lt=OuterRef("pk"))
        return self.filter(~models.Exists(other), person=person, published_at__lte=now)


class Byline(models.Model):
    """One credit under an article: who, for text or pictures, and from which unit."""

    class Credit(models.TextChoices):
        TEXT = "text", _("Text")
        PHOTO = "photo", _("Photos")
        BOTH = "both", _("Text and photos")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="bylines")
    credit = models.CharField(
        _("credit"), max_length=5, choices=Credit, blank=True, help_text=_("Empty where the report does not say.")
    )
    unit = LineField(_("unit"), max_length=200, blank=True, help_text=_("Where the person works, as printed."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # That of its article, while this is published. The database keeps it (articles.filing), whatever is saved here.
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BylineQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["person", "article"], name="articles_byline_of_person"),
            models.Index(fields=["person", "-published_at", "-article"], name="articles_byline_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(credit__in=["", "text", "photo", "both"]), name="articles_byline_credit_is_known"
            ),
            models.UniqueConstraint(
                fields=["article", "person", "credit"],
                name="articles_byline_once",
                violation_error_message=_("This person already has this credit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.unit}" if self.unit else str(self.person)


class Citation(models.Model):
    """A document that an article cites, in the words it is cited with."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="citations",
        db_index=False,  # the first column of the index below
    )
    printed = LineField(_("as printed"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["document", "-id"], name="articles_citation_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "document"],
                name="articles_citation_once",
                violation_error_message=_("This document is already cited."),
            ),
        ]

    def __str__(self) -> str:
        return self.printed or str(self.document)
