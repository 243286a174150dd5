"""What the dashboard's numbers say, in words made from them: never more than they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from newsroom.dashboard.counts import Comparison, Step
from newsroom.dashboard.happenings import Happenings
from newsroom.dashboard.periods import Kind
from newsroom.vietnamese import number, signed


@dataclass(frozen=True)
class Said:
    """A comparison: which way ("more", "less", "same", or "" where there is none), by how much, and beside what."""

    way: str
    change: str
    words: str


def compared(comparison: Comparison) -> Said:
    """Return what `comparison` says. A day that is not over is a part of a whole one until it passes it."""
    days = _within(str(comparison.days))
    if comparison.before is None:
        return Said("", "", gettext("%(days)s: not counted from the first day on") % {"days": days})
    said = {"days": days, "number": number(comparison.before)}
    if comparison.is_unfinished and comparison.difference <= 0:
        if comparison.reached is None:
            return Said("", "", gettext("the whole day of %(days)s: %(number)s") % said)
        words = gettext("of the whole day of %(days)s (%(number)s)") % said
        return Said("", f"{number(comparison.reached)}%", words)
    change = signed(comparison.difference)
    if comparison.percent is not None:
        change += f" ({_percent(comparison.percent)})"
    if comparison.difference > 0:
        return Said("more", change, gettext("more than %(days)s (%(number)s)") % said)
    if comparison.difference < 0:
        return Said("less", change, gettext("fewer than %(days)s (%(number)s)") % said)
    return Said("same", gettext("As many"), gettext("as %(days)s (%(number)s)") % said)


def _percent(value: Decimal) -> str:
    return f"{signed(value.quantize(Decimal('0.1') if abs(value) < 100 else Decimal(1)))}%"


def _within(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def finding(steps: Sequence[Step], happenings: Happenings) -> str:
    """Return the title of a chart of `steps`: when most came, and what happened then. It says of no cause."""
    known = [step for step in steps if step.count is not None]
    if not known:
        return gettext("Nothing was counted in this time.")
    most = max(step.count or 0 for step in known)
    if most <= 0:
        return gettext("There were no visits in this time.")
    highest = [step for step in known if step.count == most]
    if len(highest) > 1:
        return gettext("Never more than %(number)s visits, as in %(first)s and %(last)s") % {
            "number": number(most),
            "first": _within(highest[0].period.name),
            "last": _within(highest[-1].period.name),
        }
    period = highest[0].period
    is_day = period.kind == Kind.DAY
    told = (
        gettext("Most on %(period)s: %(number)s visits") if is_day else gettext("Most in %(period)s: %(number)s visits")
    )
    title = told % {"period": _within(period.name), "number": number(most)}
    then = happened(*happenings.numbers(period))
    return f"{title} ({then})" if then else title


def happened(articles: int, conferences: int) -> str:
    """Return how many of either there were, "" for none: "3 bài đăng, 1 hội nghị"."""
    told = []
    if articles:
        told.append(ngettext("%(count)s article published", "%(count)s articles published", articles))
    if conferences:
        told.append(ngettext("%(count)s conference held", "%(count)s conferences held", conferences))
    numbers = [each for each in (articles, conferences) if each]
    return ", ".join(words % {"count": number(count)} for words, count in zip(told, numbers, strict=True))


def description(steps: Sequence[Step]) -> str:
    """Return what a chart shows, for whoever does not see it; its numbers stand in the table under it."""
    counts = [step.count for step in steps if step.count is not None]
    said = {"first": steps[0].period.name, "last": steps[-1].period.name}
    told = {
        Kind.DAY: gettext("A column for each day, from %(first)s to %(last)s."),
        Kind.WEEK: gettext("A column for each week, from %(first)s to %(last)s."),
        Kind.MONTH: gettext("A column for each month, from %(first)s to %(last)s."),
    }[steps[0].period.kind]
    if not counts:
        return told % said
    bounds = gettext("From %(low)s to %(high)s visits; the table below has every number.")
    return f"{told % said} {bounds % {'low': number(min(counts)), 'high': number(max(counts))}}"
