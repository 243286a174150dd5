"""One whole report, public: the committee, its conference, figures, awards, people, a document, the article."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from articles.models import Article, Citation
from committees.models import (
    Attendance,
    Award,
    AwardRecipient,
    Committee,
    CommitteeAlias,
    Conference,
    Document,
    Indicator,
    Person,
    Statistic,
)
from tests import situations


@dataclass
class Report:
    committee: Committee
    conference: Conference
    chair: Person
    indicator: Indicator
    whole: Statistic
    part: Statistic
    target: Statistic
    award: Award
    document: Document
    article: Article

    @property
    def pages(self) -> dict[str, str]:
        """Every page of this app by the name of its template, each with this report on it."""
        return {
            "committees": "/to-chuc/",
            "committee": self.committee.get_absolute_url(),
            "conferences": "/hoi-nghi/",
            "conference": self.conference.get_absolute_url(),
            "calendar": "/lich/",
            "awards": "/khen-thuong/",
            "award": self.award.get_absolute_url(),
            "statistics": "/so-lieu/",
            "statistic": self.whole.get_absolute_url(),
            "targets": "/chi-tieu/",
            "indicators": "/chi-so/",
            "indicator": self.indicator.get_absolute_url(),
            "documents": "/van-ban/",
            "document": self.document.get_absolute_url(),
        }

    @property
    def details(self) -> dict[str, Committee | Conference | Award | Statistic | Indicator | Document]:
        """The things that have a page of their own, by the name of its template."""
        return {
            "committee": self.committee,
            "conference": self.conference,
            "award": self.award,
            "statistic": self.whole,
            "indicator": self.indicator,
            "document": self.document,
        }


def a_report(name: str = "Đảng bộ Sở Thử nghiệm") -> Report:
    committee = situations.a_committee(name, kind=Committee.Kind.GRASSROOTS, province="Trà Vinh")
    CommitteeAlias.objects.create(committee=committee, name="ĐB STN")
    conference = situations.a_conference(
        committee,
        name="Hội nghị tổng kết năm 2022",
        held_on=date(2023, 2, 14),
        review=Conference.Review.SUMMARY,
        inferred_from="“tổng kết năm 2022”",
        period_label="Năm 2022",
        session=Conference.Session.AFTERNOON,
    )
    chair = situations.a_person("Nguyễn Thị Chủ Trì")
    Attendance.objects.create(
        conference=conference, person=chair, role="Bí thư Đảng ủy", has_chaired=True, has_concluded=True
    )
    indicator = situations.an_indicator(
        "rating.org.good", name="Tổ chức hoàn thành tốt", unit="tổ chức", definition="Đếm tổ chức được xếp loại tốt."
    )
    year = {
        "period_label": "Năm 2022",
        "period_type": Statistic.Type.YEAR,
        "period_starts_on": date(2022, 1, 1),
        "period_ends_on": date(2022, 12, 31),
    }
    whole = situations.a_statistic(
        conference=conference,
        indicator=indicator,
        label="Tổ chức cơ sở hoàn thành tốt",
        value=Decimal(79),
        whole=Decimal(85),
        percent=Decimal("92.94"),
        percent_places=2,
        **year,
    )
    part = situations.a_statistic(
        conference=conference,
        indicator=situations.an_indicator("rating.org.excellent", name="Tổ chức xuất sắc"),
        label="Trong đó xuất sắc",
        value=Decimal(16),
        whole=Decimal(79),
        part_of=whole,
        period_inferred_from="câu trước",
        **year,
    )
    target = situations.a_statistic(
        conference=conference,
        indicator=indicator,
        label="Phấn đấu năm 2023",
        kind=Statistic.Kind.TARGET,
        comparator=Statistic.Comparator.GREATER,
        percent=Decimal(90),
        percent_places=0,
        period_label="Năm 2023",
    )
    award = situations.an_award(
        reported_at=conference,
        given_at=conference,
        recipients_described="tổ chức cơ sở tiêu biểu",
        presented_by="Đảng ủy Khối",
        decision_number="12-QĐ/ĐU",
        decided_on=date(2023, 2, 10),
    )
    AwardRecipient.objects.create(award=award, name="Chi bộ Hai", committee=committee)
    document = situations.a_document("Nghị quyết số 21-NQ/TW", issued_on=date(2022, 6, 16), subject="Củng cố tổ chức")
    article = situations.an_article(
        "Hơn 9 trong 10 tổ chức hoàn thành tốt",
        body="<p>Năm 2022, <strong>79/85</strong> tổ chức (92,94%) hoàn thành tốt; 16 tổ chức xuất sắc.</p>"
        "<p>Hội nghị trao 8 giấy khen cho tổ chức tiêu biểu. Hội nghị bế mạc.</p>",
        conference=conference,
    )
    article.committees.add(committee)
    situations.a_mention(article, whole, "79/85 tổ chức (92,94%)")
    situations.a_mention(article, award, "8 giấy khen")
    Citation.objects.create(article=article, document=document, printed="Nghị quyết 21")
    return Report(committee, conference, chair, indicator, whole, part, target, award, document, article)


@pytest.fixture
def report(db: None) -> Report:
    return a_report()
