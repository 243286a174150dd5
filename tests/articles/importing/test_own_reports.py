"""The sample reports of `fixtures/reports`: their annotations say what stands in them, and nothing else."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from articles.importing.proposing import propose
from articles.importing.report import as_json
from newsroom.vietnamese import number, read_number
from tests.articles.importing.scoring import FOLDER, annotated_reports, annotation_of, details, score

REPORTS = annotated_reports()
WRONG = sorted((FOLDER / "wrong").glob("*.txt"))
each_report = pytest.mark.parametrize("report", [*REPORTS, *WRONG], ids=lambda path: path.stem)

_WORDS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_TIMES = {"ngàn": 1_000, "nghìn": 1_000, "vạn": 10_000}  # "triệu đồng", "tỷ đồng" are units
_PRINTED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?:\s+(ngàn|nghìn|vạn)\b)?")


def text_of(report: Path) -> str:
    return report.read_text(encoding="utf-8")


def flowing(text: str) -> str:
    """Return `text` with single spaces, as a line that is broken in a report is read."""
    return " ".join(text.split())


def said_in(words: str) -> set[Decimal]:
    """Return the numbers that stand in `words`, in figures or spelled."""
    said = {
        read_number(whole + (places or "")) * _TIMES.get(unit, 1)
        for whole, places, unit in _PRINTED.findall(words.casefold())
    }
    return said | {Decimal(_WORDS[word]) for word in re.findall(r"\w+", words.casefold()) if word in _WORDS}


@each_report
def test_what_is_quoted_stands_in_the_report_with_its_numbers(report):
    """A row that the text does not say would measure the importer against a fancy."""
    text, annotation = text_of(report), annotation_of(report)
    for row in [*annotation["statistics"], *annotation.get("may", ())]:
        assert row["quote"] in text
        names = ("value", "value_max", "numerator", "denominator", "percent", "plan_percent")
        asked = {Decimal(str(row[name])) for name in names if name in row}
        assert asked <= said_in(row["quote"]), row
    for award in annotation["awards"]:
        assert award["quote"] in text
        assert award["count"] is None or award["count"] in said_in(award["quote"])
        assert all(recipient in text for recipient in award.get("recipients", ()))
    for person in annotation.get("officials", ()):
        assert person["name"] in text
    for document in annotation.get("documents", ()):
        assert all(part in text for part in document["number"].split("-", 1))
    without_short_forms = re.sub(r" \([A-Z&]+\)", "", text)
    assert annotation["committee"]["name"] in without_short_forms


@each_report
def test_the_facts_of_the_article_stand_in_the_report(report):
    text, article = flowing(text_of(report)), annotation_of(report)["article"]
    for name in ("title", "dateline", "byline", "source_url"):
        assert article.get(name, "") in text
    assert all(caption in text for caption in article.get("captions", ()))
    assert "view_count" not in article or f"{article['view_count']:,}" in text


@each_report
def test_no_percentage_of_the_report_is_left_out(report):
    annotation = annotation_of(report)
    rows = [*annotation["statistics"], *annotation.get("may", ())]
    names = ("percent", "plan_percent", "value_max")
    told = {Decimal(str(row[name])) for row in rows for name in names if name in row}
    assert {read_number(found) for found in re.findall(r"\d+(?:,\d+)?(?=%)", text_of(report))} <= told


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_the_report_contradicts_itself_nowhere(report):
    """Percentages are those of their ratios, parts come after their whole, in it and of its size."""
    rows = annotation_of(report)["statistics"]
    for index, row in enumerate(rows):
        top, whole = row.get("numerator"), row.get("denominator")
        if top is not None and whole is not None:
            assert 0 <= top <= whole, row
            assert "percent" not in row or _share(top, whole, row["quote"]) in row["quote"], row
        if "part_of" in row:
            parent = rows[row["part_of"]]
            assert row["part_of"] < index
            assert whole is None or whole == parent.get("numerator"), row
        if "period" in row:
            start, end = map(date.fromisoformat, row["period"].split("/"))
            assert start < end


def _share(top: int, whole: int, quote: str) -> str:
    """Return the percentage as it is printed in `quote`, with as many places."""
    [places] = {len(found) for found in re.findall(r"\d+(?:,(\d+))?%", quote)}
    share = Decimal(100 * top) / whole
    return number(share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places) + "%"


@pytest.mark.parametrize("report", WRONG, ids=lambda path: path.stem)
def test_a_planted_fault_says_its_rule_and_its_words(report):
    annotation = annotation_of(report)
    assert annotation["faults"]
    for fault in annotation["faults"]:
        assert re.fullmatch(r"R[1-7]", fault["rule"]) and fault["weight"] in {"block", "warn"}
        assert fault["words"] in text_of(report)


def as_output(text: str, annotation: dict[str, Any]) -> dict[str, Any]:
    """Return what the importer would print if it read the report as its annotator did."""
    figures = [
        {
            **row,
            "value": row.get("numerator", row.get("value")) if "percent" not in row or "numerator" in row else None,
            "whole": row.get("denominator"),
            "start": text.index(row["quote"]),
            "end": text.index(row["quote"]) + len(row["quote"]),
            "period": dict(zip(("start", "end"), row["period"].split("/"), strict=True)) if "period" in row else None,
        }
        for row in annotation["statistics"]
    ]
    article, conference = annotation["article"], annotation["conference"]
    term = conference.get("term")
    return {
        "article": {**article, "source": {"url": article.get("source_url")}},
        "conference": {**conference, "term_start": int(term[:4]) if term else None},
        "committee": annotation["committee"],
        "statistics": figures,
        "awards": annotation["awards"],
        "officials": annotation.get("officials", []),
    }


@each_report
def test_the_measure_gives_full_marks_to_the_annotation_itself(report):
    text, annotation = text_of(report), annotation_of(report)
    output = as_output(text, annotation)
    result = score(annotation, output)
    assert result.worst() == 1, result.told()
    assert details(text, annotation, output) == []


def test_the_measure_sees_what_is_missed_and_what_is_made_up():
    """Else full marks would say nothing."""
    text, annotation = text_of(REPORTS[0]), annotation_of(REPORTS[0])
    output = as_output(text, annotation)
    whole = score(annotation, output)
    output["statistics"][0] |= {"value": 83}
    output["statistics"][1] |= {"kind": "target"}
    output["awards"].pop()
    output["article"]["byline"] = "Quang cảnh hội nghị"
    result = score(annotation, output)
    assert (result.figures.found, len(result.figures.wrong)) == (whole.figures.found - 1, 1)
    assert result.readings.found == whole.readings.found - 2
    assert (result.awards.found, result.awards.precision) == (whole.awards.found - 1, 1)
    assert [name for name, *_ in result.facts.missed] == ["byline"]
    output["statistics"][2] |= {"indicator": "member.total", "period": None}
    output["officials"] = []
    assert [what for what, *_ in details(text, annotation, output)] == ["indicator", "period", "official"]


def test_what_no_score_measures_is_right_nine_times_out_of_ten():
    """Which indicator, of which period, granted by whom, to whom by name, stamps, captions, committee and people.

    A person confirms each; but what is mostly wrong is a burden to confirm.
    """
    asked, other = 0, []
    for report in REPORTS:
        text, annotation = text_of(report), annotation_of(report)
        asked += sum(1 + ("period" in row) + ("part_of" in row) for row in annotation["statistics"])
        other += [(report.stem[:2], *row) for row in details(text, annotation, as_json(propose(text)))]
    assert len(other) < asked / 10, "\n".join(map(str, other))
