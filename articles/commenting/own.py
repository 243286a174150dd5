"""The way back to one's own comment: a signed address, given to the sender alone, that ends by itself.

No cookie tells a sender from other readers. The address does: whoever has it sees the comment while it waits.
"""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from articles.models import Article, Comment

DAYS = 3

_signer = Signer(salt="articles.commenting.own")


def token_of(comment: Comment) -> str:
    """Return what leads to `comment`. It is the same each time: what is sent again is answered as it was at first."""
    return _signer.sign(str(comment.pk))


def own(token: str, article: Article) -> Comment | None:
    """Return the comment under `article` that `token` leads to; None once its days are over, or if it is forged."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    since = timezone.now() - timedelta(days=DAYS)
    return Comment.objects.filter(pk=pk, article=article, created_at__gt=since).first()
