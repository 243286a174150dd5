"""The page of an article in a real browser: its figures lead on, and it needs no script. Whatever the browser
complains of fails the test (see `tests/conftest.py`); that everyone can read it is shown in `tests/test_everyone.py`.
"""

import pytest
from playwright.sync_api import expect

from tests import situations

pytestmark = pytest.mark.browser


@pytest.fixture
def article(live_server, media):
    """An article with a figure, a picture and a comment."""
    conference = situations.a_conference()
    article = situations.an_article(body="<p>Có 71/75 tập thể.</p>", conference=conference)
    situations.a_mention(article, situations.a_statistic(conference=conference, value=71, whole=75), "71/75 tập thể")
    situations.a_photo(article)
    situations.a_comment(article)
    return article


def test_words_of_a_figure_lead_to_it_and_the_box_does_too(page, article):
    page.goto(article.get_absolute_url())
    words = page.locator(".prose .figure-link").filter(has_text="71/75 tập thể")
    label = page.locator(".figures .figure-label").first.get_attribute("href")
    assert words.get_attribute("href").startswith(f"{label}#")
    page.locator(".figures .figure-number a").click()
    expect(page.locator(":target")).to_have_text("71/75 tập thể")
    words.click()
    assert "/so-lieu/" in page.url


def test_the_newsroom_reads_the_same_without_a_script(page, article, new_context):
    """Whatever comes later as a script is a comfort: the buttons that print and copy are all it adds."""
    bare = new_context(java_script_enabled=False).new_page()
    bare.goto(article.get_absolute_url())
    page.goto(article.get_absolute_url())
    page.locator(".ways button").evaluate_all("buttons => buttons.forEach(button => { button.hidden = true; })")
    assert bare.locator("main").inner_text() == page.locator("main").inner_text()


def test_a_theme_can_be_chosen_over_the_systems(page, article):
    """`data-theme` on the root is all that a later switch has to set."""
    page.emulate_media(color_scheme="light")
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    dark = page.evaluate(ground)
    assert dark != light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == dark
