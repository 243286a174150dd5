"""What the benchmark asks a newsroom for: its addresses, as JSON. Run beside the newsroom's own settings.

.venv/bin/python bench/asked.py               addresses of pages, and the statements that each kind needs
.venv/bin/python bench/asked.py publish       publish an article now; `withdraw TITLE` takes it away again
"""

import json
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Category  # noqa: E402
from committees.models import Award, Committee, Conference, Statistic  # noqa: E402
from newsroom.paging import _SEPARATOR, _write  # noqa: E402
from newsroom.publishing import State  # noqa: E402

MANY = 2000  # things of a kind, so that each is asked for seldom
LISTS = 200


def pages() -> dict[str, Any]:
    """Return addresses by what they are. The one article is a newest that has all an article can have."""
    full = Article.objects.public().filter(conference__isnull=False, comments__isnull=False, photos__isnull=False)
    article = (full or Article.objects.public()).order_by("-pk")[0]
    rows = Article.objects.public().order_by("-published_at", "-pk").values_list("published_at", "pk")
    public = rows.count()
    keys = [_SEPARATOR.join(map(_write, row)) for row in rows[: public - 20 : max(1, public // LISTS)]]
    articles = reverse("articles:articles")
    return {
        "home": [reverse("home")],
        "article": [article.get_absolute_url()],
        "articles": [each.get_absolute_url() for each in Article.objects.public().order_by("?")[:MANY]],
        "list": [articles, *(f"{articles}?sau={key}" for key in keys)],
        "conferences": [each.get_absolute_url() for each in Conference.objects.public().order_by("?")[:MANY]],
        "search": questions(),
        "beacon": [f"{reverse('beacon')}?bai={article.pk}"],
        "others": others(),
        "queries": {},
    }


def questions() -> list[str]:
    """Return searches for one to four words of titles that are there, alone and as phrases, with and without marks."""
    from urllib.parse import quote_plus

    found = []
    for number, title in enumerate(Article.objects.public().order_by("?").values_list("title", flat=True)[:MANY]):
        words = title.split()
        part = " ".join(words[number % max(1, len(words)) :][: 1 + number % 4]) or title
        found.append(f"{reverse('search')}?q={quote_plus(f'“{part}”' if number % 5 == 4 else part)}")
    return found


def others() -> list[str]:
    """Return pages of every kind that an article in another place has nothing to do with."""
    found = [reverse("committees:documents"), reverse("committees:indicators"), reverse("committees:calendar")]
    for rows in (
        Article.objects.public(),
        Conference.objects.public(),
        Award.objects.public(),
        Statistic.objects.public(),
    ):
        found += [each.get_absolute_url() for each in rows.order_by("pk")[:8]]
    return found + [each.get_absolute_url() for each in Committee.objects.order_by("pk")[:4]]


def counted(kinds: dict[str, Any]) -> dict[str, int]:
    """Return how many statements a page of each kind needs at most, when nothing of it is kept."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "pagecache" not in name]
    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    found = {}
    for kind in ("home", "article", "articles", "list", "conferences", "search"):
        most = 0
        for address in kinds[kind][:6]:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
            most = max(most, len(queries))
        found[kind] = most
    return found


def publish() -> None:
    """Publish an article, and say its title and when that was committed."""
    title = f"Bài đo {secrets.token_hex(6)}"
    category = Category.objects.order_by("pk").last() or Category.objects.create(name="Tin đo")
    article = Article(title=title, lead="Để đo.", body="<p>Để đo.</p>", category=category)
    article.state, article.published_at = State.PUBLISHED, timezone.now()
    article.save()
    print(json.dumps({"title": title, "at": time.time()}))


def withdraw(title: str) -> None:
    """Take the article away again, and say when that was committed."""
    Article.objects.filter(title=title).update(state=State.WITHDRAWN)
    print(json.dumps({"title": title, "at": time.time()}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["publish"]:
            publish()
        case ["withdraw", title]:
            withdraw(title)
        case _:
            kinds = pages()
            print(json.dumps({**kinds, "queries": counted(kinds)}))
