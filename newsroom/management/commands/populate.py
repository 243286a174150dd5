"""A newsroom of any size, to see how the site fares when it has grown."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles.models import CommentSettings
from newsroom.populating import aside, casting, memory
from newsroom.populating.filling import fill, settle
from newsroom.populating.plan import Plan
from newsroom.populating.rows import TABLES
from newsroom.progress import Progress, stoppable

LARGE = 3000  # articles from which on it pays to set indexes aside, and to have a process beside this one


class Command(BaseCommand):
    help = (
        "Fill the database with a made newsroom: articles with their conferences, figures, awards, committees and "
        "comments, of invented words. The same seed gives the same rows. Stopped with Ctrl-C and run again, it goes "
        "on where it stopped. A newsroom that holds anything else is left as it is, unless --beside is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many articles (1000)")
        parser.add_argument("--comments", type=int, default=5000, metavar="N", help="how many comments (5000)")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="which newsroom of that size (1)")
        parser.add_argument("--beside", action="store_true", help="fill it beside what the newsroom holds already")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Plan(options["articles"], options["comments"], options["seed"])
        if asked.articles < 1 or asked.comments < 0:
            raise CommandError(_("Ask for at least one article, and for no fewer than no comments."))
        plan = _plan(asked, is_beside=options["beside"])
        pictures = casting.pictures()
        is_large = plan.articles >= LARGE
        with stoppable(_("Stopped. Run the same command again, and it goes on where it stopped.")):
            try:
                if not aside.steps() and (memory.recall("done") or 0) < plan.chunks:
                    aside.set_aside([table.model for table in TABLES.values()] if is_large else [])
                with Progress(_("Articles"), plan.articles) as progress:
                    progress.advance(min((memory.recall("done") or 0) * len(plan.numbers(0)), plan.articles))
                    fill(plan, pictures, progress.advance, apart=is_large)
            finally:
                if aside.steps():
                    with Progress(_("Indexes"), aside.steps()) as progress:
                        aside.put_back(progress.advance)
            settle()
        self.stdout.write(
            _("The newsroom has %(articles)d articles and %(comments)d comments of seed %(seed)d.")
            % {"articles": plan.articles, "comments": plan.comments, "seed": plan.seed}
        )


@transaction.atomic
def _plan(asked: Plan, *, is_beside: bool) -> Plan:
    """Return the plan that is begun here already, or begin `asked`: who and what it speaks of is then there.

    Raises `CommandError` where another is begun, or where the newsroom holds something else.
    """
    if memory.exists() and (begun := memory.recall("plan")) is not None:
        plan = Plan(**begun)
        if (plan.articles, plan.comments, plan.seed) != (asked.articles, asked.comments, asked.seed):
            raise CommandError(
                _(
                    "A newsroom of %(articles)d articles and %(comments)d comments of seed %(seed)d has been begun "
                    "here. Ask for the same, or begin with an empty database."
                )
                % {"articles": plan.articles, "comments": plan.comments, "seed": plan.seed}
            )
        return plan
    if (found := _content()) is not None and not is_beside:
        raise CommandError(
            _(
                "The newsroom holds something already (%(thing)s), so nothing was added. Use an empty database, or "
                "give --beside if made articles may stand among the others."
            )
            % {"thing": found._meta.verbose_name_plural}
        )
    memory.install()
    casting.site()
    plan = Plan(asked.articles, asked.comments, asked.seed, casting.bases(), casting.known())
    casting.cast(plan)
    memory.remember("plan", {name: getattr(plan, name) for name in ("articles", "comments", "seed", "base", "known")})
    return plan


def _content() -> type[models.Model] | None:
    """Return a model of which the newsroom has a row: anything that is written or reported."""
    for label in ("committees", "articles"):
        for model in apps.get_app_config(label).get_models():
            if model is not CommentSettings and model._base_manager.exists():
                return model
    return None
