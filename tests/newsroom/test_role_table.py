"""Who may do what at the desk: every address of the admin, for every role, reading and writing.

The addresses come from the site itself, the expectations are written by hand. An address without a row fails.
"""

from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from articles.models import CommentSettings, Correction, Publication, RawReport, Ripple, Tag
from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity, User
from newsroom.visits.models import VisitAdjustment, VisitDay
from tests.situations import (
    a_ban,
    a_category,
    a_comment,
    a_committee,
    a_conference,
    a_document,
    a_person,
    a_preview_link,
    a_statistic,
    a_user,
    an_article,
    an_award,
    an_indicator,
    draft,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ROLES = ("writer", "editor", "moderator", "administrator")

# What each role may do with a thing: l see the list, v view it, a add, c change, d delete,
# g give it to a colleague, w look at its writer. In the order of ROLES.
TABLE: dict[str, tuple[str, str, str, str]] = {
    "abbreviation": ("-", "lvacd", "-", "lvacd"),
    "accessattempt": ("-", "-", "-", "lv"),
    "article: own draft": ("lvacdg", "lvacdg", "lv", "lvacdg"),
    "article: another's draft": ("la", "lvacdg", "l", "lvacdg"),
    "article: public": ("lva", "lvac", "lv", "lvac"),
    "award: draft": ("lvacd", "lvacd", "-", "lvacd"),
    "award: public": ("lva", "lvac", "-", "lvac"),
    "ban": ("-", "lvc", "lvc", "lvc"),
    "category": ("lv", "lvacd", "lv", "lvacd"),
    "comment": ("lv", "lvacw", "lvacw", "lvacw"),
    "commentsettings": ("-", "lvc", "lvc", "lvc"),
    "committee": ("lv", "lvacd", "-", "lvacd"),
    "conference: draft": ("lvacd", "lvacd", "-", "lvacd"),
    "conference: public": ("lva", "lvac", "-", "lvac"),
    "correction": ("lv", "lvac", "-", "lvac"),
    "document": ("lva", "lvacd", "-", "lvacd"),
    "group": ("-", "-", "-", "lvacd"),
    "indicator": ("lv", "lvacd", "-", "lvacd"),
    "menuitem": ("-", "-", "-", "lvacd"),
    "page": ("-", "-", "-", "lvacd"),
    "person": ("lva", "lvacd", "-", "lvacd"),
    "publication": ("lva", "lvacd", "-", "lvacd"),
    "ripple": ("-", "lvc", "-", "lvc"),
    "siteidentity": ("-", "-", "-", "lvc"),
    "statistic: draft": ("lvacd", "lvacd", "-", "lvacd"),
    "statistic: public": ("lva", "lvac", "-", "lvac"),
    "tag": ("lva", "lvacd", "-", "lvacd"),
    "user": ("-", "-", "-", "lvacd"),
    "visitadjustment": ("-", "-", "-", "lva"),
    "visitday": ("-", "-", "-", "lv"),
}

THINGS: dict[str, Callable[[User], Any]] = {
    "abbreviation": lambda by: Abbreviation.objects.create(short="UBKT", long="Ủy ban Kiểm tra"),
    "accessattempt": lambda by: AccessAttempt.objects.create(username="ai", failures_since_start=1),
    "article: own draft": lambda by: an_article(writer=by, **draft()),
    "article: another's draft": lambda by: an_article(writer=a_user(), **draft()),
    "article: public": lambda by: an_article(writer=a_user()),
    "award: draft": lambda by: an_award(**draft()),
    "award: public": lambda by: an_award(),
    "ban": lambda by: a_ban(),
    "category": lambda by: a_category("Chuyên mục trống"),
    "comment": lambda by: a_comment(an_article(), state="pending"),
    "commentsettings": lambda by: CommentSettings.objects.create(),
    "committee": lambda by: a_committee(),
    "conference: draft": lambda by: a_conference(**draft()),
    "conference: public": lambda by: a_conference(),
    "correction": lambda by: Correction.objects.create(article=an_article(), stood="5", right="6"),
    "document": lambda by: a_document(),
    "group": lambda by: Group.objects.create(name="Nhóm thử"),
    "indicator": lambda by: an_indicator(),
    "menuitem": lambda by: MenuItem.objects.create(label="Mục thử", address="/"),
    "page": lambda by: Page.objects.create(slug="thu", title="Trang thử"),
    "person": lambda by: a_person(),
    "publication": lambda by: Publication.objects.create(name="Báo thử"),
    "ripple": lambda by: Ripple.objects.create(statistic=a_statistic(), changed=[], stood="5", right="6", made_by=by),
    "siteidentity": lambda by: SiteIdentity.objects.create(name="Trang thử"),
    "statistic: draft": lambda by: a_statistic(**draft()),
    "statistic: public": lambda by: a_statistic(),
    "tag": lambda by: Tag.objects.create(name="thẻ thử"),
    "user": lambda by: a_user(),
    "visitadjustment": lambda by: VisitAdjustment.objects.create(amount=5, reason="thử"),
    "visitday": lambda by: VisitDay.objects.create(key="site", on=timezone.localdate(), count=1),
}

# The row of each model that comes first: what asks for no one thing is tried with it, whatever stands beside.
FIRST = {kind.split(":")[0]: kind for kind in reversed(TABLE)}

# What an address of a thing asks for: (method, whether it names a thing, the letter it takes).
DOORS: dict[str, list[tuple[str, bool, str]]] = {
    "changelist": [("get", False, "l"), ("post", False, "l")],
    "add": [("get", False, "a"), ("post", False, "a")],
    "change": [("get", True, "v"), ("post", True, "c")],
    "delete": [("get", True, "d"), ("post", True, "d")],
    "history": [("get", True, "v")],
    "compare": [("get", True, "v")],
    "preview": [("get", True, "v")],
    "links": [("get", True, "c"), ("post", True, "c")],
    "give": [("get", True, "g"), ("post", True, "g")],
    "writer": [("get", True, "w"), ("post", True, "w")],
    "restore": [("post", True, "c")],
    "takeoff": [("get", True, "c"), ("post", True, "c")],
    "autosave": [("post", True, "c")],
    "presence": [("post", True, "c")],
    "simple_history": [("get", True, "v"), ("post", True, "never")],
}

# Those that scripts ask: they say with a status of their own who is not signed in.
FOR_SCRIPTS = {"autosave", "presence"}

# Addresses that are of no one thing: (method, status for anonymous and for each role in turn).
OTHERS: dict[str, list[tuple[str, tuple[int, int, int, int, int]]]] = {
    "index": [("get", (302, 200, 200, 200, 200))],
    "app_list": [("get", (302, 200, 200, 200, 200))],
    "login": [("get", (200, 302, 302, 302, 302))],
    "logout": [("get", (302, 405, 405, 405, 405)), ("post", (302, 200, 200, 200, 200))],
    "password_change": [("get", (302, 200, 200, 200, 200)), ("post", (302, 200, 200, 200, 200))],
    "password_change_done": [("get", (302, 200, 200, 200, 200))],
    # Whoever forgot a password is nobody yet: these are for all, and the link itself says for whom.
    "password_reset": [("get", (200,) * 5), ("post", (200,) * 5)],
    "password_reset_done": [("get", (200,) * 5), ("post", (405,) * 5)],
    "password_reset_confirm": [("get", (200,) * 5), ("post", (200,) * 5)],
    "password_reset_complete": [("get", (200,) * 5), ("post", (405,) * 5)],
    # The second step is for whoever has done the first, and only that; who has no device makes no codes for it.
    "second_step": [("get", (302,) * 5), ("post", (302,) * 5)],
    "second_factor": [("get", (302, 200, 200, 200, 200)), ("post", (302, 200, 200, 200, 200))],
    "second_factor_codes": [("get", (302,) * 5), ("post", (302,) * 5)],
    "second_factor_off": [("get", (302,) * 5), ("post", (302,) * 5)],
    "jsi18n": [("get", (302, 200, 200, 200, 200))],
    "view_on_site": [("get", (302, 302, 302, 302, 302))],
    # The list behind an autocomplete is for those who may see what it offers: here, committees.
    "autocomplete": [("get", (302, 200, 200, 403, 200))],
    # An empty upload: who may add pictures is told what is missing.
    "editor-upload": [("get", (405, 405, 405, 405, 405)), ("post", (403, 400, 400, 403, 400))],
    # Without the list it was made from an order is refused, with a page that shows both.
    "articles_article_front": [("get", (302, 403, 200, 403, 200)), ("post", (302, 403, 200, 403, 200))],
    # An empty question: whoever sits at the desk may ask what may be mended in a text.
    "editor-repairs": [("get", (405, 405, 405, 405, 405)), ("post", (403, 400, 400, 400, 400))],
    # An empty form is refused with a sentence on the page that it leads back to.
    "articles_comment_queue": [("get", (302, 403, 200, 200, 200)), ("post", (302, 403, 302, 302, 302))],
    "articles_comment_decide": [("get", (405,) * 5), ("post", (401, 403, 422, 422, 422))],
    "articles_figurereport_decide": [("get", (405,) * 5), ("post", (401, 403, 422, 422, 422))],
    # Counters are looked at by whoever has the right to, which of the roles administrators have.
    "dashboard": [("get", (302, 403, 403, 403, 200)), ("post", (302, 405, 405, 405, 405))],
    "articles_article_month": [("get", (302, 403, 200, 403, 200)), ("post", (302, 405, 405, 405, 405))],
    # An empty form: who may write is told that a draft needs a title.
    "articles_article_autosave_new": [("get", (405,) * 5), ("post", (401, 422, 422, 403, 422))],
    # An empty hand is told what is missing; what was handed in is for whoever did, and for editors.
    "articles_article_import": [("get", (302, 200, 200, 403, 200)), ("post", (302, 200, 200, 403, 200))],
    "articles_article_import_report": [("get", (302, 404, 200, 403, 200)), ("post", (302, 404, 200, 403, 200))],
    # Whoever writes is told how the numbers of an empty form stand: it has none.
    "articles_article_numbers": [("get", (405,) * 5), ("post", (401, 200, 200, 403, 200))],
    "articles_article_export": [("get", (302, 403, 200, 403, 200))],
    # A link that somebody else has made to an article that readers see: an editor may close it.
    "articles_article_revoke_link": [("get", (302, 405, 405, 405, 405)), ("post", (302, 403, 302, 403, 302))],
    "auth_user_password_change": [("get", (302, 403, 403, 403, 200)), ("post", (302, 403, 403, 403, 200))],
}


def desk_addresses() -> dict[str, str]:
    """Every named address of the admin: name -> the name to reverse it by."""
    found: dict[str, str] = {}
    for part in get_resolver().url_patterns:
        if getattr(part, "app_name", None) == "admin":
            found |= {p.name: f"admin:{p.name}" for p in _patterns(part) if p.name}
        elif isinstance(part, URLPattern) and str(part.pattern).startswith("quan-tri/"):
            found[str(part.name)] = str(part.name)
    return found


def _patterns(part: Any) -> list[URLPattern]:
    if isinstance(part, URLPattern):
        return [part]
    return [pattern for inner in part.url_patterns for pattern in _patterns(inner)]


def split(name: str) -> tuple[str, str] | None:
    """Return (model, door) of an address of a thing; None for any other."""
    for door in DOORS:
        if name.endswith(f"_{door}") and name not in OTHERS:
            model = name.removesuffix(f"_{door}").split("_")[-1]
            if not (door == "history" and name.endswith("_simple_history")):
                return model, door
    return None


def is_refused(answer: Any) -> bool:
    """Whether the desk did not let the person through: a 403, or the way back to its first page or to signing in."""
    away = answer.status_code == 302 and answer.headers["Location"].split("?")[0] in {
        reverse("admin:index"),
        reverse("admin:login"),
    }
    return answer.status_code == 403 or away


def test_every_address_of_the_desk_has_a_row():
    models = {key.split(":")[0] for key in TABLE}
    without = {
        name for name in desk_addresses() if name not in OTHERS and not ((of := split(name)) and of[0] in models)
    }
    assert without == set()
    assert TABLE.keys() == THINGS.keys()


def test_who_may_add_a_thing_may_whatever_there_is_of_it():
    for kind, expected in TABLE.items():
        first = TABLE[FIRST[kind.split(":")[0]]]
        assert ["a" in letters for letters in expected] == ["a" in letters for letters in first], kind


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", TABLE)
def test_a_role_does_with_a_thing_what_the_table_says_and_nothing_else(kind, role):
    expected = TABLE[kind][ROLES.index(role)]
    by = staff(role)
    client = Client()
    client.force_login(by)
    thing = THINGS[kind](by)
    wrong = []
    for name in desk_addresses().values():
        if (of := split(name.removeprefix("admin:"))) is None or of[0] != kind.split(":")[0]:
            continue
        for method, names_it, letter in DOORS[of[1]]:
            if letter == "a" and kind != FIRST[of[0]]:
                continue
            version = [thing.history.first().pk] if of[1] == "simple_history" else [1] * (of[1] == "restore")
            answer = getattr(client, method)(reverse(name, args=[thing.pk, *version] if names_it else []))
            may = letter in expected
            if answer.status_code >= 500 or is_refused(answer) == may:
                wrong.append((method, name, answer.status_code, "allowed" if may else "refused"))
    assert wrong == []


@pytest.mark.parametrize("kind", TABLE)
def test_nobody_gets_to_a_thing_without_signing_in(kind, client):
    thing = THINGS[kind](a_user())
    for name in desk_addresses().values():
        if (of := split(name.removeprefix("admin:"))) and of[0] == kind.split(":")[0]:
            for method, names_it, _letter in DOORS[of[1]]:
                version = [1] if of[1] in {"simple_history", "restore"} else []
                answer = getattr(client, method)(reverse(name, args=[thing.pk, *version] if names_it else []))
                if of[1] in FOR_SCRIPTS:
                    assert answer.status_code == 401
                else:
                    assert answer.status_code == 302
                    assert answer.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", OTHERS)
def test_an_address_of_no_one_thing_answers_each_role_as_the_table_says(name):
    committee, account, link = a_committee(), a_user(), a_preview_link()
    arguments: dict[str, list[Any]] = {
        "app_list": ["articles"],
        "view_on_site": [ContentType.objects.get_for_model(committee).pk, committee.pk],
        "auth_user_password_change": [account.pk],
        "articles_article_revoke_link": [link.article_id, link.pk],
        "articles_article_import_report": [RawReport.objects.create(owner=account, text="Báo cáo thử").pk],
        "password_reset_confirm": ["MQ", "made-up"],
    }
    query = "?app_label=articles&model_name=article&field_name=committees&term=x" if name == "autocomplete" else ""
    address = reverse(desk_addresses()[name], args=arguments.get(name, [])) + query
    for method, statuses in OTHERS[name]:
        for role, status in zip((None, *ROLES), statuses, strict=True):
            client = Client()
            if role:
                client.force_login(staff(role))
            assert (role, getattr(client, method)(address).status_code) == (role, status)
