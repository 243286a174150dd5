"""The pages of this app in a real browser: readable to everyone, on a phone and at a desk, by day and by night."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from committees.models import AwardRecipient
from newsroom.models import MenuItem, SiteIdentity
from tests import situations
from tests.committees.conftest import Report
from tests.looking import look_at

pytestmark = pytest.mark.browser

TEMPLATES = [
    "committees", "committee", "conferences", "conference", "calendar", "awards", "award",
    "statistics", "statistic", "indicators", "indicator", "documents", "document",
]  # fmt: skip
LONG = "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh, gồm những đảng bộ và chi bộ mang tên dài nhất " * 2


@pytest.fixture
def site(report: Report) -> Report:
    """The report, grown long and wide, on a site with a name and a menu."""
    SiteIdentity.objects.create(name="Trang tin của Đảng bộ Sở Thử nghiệm", kind="Trang thông tin điện tử")
    MenuItem.objects.create(label="Số liệu", address="/so-lieu/")
    for number in range(6):
        situations.a_conference(report.committee, name=LONG)
        situations.a_statistic(
            conference=report.conference, indicator=report.indicator, label=f"Số {number}", whole=999
        )
        situations.an_award(reported_at=report.conference, achievement=LONG)
        situations.a_committee(LONG[:190], parent=report.committee)
    for _number in range(21):
        situations.a_document(LONG)
    for year in (*range(2001, 2015), 2016):  # a series of fifteen years with a gap, and one of two
        years = {"period_type": "year", "period_starts_on": date(year, 1, 1), "period_ends_on": date(year, 12, 31)}
        situations.a_statistic(committee=report.committee, indicator=report.indicator, value=year * 11, **years)
        if year < 2003:
            situations.a_statistic(committee=report.committee, kind="target", indicator=report.indicator, **years)
    for value in (79, 5):
        situations.a_statistic(conference=report.conference, label=LONG, value=value, whole=84)
    situations.a_statistic(conference=report.conference, level="excellent", unit_printed=LONG[:110])
    AwardRecipient.objects.create(award=report.award, name=LONG)
    return report


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_shuts_nobody_out(page: Page, site: Report, template: str) -> None:
    look_at(page, site.pages[template])


def test_the_page_on_the_data_shuts_nobody_out(page: Page, site: Report) -> None:
    look_at(page, "/du-lieu/")


def test_a_list_is_narrowed_with_the_keyboard_alone(page: Page, report: Report) -> None:
    """The filters are a plain form: they need no pointer and no script."""
    page.goto("/so-lieu/")
    page.get_by_role("combobox").nth(3).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.locator("form.filters button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("loai=target"))
    expect(page.get_by_role("link", name=report.target.label)).to_be_visible()
    expect(page.get_by_role("link", name=report.whole.label)).to_have_count(0)


def test_a_figure_leads_to_its_sentence_and_back(page: Page, report: Report) -> None:
    """From the number to the words in the article, and from the words to the number."""
    report.article.mentions.filter(statistic=report.whole).update(words="79/85 tổ chức (92,94%)")
    page.goto(report.whole.get_absolute_url())
    page.locator("blockquote a").click()
    words = page.locator(":target")
    expect(words).to_be_in_viewport()
    expect(words).to_contain_text("79/85")
    words.click()
    expect(page.locator(".reading-number")).to_have_text("79/85 (92,94%)")


def test_a_reader_walks_out_and_back_through_a_list(page: Page, site: Report) -> None:
    page.goto("/van-ban/")
    first = page.locator("tbody th").all_inner_texts()
    page.locator(".pager-older").click()
    expect(page.locator(".pager-newer")).to_be_visible()
    page.locator(".pager-newer").click()
    expect(page.locator(".pager-newer")).to_have_count(0)
    assert page.locator("tbody th").all_inner_texts() == first
