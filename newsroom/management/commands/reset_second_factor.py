"""The way back in for whoever lost the telephone and the recovery codes, where no administrator can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom import secondfactor
from newsroom.models import User


class Command(BaseCommand):
    help = (
        "Take the second factor off an account: its device and its recovery codes. The password stays as it is. The "
        "account is signed out everywhere. Be sure that it is its person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME", help="the name the account signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['username']!r}. Capitals matter.")
        if not secondfactor.take_off(account):
            self.stdout.write(f"{account.username} has no second factor: nothing was changed.")
            return
        then = (
            "signs in with the password, and is led to set up another device at once, as the role requires"
            if secondfactor.standing(account).is_required
            else "signs in with the password alone"
        )
        self.stdout.write(
            f"The second factor of {account.username} has been taken off, and all sessions have ended. "
            f"{account.username} now {then}."
        )
