"""What was made for show is closed before a newsroom is used in earnest."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.models import User
from newsroom.starting import DEMO_DOMAIN


class Command(BaseCommand):
    help = "Close the accounts that create_demo_accounts made: nobody signs in with them again. What they did stays."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}", is_active=True)
        for user in accounts:
            user.is_active = False
            user.set_unusable_password()  # which ends its sessions too
            user.save(update_fields=["is_active", "password"])
        self.stdout.write(f"Closed: {', '.join(user.username for user in accounts) or 'none were open'}.")
