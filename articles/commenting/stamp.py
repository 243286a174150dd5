"""When a page with a form was made, signed: people need a moment to write, machines do not.

It is a minimum and never an end. A page may be kept for as long as it likes, and is then the same for all its readers.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Model

_signer = Signer(salt="articles.commenting.stamp")


def stamp(about: Model, now: datetime) -> str:
    """Return the stamp of a page of the thing `about` that is made `now`."""
    return _signer.sign(f"{_named(about)}.{int(now.timestamp())}")


def seconds_since(value: str, about: Model, now: datetime) -> float | None:
    """Return how long ago the page that bears the stamp `value` was made; None if we made no such page of `about`."""
    try:
        name, made = _signer.unsign(value).split(".")
    except (BadSignature, ValueError):
        return None
    return now.timestamp() - int(made) if name == _named(about) else None


def _named(about: Model) -> str:
    return f"{about._meta.model_name}-{about.pk}"
