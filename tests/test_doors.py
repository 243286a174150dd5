"""Whatever a stranger types, sends or asks for: a page, or a form that says what is wrong; never a fault of ours."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.urls.exceptions import NoReverseMatch

from newsroom.models import User
from tests import doors, hostile, states
from tests.newsroom.test_role_table import DOORS, THINGS, desk_addresses, split
from tests.situations import staff

pytestmark = pytest.mark.django_db

LINES = [*hostile.LINES, *doors.ODD]
FILES = ("article_save",)  # which is a file to keep, with its pictures in it (tests/articles/test_article_page.py)


def of_each_kind(addresses: list[str]) -> list[str]:
    """One address of each kind."""
    return list({str(resolve(address.partition("?")[0]).url_name): address for address in addresses}.values())


def of_the_desk(by: User) -> list[str]:
    """Every address of the desk that is looked at, of one thing of each kind."""
    things = {kind.split(":")[0]: make(by) for kind, make in THINGS.items()}
    found = []
    for name, full in desk_addresses().items():
        of = split(name)
        try:
            if of and of[0] in things:
                method, names_it, _ = DOORS[of[1]][0]
                version = [things[of[0]].history.first().pk] if of[1] == "simple_history" else []
                found += [reverse(full, args=[things[of[0]].pk, *version] if names_it else [])] * (method == "get")
            elif name != "logout":
                found.append(reverse(full))
        except NoReverseMatch:
            continue  # its arguments are of no one thing, and tried where it is tested
    return found


@pytest.fixture
def desk() -> tuple[Client, list[str]]:
    by = staff("administrator", is_superuser=True)
    client = Client()
    client.force_login(by)
    return client, of_the_desk(by)


def test_no_public_door_is_broken_by_what_strangers_type(media: Path):
    wrong = doors.knock_everywhere(Client(), of_each_kind(list(states.build().values())), LINES)
    assert not wrong, "\n".join(wrong)


def test_no_form_of_the_desk_is_broken_by_a_key_that_is_none(client: Client):
    """An autocomplete looks its chosen row up again when its form comes back."""
    client.force_login(staff("editor"))
    for line in ("<script>", "99999999999999999999", "²"):
        wrong, _ = doors.knock(client, "post", reverse("admin:articles_article_add"), {"category": line, "tags": line})
        assert not wrong


def test_a_whole_report_may_be_typed_into_a_search_of_the_desk(client: Client):
    """SQLite takes no statement of so many words, which looked as if the database were away."""
    client.force_login(staff("editor"))
    assert client.get(reverse("admin:articles_article_changelist"), {"q": "báo cáo " * 600}).status_code == 200


def test_a_name_that_is_too_long_for_an_account_counts_as_a_wrong_one(client: Client):
    """PostgreSQL keeps no more of it than its column holds."""
    for sent in ({"username": "dài" * 400, "password": "x"}, {"username": "a\x00", "password": "x"}):
        answer = client.post(reverse("admin:login"), sent)
        assert answer.status_code == 200 and answer.context["form"].errors


@pytest.mark.long
def test_every_line_passes_every_public_door(media: Path, payloads_dir: Path):
    shown, asked = hostile.outside(payloads_dir), hostile.further(payloads_dir)
    addresses = of_each_kind(list(states.build().values()))
    wrong = doors.knock_everywhere(Client(), addresses, [*LINES, *shown, *asked], each=True)
    # What a search understands of a line depends on all of it: what is for databases comes alone.
    wrong += [doors.knock(Client(), "get", "/tim-kiem/", {"q": line})[0] for line in [*LINES, *asked]]
    assert not any(wrong), "\n".join(wrong)


@pytest.mark.long
def test_every_line_passes_every_door_of_the_desk(media: Path, desk: tuple[Client, list[str]], payloads_dir: Path):
    client, addresses = desk
    lines = [*LINES, *hostile.outside(payloads_dir), *hostile.further(payloads_dir)]
    wrong = doors.knock_everywhere(client, addresses, lines, each=True)
    assert not wrong, "\n".join(wrong)
    assert client.get(reverse("admin:index")).status_code == 200  # it stood inside to the end
