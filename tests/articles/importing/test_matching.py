"""What is known already is offered; it is used by itself only where a report leaves no other reading."""

from datetime import date

import pytest

from articles.importing import matching
from articles.importing.report import CommitteeSaid
from articles.models import Publication
from committees.models import Conference, Document
from tests.situations import a_committee, a_conference, a_document, a_person, an_article

pytestmark = pytest.mark.django_db


def said_of(name: str, province: str | None = None) -> CommitteeSaid:
    return CommitteeSaid(name, province=province)


def test_a_committee_of_the_same_name_is_a_suggestion_alone():
    """In every province there is a “Đảng bộ Khối các cơ quan tỉnh”."""
    known = a_committee("Đảng bộ Khối các cơ quan tỉnh")
    [match] = matching.committees(said_of("Đảng bộ Khối Các cơ quan tỉnh"))
    assert match.thing == known and not match.is_certain
    assert matching.certain([match]) is None


def test_a_name_with_the_province_stated_by_both_is_certain():
    known = a_committee("Đảng bộ Khối Bến Mới tỉnh Sông Lam", province="Sông Lam")
    a_committee("Đảng bộ Khối Bến Mới tỉnh Núi Hồng", province="Núi Hồng")
    matches = matching.committees(said_of("Đảng bộ Khối Bến Mới (BM) tỉnh Sông Lam", "Sông Lam"))
    assert [match.thing for match in matches] == [known]
    assert matching.certain(matches) == known


def test_an_alias_a_successor_and_a_likeness_are_offered_in_this_order():
    old = a_committee("Đảng bộ Khối Doanh nghiệp tỉnh Sông Lam")
    old.aliases.create(name="Đảng bộ Khối DN tỉnh Sông Lam")
    heir = a_committee("Đảng bộ các cơ quan và doanh nghiệp Sông Lam", predecessor=old)
    alike = a_committee("Đảng bộ Khối tỉnh Sông Lam")
    a_committee("Chi bộ 6")
    matches = matching.committees(said_of("Đảng bộ Khối DN tỉnh Sông Lam"))
    assert [match.thing for match in matches] == [old, heir, alike]
    assert matching.certain(matches) is None


def test_a_conference_is_known_by_ordinal_organ_and_term_or_by_its_day():
    committee = a_committee()
    named = {"convened_by": "Ban Chấp hành", "ordinal": 5, "term_number": 2}
    known = a_conference(committee, held_on=date(2022, 1, 9), **named)
    a_conference(held_on=date(2022, 1, 9), **named)  # of another committee

    def found(**fields) -> list[tuple[Conference, bool]]:
        return [(match.thing, match.is_certain) for match in matching.conferences(Conference(**fields), committee)]

    assert found(**named) == [(known, True)]
    assert found(ordinal=5) == [(known, False)]
    assert found(held_on=date(2022, 1, 9)) == [(known, True)]
    # Another conference of the same day, of another organ, and the fifth of another term.
    assert found(held_on=date(2022, 1, 9), convened_by="Ban Thường vụ") == []
    assert found(**{**named, "term_number": 3}) == []
    assert found(ordinal=5, held_on=date(2023, 2, 1)) == []
    assert found() == []


def test_a_person_of_the_same_name_is_the_same_where_they_were_met_before():
    committee, publication = a_committee(), Publication.objects.create(name="Báo thử")
    met, other = a_person("Lê Thử"), a_person("Lê Thử")
    a_conference(committee).attendances.create(person=met)
    an_article(publication=publication).bylines.create(person=other)
    known = matching.people(["LÊ THỬ", "Trần Lạ"])
    assert known == {"LÊ THỬ": [met, other], "Trần Lạ": []}
    assert matching.familiar(known["LÊ THỬ"], committee) == met
    assert matching.familiar(known["LÊ THỬ"], None, publication, is_author=True) == other
    assert matching.familiar(known["LÊ THỬ"], None, publication) is None
    assert matching.familiar(known["LÊ THỬ"], committee, publication, is_author=True) is None
    # Who writes for us is known under our own articles.
    assert matching.familiar(known["LÊ THỬ"], None, is_author=True) is None
    an_article().bylines.create(person=met)
    assert matching.familiar(known["LÊ THỬ"], None, is_author=True) == met


def test_a_document_is_certain_by_its_whole_number_and_not_by_a_bare_one():
    whole = a_document("Chỉ thị số 05-CT/TW", number="05-CT/TW", type="directive")
    bare = a_document("Chỉ thị 05", number="05", type="directive")
    a_document("Nghị quyết số 05-CT/TW", number="05-CT/TW", type="resolution")
    by_whole, by_bare, unknown = matching.documents(
        [Document(number="05-CT/TW", type="directive"), Document(number="05", type="directive"), Document(number="7")]
    )
    assert [(match.thing, match.is_certain) for match in by_whole] == [(whole, True)]
    assert [(match.thing, match.is_certain) for match in by_bare] == [(bare, False)]
    assert unknown == []


def test_a_publication_is_known_by_its_site_whatever_the_page():
    known = Publication.objects.create(name="Báo thử", address="https://www.bao.example")
    Publication.objects.create(name="Báo khác", address="https://khac.bao.example")
    assert matching.publication(Publication(address="http://bao.example")) == known
    assert matching.publication(Publication(name="BÁO THỬ")) == known
    assert matching.publication(Publication(address="http://la.example")) is None
