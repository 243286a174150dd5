"""When a page with a form was made, signed: people need a moment to write, machines do not.

It is a minimum and never an end. A page may be kept for as long as it likes, and is then the same for all its readers.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer

from articles.models import Article

_signer = Signer(salt="articles.commenting.stamp")


def stamp(article: Article, now: datetime) -> str:
    """Return the stamp of a page of `article` that is made `now`."""
    return _signer.sign(f"{article.pk}.{int(now.timestamp())}")


def seconds_since(value: str, article: Article, now: datetime) -> float | None:
    """Return how long ago the page that bears the stamp `value` was made; None if we made no such page of `article`."""
    try:
        pk, made = _signer.unsign(value).split(".")
    except (BadSignature, ValueError):
        return None
    return now.timestamp() - int(made) if pk == str(article.pk) else None
