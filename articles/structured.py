"""An article as machines read it: schema.org's NewsArticle."""

from typing import Any

from articles.models import Byline, Correction
from articles.story import Source, Story
from newsroom.models import SiteIdentity
from newsroom.phrases import language
from newsroom.phrases import phrase as _
from newsroom.structured import Data, Whole, organization


def news_article(story: Story, site: SiteIdentity, whole: Whole) -> Data:
    """Return what the page of `story` says, and no more: whoever is withheld is not in `story` either."""
    article = story.article
    page = whole(article.get_absolute_url())
    publisher = organization(site, whole)
    bylines = [byline for credit in story.credits for byline in credit.bylines]
    wrote = [byline for byline in bylines if byline.credit != Byline.Credit.PHOTO]
    photographed = [byline for byline in bylines if byline.credit == Byline.Credit.PHOTO]
    about: list[Any] = [*([story.conference] if story.conference else []), *story.committees]
    return {
        "@type": "NewsArticle",
        "@id": f"{page}#article",
        "url": page,
        "mainEntityOfPage": page,
        "headline": article.title,
        "description": article.lead,
        "inLanguage": language(),
        "datePublished": article.published_at,
        "dateModified": article.last_changed_at,
        "author": _people(wrote, whole) or publisher,
        "contributor": _people(photographed, whole),
        "publisher": publisher,
        "image": [
            {
                "@type": "ImageObject",
                "url": whole(shot.photo.image.url),
                "width": shot.photo.width,
                "height": shot.photo.height,
                "caption": shot.photo.caption,
                "creditText": shot.photo.credit,
            }
            for shot in [*([story.opening] if story.opening else []), *story.further]
        ],
        "articleSection": article.category.name if article.category else "",
        "keywords": [tag.name for tag in story.tags],
        "about": [{"@type": "Thing", "name": str(thing), "url": whole(thing.get_absolute_url())} for thing in about],
        "citation": [str(citation.document) for citation in story.citations],
        "isBasedOn": _source(story.source, story) if story.source else None,
        "isAccessibleForFree": True,
        "commentCount": story.discussion.number,
        "correction": [_correction(correction) for correction in story.corrections],
    }


def _people(bylines: list[Byline], whole: Whole) -> list[Data]:
    people = dict.fromkeys(byline.person for byline in bylines)
    return [{"@type": "Person", "name": p.name, "url": whole(p.get_absolute_url())} for p in people]


def _source(source: Source, story: Story) -> Data:
    """Whose report was taken over, and when it stood there."""
    return {
        "@type": "CreativeWork",
        "url": source.address,
        "publisher": {"@type": "Organization", "name": source.name},
        "datePublished": story.article.source_published_at,
    }


def _correction(correction: Correction) -> Data:
    said = f"{_('It said:')} {correction.stood}\n{_('It is:')} {correction.right}"
    return {"@type": "CorrectionComment", "text": said, "datePublished": correction.corrected_at}
