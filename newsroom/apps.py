from axes import apps as axes_apps
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import Tags, register
from django.core.signals import request_started
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from newsroom import copied, indexing, watch
from newsroom.checks import check_accounts, check_editor, check_identity
from newsroom.roles import keep_groups


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("The site")

    def ready(self) -> None:
        register(check_editor, Tags.security)
        register(check_identity, Tags.database)
        register(check_accounts, Tags.database)
        request_started.connect(watch.begin, dispatch_uid="newsroom.watch.begin")
        post_migrate.connect(keep_groups, sender=self, dispatch_uid="newsroom.keep_groups")
        post_migrate.connect(indexing.install, sender=self, dispatch_uid="newsroom.indexing.install")
        autodiscover_modules("filing")
        pre_migrate.connect(copied.make_way, sender=self, dispatch_uid="newsroom.copied.make_way")
        post_migrate.connect(copied.install, sender=self, dispatch_uid="newsroom.copied.install")


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, as the editors' desk."""

    default = False  # the one of this app is above
    default_site = "newsroom.desk.Desk"


class SignInConfig(axes_apps.AppConfig):
    """The counting of failed sign-ins, under a name that says so."""

    default = False
    verbose_name = _("Sign-in")
