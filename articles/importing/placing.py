"""Where the words of a proposal stand in the article that is made of its report."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.importing.drafting import line
from articles.importing.report import Report, Words
from articles.models import Mention

AROUND = 40  # characters before and after that are kept to find the words again
MOST = 500  # of the words of a mention


@dataclass(frozen=True)
class _Stretch:
    """One piece of a part of the article: a paragraph, a caption, the lead. It begins at `at` of the part's text."""

    part: str
    text: str
    at: int
    whole: str


class Places:
    """The texts of an article, piece by piece, each with the name that its report gives it ("lead", "body.3")."""

    def __init__(
        self, report: Report, title: str, lead: str, paragraphs: Mapping[str, str], captions: Mapping[str, str]
    ):
        self._report = report
        body = "\n".join(paragraphs.values())
        self._stretches = {
            "title": _Stretch(Mention.Part.TITLE, title, 0, title),
            "lead": _Stretch(Mention.Part.LEAD, lead, 0, lead),
        }
        at = 0
        for name, text in paragraphs.items():
            self._stretches[name] = _Stretch(Mention.Part.BODY, text, at, body)
            at += len(text) + 1
        for name, text in captions.items():
            self._stretches[name] = _Stretch(Mention.Part.CAPTION, text, 0, text)

    def find(self, words: Words) -> Mention | None:
        """Return a mention of `words`, of no article yet; None where they stand nowhere in it as they are."""
        wanted = line(words.quote)
        if not wanted:
            return None
        before = line(self._report.text[max(0, words.start - 2 * AROUND) : words.start] + "|")[:-1]
        after = line("|" + self._report.text[words.end : words.end + 2 * AROUND])[1:]
        sought = Mention(words=wanted, before=before, after=after)
        for stretch in self._likeliest(words):
            if place := sought.find_in(stretch.text):
                start, end = stretch.at + place[0], stretch.at + min(place[1], place[0] + MOST)
                return Mention(
                    part=stretch.part,
                    words=stretch.whole[start:end],
                    before=stretch.whole[max(0, start - AROUND) : start],
                    after=stretch.whole[end : end + AROUND],
                )
        return None

    def _likeliest(self, words: Words) -> list[_Stretch]:
        """Return all stretches, first the one that is made of the place in which the words stand in the report."""
        own = [
            name
            for name, place in self._report.article.places.items()
            if name in self._stretches and place.start <= words.start < place.end
        ]
        names = [*own, *(name for name in (*self._stretches,) if name not in own)]
        return [self._stretches[name] for name in names]
