"""What must happen every day, for cron or for a service beside the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.housekeeping import keep_house


class Command(BaseCommand):
    help = (
        "Do what must happen every day: forget what is kept of readers for some days alone, and write to moderators "
        "where comments wait for them. Run it once a day; more often does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, said in keep_house():
            if said is None:
                failed.append(name)
            else:
                self.stdout.write(f"{name}: {said}")
        if failed:
            raise CommandError(f"Failed, as the log tells: {', '.join(failed)}. The others are done.")
