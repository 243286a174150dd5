from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from newsroom.pagecache.triggers import install, make_way


class PageCacheConfig(AppConfig):
    name = "newsroom.pagecache"
    label = "pagecache"
    verbose_name = _("Pages kept")

    def ready(self) -> None:
        autodiscover_modules("shown")  # each app says in it which of its rows readers see
        pre_migrate.connect(make_way, sender=self, dispatch_uid="newsroom.pagecache.make_way")
        post_migrate.connect(install, sender=self, dispatch_uid="newsroom.pagecache.install")
