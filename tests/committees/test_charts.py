"""Figures as pictures: lengths that are the numbers, titles that say no more than they do, numbers that lead on."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from committees import charts, findings
from committees.series import series_of
from newsroom.models import SiteIdentity
from tests import situations
from tests.committees.test_series import a_figure, a_quarter
from tests.pages import read, words


def drawn(numbers, runs=None, **options):
    entries = [charts.Entry(Decimal(str(number)), str(number), (str(2000 + place),))
               for place, number in enumerate(numbers)]  # fmt: skip
    return charts.draw(entries, runs or [len(numbers)], **options)


def said(*figures):
    (series,) = series_of(figures)
    return findings.of_series(series)


# --- Where marks stand -------------------------------------------------------------------------


def test_a_column_is_as_long_as_its_number():
    heights = [Decimal(mark.height) for mark in drawn([10, 20, 40]).marks]
    assert heights[2] == pytest.approx(4 * heights[0], abs=Decimal("0.3"))
    assert heights[1] == pytest.approx(2 * heights[0], abs=Decimal("0.3"))


def test_a_share_is_drawn_on_the_scale_of_its_whole():
    """94 and 97 of a hundred are nearly alike, and look it."""
    share, count = drawn([94, 97], is_share=True), drawn([94, 97])
    assert Decimal(share.marks[1].height) < Decimal(count.marks[1].height)


def test_what_is_below_zero_hangs_from_the_base():
    up, down = drawn([10, -10]).marks
    assert Decimal(up.top) + Decimal(up.height) == Decimal(down.top)
    assert up.height == down.height


def test_nothing_at_all_is_drawn_without_a_fault():
    assert {mark.height for mark in drawn([0, 0]).marks} == {"0"}


def test_more_columns_than_fit_become_a_line_that_breaks_where_a_series_breaks():
    drawing = drawn(range(1, 13), [5, 1, 6])
    assert drawing.is_line
    assert [len(line.split()) for line in drawing.lines] == [5, 6]
    assert len(drawing.breaks) == 2


def test_numbers_on_a_line_do_not_touch():
    drawing = drawn([30, 31, 30, 12, 40, 39, 41, 38, 40, 37, 57, 41])
    told = [mark for mark in drawing.marks if mark.is_told]
    assert told[-1] is drawing.marks[-1]
    for place, one in enumerate(told):
        for other in told[place + 1 :]:
            across, down = Decimal(one.x) - Decimal(other.x), Decimal(one.text_y) - Decimal(other.text_y)
            assert abs(across) >= 44 or abs(down) >= 15


def test_everything_stays_inside_the_picture():
    for numbers in ([1], [1000000, 2000000], [*range(24)], [-5, 5, 0]):
        for mark in drawn(numbers).marks:
            assert 0 <= Decimal(mark.left) <= Decimal(mark.left) + Decimal(mark.width) <= charts.WIDTH
            assert 0 < Decimal(mark.text_y) < charts.HEIGHT


# --- What a title says -------------------------------------------------------------------------


def test_a_change_is_told_between_neighbours_and_marked_as_ours():
    assert said(a_figure(2020, 147), a_figure(2021, 160)) == (
        "Năm 2021: 160, tăng 13* so với năm 2020",
        True,
    )


def test_no_change_is_told_across_a_gap():
    title, is_computed = said(a_figure(2019, 147), a_figure(2021, 160))
    assert title == "Cao nhất: 160 (năm 2021); thấp nhất: 147 (năm 2019)"
    assert not is_computed


def test_a_change_is_as_precise_as_the_less_precise_of_two_percentages():
    exact = {"percent": "92.94", "percent_places": 2}
    rough = {"percent": 90, "percent_places": 0}
    assert said(a_figure(2020, None, **rough), a_figure(2021, None, **exact))[0] == (
        "Năm 2021: 92,94%, tăng 3 điểm phần trăm* so với năm 2020"
    )
    near = {"percent": "90.2", "percent_places": 1}
    assert "*" not in said(a_figure(2020, None, **rough), a_figure(2021, None, **near))[0]


def test_a_bound_is_compared_with_nothing():
    """“From 120” and “from 130” do not say that it grew by ten."""
    title, is_computed = said(a_figure(2020, 120, comparator=">="), a_figure(2021, 130, comparator=">="))
    assert title == "Mới nhất: từ 130 trở lên (năm 2021)"
    assert not is_computed


def test_reports_that_disagree_have_no_highest():
    assert "Cao nhất" not in said(a_figure(2020, 120), a_figure(2020, 130), a_figure(2022, 90))[0]


def test_the_description_says_every_number_and_every_gap():
    (series,) = series_of([a_figure(2019, 147), a_figure(2021, 160)])
    text = findings.description(series)
    assert "Năm 2019: 147; Năm 2021: 160." in text
    assert str(series.gaps[0]) in text


def test_a_period_fits_under_its_column():
    assert findings.short_period(a_figure(2020)) == ("2020",)
    assert findings.short_period(a_quarter(2020, 2)) == ("Quý II", "2020")


# --- On the pages ------------------------------------------------------------------------------


POINTS = ".//{http://www.w3.org/2000/svg}a"  # on a chart


def years_of(report, numbers, **fields):
    """Store a figure of the report's committee for each year; a year without a number has none."""
    return [
        situations.a_statistic(
            committee=report.committee, value=Decimal(value), unit_printed="đảng viên", period_label=f"Năm {year}",
            period_type="year", period_starts_on=date(year, 1, 1), period_ends_on=date(year, 12, 31), **fields,
        )
        for year, value in numbers.items()
    ]  # fmt: skip


def test_a_series_is_drawn_on_the_pages_of_its_indicator_and_its_committee(client, report):
    figures = years_of(report, {2018: 131, 2020: 147, 2021: 155})
    for path in (figures[0].indicator.get_absolute_url(), report.committee.get_absolute_url()):
        page = read(client, path)
        (title,) = page.text_of("chart-title")
        assert title == "Năm 2021: 155, tăng 8* so với năm 2020"
        for figure in figures:
            assert re.search(rf'<a href="{figure.get_absolute_url()}" aria-label="{figure.period_label}: ', page.html)
        assert page.html.count('class="chart-break"') == 1
        assert "không có báo cáo nào cho số của các kỳ ở giữa" in page.text
        assert '<g role="img" aria-labelledby="chart-' in page.html


def test_a_point_leads_to_its_sentence_and_the_sentence_to_the_point(client, report):
    """To the body before the title, and to nothing that readers do not see."""
    earlier, latest = years_of(report, {2020: 147, 2021: 155})
    article = situations.an_article("Kết nạp 147", body="<p>Kết nạp 147 đảng viên.</p>")
    situations.a_mention(article, earlier, "147", part="title")
    mention = situations.a_mention(article, earlier, "147 đảng viên")
    situations.a_mention(situations.an_article(body="<p>155</p>", **situations.draft()), latest, "155")
    sentence = f"{article.get_absolute_url()}#{mention.anchor}"
    for path in (latest.indicator, report.committee, latest, earlier):
        (_earlier, _latest) = read(client, path.get_absolute_url()).root.findall(POINTS)
        assert [_earlier.get("href"), _latest.get("href")] == [sentence, latest.get_absolute_url()]
        assert [_earlier.get("id"), _latest.get("id")] == [earlier.anchor, latest.anchor]
    assert sentence in [link.get("href") for link in read(client, "/so-lieu/").root.findall(".//td/a")]
    assert f"{earlier.get_absolute_url()}#{earlier.anchor}" in read(client, article.get_absolute_url()).links


def test_a_figure_is_marked_among_those_of_its_series_however_many_they_are(client, report):
    """Where a chart ends before it, the chart begins with it, and its title claims nothing of later periods."""
    figures = years_of(report, {year: 100 + year % 7 for year in range(1990, 2020)})
    for figure in (figures[0], figures[15], figures[-1]):
        page = read(client, figure.get_absolute_url())
        (own,) = [link for link in page.root.findall(POINTS) if link.get("aria-current")]
        assert own.get("id") == figure.anchor
        assert own.get("aria-label").startswith(f"{figure.period_label}: ")
        assert len(page.root.findall(POINTS)) == charts.MOST_POINTS
    (title,) = read(client, figures[0].get_absolute_url()).text_of("chart-title")
    assert title == "Năm 1990: 102"
    alone = read(client, report.target.get_absolute_url())
    assert not alone.with_class("chart")
    assert alone.with_class("reading-number")[0].get("id") == report.target.anchor


def test_what_may_not_be_joined_is_not_drawn_together_and_says_why(client, report):
    years_of(report, {2020: 147})
    (figure, *_rest) = years_of(report, {2021: 155})
    figure.unit_printed = "quần chúng ưu tú"
    figure.save()
    page = read(client, figure.indicator.get_absolute_url())
    assert not page.with_class("chart")
    assert "được tính theo hai đơn vị khác nhau" in page.text


def test_a_series_goes_on_through_the_body_before_and_the_break_says_why(client, report):
    """On the page of the body that followed, of its figure and of the indicator; its own list holds its own alone."""
    after = situations.a_committee("Đảng bộ kế tục", predecessor=report.committee, active_from=date(2021, 1, 1))
    (earlier,) = years_of(report, {2020: 147})
    (figure,) = years_of(report, {2021: 155})
    figure.committee = after
    figure.save()
    for path in (after.get_absolute_url(), figure.get_absolute_url(), figure.indicator.get_absolute_url()):
        page = read(client, path)
        assert len(page.with_class("chart")) == len(page.with_class("chart-break")) == 1
        assert "Đảng bộ kế tục (từ 01/01/2021): tổ chức này tiếp nối tổ chức kia" in page.text
        assert all(f'id="p{each.pk}"' in page.html for each in (earlier, figure))
    (listed,) = read(client, after.get_absolute_url()).with_class("figures-table")
    assert (figure.period_label in words(listed), earlier.period_label in words(listed)) == (True, False)
    assert not read(client, report.committee.get_absolute_url()).with_class("chart-break")


def test_parts_of_one_whole_are_drawn_on_one_scale(client, report):
    """Good, done and failed of 85; of the good ones, the excellent stand under them."""
    for label, value in (("Hoàn thành", 5), ("Không hoàn thành", 1)):
        situations.a_statistic(
            conference=report.conference, label=label, value=Decimal(value), whole=Decimal(85),
            period_label="Năm 2022", indicator=report.indicator,
        )  # fmt: skip
    page = read(client, report.conference.get_absolute_url())
    (title,) = page.text_of("chart-title")
    assert title == "Lớn nhất: Tổ chức cơ sở hoàn thành tốt, 79/85 (92,94%)"
    (chart,) = page.with_class("chart")
    links = [link.get("href") for link in chart.iter("a")]
    assert report.part.get_absolute_url() in links
    assert report.whole.get_absolute_url() in links
    assert "các phần cộng lại đúng bằng tổng số" in page.text


def test_what_is_not_public_is_on_no_chart(client, report):
    years_of(report, {2020: 147})
    years_of(report, {2021: 98765}, **situations.published(hours_ago=-1))
    page = read(client, report.committee.get_absolute_url())
    assert not page.with_class("chart")
    assert "98.765" not in page.html


def test_charts_are_bounded(client, report):
    """A page of a committee that reports for ever is no longer than that of one that does for a while."""
    for place in range(9):
        indicator = situations.an_indicator(f"x.{'abcdefghij'[place]}")
        years_of(report, {year: year for year in range(1990, 2020)}, indicator=indicator)
    page = read(client, report.committee.get_absolute_url())
    assert len(page.with_class("chart")) == 4
    page = read(client, indicator.get_absolute_url())
    assert page.html.count('class="chart-dot"') == charts.MOST_POINTS
    assert f"chi-so={indicator.pk}&amp;to-chuc={report.committee.pk}&amp;loai=result" in page.html


def test_a_chart_is_taken_away_with_its_source(client, report):
    """Whoever meets the picture elsewhere can find where its numbers stand."""
    SiteIdentity.objects.create(name="Trang tin <thử> & sống")
    earlier, latest = years_of(report, {2020: 147, 2021: 155})
    page = read(client, latest.indicator.get_absolute_url())
    assert f"{latest.get_absolute_url()}?format=svg" in page.links
    answer = client.get(latest.get_absolute_url(), {"format": "svg"})
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = " ".join(" ".join(ElementTree.fromstring(answer.content).itertext()).split())
    assert "Năm 2021: 155, tăng 8* so với" in text
    assert "Nguồn: Trang tin <thử> & sống, http://testserver/chi-so/" in text
    assert client.get(earlier.get_absolute_url(), {"format": "svg"}).status_code == 404
    assert client.get(report.whole.get_absolute_url(), {"format": "svg"}).status_code == 404


def test_the_parts_of_a_whole_are_taken_away_with_their_source(client, report):
    """A part of a part is drawn on the scale of the whole, as on the page."""
    other = situations.a_statistic(
        conference=report.conference, label="Không hoàn thành", value=Decimal(1), whole=Decimal(85),
        period_label="Năm 2022", indicator=report.indicator,
    )  # fmt: skip
    page = read(client, report.conference.get_absolute_url())
    (address,) = [link for link in page.links if "format=svg" in link]
    answer = client.get(address)
    drawn = ElementTree.fromstring(answer.content)
    text = " ".join(" ".join(drawn.itertext()).split())
    for said in ("Lớn nhất: Tổ chức cơ sở", "16/79 · 20,25%*", "1/85", "Trong tổng số 85", "Nguồn: ", "/hoi-nghi/"):
        assert said in text
    lengths = {round(float(bar.get("width"))) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect")}
    assert lengths >= {round(360 * share) for share in (79 / 85, 16 / 85, 1 / 85)}
    withdrawn = {"state": "withdrawn", "published_at": None}
    type(other).objects.filter(pk=other.pk).update(**withdrawn)
    assert client.get(address).status_code == 404  # one share alone is no chart
