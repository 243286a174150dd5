"""However many decide, take back, report and hide at once: each comment stands as its last decision says."""

import contextlib
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.models import Min

from articles.models import Comment, Moderation
from articles.moderating.banning import hide_all
from articles.moderating.deciding import decide, undo
from articles.moderating.reporting import TooManyError, report
from newsroom.models import User
from tests.situations import a_comment, a_user, an_article

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PEOPLE, COMMENTS, ACTS = 6, 8, 40


def act_at_random(seed: int, by: User, keys: list[int]) -> None:
    """Do as somebody does who has just looked at the queue, or a while ago."""
    chance, own = random.Random(seed), []
    try:
        for number in range(ACTS):
            match chance.randrange(5):
                case 0 if own:
                    undo(chance.choice(own), by)
                case 1:
                    with contextlib.suppress(TooManyError):
                        report(Comment.objects.get(pk=chance.choice(keys)), "untrue", "", f"{seed}-{number}")
                case 2:
                    own.append(
                        hide_all(Comment.objects.get(pk=keys[0]), chance.choice(["spam", "rejected"]), by, act=None).act
                    )
                case _:
                    chosen = chance.sample(keys, chance.randrange(1, 5))
                    seen = {
                        key: chance.choice([None, Moderation.objects.filter(comment=key).count()]) for key in chosen
                    }
                    own.append(decide(seen, chance.choice(Comment.State.values), by).act)
    finally:
        connections.close_all()


@pytest.mark.parametrize("seed", range(3))
def test_each_comment_stands_as_its_last_decision_says(seed: int):
    article = an_article()
    keys = [a_comment(article, state="pending", sender="s" * 64).pk for _ in range(COMMENTS)]
    people = [a_user() for _ in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(act_at_random, range(seed * 100, seed * 100 + PEOPLE), people, [keys] * PEOPLE))
    for comment in Comment.objects.filter(pk__in=keys):
        log = list(comment.moderations.order_by("number"))
        assert [row.number for row in log] == list(range(1, len(log) + 1))
        assert [row.from_state for row in log] == ["pending", *(row.to_state for row in log)][: len(log)]
        assert comment.state == (log[-1].to_state if log else "pending")
        assert comment.reported_at == comment.reports.filter(decision=None).aggregate(at=Min("at"))["at"]
        standing = comment.moderations.standing().order_by("number").last()
        assert (comment.reason, comment.moderated_at) == ((standing.why, standing.at) if standing else ("", None))
