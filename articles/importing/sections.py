"""The parts of a report - results, limits, tasks, speech, awards - and which of them look ahead."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from committees.figures.normalising import Matching, normalise
from committees.figures.periods import Timeline, sentences

# Openers stand at the head of a sentence (section 6 of the genre's grammar), behind a dash or a number of a list.
_HEAD = r"[\W_]*(?:[a-zđ0-9]{1,2}[.)/]\s*)?(?:song song đó, |đồng thời, |theo đó, |cụ thể, )?"


def _opener(words: str) -> re.Pattern[str]:
    return re.compile(_HEAD + f"(?:{normalise(words)})")


_LIMITS = _opener(
    r"tuy nhiên|tuy vậy|song,|bên cạnh những (?:kết quả|mặt|ưu điểm|thành tích)|bên cạnh (?:kết quả|ưu điểm)"
    r"|ngoài những kết quả"
    r"|(?:một số |về |những )?(?:hạn chế|tồn tại|khuyết điểm|khó khăn)\b"
)
_TASKS = _opener(
    r"(?:trong |về )?(?:thời gian|giai đoạn|nhiệm kỳ|năm|quý|tháng|những tháng|những năm) (?:tới|tiếp theo|đến|sau)\b"
    r"|từ nay (?:đến|tới)|(?:trong )?(?:những|các) tháng (?:cuối|còn lại)|(?:trong )?(?:\w+ )?tháng cuối năm"
    r"|(?:trong )?nửa cuối (?:năm|nhiệm kỳ)"
    r"|(?:về )?(?:phương hướng|nhiệm vụ trọng tâm|nhiệm vụ (?:\w+ ){0,2}(?:tháng|quý|năm)\b|mục tiêu"
    r"|chỉ tiêu phấn đấu|các chỉ tiêu|một số chỉ tiêu"
    r"|nhiệm vụ,? giải pháp)\b(?! (?:đã|đạt|đều))"
    r"|bước (?:sang|vào) (?:năm|quý|nhiệm kỳ)|để (?:thực hiện|hoàn thành|đạt|phát huy|tiếp tục|khắc phục)|phấn đấu"
    r"|tiếp tục |tập trung (?:lãnh đạo|chỉ đạo|thực hiện|triển khai"
    r"|tuyên truyền)[^.]{0,40}(?:trong thời gian tới|quý|năm)"
)
# "... đánh giá công tác tháng 5, triển khai nhiệm vụ tháng 6": what the first paragraph announces is still to come.
_ANNOUNCED = re.compile(
    normalise(r"(?:nhiệm vụ|phương hướng|kế hoạch)(?: công tác| trọng tâm)?,? (tháng \d{1,2}|quý [ivx1-4]+)(?!\w)")
)
_IN_PERIOD = re.compile(_HEAD + normalise(r"(?:trong |sang |bước sang |bước vào )?(tháng \d{1,2}|quý [ivx1-4]+)(?!\w)"))
_SETS_AIMS = re.compile(
    normalise(
        r"(?:hội nghị|đại hội|ban chấp hành|ban thường vụ|đảng bộ|đảng ủy|đại biểu|các ý kiến|chi bộ|huyện"
        r"|tỉnh|khối)[^.;]{0,120}"
        r"(?:thống nhất|thông qua|quyết nghị|biểu quyết|đề ra|xác định|đặt ra|đặt mục tiêu|tập trung bàn)[^.;]{0,80}"
        r"(?:phương hướng|nhiệm vụ|chỉ tiêu|mục tiêu)"
    )
)
_RESULTS = _opener(
    r"(?:đại hội|hội nghị|ban chấp hành)(?: đã| cũng| tiến hành)* (?:bầu|kiện toàn|nghe|thảo luận|công bố)"
    r"|kết quả|(?:tham gia |qua |phát biểu )?(?:thảo luận|góp ý)"
    r"|theo báo cáo|báo cáo (?:tại|của)|qua (?:đánh giá|kiểm điểm|\d)|trong (?:năm|quý|kỳ|tháng"
    r"|nhiệm kỳ)(?: qua| vừa qua)?,|đến nay"
    r"|tính đến|trước đó|nhìn chung|trong thời gian qua|thời gian qua|những năm qua|từ đầu (?:năm|nhiệm kỳ)"
    r"|năm qua|nhiệm kỳ qua|sau \w+ năm"
)
_AT_CONFERENCE = _opener(
    r"(?:cũng )?(?:tại|trong|trong khuôn khổ|kết thúc|nhân)(?: chương trình)? (?:hội nghị|đại hội|buổi (?:lễ"
    r"|làm việc|họp|gặp mặt)|lễ)\b"
    r"|hội nghị (?:cũng|đã|còn) |(?:nhân |trong |cũng )?dịp này|cũng (?:nhân|trong) dịp này"
    r"|nhân dịp|đợt này|trước đó, tại hội nghị"
)
_AWARDED = re.compile(
    normalise(
        r"giấy khen|bằng khen|\bcờ\b|huy hiệu|kỷ niệm chương|huân chương"
        r"|(?<!thi đua, )(?<!thi đua )(?<!thi đua - )khen thưởng|biểu dương|tuyên dương|tôn vinh"
    )
)
_SPEAKS = _opener(
    r"(?:[^,.;:]{0,40}, )?(?:(?:phát biểu|kết luận|chỉ đạo)(?:,? (?:\w+)){0,6} (?:hội nghị|đại hội|buổi)"
    r"|(?:thay mặt[^,]{0,80}, )?(?:đồng chí|các đồng chí|đ/c|ông|bà|bí thư|phó bí thư|chủ tịch)\b[^.;:]{3,200}?"
    r"(?:phát biểu|nhấn mạnh|đề nghị|yêu cầu|lưu ý|ghi nhận|biểu dương|đánh giá cao|kết luận|chỉ đạo))"
)
_ASKS = re.compile(
    r"đề nghị|yêu cầu|nhấn mạnh|lưu ý|phấn đấu|\bcần\b|tiếp tục|tập trung|chỉ đạo:|quan tâm|\bphải\b"
    r"|thời gian tới|mong muốn|tin tưởng"
)
_PRAISES = re.compile(r"ghi nhận|biểu dương|đánh giá cao|chúc mừng|hoan nghênh|đạt được|khen ngợi")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text, and whether it speaks of what is to come.

    kind: opening | results | limits | tasks | speech | awards.
    """

    kind: str
    start: int
    end: int
    is_ahead: bool


class Sections:
    """The sections of a report, in order: one for each sentence, asked by place."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.all = tuple(sections)
        self._starts = [section.start for section in self.all]

    def at(self, place: int) -> Section | None:
        """Return the section of the sentence that holds `place`, a code point of the text as given."""
        index = bisect_right(self._starts, place) - 1
        return self.all[index] if index >= 0 else None


def sections_in(
    matching: Matching, passages: Sequence[tuple[int, int]], timeline: Timeline, *, has_lead: bool = True
) -> Sections:
    """Return the sections of the prose at `passages` (lead and paragraphs, in order), sentence by sentence.

    A section runs on over paragraphs until another is opened: a list of targets may go on without any verb.
    """
    found: list[Section] = []
    kind, ahead = "results", False
    review_ends = timeline.review_ends
    announced: set[str] = set()
    for number, passage in enumerate(passages):
        start, end = matching.place(passage[0]), matching.place(passage[1])
        for left, right in sentences(matching, start, end):
            words = matching.low[left : min(right, left + 1500)]
            opens = _opened(words, ahead)
            opened = timeline.opened_at(left, right)
            if number == 0 and has_lead:
                announced.update(_ANNOUNCED.findall(words))
            if number == 0 and has_lead and not (found and (opens or opened)) and kind == "results":
                # The lead says who met and why; a report in one paragraph goes on with what was done.
                found.append(Section("opening", matching.origin(left), matching.origin(right), False))
                continue
            named = _IN_PERIOD.match(words)
            if opens is None and named and named[1] in announced:
                opens = ("tasks", True)
            if opens is None and opened is not None and opened.first is not None and kind != "speech":
                after = review_ends is not None and opened.first > review_ends
                opens = ("tasks", True) if after else ("results", False)
            if opens is None and kind == "tasks" and _GAVE.match(words):
                opens = ("awards", False)
            if opens is not None:
                kind, ahead = opens
            elif kind == "awards" and not _AWARDED.search(words):
                kind, ahead = "results", False
            elif kind == "speech":
                ahead = _is_ahead(words, ahead)
            if kind == "results" and opened is not None and review_ends is None:
                review_ends = opened.last
            found.append(Section(kind, matching.origin(left), matching.origin(right), ahead))
    return Sections(found)


# A heading of its own, or a point of a list that begins with the giving: no opener stands before it.
_AWARD_POINT = _opener(
    r"(?:công tác )?(?:thi đua,? )?khen thưởng\s*$"
    r"|(?:trao tặng|trao|tặng|khen thưởng|biểu dương|tuyên dương)[^.;]{0,60}\d"
)
# Behind the tasks without a word of the occasion: who gave did so already.
_GAVE = re.compile(
    normalise(r"[^.;:]{0,120}\b(?:đã|vừa) (?:\w+ ){0,3}?(?:khen thưởng|tặng|trao|biểu dương|tuyên dương) [^.;]{0,40}\d")
)


def _opened(words: str, ahead: bool) -> tuple[str, bool] | None:
    """What a sentence opens, and whether that looks ahead; None where it goes on with what was open.

    ahead: whether what was open looks ahead: a point that begins with the giving ends a list of tasks.
    """
    if _LIMITS.match(words):
        return "limits", False
    if ahead and _AWARD_POINT.match(words) and _AWARDED.search(words):
        return "awards", False
    if _AT_CONFERENCE.match(words) and _AWARDED.search(words) and not _SPEAKS.match(words):
        return "awards", False
    if _SPEAKS.match(words):
        return "speech", _is_ahead(words, True)
    if _TASKS.match(words):
        return "tasks", True
    if _SETS_AIMS.search(words[:400]):
        return "tasks", True
    if _AT_CONFERENCE.match(words) or _RESULTS.match(words):
        return "results", False
    return None


def _is_ahead(words: str, before: bool) -> bool:
    """Whether a speaker asks or praises: the last of such words that the sentence holds says it."""
    asks = max((hit.start() for hit in _ASKS.finditer(words)), default=-1)
    praises = max((hit.start() for hit in _PRAISES.finditer(words)), default=-1)
    return before if asks == praises else asks > praises
