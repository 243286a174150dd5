"""The chart of visits: a column for each step of a period, with what happened then marked under it."""

from dataclasses import dataclass

from newsroom.dashboard import drawing, wording
from newsroom.dashboard.counts import Counts, Step
from newsroom.dashboard.drawing import Mark
from newsroom.dashboard.happenings import Happenings
from newsroom.dashboard.periods import Kind, Period
from newsroom.vietnamese import number


@dataclass(frozen=True)
class Column:
    """One column with its words: its number where it `is_told`, its name where it `is_named`."""

    step: Step
    mark: Mark
    is_told: bool
    is_fine: bool  # told only where there is room
    is_named: bool
    articles: int
    conferences: int
    address: str  # where what happened then is found; "" where nothing did

    @property
    def text(self) -> str:
        return "" if self.step.count is None else number(self.step.count)

    @property
    def happened(self) -> str:
        return wording.happened(self.articles, self.conferences)


@dataclass(frozen=True)
class Chart:
    """What is drawn of a period: its columns, its finding, and what it shows in words."""

    period: Period
    unit: Kind
    columns: list[Column]
    title: str
    description: str

    height, base = drawing.HEIGHT, drawing.BASE
    name_y, conferences_y, articles_y = drawing.PERIODS, drawing.CONFERENCES, drawing.ARTICLES

    @property
    def has_beside(self) -> bool:
        return any(column.step.before is not None for column in self.columns)

    @property
    def is_running(self) -> bool:
        return any(column.step.is_running for column in self.columns)

    @property
    def has_conferences(self) -> bool:
        return any(column.conferences for column in self.columns)

    @property
    def has_articles(self) -> bool:
        return any(column.articles for column in self.columns)


def chart(period: Period, counts: Counts, happenings: Happenings, unit: Kind) -> Chart:
    """Return the chart of `period`, with a column for each day, week or month (`unit`) of it."""
    steps = counts.steps(period, unit)
    numbers = [step.count for step in steps]
    marks = drawing.marks(numbers, [step.before for step in steps])
    told = drawing.told(numbers)
    columns = []
    for place, (step, mark) in enumerate(zip(steps, marks, strict=True)):
        articles, conferences = happenings.numbers(step.period)
        columns.append(
            Column(
                step,
                mark,
                is_told=step.count is not None and (place in told or len(steps) <= drawing.FEW),
                is_fine=place not in told and len(steps) > 7,
                is_named=_is_named(step.period, len(steps) - 1 - place, len(steps)),
                articles=articles,
                conferences=conferences,
                address=_address(step.period, happenings) if articles or conferences else "",
            )
        )
    return Chart(period, unit, columns, wording.finding(steps, happenings), wording.description(steps))


def _is_named(period: Period, from_the_end: int, number_of_columns: int) -> bool:
    """Whether there is room for the name.

    Of few columns all have it, of two weeks every third, of a month its Mondays, of the weeks of a year the first of
    every other month.
    """
    if period.kind == Kind.WEEK:
        return period.first.day <= 7 and period.first.month % 2 == 1
    if (number_of_columns <= drawing.FEW and period.kind == Kind.MONTH) or number_of_columns <= 7:
        return True
    return from_the_end % 3 == 0 if number_of_columns <= drawing.FEW else period.first.weekday() == 0


def _address(period: Period, happenings: Happenings) -> str:
    """Return where the one thing of `period` is, or where all of them are listed."""
    only = happenings.only(period)
    return only.address if only else f"{period.address}#chuyen-gi"
