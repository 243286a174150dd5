"""Lists are paged by key: every row once, in order, on the way out and on the way back."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from committees.models import Committee, Conference, Statistic
from newsroom.paging import Listing, page
from newsroom.publishing import State
from tests.situations import a_committee, a_conference, a_statistic, an_indicator, at

pytestmark = pytest.mark.django_db

NEWEST = ("-published_at", "-pk")


def some_statistics(number: int = 23, seed: int = 1) -> QuerySet[Statistic]:
    """Figures whose moments and positions are full of ties, some a microsecond apart."""
    chance = random.Random(seed)
    committee, indicator = a_committee(), an_indicator()
    Statistic.objects.bulk_create(
        Statistic(
            committee=committee,
            indicator=indicator,
            label=f"Số liệu {place}",
            value=place,
            position=chance.randrange(3),
            state=State.PUBLISHED,
            published_at=at(2024, 1, chance.randrange(1, 4)) + timedelta(microseconds=chance.randrange(2)),
        )
        for place in range(number)
    )
    return Statistic.objects.public()


def some_conferences(number: int = 23) -> QuerySet[Conference]:
    chance = random.Random(2)
    committee = a_committee()
    for _ in range(number):
        # Where the day is unknown the list sorts by the first of all days.
        a_conference(committee, held_on=chance.choice([None, date(2024, 2, 29), date(2023, 12, 31)]))
    return Conference.objects.public()


def some_committees(number: int = 23) -> QuerySet[Committee]:
    for place in range(number):
        a_committee(f"Đảng bộ {'ăâđôơư'[place % 6]} {place // 12}")
    return Committee.objects.all()


LISTS = [
    (some_statistics, NEWEST),
    (some_statistics, ("position", "-published_at", "pk")),
    (some_statistics, ("-position", "published_at", "-id")),
    (some_statistics, ("pk",)),
    (some_conferences, ("-sorted_on", "-pk")),
    (some_committees, ("sort_key", "pk")),
]


@pytest.mark.parametrize("size", [1, 4, 7, 23, 40])
@pytest.mark.parametrize(("make", "order"), LISTS)
def test_a_walk_meets_every_row_once_in_order_and_the_way_back_is_the_same(make, order, size):
    """Forward to the end and back to the beginning: the same pages, whatever the ties."""
    rows = make()
    forward = [page(rows, QueryDict(), order=order, size=size)]
    while forward[-1].older is not None and len(forward) <= rows.count():
        forward.append(page(rows, QueryDict(forward[-1].older), order=order, size=size))
    assert [row.pk for step in forward for row in step.items] == [row.pk for row in rows.order_by(*order)]
    assert all(len(step.items) == size for step in forward[:-1])
    assert forward[0].newer is None

    back = [forward[-1]]
    while back[-1].newer is not None and len(back) <= rows.count():
        back.append(page(rows, QueryDict(back[-1].newer), order=order, size=size))
    assert [row.pk for step in reversed(back) for row in step.items] == [row.pk for row in rows.order_by(*order)]
    assert (back[-1].older is None) == (len(forward) == 1)


def test_a_list_that_is_compiled_once_is_paged_like_any_other(django_assert_num_queries):
    rows = some_statistics(9)
    listing = Listing(Statistic.objects.public, order=NEWEST, size=4)
    steps, step = [], QueryDict()
    for _turn in range(2):
        while step is not None and len(steps) < 20:
            with django_assert_num_queries(1):
                steps.append(listing.page(step))
            assert steps[-1] == page(rows, step, order=NEWEST, size=4) == listing.page(step, [rows])
            step = QueryDict(steps[-1].older) if steps[-1].older else None
        step = QueryDict(steps[-1].newer)
    assert [len(step.items) for step in steps] == [4, 4, 1, 4, 1]


@pytest.mark.parametrize("order", [NEWEST, ("position", "-published_at", "pk")])
def test_a_list_in_parts_is_paged_like_the_whole(order):
    """Forward and back again, whatever the ties."""
    rows = some_statistics()
    parts = [rows.filter(position=1), rows.none(), rows.exclude(position=1)]
    listing = Listing(Statistic.objects.public, order=order, size=4)
    step: QueryDict | None = QueryDict()
    seen = []
    while step is not None:
        seen.append(listing.page(step, parts))
        assert seen[-1] == page(rows, step, order=order, size=4)
        step = QueryDict(seen[-1].older) if seen[-1].older else None
    assert len(seen) == 6
    assert listing.page(QueryDict(seen[-1].newer), parts) == seen[-2]


def test_a_list_that_is_compiled_once_shows_what_was_published_since():
    rows = some_statistics(2)
    listing = Listing(Statistic.objects.public, order=NEWEST, dress=lambda found, now: found.with_sentence(now))
    assert listing.page(QueryDict()).items == list(rows.order_by(*NEWEST))
    new = a_statistic()
    assert listing.page(QueryDict()).items[0] == new == listing.all().order_by(*NEWEST)[0]


def test_a_list_shorter_than_a_page_has_no_neighbours_and_an_empty_one_is_a_page():
    rows = some_statistics(3)
    only = page(rows, QueryDict(), size=3)
    assert (len(only.items), only.newer, only.older) == (3, None, None)
    nothing = page(rows.none(), QueryDict())
    assert (nothing.items, nothing.newer, nothing.older) == ([], None, None)


def test_the_links_keep_the_filters_and_drop_the_key_they_stand_on():
    rows = some_statistics(9)
    first = page(rows, QueryDict("nam=2024&loai=result&loai=target"), size=3)
    second = page(rows, QueryDict(first.older), size=3)
    for link in (second.newer, second.older):
        address = QueryDict(link)
        assert (address["nam"], address.getlist("loai")) == ("2024", ["result", "target"])
        assert ("sau" in address) != ("truoc" in address)
        assert len(address) == 3


def test_a_key_is_readable():
    """A person can tell from the address where in the list it stands."""
    conference = a_conference(held_on=date(2023, 2, 14))
    a_conference(conference.committee, held_on=date(2023, 2, 13))
    assert page(Conference.objects.all(), QueryDict(), order=("-sorted_on", "-pk"), size=1).older == (
        f"sau=20230214~{conference.pk}"
    )
    statistic = some_statistics(2).first()
    Statistic.objects.update(published_at=at(2023, 2, 14, 7))
    assert page(Statistic.objects.all(), QueryDict(), order=("-published_at", "pk"), size=1).older == (
        f"sau=20230214T000000Z~{statistic.pk}"
    )


def test_rows_that_appear_or_go_while_a_reader_pages_neither_repeat_nor_hide_others():
    rows = some_statistics(12).order_by(*NEWEST)
    wanted = [row.pk for row in rows[3:6]]
    first = page(rows, QueryDict(), size=3)
    Statistic.objects.filter(pk=first.items[-1].pk).update(state=State.WITHDRAWN)
    Statistic.objects.filter(pk=rows.last().pk).update(published_at=at(2024, 2, 1))
    second = page(rows, QueryDict(first.older), size=3)
    assert [row.pk for row in second.items] == wanted
    assert page(rows, QueryDict(second.newer), size=3).items[-1].pk == first.items[-2].pk


def test_where_all_before_the_key_is_gone_no_link_leads_to_nothing():
    rows = some_statistics(6).order_by(*NEWEST)
    first = page(rows, QueryDict(), size=2)
    Statistic.objects.filter(pk__in=[row.pk for row in first.items]).update(state=State.WITHDRAWN)
    second = page(rows, QueryDict(first.older), size=2)
    assert second.newer is None
    last = page(rows, QueryDict(second.older), size=2)
    Statistic.objects.filter(pk__in=[row.pk for row in last.items]).update(state=State.WITHDRAWN)
    assert page(rows, QueryDict(last.newer), size=2).older is None


@pytest.mark.parametrize(
    "key",
    [
        "",
        "~",
        "12",
        "~12",
        "20230214T000000Z",
        "20230214T000000Z~",
        "20230214T000000Z~12~12",
        "20230214T000000Z~1e3",
        "20230214T000000Z~012",
        "20230214T000000Z~١٢",
        "20230214T000000Z~12\x00",
        f"20230214T000000Z~{10**30}",
        f"20230214T000000Z~{2**63}",
        "20230214T000000Z~" + "9" * 6000,
        "20230230T000000Z~12",
        "20230214T250000Z~12",
        "20230214T000000~12",
        "20230214~12",
        "2023-02-14T00:00:00Z~12",
        "20230214T000000+0700~12",
        "00010101T000000+0700~12",
        "99999-01-01~12",
        "999990101T000000Z~12",
        "00000101T000000Z~12",
        "' OR 1=1 --~12",
        "\ud800~12",
    ],
)
@pytest.mark.parametrize("name", ["sau", "truoc"])
def test_a_malformed_key_is_not_found(name, key, django_assert_num_queries):
    rows = some_statistics(3)
    params = QueryDict(mutable=True)
    params[name] = key
    with django_assert_num_queries(0), pytest.raises(Http404):
        page(rows, params)


@pytest.mark.parametrize("key", ["x~12", "-1~12", "1.5~12", "1" * 161 + "~12", "12~x", "12"])
def test_a_malformed_key_of_names_is_not_found(key):
    with pytest.raises(Http404):
        page(some_committees(3), QueryDict(f"sau={key}"), order=("sort_key", "pk"))


@pytest.mark.parametrize("key", ["00010101T000000Z~1", "00010101T000000Z~-9223372036854775808", "19991231T170000Z~12"])
def test_a_key_beyond_the_last_row_is_not_found(key):
    with pytest.raises(Http404):
        page(some_statistics(3), QueryDict(f"sau={key}"))


@pytest.mark.parametrize("key", ["99991231T235959.999999Z~9223372036854775807", "21000101T000000Z~1"])
def test_a_key_before_the_first_row_is_not_found(key):
    with pytest.raises(Http404):
        page(some_statistics(3), QueryDict(f"truoc={key}"))


def test_a_key_that_stands_between_rows_still_shows_what_follows():
    """A bookmark outlives the row it was made from."""
    rows = some_statistics(3)
    everything = page(rows, QueryDict("sau=99991231T235959.999999Z~9223372036854775807"))
    assert (len(everything.items), everything.newer) == (3, None)


def test_an_address_with_two_keys_is_not_found():
    rows = some_statistics(9)
    second = page(rows, QueryDict(page(rows, QueryDict(), size=3).older), size=3)
    with pytest.raises(Http404):
        page(rows, QueryDict(f"{second.newer}&{second.older}"), size=3)


def test_a_page_is_one_query_without_counting_or_skipping(django_assert_num_queries):
    """The cost of a page does not depend on how far it is from the beginning."""
    rows = some_statistics(9)
    first = page(rows, QueryDict(), size=3)
    for link in (first.older, page(rows, QueryDict(first.older), size=3).newer):
        with django_assert_num_queries(1) as asked:
            page(rows, QueryDict(link), size=3)
        assert "OFFSET" not in asked[0]["sql"]
        assert "COUNT" not in asked[0]["sql"]


def test_an_order_that_rows_can_share_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="primary key"):
        page(some_statistics(1), QueryDict(), order=("-published_at",))
    with pytest.raises(TypeError):
        page(some_statistics(1), QueryDict("sau=1~1"), order=("value", "pk"))
    with pytest.raises(FieldDoesNotExist):
        page(some_statistics(1), QueryDict(), order=("nothing", "pk"))
