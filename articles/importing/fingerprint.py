"""What tells one raw report from any other, however it was copied."""

from hashlib import sha256

from articles.models import Article
from newsroom.vietnamese import normalise


def fingerprint(text: str) -> str:
    """Return 64 hexadecimal digits that are the same for every copy of one report.

    Word, a web page and a text file put other spaces and line breaks between the same letters, and some compose
    their marks in another way: letters, figures and signs alone are counted.
    """
    return sha256("".join(normalise(text).split()).encode("utf-8", "surrogatepass")).hexdigest()


def imported_before(text: str) -> Article | None:
    """Return the article that was made of the raw report `text`; None where there is none."""
    return Article.objects.filter(fingerprint=fingerprint(text)).first()
