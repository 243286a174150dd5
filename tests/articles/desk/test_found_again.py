"""The figures marked in an article are found again whichever door its text came through, and a person says of each
that has changed whether it still says the same."""

from typing import Any

import pytest

from articles.anchoring import find_again
from articles.checking import Weight, check
from articles.models import Article, Mention, WorkingCopy
from articles.revisions import record
from articles.workflow import perform, restore_revision
from tests.articles.desk.test_autosaving import Window
from tests.articles.test_admin import Desk
from tests.situations import a_mention, a_statistic, an_article, draft, published

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ANCHORED, CHANGED, LOST = Mention.State.ANCHORED, Mention.State.CHANGED, Mention.State.LOST
BODY = "<p>Năm 2021, có <strong>71/75</strong> tập thể hoàn thành tốt nhiệm vụ.</p>"
EDITED = BODY.replace("71/75", "72/75")


@pytest.fixture
def editor() -> Desk:
    return Desk("editor")


@pytest.fixture
def article() -> Article:
    return with_a_figure(draft())


def with_a_figure(standing: dict[str, Any], value: int = 71) -> Article:
    article = an_article(body=BODY, **standing)
    a_mention(article, a_statistic(value=value, whole=75), "71/75 tập thể")
    find_again(article)
    record(article, None)
    return article


def kept(article: Article) -> tuple[str, str, str]:
    mention = Mention.objects.get(article=article)
    return mention.state, mention.words, mention.words_now


ASKED = (CHANGED, "71/75 tập thể", "72/75 tập thể")


@pytest.mark.parametrize("door", ["save", "autosave"])
def test_a_save_finds_a_figure_again(door: str, article: Article, editor: Desk):
    form = Window(editor.person, article)
    getattr(form, door)(body=EDITED)
    assert kept(article) == ASKED
    getattr(form, door)(title="Tên khác", _version=Article.objects.get().version)
    assert kept(article) == ASKED  # what is asked stays asked, whatever else is saved
    Window(editor.person, article).save(body=BODY)
    assert kept(article) == (ANCHORED, "71/75 tập thể", "")


def test_a_restored_text_has_its_figures_found_in_it(article: Article, editor: Desk):
    editor.save(article, body="<p>Chưa có số liệu.</p>")
    assert kept(article)[0] == LOST
    old = article.revisions.last()
    assert old
    old.snapshot["body"] = EDITED  # kept before mentions were found again
    restore_revision(old, editor.person, seen=str(Article.objects.get().version))
    assert kept(article) == ASKED


def test_the_next_text_of_a_public_article_has_its_figures_found_in_it_and_readers_keep_theirs(editor: Desk):
    article = with_a_figure(published(), value=72)
    editor.save(article, body=EDITED)
    assert kept(article)[0] == ANCHORED
    copy = WorkingCopy.objects.get()
    assert [row["state"] for row in copy.snapshot["mentions"]] == [CHANGED]
    perform(Article.objects.get(), "publish", editor.person)
    assert kept(article) == ASKED
    page = editor.client.get(Article.objects.get().get_absolute_url()).content.decode()
    assert ">72/75</a>" in page  # it stands in the new text, and where it stood is not forgotten


def test_who_has_seen_the_new_words_says_that_they_still_say_the_same(article: Article, editor: Desk):
    editor.save(article, body=EDITED)
    (finding,) = [found for found in check(Article.objects.get()).of(Weight.WARN) if found.code == "mention"]
    box = {f"still-{finding.about}": finding.still}
    page = editor.open(article).content.decode()
    assert f'name="still-{finding.about}" value="72/75 tập thể"' in page
    assert 'href="#id_body" data-words="72/75 tập thể" data-nth="0"' in page
    assert f'href="#{finding.own_row}"' in page
    assert f'id="{finding.own_row}"' in page
    Window(editor.person, article).autosave(title="Tên khác", **box)
    assert kept(article) == ASKED  # a form that saves itself decides nothing
    editor.save(article, body=BODY.replace("71/75", "73/75"), **box)
    assert kept(article) == (CHANGED, "71/75 tập thể", "73/75 tập thể")  # the person has not seen these
    editor.save(article, **{f"still-{finding.about}": "73/75 tập thể"})
    assert kept(article) == (ANCHORED, "73/75 tập thể", "")
    assert Article.objects.get().revisions.first().snapshot["mentions"][0]["words"] == "73/75 tập thể"  # type: ignore[union-attr]


def test_a_changed_mention_is_pointed_elsewhere_set_to_other_words_or_taken_away(article: Article, editor: Desk):
    editor.save(article, body=EDITED)
    other = a_statistic()
    editor.save(article, **{"mentions-0-statistic": other.pk})
    assert kept(article) == (ANCHORED, "72/75 tập thể", "")
    assert Mention.objects.get().statistic == other
    editor.save(article, **{"mentions-0-words": "tốt nhiệm vụ"})
    assert kept(article) == (ANCHORED, "tốt nhiệm vụ", "")
    editor.save(article, **{"mentions-0-DELETE": "on"})
    assert not Mention.objects.exists()
