"""A made newsroom: the same rows for the same seed, as saves would have made them, in however many goes."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.anchors import anchors
from articles.checking import Weight, check
from articles.models import Article, Byline, Comment, Mention
from committees.models import Committee, Document, Person, Statistic
from newsroom.asking import read
from newsroom.fields import DerivedField, LineField
from newsroom.management.commands import populate
from newsroom.populating import aside, filling, memory
from newsroom.populating.rows import TABLES
from newsroom.richtext import RichTextField, plain_text
from newsroom.search import Answer
from tests.situations import an_article

pytestmark = pytest.mark.django_db
SIZE = {"articles": 23, "comments": 60, "seed": 3}


@pytest.fixture(autouse=True)
def without_pictures(monkeypatch):
    """Without the pictures in the storage, which take most of the time."""
    monkeypatch.setattr("newsroom.populating.casting.pictures", lambda: [(1600, 900)] * 3)


@pytest.fixture
def small_chunks(monkeypatch):
    """A few articles a transaction, so that there is something to be interrupted."""
    monkeypatch.setattr("newsroom.populating.plan.CHUNK", 5)


def everything() -> dict[str, list[dict]]:
    return {name: list(table.model._base_manager.order_by("pk").values()) for name, table in TABLES.items()}


def test_every_column_is_what_a_save_would_give():
    """They go to the tables past the models, so what a save computes has to be computed as it does."""
    call_command("populate", **SIZE)
    for name, table in TABLES.items():
        for row in table.model._base_manager.all()[:50]:
            for field in row._meta.concrete_fields:
                if isinstance(field, DerivedField | LineField | RichTextField):
                    stood = getattr(row, field.attname)
                    assert field.pre_save(row, False) == stood, (name, field.name)
        for row in table.model._base_manager.all()[:2]:
            row.full_clean(exclude=["image"])


def test_it_has_what_a_newsroom_has():
    call_command("populate", **SIZE)
    assert Article.objects.public().count() == 23
    assert Comment.objects.count() == 60
    assert Comment.objects.filter(parent__isnull=False, parent__parent__isnull=True).exists()
    assert 10 <= Statistic.objects.count() / 23 <= 20
    for article in Article.objects.all():
        assert 280 <= len(plain_text(article.body).split()) <= 430
        assert article.committees.exists() and article.tags.exists() and article.bylines.exists()
    assert Answer(read("kết nạp đảng viên")).hits


def test_its_reports_hold_what_they_say():
    """Every mention stands where it says, and every figure agrees with its row: the checks of the desk say so."""
    call_command("populate", **SIZE)
    for article in Article.objects.for_checks()[:10]:
        assert {finding.weight for finding in check(article).findings} == {Weight.FINE}
        texts = {"title": article.title, "body": plain_text(article.body)}
        for mention in article.mentions.all():
            (anchor,) = anchors([mention], [texts[mention.part]])
            assert (anchor.state, anchor.likeness) == (Mention.State.ANCHORED, 2)


def test_the_same_seed_gives_the_same_rows_in_however_many_goes(small_chunks, monkeypatch, settings):
    """What was interrupted is gone on with, indexes and all; what another seed gives is something else."""
    monkeypatch.setattr(populate, "LARGE", 1)
    monkeypatch.setattr(populate, "fill", lambda *rest, apart: filling.fill(*rest, apart=False))
    before = what_guards_the_tables()
    call_command("populate", **SIZE)
    whole = everything()
    assert what_guards_the_tables() == before
    assert {byline.published_at == byline.article.published_at for byline in Byline.objects.all()} == {True}
    empty()

    write = filling._write
    left = [40]

    def until_stopped(table, values):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        write(table, values)

    monkeypatch.setattr(filling, "_write", until_stopped)
    with pytest.raises(CommandError, match="đi tiếp"):
        call_command("populate", **SIZE, beside=True)  # categories and the like are there still
    assert 0 < Article.objects.count() < 23
    assert what_guards_the_tables() == before
    call_command("populate", **SIZE)
    assert everything() == whole
    assert what_guards_the_tables() == before


def empty():
    for model in [*(table.model for table in reversed(TABLES.values())), Committee, Document, Person]:
        model._base_manager.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {memory.TABLE}")


def what_guards_the_tables() -> Counter:
    """The indexes, foreign keys and triggers that there are."""
    found: Counter = Counter()
    with connection.cursor() as cursor:
        for table in TABLES.values():
            steps = (aside._of_postgresql if connection.vendor == "postgresql" else aside._of_sqlite)(
                cursor, table.model
            )
            found.update(drop for drop, _again in steps)
    return found


def test_what_stands_in_the_newsroom_is_left_alone():
    """Made articles among true ones would be read as true: it takes a flag to put them there."""
    article = an_article()
    with pytest.raises(CommandError, match="--beside"):
        call_command("populate", **SIZE)
    assert list(Article.objects.all()) == [article]
    call_command("populate", **SIZE, beside=True)
    assert Article.objects.count() == 24


def test_another_size_is_refused_where_one_is_begun():
    call_command("populate", **SIZE)
    with pytest.raises(CommandError, match="23"):
        call_command("populate", **{**SIZE, "articles": 24})
    call_command("populate", **SIZE)
    assert Article.objects.count() == 23
