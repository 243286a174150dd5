"""What the site itself knows: its accounts, the body that runs it, and its menu."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.fields import LineField, SearchKeyField
from newsroom.phrases import phrase
from newsroom.pictures import PictureField
from newsroom.richtext import RichTextField


class User(AbstractUser):
    """A person with an account: writer, editor, moderator or administrator, by group."""

    search_key = SearchKeyField(sources=("last_name", "first_name", "username", "email"))

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")  # type: ignore[assignment]
        verbose_name_plural = _("accounts")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name as Vietnamese says it: family name first."""
        return f"{self.last_name} {self.first_name}".strip()


class RoleGroup(models.Model):
    """That a role has been given its group, and which rights. Renaming or deleting the group brings no other one."""

    role = models.CharField(_("role"), max_length=20, unique=True)
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.SET_NULL, null=True, blank=True, related_name="role"
    )
    offered = models.JSONField(
        _("rights once given"), default=list, help_text=_("Which of them the group still has is its own affair.")
    )

    class Meta:
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of the roles")

    def __str__(self) -> str:
        return self.role


class SecondFactorRule(models.Model):
    """That the people of a group sign in in two steps. The form of the group makes it and takes it away."""

    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="second_factor_rule"
    )

    class Meta:
        verbose_name = _("rule of two-step sign-in")
        verbose_name_plural = _("rules of two-step sign-in")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.group)


class PasswordRequest(models.Model):
    """That a new password was asked for: for which e-mail address, as a keyed hash, and from where. Gone in an hour."""

    email_key = models.CharField(_("key of the e-mail address"), max_length=64)
    place = models.GenericIPAddressField(_("IP address"), null=True)
    asked_at = models.DateTimeField(_("asked"), db_index=True)

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.place} {self.asked_at}"


class SiteIdentity(models.Model):
    """The body that runs the site, as its masthead and footer name it. There is one row.

    Such bodies are renamed and merged: nothing of this is ever a literal in code or template.
    """

    name = LineField(_("name"), max_length=200, help_text=_("The name in the masthead, as readers know the site."))
    kind = LineField(
        _("kind of site"),
        max_length=120,
        blank=True,
        help_text=_("The small line above the name, such as “News portal”."),
    )
    governing_body = LineField(_("governing body"), max_length=200, blank=True)
    address = LineField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("phone"), max_length=60, blank=True)
    responsible_editor = LineField(_("responsible editor"), max_length=200, blank=True)
    licence_number = LineField(_("licence number"), max_length=80, blank=True)
    licensed_on = models.DateField(_("licence date"), null=True, blank=True)
    reuse_line = LineField(
        _("reuse line"), max_length=300, blank=True, help_text=_("What others must say when they take something over.")
    )
    motto = LineField(_("motto"), max_length=200, blank=True)
    logo = PictureField(_("logo"), upload_to="site", blank=True)

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="newsroom_siteidentity_is_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "SiteIdentity":
        """Return the site's identity; where nobody has entered one yet, an empty one, unsaved."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)

    @property
    def title(self) -> str:
        """What the site is called: by its name, or by what it brings while nobody has entered one."""
        return self.name or phrase("News")


class Abbreviation(models.Model):
    """An abbreviation that reports use, and what it stands for. A search for one finds the other."""

    short = LineField(_("abbreviation"), max_length=40, unique=True, help_text=_("As it is written, such as UBKT."))
    long = LineField(_("long form"), max_length=200)
    search_key = SearchKeyField(sources=("short", "long"))

    class Meta:
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        ordering: ClassVar = ["short"]
        constraints = [
            models.CheckConstraint(condition=~Q(short="") & ~Q(long=""), name="newsroom_abbreviation_says_something"),
        ]

    def __str__(self) -> str:
        return self.short


class Page(models.Model):
    """A page of the site's own: what it is, how to reach it, what holds for readers. The menu leads to it."""

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The last part of its address: lien-he for /trang/lien-he/. Links to it break when it changes."),
    )
    title = LineField(_("title"), max_length=120)
    body = RichTextField(_("text"), blank=True)
    has_identity = models.BooleanField(
        _("names the body that runs the site"),
        default=False,
        help_text=_("Below the text stand its name, address, telephone and licence, as the site’s identity has them."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Its place among these pages, which each of them lists.")
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])


class MenuItem(models.Model):
    """One entry of the main menu or of the footer."""

    class Place(models.TextChoices):
        MAIN = "main", _("Main menu")
        FOOTER = "footer", _("Footer")

    place = models.CharField(_("place"), max_length=6, choices=Place, default=Place.MAIN)
    label = LineField(_("label"), max_length=60)
    address = LineField(
        _("address"), max_length=300, help_text=_("A path on this site, such as /hoi-nghi/, or a full https address.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        ordering: ClassVar = ["place", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(place__in=["main", "footer"]), name="newsroom_menuitem_place_is_known"),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        is_path = self.address.startswith("/") and not self.address.startswith("//")
        if not is_path and not self.address.startswith("https://"):
            raise ValidationError(
                {"address": _("Write a path that starts with / or a full address that starts with https://.")}
            )
