"""Conferences, committees and figures as machines read them: schema.org's Event, Organization and Dataset."""

from collections.abc import Iterable

from committees.models import Committee, Conference, Indicator, Statistic
from committees.outline import Row
from newsroom.models import SiteIdentity
from newsroom.phrases import language
from newsroom.phrases import phrase as _
from newsroom.sheets import EXCEL_TYPE
from newsroom.structured import Data, Whole, coverage, organization
from newsroom.tables import FORMAT


def body(committee: Committee, whole: Whole) -> Data:
    """Return a committee: its name, its days, and what it stands under and continues."""
    return {
        **_named(committee, whole),
        "alternateName": committee.abbreviation,
        "foundingDate": committee.active_from,
        "dissolutionDate": committee.active_until,
        "parentOrganization": _named(committee.parent, whole) if committee.parent else None,
    }


def _named(committee: Committee, whole: Whole) -> Data:
    return {"@type": "Organization", "name": committee.name, "url": whole(committee.get_absolute_url())}


def event(conference: Conference, whole: Whole) -> Data:
    """Return a conference with what is known of it: a day whose year no report states is not guessed here either."""
    page = whole(conference.get_absolute_url())
    return {
        "@type": "Event",
        "@id": f"{page}#event",
        "url": page,
        "name": conference.name,
        "startDate": conference.held_on,
        "inLanguage": language(),
        "organizer": _named(conference.committee, whole),
    }


def dataset(of: Indicator | Statistic | None, rows: Iterable[Row], page: str, site: SiteIdentity, whole: Whole) -> Data:
    """Return the figures `rows` of the page at the path `page`: all of an indicator, one alone, or a list of any."""
    indicator = of.indicator if isinstance(of, Statistic) else of
    name = str(of) if of else _("Figures")
    figures = [row.statistic for row in rows]
    told = _("Figures as the reports print them, each with its period, its committee and the sentences it stands in.")
    definition = indicator.definition if indicator else ""
    days = [day for figure in figures for day in (figure.period_starts_on, figure.period_ends_on)]
    measured = {"@type": "PropertyValue", "name": indicator.name, "unitText": indicator.unit} if indicator else None
    return {
        "@type": "Dataset",
        "@id": f"{whole(page)}#dataset",
        "url": whole(page),
        "name": name,
        "description": " ".join(filter(None, [f"{name}.", definition, told])),
        "inLanguage": language(),
        "creator": organization(site, whole),
        "temporalCoverage": coverage(days),
        "variableMeasured": measured,
        "isAccessibleForFree": True,
        # A figure alone is no list to take away.
        "distribution": [] if isinstance(of, Statistic) else [_download(whole(page), kind) for kind in _DOWNLOADS],
    }


_DOWNLOADS = {"csv": "text/csv", "json": "application/json", "xlsx": EXCEL_TYPE}


def _download(page: str, kind: str) -> Data:
    """The way to the figures of a page as a file (newsroom.tables)."""
    return {"@type": "DataDownload", "encodingFormat": _DOWNLOADS[kind], "contentUrl": f"{page}?{FORMAT}={kind}"}
