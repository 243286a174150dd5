"""What a page says in its head to machines: its one address, its card, its structured data."""

from html import escape, unescape
from typing import Any
from unicodedata import normalize

from django import template
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles.models import Category
from articles.story import Story
from articles.structured import news_article
from committees.dossiers.award import AwardDossier
from committees.dossiers.committee import CommitteeDossier
from committees.dossiers.conference import ConferenceDossier
from committees.dossiers.indicator import Side
from committees.dossiers.statistic import StatisticDossier
from committees.groups import Group
from committees.models import Document, Indicator
from committees.structured import body, dataset, event
from newsroom.addresses import of, whole_of
from newsroom.paging import AFTER, BEFORE
from newsroom.phrases import language
from newsroom.phrases import phrase as _
from newsroom.structured import Data, Whole, block, trail, whole_organization

register = template.Library()

_LOCALES = {"vi": "vi_VN"}  # a card names a country with its language
_LONGEST = 300  # letters of a description
_ICON = {"width": 512, "height": 512}


@register.simple_block_tag
def captured(content: str) -> str:
    """Keep what a block prints under a name: {% captured as page_title %}...{% endcaptured %}."""
    return content


@register.simple_tag(takes_context=True)
def card(context: Context, title: str, description: str = "", **more: Any) -> SafeString:
    """Return the page's one address, its description, and the card that chats and networks draw of it (Open Graph).

    `more` may hold `photo` (an `articles.models.Photo`) and `article`. The address is of the host that was asked,
    which Django has held against ALLOWED_HOSTS, and knows of a list only the place in it: a list that is narrowed
    is the same list.
    """
    request, site, whole = context["request"], context["site"], _whole(context)
    page = whole(request.path) + _place_in_list(request)
    title, description = _line(title), _line(description)
    name = site.title
    if not description:
        around = (site.kind, site.motto, site.governing_body) if title == name else (name, site.governing_body)
        description = _line(". ".join(filter(None, [title, *around])))
    photo, article = more.get("photo"), more.get("article")
    properties = {
        "og:site_name": name,
        "og:title": title,
        "og:description": description,
        "og:type": "article" if article else "website",
        "og:url": page,
        "og:locale": _LOCALES.get(language(), language()),
        # The JPEG and not a rendition: some programs that draw cards cannot read WebP.
        "og:image": whole(photo.image.url if photo else context["surroundings"].file("img/icon-512.png")),
        "og:image:width": photo.width if photo else _ICON["width"],
        "og:image:height": photo.height if photo else _ICON["height"],
        "og:image:alt": photo.alt if photo else "",
    }
    if article:
        properties["article:published_time"] = article.published_at.isoformat(timespec="seconds")
        properties["article:modified_time"] = article.last_changed_at.isoformat(timespec="seconds")
        properties["article:section"] = article.category.name if article.category else ""
    said = f'<link rel="canonical" href="{escape(page)}">\n<meta name="description" content="{escape(description)}">'
    metas = (f'\n<meta property="{key}" content="{escape(str(value))}">' for key, value in properties.items() if value)
    return SafeString(said + "".join(metas))


@register.simple_tag(takes_context=True)
def story_card(context: Context, story: Story) -> SafeString:
    """Return the card of the page of an article."""
    article, photo = story.article, story.opening.photo if story.opening else None
    return card(context, article.title, article.lead, article=article, photo=photo)


def _place_in_list(request: HttpRequest) -> str:
    if not request.GET:
        return ""
    place = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in {AFTER, BEFORE}:
            place.setlist(name, values)
    return f"?{place.urlencode()}" if place else ""


def _line(text: Any) -> str:
    """Return `text` (a template's, or anybody's) on one line, as short as a card can show."""
    plain = unescape(text) if isinstance(text, SafeString) else str(text)
    line = normalize("NFC", " ".join(plain.split()))
    return line if len(line) <= _LONGEST else Truncator(line).chars(_LONGEST)


@register.simple_tag(takes_context=True)
def article_data(context: Context, story: Story) -> SafeString:
    article = story.article
    steps = [] if article.category is None else [(article.category.name, article.category.get_absolute_url())]
    told = news_article(story, context["site"], _whole(context))
    return _block(context, [*steps, (article.title, article.get_absolute_url())], told)


@register.simple_tag(takes_context=True)
def home_data(context: Context) -> SafeString:
    site, whole = context["site"], _whole(context)
    body_of_site = whole_organization(site, whole)
    pages = {"@type": "WebSite", "@id": whole("/#website"), "url": whole("/"), "name": site.title}
    search = {
        "@type": "SearchAction",
        "target": f"{whole(of('search'))}?q={{q}}",
        "query-input": "required name=q",
    }
    return block([pages | {"inLanguage": language(), "potentialAction": search}, body_of_site or {}])


@register.simple_tag(takes_context=True)
def category_data(context: Context, category: Category) -> SafeString:
    steps = [(_("Categories"), of("articles:categories")), (category.name, category.get_absolute_url())]
    return _block(context, steps)


@register.simple_tag(takes_context=True)
def committee_data(context: Context, dossier: CommitteeDossier) -> SafeString:
    line = [*dossier.above, dossier.committee]
    steps = [(_("Committees"), of("committees:committees"))]
    steps += [(committee.name, committee.get_absolute_url()) for committee in line]
    return _block(context, steps, body(dossier.committee, _whole(context)))


@register.simple_tag(takes_context=True)
def conference_data(context: Context, dossier: ConferenceDossier) -> SafeString:
    conference = dossier.conference
    steps = [
        (_("Conferences"), of("committees:conferences")),
        (conference.committee.name, conference.committee.get_absolute_url()),
        (conference.name, conference.get_absolute_url()),
    ]
    return _block(context, steps, event(conference, _whole(context)))


@register.simple_tag(takes_context=True)
def award_data(context: Context, dossier: AwardDossier) -> SafeString:
    steps = [(_("Awards"), of("committees:awards")), (str(dossier.award), dossier.award.get_absolute_url())]
    return _block(context, steps)


@register.simple_tag(takes_context=True)
def document_data(context: Context, document: Document) -> SafeString:
    steps = [(_("Documents"), of("committees:documents")), (document.name, document.get_absolute_url())]
    return _block(context, steps)


@register.simple_tag(takes_context=True)
def figures_data(context: Context, groups: list[Group]) -> SafeString:
    page = of("committees:statistics")
    rows = [row for group in groups for row in group.rows]
    return _block(context, [(_("Figures"), page)], dataset(None, rows, page, context["site"], _whole(context)))


@register.simple_tag(takes_context=True)
def indicator_data(context: Context, indicator: Indicator, sides: list[Side]) -> SafeString:
    page = indicator.get_absolute_url()
    rows = [row for side in sides for group in side.groups for row in group.rows]
    steps = [
        (_("Figures"), of("committees:statistics")),
        (_("Indicators"), of("committees:indicators")),
        (indicator.name, page),
    ]
    return _block(context, steps, dataset(indicator, rows, page, context["site"], _whole(context)))


@register.simple_tag(takes_context=True)
def statistic_data(context: Context, dossier: StatisticDossier) -> SafeString:
    figure = dossier.statistic
    page = figure.get_absolute_url()
    steps = [
        (_("Figures"), of("committees:statistics")),
        (figure.indicator.name, figure.indicator.get_absolute_url()),
        (str(figure), page),
    ]
    return _block(context, steps, dataset(figure, [dossier.row], page, context["site"], _whole(context)))


def _block(context: Context, steps: list[tuple[str, str]], *told: Data) -> SafeString:
    """Return the data of a page with the way to it."""
    return block([*told, trail([(_("Home"), "/"), *steps], _whole(context))])


def _whole(context: Context) -> Whole:
    return whole_of(context["request"])
