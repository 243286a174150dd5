"""Rules about committees' facts that the database keeps, whatever door a row comes through."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from committees.models import Award, Committee, Conference, Indicator, Statistic
from tests.situations import a_committee, a_conference, a_statistic, an_award, an_indicator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"comparator": "≈"},
        {"kind": "hope"},
        {"origin": "guessed"},
        {"whole": Decimal(-1)},
        {"value": None, "percent": Decimal(90), "whole": Decimal(75)},
        {"value": None},
        {"comparator": "range"},
        {"comparator": "range", "value_max": Decimal(1)},
        {"value_max": Decimal(100)},
        {"percent_places": 2},
        {"percent": Decimal(90), "percent_places": 5},
        {"level": "splendid"},
        {"period_starts_on": date(2022, 2, 1), "period_ends_on": date(2022, 1, 1)},
        {"period_type": "decade"},
    ],
)
def test_a_figure_that_cannot_be_is_refused(wrong):
    figure = a_statistic(value=Decimal(71))
    with pytest.raises(IntegrityError), transaction.atomic():
        Statistic.objects.filter(pk=figure.pk).update(**wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"value": Decimal(71), "whole": Decimal(75), "percent": Decimal("94.67"), "percent_places": 2},
        {"percent": Decimal(90), "percent_places": 0, "comparator": ">="},
        {"plan_percent": Decimal("140.8")},
        {"level": "excellent", "kind": "target"},
        {"value": Decimal(90), "value_max": Decimal(100), "comparator": "range"},
        {"value": Decimal(400), "comparator": "~<"},
    ],
)
def test_every_kind_of_figure_the_reports_hold_has_a_row(right):
    a_statistic(**right).full_clean()


def test_a_figure_is_not_part_of_itself_not_even_by_a_detour():
    whole = a_statistic(value=Decimal(71))
    part = a_statistic(value=Decimal(14), part_of=whole)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statistic.objects.filter(pk=whole.pk).update(part_of=whole)
    whole.part_of = part
    with pytest.raises(ValidationError):
        whole.full_clean()


def test_an_indicator_code_never_says_result_or_target():
    with pytest.raises(ValidationError):
        Indicator(code="member.admitted.target", name="Kết nạp").full_clean()
    Indicator(code="rating.org.good", name="Xếp loại").full_clean()


def test_a_conference_ordinal_is_unique_within_committee_organ_and_term_when_all_are_known():
    committee = a_committee()
    known = {"convened_by": "Ban Chấp hành", "ordinal": 7, "term_number": 4}
    a_conference(committee, **known)
    for free in ({**known, "term_number": None}, {**known, "convened_by": ""}, {**known, "ordinal": None}):
        a_conference(committee, **free)
        a_conference(committee, **free)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_conference(committee, **known)
    a_conference(a_committee(), **known)


@pytest.mark.parametrize(
    "wrong", [{"term_start": 2025, "term_end": 2020}, {"kind": "secret"}, {"review": "maybe"}, {"session": "night"}]
)
def test_a_conference_that_cannot_be_is_refused(wrong):
    conference = a_conference()
    with pytest.raises(IntegrityError), transaction.atomic():
        Conference.objects.filter(pk=conference.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"form": "cup"}, {"recipient_kind": "pet"}, {"count": 0}])
def test_an_award_that_cannot_be_is_refused(wrong):
    award = an_award()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(**wrong)


def test_the_tree_of_committees_has_no_ring():
    province = a_committee("Đảng bộ tỉnh")
    bloc = a_committee("Đảng bộ Khối", parent=province)
    province.parent = bloc
    with pytest.raises(ValidationError):
        province.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Committee.objects.filter(pk=province.pk).update(parent=province)


def test_what_others_stand_on_cannot_be_deleted():
    figure = a_statistic(conference=a_conference())
    for pillar in (figure.committee, figure.conference, figure.indicator):
        with pytest.raises(ProtectedError):
            pillar.delete()


def test_the_history_of_a_figure_is_kept():
    figure = a_statistic(value=Decimal(71), indicator=an_indicator())
    figure.value = Decimal(72)
    figure.save()
    assert [old.value for old in figure.history.all()] == [72, 71]
