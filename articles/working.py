"""The working copy of an article: its next text, tried on at the desk while readers go on with the one they have.

It is kept as one snapshot. To be edited, checked or previewed it is put into the rows of the article inside a
transaction that is always undone: forms, checks and pages work on it as on any article, and no reader sees it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from articles.models import Article, Revision, WorkingCopy
from articles.revisions import begin, hold_numbers, put_back, raise_version, record
from newsroom.models import User


@contextmanager
def tried_on(article: Article) -> Iterator[Article]:
    """Yield `article` with its working copy put on: itself and its rows, until the end of the block.

    Whatever is done to them inside is undone, so an answer has to be rendered there. An article without a working
    copy is yielded as it stands. Its row is locked meanwhile.
    """
    with transaction.atomic():
        tried = Article.objects.select_for_update().get(pk=article.pk)
        copy = WorkingCopy.objects.filter(article=tried).first()
        with transaction.atomic():
            if copy is not None:
                put_back(tried, copy.snapshot)
            yield tried
            transaction.set_rollback(True)


def keep(article: Article, whole: Mapping[str, Any], by: User, reason: str = "", **how: Any) -> Revision:
    """Keep the snapshot `whole` as the next text of `article`, begun with it where there was none.

    `how` it was saved is kept with the revision, as `record` takes it.
    """
    begin(article)
    WorkingCopy.objects.update_or_create(article=article, defaults={"snapshot": whole, "saved_by": by})
    hold_numbers(whole)
    raise_version(article)
    return record(article, by, reason, copy=whole, **how)
