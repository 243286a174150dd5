"""Queries that are compiled once ask what their querysets would ask, with the values of each call."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import OuterRef, QuerySet, Value

from articles.models import Article, Correction, Photo
from committees.models import Conference, Document
from newsroom.bundles import Rows, instances
from newsroom.compiled import NOTHING, compiled, together
from newsroom.pagecache.reading import depending, read
from newsroom.postgresql.plans import PlanningCursor
from tests import situations

pytestmark = pytest.mark.django_db


def conferences(pk: int, day: date, named: str, now: datetime, is_all: bool = False) -> QuerySet[Conference]:
    found = Conference.objects.public(now).filter(pk__gte=pk, sorted_on__lte=day)
    found = found if is_all else found.filter(name=named)
    return found.select_related("committee").defer("search_key").annotate(asked=Value(7)).order_by("-pk")


def asked(**how: object) -> tuple[object, ...]:
    usual = {"pk": 0, "day": date(2023, 1, 1), "named": "Hội nghị", "now": datetime(2024, 1, 1, tzinfo=UTC)}
    return tuple({**usual, **how}.values())


@pytest.fixture
def held() -> list[Conference]:
    public = situations.published(9 * 365 * 24)
    return [
        situations.a_conference(name=name, held_on=date(year, 1, 1), **public)
        for name, year in (("Hội nghị", 2022), ("Hội nghị", 2024), ("Khác", 2022), ("Hội nghị", 2021))
    ]


def test_each_call_asks_with_its_own_values(held):
    first, _late, other, last = held
    ask = compiled(conferences)
    assert ask(*asked()) == [last, first]
    assert ask(*asked(pk=last.pk)) == [last]
    assert ask(*asked(day=date(2021, 6, 1))) == [last]
    assert ask(*asked(named="Khác")) == [other]
    assert ask(*asked(now=datetime(2001, 1, 1, tzinfo=UTC))) == []
    assert ask(*asked()) == [last, first]


def test_a_connection_that_lasts_keeps_the_plan(held, monkeypatch):
    """PostgreSQL would plan it anew each time. Whoever reads along what is asked reads the statement all the same."""
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"  # which has nothing of the kind
        return
    heard: list[str] = []

    def hear(execute, sql, *rest):
        heard.append(sql)
        return execute(sql, *rest)

    monkeypatch.setattr(connection.connection, "cursor_factory", PlanningCursor)
    ask = compiled(conferences)
    odd = situations.a_conference(
        name="100% “'Khác'” \\n", held_on=date(2022, 1, 1), **situations.published(9 * 365 * 24)
    )
    with connection.execute_wrapper(hear):
        found = [ask(*asked(named=odd.name)), ask(*asked()), ask(*asked(pk=held[3].pk))]
    assert found == [[odd], [held[3], held[0]], [held[3]]]
    assert [sql.startswith("SELECT") and "committees_conference" in sql for sql in heard] == [True] * 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        ((statement,),) = cursor.fetchall()
    assert "$1" in statement and "= 'published'" in statement
    ask = compiled(lambda: Conference.objects.filter(name="Khác"))
    assert [ask(), ask()] == [[held[2]]] * 2  # in which nothing changes


def test_a_row_comes_as_from_its_queryset(held, django_assert_num_queries):
    ask = compiled(conferences)
    ask(*asked())
    with django_assert_num_queries(1):
        (found, _first) = ask(*asked())
        assert (found.committee.name, found.asked, found.held_on) == (held[3].committee.name, 7, date(2021, 1, 1))
    with django_assert_num_queries(1):
        assert found.search_key == held[3].search_key


def test_true_false_and_none_may_choose_another_query(held):
    ask = compiled(lambda is_late: Conference.objects.filter(name="Khác" if is_late is None else "Hội nghị"))
    assert (len(ask(None)), len(ask(True))) == (1, 3)


def test_a_number_that_no_key_can_be_finds_nothing(held):
    """Whoever writes an address may write thirty digits into it."""
    assert compiled(lambda pk: Conference.objects.filter(pk=pk))(10**30) == []


def test_a_value_that_is_not_in_the_query_is_refused():
    """Else the first value would be kept for all."""
    with pytest.raises(AssertionError):
        compiled(lambda number: Conference.objects.all()[:1])(5)


def test_rows_that_belong_to_a_thing_come_with_it_in_their_order(django_assert_num_queries):
    article, bare = situations.an_article(), situations.an_article()
    for position in (2, 0, 1):
        Photo.objects.create(
            article=article, image="photos/thu.jpg", width=position + 1, height=9, position=position, alt="“Ảnh” \\ '"
        )
    correction = Correction.objects.create(article=article, stood="Cũ", right="Mới")
    photos = Rows(Photo.objects.filter(article=OuterRef("pk")), "id", "image", "width", "height", "alt")
    corrections = Rows(Correction.objects.filter(article=OuterRef("pk")), "id", "corrected_at", "article__title")
    with django_assert_num_queries(1):
        found, empty = Article.objects.annotate(photo_rows=photos, told=corrections).order_by("pk")
        shown, (told,) = instances(Photo, found.photo_rows), instances(Correction, found.told)
        (titled,) = instances(Article, found.told, "article__")
        assert [(photo.width, photo.alt, photo.image.url) for photo in shown] == [
            (width, "“Ảnh” \\ '", "/media/photos/thu.jpg") for width in (1, 2, 3)
        ]
        assert (told, told.corrected_at, titled.title) == (correction, correction.corrected_at, article.title)
    assert (empty.pk, empty.photo_rows, empty.told) == (bare.pk, [], [])


def test_days_and_empty_places_come_as_they_are_kept():
    dated = situations.a_document(issued_on=date(2020, 2, 29))
    situations.a_document()
    ((row,),) = Document.objects.filter(pk=dated.pk).values_list(
        Rows(Document.objects.order_by("pk"), "id", "issued_on", "subject")
    )
    assert [document.issued_on for document in instances(Document, row)] == [date(2020, 2, 29), None]


def test_questions_asked_together_are_answered_each_with_its_own(held, django_assert_num_queries):
    """PostgreSQL is asked once for all of them. What finds nothing is not asked."""
    named = compiled(lambda name: Conference.objects.filter(name=name).order_by("pk"))
    until = compiled(lambda pk, day: Conference.objects.filter(pk__lte=pk, held_on__lt=day, sorted_on__lt=day))
    asked = named.asking("Khác"), NOTHING, until.asking(held[2].pk, date(2023, 1, 1)), named.asking("Hội nghị")
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        found = together(*asked)
    assert found == [[held[2]], [], [held[2], held[0]], [held[0], held[1], held[3]]]
    with django_assert_num_queries(0):
        assert together(NOTHING) == [[]]


def test_a_page_depends_on_what_each_of_several_questions_asks(held):
    """But for those of which is said what they depend on."""
    by_key = compiled(lambda pk: Conference.objects.filter(pk=pk))
    of_name = compiled(lambda name: Conference.objects.filter(name=name))
    table = Conference._meta.db_table
    with read() as reading:
        together(by_key.asking(held[1].pk), of_name.asking("Khác"), by_key.asking(held[0].pk))
    keys = {f"{table}.id={held[1].pk}", f"{table}.id={held[0].pk}"}
    assert keys < reading.tags and table in reading.tags
    with read() as reading, depending(of_name.asking("Khác").sql) as depends:
        together(by_key.asking(held[1].pk), of_name.asking("Khác"), by_key.asking(held[0].pk))
        depends(Conference, "committee_id", [5])
    assert reading.tags == keys | {f"{table}.committee_id=5"}
    assert reading.obstacle == ""


def test_rows_may_be_sorted_when_they_have_come():
    article = situations.an_article()
    for stood, right in (("b", "1"), ("a", "2"), ("b", "3"), ("c", "4")):
        Correction.objects.create(article=article, stood=stood, right=right)
    told = Rows(Correction.objects.filter(article=OuterRef("pk")), "stood", "right", sort=("-stood", "right"))
    ((rows,),) = Article.objects.filter(pk=article.pk).values_list(told)
    assert [row["right"] for row in rows] == ["4", "1", "3", "2"]
