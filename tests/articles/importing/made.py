"""A raw report of our own, and what is to be proposed of it, written by hand: saving is tested without reading."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from articles.importing.report import (
    ArticleSaid,
    AwardSaid,
    CommitteeSaid,
    ConferenceSaid,
    Credit,
    DocumentSaid,
    OfficialSaid,
    PeriodSaid,
    Report,
    Source,
    StatisticSaid,
    Words,
)

TITLE = "Đảng bộ Khối Bến Mới: 40/50 chi bộ hoàn thành tốt nhiệm vụ"
LEAD = (
    "Sáng 9/1, Ban Chấp hành Đảng bộ Khối Bến Mới tỉnh Sông Lam khóa II, nhiệm kỳ 2020-2025 tổ chức Hội nghị lần thứ 5."
    " Đồng chí Lê Thử, Bí thư Đảng ủy Khối chủ trì."
)
RESULTS = "Năm 2021, có 40/50 chi bộ (80%) hoàn thành tốt nhiệm vụ, trong đó 10/40 chi bộ hoàn thành xuất sắc nhiệm vụ."
MEMBERS = "Đảng bộ kết nạp 12 đảng viên & thực hiện Chỉ thị số 05-CT/TW; 12 đảng viên được chuyển chính thức."
AWARDS = "Dịp này, Đảng ủy Khối tặng giấy khen cho 3 tập thể, gồm Chi bộ Một, Chi bộ Hai, Chi bộ Ba."
CAPTION = "Quang cảnh hội nghị"
FURNITURE = "Đang online: 6"
TEXT = "\n\n".join(
    [
        TITLE,
        LEAD,
        RESULTS,
        CAPTION,
        MEMBERS,
        AWARDS,
        "Tin, ảnh: Trần Viết",
        "Nguồn: https://bao.example/tin-1",
        FURNITURE,
    ]
)

YEAR = PeriodSaid("Năm 2021", "year", date(2021, 1, 1), date(2021, 12, 31))


def words(quote: str, text: str = TEXT, after: str = "") -> Words:
    """The place of `quote` in `text`, the first behind `after`."""
    start = text.index(quote, text.index(after))
    return Words(quote, start, start + len(quote))


def a_report(text: str = TEXT, **parts: Any) -> Report:
    """The report of the year, with `parts` in the place of its own."""
    places = {
        "title": TITLE,
        "lead": LEAD,
        "body.0": RESULTS,
        "body.1": MEMBERS,
        "body.2": AWARDS,
        "caption.0": CAPTION,
    }
    whole: dict[str, Any] = {
        "article": ArticleSaid(
            title=TITLE,
            lead=LEAD,
            event_date="2022-01-09",
            event_date_inferred_from="Năm 2021",
            byline="Trần Viết",
            credits=[Credit("both", "Trần Viết")],
            source=Source("Nguồn", url="https://bao.example/tin-1"),
            captions=[CAPTION],
            body=[RESULTS, MEMBERS, AWARDS],
            places={name: words(said, text) for name, said in places.items() if said in text},
        ),
        "committee": CommitteeSaid("Đảng bộ Khối Bến Mới tỉnh Sông Lam", province="Sông Lam"),
        "conference": ConferenceSaid(
            name="Hội nghị lần thứ 5", convened_by="Ban Chấp hành", ordinal=5, term_number=2, term_start=2020,
            term_end=2025, session="morning", held_on_printed="9/1", period=YEAR,
        ),
        "officials": [OfficialSaid("Lê Thử", ("Bí thư Đảng ủy Khối",), ("chaired",), words("Lê Thử", text))],
        "statistics": figures(text),
        "awards": [
            AwardSaid(
                "giấy khen", words("giấy khen cho 3 tập thể", text), granted_by="Đảng ủy Khối",
                recipient_kind="collective", count=3, count_unit="tập thể",
                recipients=("Chi bộ Một", "Chi bộ Hai", "Chi bộ Ba"),
            )
        ],
        "documents": [DocumentSaid("05-CT/TW", "Chỉ thị", None, words("Chỉ thị số 05-CT/TW", text))],
    }  # fmt: skip
    return Report(text, **{**whole, **parts})


def figures(text: str = TEXT) -> list[StatisticSaid]:
    """Four figures: one with its percentage and a second mention, its part, and two of one number."""
    return [
        StatisticSaid(
            "rating.cell.good", "Chi bộ hoàn thành tốt nhiệm vụ", "result", words("40/50 chi bộ (80%)", text),
            value=Decimal(40), whole=Decimal(50), percent=Decimal(80), percent_places=0, unit="chi bộ", period=YEAR,
            other_mentions=(words("40/50 chi bộ", text),) if TITLE in text else (),
        ),
        StatisticSaid(
            "rating.cell.excellent", "Chi bộ hoàn thành xuất sắc nhiệm vụ", "result", words("10/40 chi bộ", text),
            value=Decimal(10), whole=Decimal(40), unit="chi bộ", period=YEAR, part_of=0,
        ),
        StatisticSaid(
            "member.admitted", "Kết nạp đảng viên", "result", words("12 đảng viên", text, "kết nạp"),
            value=Decimal(12), unit="đảng viên", period=YEAR,
        ),
        StatisticSaid(
            "member.official", "Đảng viên chính thức", "result", words("12 đảng viên", text, "05-CT/TW"),
            value=Decimal(12), unit="đảng viên", period=YEAR,
        ),
    ]  # fmt: skip


# The same conference, told a day later by somebody else: one figure as it was, one otherwise, one that is new.
SECOND_RESULTS = (
    "Năm 2021, Đảng bộ Khối Bến Mới kết nạp 12 đảng viên; có 41/50 chi bộ hoàn thành tốt nhiệm vụ; mở 2 lớp tập huấn."
)
SECOND_TEXT = f"Ngày hội nghị thứ năm của Khối\n{SECOND_RESULTS}\nĐảng ủy Khối tặng giấy khen cho 3 tập thể."


def a_second_report() -> Report:
    """What another paper wrote of the same conference."""
    first, *_rest, admitted, _official = figures()
    lines = SECOND_TEXT.split("\n")
    award = a_report().awards[0]
    return replace(
        a_report(),
        text=SECOND_TEXT,
        article=ArticleSaid(
            title=lines[0],
            event_date="2022-01-09",
            body=lines[1:],
            places={"title": words(lines[0], SECOND_TEXT), "body.0": words(lines[1], SECOND_TEXT)},
        ),
        officials=[],
        documents=[],
        statistics=[
            _with(admitted, words("12 đảng viên", SECOND_TEXT)),
            _with(first, words("41/50 chi bộ", SECOND_TEXT), value=Decimal(41), percent=None, percent_places=None),
            StatisticSaid(
                "training.classes", "Lớp tập huấn", "result", words("2 lớp tập huấn", SECOND_TEXT), value=Decimal(2),
                unit="lớp", period=YEAR,
            ),
        ],
        awards=[_with(award, words("giấy khen cho 3 tập thể", SECOND_TEXT))],
    )  # fmt: skip


def _with(said: Any, where: Words, **changed: Any) -> Any:
    others = {"other_mentions": ()} if isinstance(said, StatisticSaid) else {}
    return replace(said, words=where, **others, **changed)
