"""Keeps the mentions of an article at their words, whatever door an edit of its text came through."""

from collections.abc import Collection, Mapping, Sequence

from articles.anchors import LOST, NEIGHBOURHOOD, Anchor, anchors
from articles.models import Article, Mention
from newsroom.richtext import plain_text


def texts_of(article: Article, parts: Collection[str] = tuple(Mention.Part.values)) -> dict[str, list[str]]:
    """Return the plain texts of those `parts` of `article` that are asked for, as its rows stand."""
    texts: dict[str, list[str]] = {}
    if Mention.Part.TITLE in parts:
        texts[Mention.Part.TITLE] = [article.title]
    if Mention.Part.LEAD in parts:
        texts[Mention.Part.LEAD] = [article.lead]
    if Mention.Part.BODY in parts:
        texts[Mention.Part.BODY] = [plain_text(article.body)]
    if Mention.Part.CAPTION in parts:
        texts[Mention.Part.CAPTION] = [photo.caption for photo in article.photos.all()]
    return texts


def anchors_of(mentions: Sequence[Mention], texts: Mapping[str, Sequence[str]]) -> list[Anchor]:
    """Return where each of `mentions` stands in `texts` (by parts), in their order."""
    found = [LOST] * len(mentions)
    for part in {mention.part for mention in mentions}:
        places = [place for place, mention in enumerate(mentions) if mention.part == part]
        of_part = anchors([mentions[place] for place in places], texts.get(part, ()))
        for place, anchor in zip(places, of_part, strict=True):
            found[place] = anchor
    return found


def find_again(article: Article, confirmed: Mapping[int, str] | None = None) -> bool:
    """Find the mentions of `article` in its texts as they now stand, and keep what has become of each.

    Returned is whether that is anything new.

    `confirmed` are those of which a person says that they still say the same: the mention's key -> the words that
    the person has seen. It holds only for those very words. Asked of an article that has no mentions, it costs one
    query; two more, where something has moved.
    """
    mentions = list(article.mentions.all())
    texts = texts_of(article, {mention.part for mention in mentions})
    found = anchors_of(mentions, texts)
    moved = []
    for mention, anchor in zip(mentions, found, strict=True):
        stood = _kept(mention)
        _settle(mention, anchor, texts[mention.part], (confirmed or {}).get(mention.pk))
        if _kept(mention) != stood:
            moved.append(mention)
    if moved:
        Mention.objects.bulk_update(moved, _COLUMNS)
    return bool(moved)


_COLUMNS = ["words", "words_now", "before", "after", "state"]


def _kept(mention: Mention) -> list[str]:
    return [getattr(mention, column) for column in _COLUMNS]


def _settle(mention: Mention, anchor: Anchor, texts: Sequence[str], confirmed: str | None) -> None:
    """Set in `mention` what `anchor` says. What is lost keeps what it had: a text may come back."""
    mention.state = anchor.state
    if anchor.state == Mention.State.LOST:
        mention.words_now = ""
        return
    text, now = texts[anchor.text], anchor.words_in(texts)
    if now == confirmed:
        mention.words, mention.state = now, Mention.State.ANCHORED
    mention.words_now = now if mention.state == Mention.State.CHANGED else ""
    mention.before = text[max(0, anchor.start - NEIGHBOURHOOD) : anchor.start]
    mention.after = text[anchor.end : anchor.end + NEIGHBOURHOOD]
