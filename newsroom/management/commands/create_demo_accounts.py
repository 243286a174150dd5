"""One account for each role, for the demo and for nothing else."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from newsroom.models import User
from newsroom.roles import ROLES
from newsroom.starting import DEMO_DOMAIN

# role -> (user name, family and middle name, given name)
PEOPLE = {
    "writer": ("phongvien", "Nguyễn Thu", "Hà"),
    "editor": ("bientap", "Trần Quốc", "Bình"),
    "moderator": ("kiemduyet", "Lê Minh", "Châu"),
    "administrator": ("quantri", "Phạm Gia", "Khánh"),
}
# Without the letters and digits that a reader takes for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "Create one account for each role, once, and write their passwords to FILE, which nobody else may read. "
        "A later run changes nothing and prints the file. A site that has people of its own gets no such account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="where the passwords are kept")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").exists():
            if file.exists():
                self.stdout.write(file.read_text(), ending="")
            else:
                self.stdout.write(
                    f"The accounts are there, but {file}, which held their passwords, is gone. "
                    "`manage.py changepassword` gives a new one."
                )
        elif any(user.has_usable_password() for user in User.objects.all()):
            self.stdout.write("This site has people of its own: no account was created.")
        else:
            self.stdout.write(create_accounts(file), ending="")


@transaction.atomic
def create_accounts(file: Path) -> str:
    """Create an account for each role, write the list of them to `file` (mode 600) and return it."""
    lines = []
    for role, (username, last_name, first_name) in PEOPLE.items():
        password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        user = User.objects.create_user(
            username,
            f"{username}@{DEMO_DOMAIN}",
            password,
            first_name=first_name,
            last_name=last_name,
            is_staff=True,
        )
        group = Group.objects.get(name=ROLES[role].group)
        user.groups.add(group)
        lines.append(f"    {username:<11}{password}   {group.name}\n")
    text = "".join(lines)
    # Opened with its mode, so that it is at no moment readable by others; a file left behind is replaced.
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as door:
        door.write(text)
    return text
