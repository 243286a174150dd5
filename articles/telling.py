"""A story as its page tells it, part by part, written in Python (articles.cards says why)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape  # of plain text: Django's own asks of each piece whether it is safe already
from urllib.parse import quote

from django.utils.safestring import SafeString

from articles.models import Article, Byline, Tag
from articles.story import Credit, Shot, Story
from newsroom.addresses import of
from newsroom.embedded import with_renditions
from newsroom.models import SiteIdentity
from newsroom.moments import local, stamp
from newsroom.phrases import phrase as _
from newsroom.phrases import phrase_in as pgettext
from newsroom.phrases import plural as ngettext
from newsroom.pictures import element
from newsroom.richtext import with_framed_tables
from newsroom.vietnamese import day, moment, number

WIDE = "(min-width: 46rem) 43rem, 100vw"  # the sizes of a picture across the column, and of one of two side by side
_NARROW = "(min-width: 42rem) 22rem, 100vw"


def story_head(story: Story) -> SafeString:
    """Return the head of a story: where it is filed, what it says, when, how often it was read."""
    article, category, meta = story.article, story.article.category, ""
    updated = _("updated")  # xgettext looks into no f-string
    kicker = f'<a class="kicker" href="{category.get_absolute_url()}">{escape(category.name)}</a>\n' if category else ""
    dateline = f'<span class="dateline">({escape(article.dateline)})</span>' if article.dateline else ""
    between = " – " if article.dateline and article.lead else ""
    lede = f'<p class="lede">{dateline}{between}{story.marked.lead}</p>\n' if dateline or article.lead else ""
    if article.published_at:
        meta = _time(article.published_at)
    if _is_updated(article):
        meta += f"<span>{updated} {_time(article.updated_at)}</span>"
    if story.reads:
        said = ngettext("%(number)s read", "%(number)s reads", story.reads) % {"number": number(story.reads)}
        meta += f"<span>{said}</span>"
    if comments := story.discussion.number:
        said = ngettext("%(number)s comment", "%(number)s comments", comments) % {"number": number(comments)}
        meta += f'<a href="#comments">{said}</a>'
    return SafeString(
        f'<header class="head">\n{kicker}<h1>{story.marked.title}</h1>\n{lede}<p class="meta">{meta}</p>\n</header>'
    )


def _is_updated(article: Article) -> bool:
    return bool(article.updated_at and article.published_at and article.updated_at > article.published_at)


def _time(moment_of_it: datetime | None) -> str:
    assert moment_of_it is not None
    return f'<time datetime="{stamp(moment_of_it)}">{moment(local(moment_of_it))}</time>'


def story_text(story: Story) -> SafeString:
    """Return a story from its head to its last picture."""
    opening = f"\n{photo(story.opening, is_eager=True)}\n\n" if story.opening else ""
    further = f"{gallery(story.further)}\n" if story.further else ""
    return SafeString(
        f"{story_head(story)}\n\n{opening}"
        f'<div class="prose">\n{with_renditions(with_framed_tables(story.marked.body), WIDE)}\n</div>\n{further}'
    )


# --- Pictures ----------------------------------------------------------------------------------


def photo(shot: Shot, sizes: str = WIDE, is_eager: bool = False) -> SafeString:
    """Return a photo with its words, which opens large; `is_eager` for the one above the fold."""
    picture, alt = shot.photo, escape(shot.photo.alt)
    enlarge = _("Enlarge the picture")  # xgettext looks into no f-string
    caption = f"<span>{shot.caption}</span>" if shot.caption else ""
    credit = f' <span class="credit">{escape(picture.credit)}</span>' if picture.credit else ""
    words = f"<figcaption>{caption}{credit}</figcaption>\n" if caption or credit else ""
    return SafeString(
        f'<figure class="photo{" tall" if picture.height > picture.width else ""}">\n'
        f'<a href="{picture.large}" data-enlarge aria-label="{enlarge}{f": {alt}" if alt else ""}">'
        f"{element(picture, sizes, picture.alt, is_eager=is_eager)}</a>\n{words}</figure>"
    )


def gallery(shots: Sequence[Shot]) -> SafeString:
    """Return the photos after the first, two side by side; where their number is odd one stands across."""
    across = len(shots) % 2
    shown = (f"\n{photo(shot, WIDE if place < across else _NARROW)}\n\n" for place, shot in enumerate(shots))
    return SafeString(f'<div class="gallery">\n{"".join(shown)}</div>')


# --- Whose it is -------------------------------------------------------------------------------


def sign(story: Story) -> SafeString:
    """Return who wrote it, and whose report it was; nothing where neither is known."""
    if not story.credits and not story.source:
        return SafeString()
    lines = [_credit(credit, story) for credit in story.credits]
    if story.source:
        name, address = escape(story.source.name), escape(story.source.address)
        link = f'<a href="{address}" rel="noopener nofollow">{name}</a>' if address else name
        lines.append(f'<p class="byline">{escape(story.source.label)}: {link}</p>\n')
    return SafeString(f'<footer class="sign">\n{"".join(lines)}{_at_the_source(story.article)}</footer>\n')


def _credit(credit: Credit, story: Story) -> str:
    def name(byline: Byline) -> str:
        person = byline.person
        address = "" if person in story.pending else f' href="{person.get_absolute_url()}"'
        unit = f' <span class="unit">– {escape(byline.unit)}</span>' if byline.unit else ""
        return f"<a{address}>{escape(person.name)}</a>{unit}"

    what = f"{credit.what}: " if credit.what else ""
    return f'<p class="byline">{what}{", ".join(map(name, credit.bylines))}</p>\n'


def _at_the_source(article: Article) -> str:
    """When it was published where it comes from, and when it was taken from there."""
    told = []
    if article.source_published_at:
        told.append(_("First published %(moment)s") % {"moment": moment(local(article.source_published_at))})
    if article.source_updated_at:
        told.append(_("updated there %(moment)s") % {"moment": moment(local(article.source_updated_at))})
    if article.retrieved_on:
        told.append(_("retrieved %(day)s") % {"day": day(article.retrieved_on)})
    return f'<p class="meta"><span>{"</span><span>".join(told)}</span></p>\n' if told else ""


def provenance(article: Article, site: SiteIdentity, address: str) -> SafeString:
    """Return where a copy of it is from, on paper and in a file, with its whole `address`; true on any day."""
    source, original, updated = _("Source"), _("Original report"), _("updated")
    from_whom = f"<b>{escape(site.name)}</b>" if site.name else ""
    when = f" · {moment(local(article.published_at))}" if article.published_at else ""
    if _is_updated(article):
        assert article.updated_at is not None
        when += f" · {updated} {moment(local(article.updated_at))}"
    place = escape(address)
    more = ""
    if article.source_url:
        there = escape(article.source_url)
        more += f'<p>{original}: <a href="{there}" rel="noopener nofollow">{there}</a></p>\n'
    if site.licence_number:
        licence = _("Licence no. %(number)s") % {"number": escape(site.licence_number)}
        more += f"<p>{licence}</p>\n"
    if site.reuse_line:
        more += f"<p>{escape(site.reuse_line)}</p>\n"
    return SafeString(
        f'<footer class="provenance">\n<p>{from_whom}{when}</p>\n<p>{source}: <a href="{place}">{place}</a></p>\n'
        f"{more}</footer>"
    )


def ways(article: Article, address: str) -> SafeString:
    """Return what a reader may do with it: keep it, print it, send it on, by its whole `address`."""
    name, save, print_it = _("Keep and share"), _("Save as a file"), pgettext("button", "Print")
    mail, copied, copy = _("Send by e-mail"), _("Copied"), _("Copy the address")
    subject, body = quote(article.title, safe=""), quote(address, safe="")
    return SafeString(
        f'<ul class="ways" aria-label="{name}">\n'
        f'<li><a href="luu/" download>{save}</a></li>\n'
        f'<li><button id="print" type="button" hidden>{print_it}</button></li>\n'
        f'<li><a href="mailto:?subject={subject}&amp;body={body}">{mail}</a></li>\n'
        f'<li><button type="button" data-copy="{escape(address)}" data-copied="{copied}" hidden>{copy}</button></li>\n'
        "</ul>"
    )


# --- What its letters mean, and under what it is found -----------------------------------------


def glossary(story: Story) -> SafeString:
    """Return what the abbreviations of a story mean; nothing where it has none."""
    long_forms = story.marked.abbreviations
    return SafeString(f"\n{abbreviations(long_forms)}\n\n" if long_forms else "")


def abbreviations(long_forms: Mapping[str, str]) -> SafeString:
    """Return what the abbreviations of an article mean, for whoever reads without a mouse too."""
    heading = _("Abbreviations")
    told = "".join(
        f"<div><dt>{escape(short)}</dt> <dd>{escape(long)}</dd></div>\n" for short, long in long_forms.items()
    )
    return SafeString(
        f'<section class="glossary" aria-labelledby="abbreviations"><h2 id="abbreviations">{heading}</h2>\n'
        f"<dl>{told}</dl></section>"
    )


def filed_under(story: Story) -> SafeString:
    """Return the tags of a story as links, in a preview those without a page as yet as words; nothing without any."""

    def named(tag: Tag) -> str:
        address = "" if tag in story.pending else f' href="{tag.get_absolute_url()}"'
        return f"<li><a{address}>{escape(tag.name)}</a></li>\n"

    name = _("Tags")
    tags = "".join(map(named, story.tags))
    return SafeString(f'<ul class="tags" aria-label="{name}">\n{tags}</ul>\n' if tags else "")


# --- That it was opened ------------------------------------------------------------------------


def article_beacon(article: Article) -> SafeString:
    """Return what tells that the page of an article was opened: as templates/_beacon.html does of other pages."""
    place = f"{of('beacon')}?bai={article.pk}"
    pixel = f'<img class="beacon" src="{place}" alt="" width="1" height="1">'
    return SafeString(f'<noscript data-beacon="{place}">{pixel}</noscript>')
