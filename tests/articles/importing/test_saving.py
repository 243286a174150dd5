"""A report becomes a draft with all that it reports: once, whole or not at all, and nothing public before it is."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from articles.importing import saving
from articles.importing.choosing import certain
from articles.importing.committing import Left, commit
from articles.importing.report import CommitteeSaid, Report
from articles.importing.saving import Imported, save
from articles.importing.upload import Enclosed
from articles.models import Article, Mention
from articles.workflow import perform
from committees.models import Attendance, Award, Committee, Conference, Indicator, Person, Statistic
from newsroom.pictures import read_picture
from newsroom.publishing import State
from tests.articles.importing.made import CAPTION, TEXT, a_report, a_second_report
from tests.situations import a_category, a_committee, a_person, a_user, picture_bytes, staff

pytestmark = pytest.mark.django_db

EVERYTHING = (Article, Mention, Attendance, Award, Committee, Conference, Indicator, Person, Statistic)


def counted() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def imported(report: Report | None = None, **choose: Any) -> Imported:
    report = report or a_report()
    return save(report, certain(report, **choose), a_user())


def test_a_report_becomes_a_draft_with_all_that_it_reports():
    article = imported().article
    assert article.state == State.DRAFT and article.title.startswith("Đảng bộ Khối Bến Mới")
    assert article.body.count("<p>") == 3 and "12 đảng viên &amp; thực hiện" in article.body
    assert CAPTION in article.note  # without its picture it has no place, and is not lost
    assert [(byline.person.name, byline.credit) for byline in article.bylines.all()] == [("Trần Viết", "both")]
    assert str(article.publication) == "https://bao.example"
    assert [str(document) for document in article.documents.all()] == ["Chỉ thị số 05-CT/TW"]
    assert [committee.province for committee in article.committees.all()] == ["Sông Lam"]

    conference = article.conference
    assert conference is not None and (conference.ordinal, conference.held_on.isoformat()) == (5, "2022-01-09")
    [chair] = conference.attendances.all()
    assert chair.person.name == "Lê Thử" and chair.has_chaired and not chair.has_spoken
    assert [(row.figure, row.indicator.code) for row in conference.statistics.all()] == [
        ("40/50 (80%)", "rating.cell.good"), ("10/40", "rating.cell.excellent"),
        ("12", "member.admitted"), ("12", "member.official"),
    ]  # fmt: skip
    [award] = conference.awards.all()
    assert (award.form, award.count, award.given_at) == ("commendation", 3, conference)
    assert [recipient.name for recipient in award.recipients.all()] == ["Chi bộ Một", "Chi bộ Hai", "Chi bộ Ba"]


def test_a_part_is_inside_its_whole_whichever_of_them_the_report_tells_first():
    report = a_report()
    whole, part, *others = report.statistics
    report.statistics = [replace(part, part_of=1), whole, *others]
    imported(report)
    assert Statistic.objects.get(value=10).part_of == Statistic.objects.get(value=40)


def test_every_figure_and_award_is_found_again_where_it_stands():
    article = imported().article
    mentions = {(m.part, m.words, str(m.statistic or m.award).split(":")[0]) for m in article.mentions.all()}
    assert ("title", "40/50 chi bộ", "Chi bộ hoàn thành tốt nhiệm vụ") in mentions
    assert ("body", "40/50 chi bộ (80%)", "Chi bộ hoàn thành tốt nhiệm vụ") in mentions
    # Two figures of the same words, each in its own place.
    first, second = article.mentions.filter(words="12 đảng viên").order_by("statistic__position")
    assert first.before.endswith("Đảng bộ kết nạp ") and second.before.endswith("05-CT/TW; ")
    assert article.mentions.count() == 6


def test_words_that_do_not_stand_in_the_article_are_told():
    report = a_report()
    choices = certain(report)
    choices.paragraphs["body.2"] = "Dịp này có khen thưởng."
    done = save(report, choices, None)
    assert not done.article.mentions.filter(award__isnull=False).exists()
    [note] = done.notes
    assert "giấy khen" in note


def test_nothing_of_it_is_public_before_the_article_and_everything_with_it():
    article = imported().article
    facts = (Conference, Statistic, Award)
    assert not any(model.objects.public().exists() for model in facts)
    article.category = a_category()
    article.save()
    perform(article, "publish", staff("editor"))
    assert [model.objects.public().count() for model in facts] == [1, 4, 1]


def test_the_same_report_again_changes_nothing_and_gives_its_article():
    first, before = imported(), counted()
    again = imported(a_report("\u00a0" + TEXT.replace("\n", "\r\n \n")))
    assert again.article == first.article and first.is_new and not again.is_new
    assert counted() == before


def test_of_two_who_send_the_same_report_at_once_one_makes_it(monkeypatch):
    """The second found nothing when it looked, and the database says no: it is given what the first has made."""
    first = imported()
    looked = iter([None, first.article])
    monkeypatch.setattr(saving, "imported_before", lambda text: next(looked))
    before = counted()
    again = imported()
    assert again.article == first.article and not again.is_new and counted() == before


def test_what_fails_in_the_middle_leaves_nothing_behind(monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError

    before = counted()
    monkeypatch.setattr(saving, "record", fail)
    with pytest.raises(ValueError):
        imported()
    assert counted() == before


def test_a_conference_that_somebody_has_saved_meanwhile_is_a_sentence_and_no_second_row():
    report = a_report()
    choices = certain(report)
    committee = choices.committee
    committee.save()
    committee.conferences.create(name="x", convened_by="Ban Chấp hành", ordinal=5, term_number=2)
    with pytest.raises(saving.Overtaken):
        save(report, choices, None)
    assert not Article.objects.exists()


# --- A second report of a known conference -----------------------------------------------------


def test_a_second_report_mentions_what_agrees_and_doubles_nothing():
    first = imported().article
    second = imported(a_second_report()).article
    assert second.conference == first.conference
    admitted = Statistic.objects.get(indicator__code="member.admitted")
    assert {mention.article for mention in admitted.mentions.all()} == {first, second}
    assert {mention.article for mention in Award.objects.get().mentions.all()} == {first, second}
    new = Statistic.objects.get(indicator__code="training.classes")
    assert new.conference == first.conference and new.state == State.DRAFT


def test_a_second_report_that_contradicts_changes_no_row_and_says_so():
    imported()
    second = imported(a_second_report())
    good = Statistic.objects.get(indicator__code="rating.cell.good")
    assert good.value == 40 and not good.mentions.filter(article=second.article).exists()
    [note] = [note for note in second.notes if "41/50" in note]
    assert "40/50" in note


def test_a_draft_that_mentions_what_readers_see_takes_nothing_from_them():
    first, editor = imported().article, staff("editor")
    first.mentions.all().delete()
    first.category = a_category()
    first.save()
    perform(first, "publish", editor)
    second = imported(a_second_report()).article
    assert second.mentions.count() == 3
    perform(first, "withdraw", editor, reason="thử")
    assert not Statistic.objects.public().exists()
    perform(perform(first, "restore", editor), "publish", editor)
    # What both report is there; what the draft alone brings is not.
    assert set(Statistic.objects.public()) == set(Statistic.objects.exclude(indicator__code="training.classes"))


def test_of_a_conference_that_readers_see_a_draft_changes_nothing():
    first = imported().article
    Conference.objects.update(state=State.PUBLISHED, published_at=first.created_at)
    report = a_second_report()
    report.officials = [replace(a_report().officials[0], name="Đỗ Mới")]
    second = imported(report)
    assert [attendance.person.name for attendance in first.conference.attendances.all()] == ["Lê Thử"]
    assert any("Đỗ Mới" in note for note in second.notes) and not Person.objects.filter(name="Đỗ Mới").exists()


# --- Without a person --------------------------------------------------------------------------


def test_a_doubtful_committee_is_left_to_a_person_unless_somebody_names_it():
    known = a_committee("Đảng bộ Khối các cơ quan tỉnh")
    report = a_report(committee=CommitteeSaid("Đảng bộ Khối các cơ quan tỉnh"))
    with pytest.raises(Left, match="Đảng bộ Khối các cơ quan tỉnh"):
        commit(report)
    assert not Article.objects.exists() and Committee.objects.count() == 1
    assert commit(report, committee=known).figures == 4
    assert not commit(report).is_new  # what is done already asks nothing


def test_a_doubtful_conference_is_left_to_a_person():
    first = imported().article
    Conference.objects.update(convened_by="", held_on=None)
    with pytest.raises(Left):
        commit(a_report(f"{TEXT} lại"))
    assert list(Article.objects.all()) == [first]


def test_pictures_of_a_file_become_photos(media):
    enclosed = Enclosed(read_picture(ContentFile(picture_bytes(320, 200))), "Toàn cảnh", CAPTION)
    photo = commit(a_report(), pictures=(enclosed,)).article.photos.get()
    assert (photo.alt, photo.caption, photo.width) == ("Toàn cảnh", CAPTION, 320)
    assert photo.image.storage.exists(photo.image.name)


def test_a_figure_without_an_indicator_and_one_that_cannot_be_are_left_out_with_a_sentence():
    report = a_report()
    report.statistics[1] = replace(report.statistics[1], indicator="")
    report.statistics[2] = replace(report.statistics[2], comparator="range")
    report.awards[0] = replace(report.awards[0], count=10**20)
    report.conference = replace(report.conference, term_number=10**20, term_start=2025, term_end=2020)
    done = imported(report)
    assert not Award.objects.exists() and Conference.objects.get().term_number is None
    assert [row.value for row in Statistic.objects.all()] == [Decimal(40), Decimal(12)]
    assert len(done.notes) >= 5


def test_two_people_of_one_name_stay_two():
    stranger = a_person("Lê Thử")
    article = imported().article
    assert article.conference.attendances.get().person != stranger
    sixth = replace(a_report().conference, ordinal=6)
    article_said = replace(a_report().article, event_date=None)
    again = imported(a_report(f"{TEXT} 6", conference=sixth, article=article_said)).article
    assert again.conference != article.conference
    assert again.conference.attendances.get().person == article.conference.attendances.get().person


def test_a_report_with_many_figures_asks_the_database_a_bounded_number_of_times():
    def asked(figures: int) -> int:
        report = a_report(f"{TEXT} {figures}", conference=replace(a_report().conference, ordinal=figures))
        report.statistics = [replace(report.statistics[2], period=None) for _ in range(figures)]
        choices = certain(report)
        with CaptureQueriesContext(connection) as captured:
            save(report, choices, None)
        return len(captured)

    few, many = asked(5), asked(15)
    assert many - few <= 10 * 3


def test_the_database_keeps_one_article_of_a_report():
    article = imported().article
    with pytest.raises(IntegrityError):
        Article.objects.create(title="x", fingerprint=article.fingerprint)
