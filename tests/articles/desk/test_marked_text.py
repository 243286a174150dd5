"""The text of a report on the page: every line in its role, and every proposal found in it, by eye and keyboard."""

import re
from dataclasses import replace

from articles.desk.marked_text import marked_text
from articles.importing.report import ArticleSaid, CommitteeSaid, Dropped, Report, Words
from committees.figures import Verdict, Weight
from tests.articles.importing.made import FURNITURE, TEXT, a_report, words


def shown(report: Report) -> str:
    return "\n".join(str(line.words) for line in marked_text(report).lines)


def test_every_word_of_the_report_stands_on_the_page_in_its_order():
    bare = re.sub(r"<sup>.*?</sup>|<[^>]*>", "", shown(a_report())).replace("&amp;", "&")
    assert bare.split() == TEXT.split()


def test_every_proposal_is_one_stop_of_the_keyboard_and_leads_to_its_fields():
    page = shown(a_report())
    for name in ("figure-0", "figure-1", "figure-2", "figure-3", "award-0", "document-0", "official-0"):
        assert page.count(f'id="in-{name}"') == 1
        stops = [tag for tag in re.findall(r"<a [^>]*>", page) if f'href="#{name}"' in tag and "tabindex" not in tag]
        assert len(stops) == 1


def test_a_figure_inside_longer_words_is_marked_and_both_light_up():
    report = a_report(committee=CommitteeSaid("x", words=words("có 40/50 chi bộ (80%) hoàn thành")))
    [inner] = re.findall(r'<a [^>]*href="#figure-0"[^>]*data-said="([^"]*)"[^>]*>40/50 chi bộ \(80%\)', shown(report))
    assert inner == "figure-0 committee"
    assert len(re.findall(r'<a [^>]*href="#committee"', shown(report))) == 2  # before it, and behind it


def test_a_doubt_stands_over_the_figure_that_it_is_about_and_can_be_led_to():
    place = words("40/50 chi bộ (80%)")
    doubt = Verdict("R1", Weight.BLOCK, "…", place.start, place.end, quote=place.quote)
    page = "\n".join(str(line.words) for line in marked_text(a_report(), [doubt]).lines)
    assert page.count('id="in-check-0"') == 1
    assert re.search(r'class="said said-figure said-doubt" href="#figure-0" data-said="figure-0 check-0"', page)


def test_every_line_says_what_becomes_of_it():
    report = a_report()
    place = words(FURNITURE)
    report.dropped = [Dropped(FURNITURE, "widget", place.start, place.end)]
    lines = marked_text(report).lines
    assert [line.role for line in lines][:4] == ["title", "lead", "body", "caption"]
    assert lines[-1].role == "dropped"


def test_what_the_report_holds_is_text_and_no_markup():
    text = "<script>alert(1)</script> & 3 <b>đảng viên</b>"
    statistic = replace(a_report().statistics[0], words=Words("<b>đảng viên</b>", 30, 47), other_mentions=())
    page = shown(Report(text, article=ArticleSaid(), statistics=[statistic]))
    assert "<script" not in page and "<b>" not in page and "&lt;b&gt;đảng viên" in page


def test_offsets_that_cannot_be_break_nothing():
    statistic = replace(a_report().statistics[0], words=Words("x", 50, 9000), other_mentions=(Words("y", -3, 0),))
    assert "Báo cáo" in shown(Report("Báo cáo\n\nthử", statistics=[statistic]))
