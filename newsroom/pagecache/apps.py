from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from newsroom.pagecache.triggers import install


class PageCacheConfig(AppConfig):
    name = "newsroom.pagecache"
    label = "pagecache"
    verbose_name = _("Pages kept")

    def ready(self) -> None:
        autodiscover_modules("shown")  # each app says in it which of its rows readers see
        post_migrate.connect(install, sender=self, dispatch_uid="newsroom.pagecache.install")
