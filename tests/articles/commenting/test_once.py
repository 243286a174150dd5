"""What is sent again is the same comment: a double click, replays side by side, Back and send, a lost answer."""

import random
import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.commenting import taking
from articles.models import Comment, CommentSettings
from tests import situations
from tests.articles.commenting.sending import rules, send, typed


def side_by_side(article, sendings, address="203.0.113.7"):
    """Send all of `sendings` at the same moment, each through a connection of its own; return the answers."""
    start, answers = threading.Barrier(len(sendings)), []

    def one(data):
        start.wait()
        try:
            answers.append(Client(REMOTE_ADDR=address).post(f"{article.get_absolute_url()}binh-luan/", data))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[data]) for data in sendings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def lost_after_commit(article, data):
    """Send `data`; the comment is stored, and the answer never comes."""
    with patch("articles.commenting.views._led_to", side_effect=ConnectionError), pytest.raises(ConnectionError):
        Client(REMOTE_ADDR="203.0.113.7").post(f"{article.get_absolute_url()}binh-luan/", data)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_replays_side_by_side_make_one_comment_and_one_answer():
    """With rules that nobody has made yet: the first to come makes them."""
    article = situations.an_article()
    answers = side_by_side(article, [typed(article)] * 5)
    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    assert (answers[0].status_code, Comment.objects.count(), CommentSettings.objects.count()) == (303, 1, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_side_by_side_an_address_gets_no_more_in_than_one_by_one():
    rules(most_in_ten_minutes=3)
    article = situations.an_article()
    answers = side_by_side(article, [typed(article, text=f"Ý thứ {number}.") for number in range(6)])
    assert sorted(answer.status_code for answer in answers) == [303, 303, 303, 429, 429, 429]
    assert Comment.objects.count() == 3


@pytest.mark.django_db
def test_the_database_keeps_the_key_where_no_lock_does(client, monkeypatch):
    """Whoever comes between the look and the storing is found again, and the answer is the same."""
    article = situations.an_article()
    first = send(client, article, address="203.0.113.7")
    seen = taking.Comment.objects.filter(key="")
    with patch.object(type(seen), "first", return_value=None), patch.object(taking, "judge", return_value=[]):
        again = send(client, article, address="203.0.113.7")
    assert again.headers["Location"] == first.headers["Location"] and Comment.objects.count() == 1


@pytest.mark.django_db
def test_an_answer_that_was_lost_is_given_again_whatever_the_rules_say_by_then(client):
    article = situations.an_article()
    data = typed(article)
    lost_after_commit(article, data)
    rules(most_in_ten_minutes=1, banned_words="số liệu")
    Comment.objects.update(state="rejected")
    assert send(client, article, address="203.0.113.7", **data).status_code == 303
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_after_a_day_the_same_words_are_a_comment_of_their_own(client):
    article = situations.an_article()
    send(client, article, address="203.0.113.7")
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=25))
    send(client, article, address="203.0.113.7")
    assert Comment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"name": "Người khác"}, {"text": "Lời khác."}, {"address": "203.0.113.8"}])
def test_another_name_other_words_another_place_are_another_comment(client, changed):
    article = situations.an_article()
    first = send(client, article, address="203.0.113.7")
    other = send(client, article, **{"address": "203.0.113.7", **changed})
    assert other.headers.get("Location") != first.headers["Location"]


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_ways_of_sending_twice_make_one_comment_each(seed):
    rules(most_in_ten_minutes=10_000, most_in_a_day=10_000)
    chance, article = random.Random(seed), situations.an_article()
    asked = situations.a_comment(article)
    for trial in range(50):
        parent = chance.choice(["", asked.pk])
        data = typed(article, text=f"Lời của lần thử {seed}-{trial}.", parent=parent)
        way = chance.choice(["double click", "five at once", "back", "lost"])
        if way == "lost":
            lost_after_commit(article, data)
        times = {"double click": 2, "five at once": 5, "back": 1, "lost": 1}[way]
        answers = side_by_side(article, [data] * times)
        if way == "back":
            # The page may have been fetched anew in between.
            answers += side_by_side(article, [{**data, "made": typed(article)["made"]}])
        assert {answer.status_code for answer in answers} == {303}, way
        assert len({answer.headers["Location"] for answer in answers}) == 1, way
        assert Comment.objects.filter(text=data["text"]).count() == 1, way
