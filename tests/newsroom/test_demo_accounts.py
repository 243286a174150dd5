"""The accounts that `make demo` prints."""

import re
import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from newsroom.models import User
from newsroom.roles import ROLES
from tests.situations import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.txt"


def printed_by_a_run(file: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    call_command("create_demo_accounts", file)
    return dict(re.findall(r"^ +(\w+) +([\w-]+)", capsys.readouterr().out, re.MULTILINE))


def test_there_is_one_account_for_each_role_and_its_printed_password_opens_the_desk(file, capsys, rf):
    printed = printed_by_a_run(file, capsys)
    people = [
        authenticate(rf.post("/"), username=username, password=password) for username, password in printed.items()
    ]
    assert all(person.is_staff and not person.is_superuser for person in people)
    assert sorted(person.groups.get().name for person in people) == sorted(role.group for role in ROLES.values())


def test_a_second_start_changes_nothing_and_prints_the_same(file, capsys):
    """What a person changed in the demo stays, and they can log in again."""
    printed = printed_by_a_run(file, capsys)
    User.objects.filter(username="phongvien").update(first_name="Hạnh")
    before = list(User.objects.values())
    assert printed_by_a_run(file, capsys) == printed
    assert list(User.objects.values()) == before


def test_nobody_else_on_the_machine_may_read_the_passwords(file, capsys):
    file.write_text("left behind by an earlier demo")
    file.chmod(0o644)
    printed_by_a_run(file, capsys)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_site_with_people_of_its_own_gets_none(file, capsys):
    """Accounts whose passwords are in a file belong to the demo alone."""
    a_user()
    assert printed_by_a_run(file, capsys) == {}
    assert User.objects.count() == 1
    assert not file.exists()


def test_every_account_carries_the_mark_of_the_demo(file, capsys):
    """Whoever checks an installation must be able to find them, whatever they are called by then."""
    printed_by_a_run(file, capsys)
    assert all(user.email.endswith("@demo.invalid") for user in User.objects.all())
