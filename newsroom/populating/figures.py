"""Passages that hold figures and awards: what they count, how they say it, and that it adds up."""

import re
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

from newsroom.vietnamese import number


class Counted(NamedTuple):
    """One thing that is counted: the code, name and unit of its indicator, and the label of its figures."""

    code: str
    name: str
    unit: str
    label: str


INDICATORS = (
    Counted(
        "rating.org.assessed",
        "Tổ chức cơ sở đảng được đánh giá, xếp loại",
        "tổ chức cơ sở đảng",
        "Tổ chức cơ sở đảng được xếp loại",
    ),
    Counted(
        "rating.org.good",
        "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ",
        "tổ chức cơ sở đảng",
        "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ",
    ),
    Counted(
        "rating.org.excellent",
        "Tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ",
        "tổ chức cơ sở đảng",
        "Tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ",
    ),
    Counted(
        "rating.org.done",
        "Tổ chức cơ sở đảng hoàn thành nhiệm vụ",
        "tổ chức cơ sở đảng",
        "Tổ chức cơ sở đảng hoàn thành nhiệm vụ",
    ),
    Counted(
        "rating.org.failed",
        "Tổ chức cơ sở đảng không hoàn thành nhiệm vụ",
        "tổ chức cơ sở đảng",
        "Tổ chức cơ sở đảng không hoàn thành nhiệm vụ",
    ),
    Counted("rating.member.assessed", "Đảng viên được đánh giá, xếp loại", "đảng viên", "Đảng viên được xếp loại"),
    Counted(
        "rating.member.good", "Đảng viên hoàn thành tốt nhiệm vụ", "đảng viên", "Đảng viên hoàn thành tốt nhiệm vụ"
    ),
    Counted(
        "rating.member.excellent",
        "Đảng viên hoàn thành xuất sắc nhiệm vụ",
        "đảng viên",
        "Đảng viên hoàn thành xuất sắc nhiệm vụ",
    ),
    Counted("rating.member.done", "Đảng viên hoàn thành nhiệm vụ", "đảng viên", "Đảng viên hoàn thành nhiệm vụ"),
    Counted(
        "rating.member.failed",
        "Đảng viên không hoàn thành nhiệm vụ",
        "đảng viên",
        "Đảng viên không hoàn thành nhiệm vụ",
    ),
    Counted("member.admitted", "Đảng viên được kết nạp", "đảng viên", "Đảng viên được kết nạp"),
    Counted(
        "member.official", "Đảng viên được công nhận chính thức", "đảng viên", "Đảng viên được công nhận chính thức"
    ),
    Counted("member.transfer_out", "Đảng viên chuyển sinh hoạt đi", "đảng viên", "Đảng viên chuyển sinh hoạt đi"),
    Counted("member.transfer_in", "Đảng viên tiếp nhận về sinh hoạt", "đảng viên", "Đảng viên tiếp nhận về sinh hoạt"),
    Counted(
        "inspection.total",
        "Tổ chức và đảng viên được kiểm tra, giám sát",
        "tổ chức, đảng viên",
        "Tổ chức, đảng viên được kiểm tra, giám sát",
    ),
    Counted("member.disciplined", "Đảng viên bị thi hành kỷ luật", "đảng viên", "Đảng viên bị thi hành kỷ luật"),
    Counted("training.classes", "Lớp tập huấn, bồi dưỡng", "lớp", "Lớp bồi dưỡng đã mở"),
    Counted("training.participants", "Người dự lớp tập huấn, bồi dưỡng", "người", "Người dự các lớp bồi dưỡng"),
    Counted(
        "training.organizations",
        "Tổ chức có người dự lớp tập huấn",
        "chi bộ, đảng bộ",
        "Chi bộ, đảng bộ có người dự lớp",
    ),
    Counted("study.members", "Đảng viên được học tập, quán triệt", "đảng viên", "Đảng viên học tập nghị quyết"),
    Counted("study.masses", "Quần chúng được học tập, quán triệt", "quần chúng", "Quần chúng học tập nghị quyết"),
    Counted("documents.issued", "Văn bản được ban hành, cụ thể hóa", "văn bản", "Văn bản đã ban hành"),
    Counted("tasks.completed", "Nhiệm vụ đã hoàn thành", "nhiệm vụ", "Nhiệm vụ đã hoàn thành"),
    Counted("plan.share", "Chỉ tiêu kế hoạch đã hoàn thành", "chỉ tiêu", "Thu ngân sách so với kế hoạch"),
    Counted(
        "units.task_good",
        "Cơ quan, đơn vị hoàn thành tốt chuyên môn",
        "cơ quan, đơn vị",
        "Đơn vị hoàn thành tốt chuyên môn",
    ),
    Counted("models.registered", "Tập thể, cá nhân đăng ký mô hình", "mô hình", "Mô hình được đăng ký"),
    Counted("households.poor", "Hộ nghèo", "hộ", "Hộ nghèo còn lại"),
)
_PLACE = {counted.code: place for place, counted in enumerate(INDICATORS)}


class Figure(NamedTuple):
    """One figure of a passage: the place of its indicator, what it says, and inside which figure of the passage."""

    indicator: int
    unit: str
    value: int | None = None
    whole: int | None = None
    percent: str | None = None
    places: int | None = None
    plan: str | None = None
    comparator: str = "="
    kind: str = "result"
    inside: int | None = None


class Praise(NamedTuple):
    """One award of a passage."""

    form: str
    recipients: str  # their kind
    amount: int
    unit: str
    described: str
    achievement: str
    level: str = ""


Piece = str | int  # what is said, or the place of the figure (of the award) whose words stand there


class Passage(NamedTuple):
    """Some sentences: their pieces, the words of each figure or award, and a headline for what is the news of it."""

    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    awards: tuple[Praise, ...] = ()
    headline: tuple[str, str, str, int] = ("", "", "", 0)  # before the words, the words, after them, whose they are


@cache
def _pieces(template: str) -> tuple[Piece, ...]:
    """Return `template` cut at its {0}, {1} ..."""
    parts = re.split(r"\{(\d)\}", template)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts) if part)


def _share(part: int, whole: int) -> tuple[str, str]:
    """Return the share as a column holds it and as it is printed: a half is rounded up."""
    hundredths = (20000 * part + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}", f"{hundredths // 100},{hundredths % 100:02d}%"


def _of(code: str, **said: object) -> Figure:
    place = _PLACE[code]
    return Figure(place, INDICATORS[place].unit, **said)  # type: ignore[arg-type]


def _rated(chance: Random, subject: str, whole: int, noun: str, long: str, variants: tuple[str, ...]) -> Passage:
    """Everybody is rated: good (some of them excellent), done and failed make up the whole."""
    failed, done = chance.randint(1, 2 + whole // 200), chance.randint(1, 1 + whole // 12)
    good = whole - failed - done
    best = chance.randint(good // 12, good // 5)
    (good_share, good_said), (best_share, best_said) = _share(good, whole), _share(best, good)
    total = number(whole)
    return Passage(
        _pieces(chance.choice(variants)),
        (
            f"{total}/{total} {long}",
            f"{number(good)}/{total} {noun} ({good_said})",
            f"{number(best)}/{number(good)} {noun} ({best_said})",
            f"{number(done)}/{total} {noun}",
            f"{number(failed)}/{total} {noun}",
        ),
        (
            _of(f"rating.{subject}.assessed", value=whole, whole=whole),
            _of(f"rating.{subject}.good", value=good, whole=whole, percent=good_share, places=2),
            _of(f"rating.{subject}.excellent", value=best, whole=good, percent=best_share, places=2, inside=1),
            _of(f"rating.{subject}.done", value=done, whole=whole),
            _of(f"rating.{subject}.failed", value=failed, whole=whole),
        ),
        headline=("", f"{good_said} {noun}", " hoàn thành tốt nhiệm vụ", 1),
    )


def organisations(chance: Random) -> Passage:
    variants = (
        "Cấp ủy đã đánh giá, xếp loại {0}. Trong số ấy {1} hoàn thành tốt nhiệm vụ, trong đó {2} hoàn thành xuất sắc"
        " nhiệm vụ; {3} hoàn thành nhiệm vụ và {4} không hoàn thành nhiệm vụ.",
        "Việc xếp loại tổ chức làm xong đúng hạn với {0}. Kết quả: {1} hoàn thành tốt nhiệm vụ, trong đó {2} hoàn thành"
        " xuất sắc nhiệm vụ; mức hoàn thành nhiệm vụ có {3}, mức không hoàn thành nhiệm vụ có {4}.",
    )
    return _rated(chance, "org", chance.randint(40, 400), "tổ chức", "tổ chức cơ sở đảng", variants)


def members(chance: Random) -> Passage:
    variants = (
        "Đối với cá nhân, {0} đã qua bước kiểm điểm: {1} hoàn thành tốt nhiệm vụ, trong đó {2} hoàn thành xuất sắc"
        " nhiệm vụ; {3} ở mức hoàn thành nhiệm vụ, {4} không hoàn thành nhiệm vụ.",
        "Qua kiểm điểm cuối kỳ, {0} được xếp loại. Có {1} hoàn thành tốt nhiệm vụ, trong đó {2} hoàn thành xuất sắc"
        " nhiệm vụ; số còn lại gồm {3} hoàn thành nhiệm vụ và {4} không hoàn thành nhiệm vụ.",
    )
    return _rated(chance, "member", chance.randint(800, 9000), "đảng viên", "đảng viên", variants)


def growth(chance: Random) -> Passage:
    new, official, away, here = (
        chance.randint(least, most) for least, most in ((15, 260), (12, 240), (5, 90), (5, 99))
    )
    variants = (
        "Công tác phát triển Đảng được chú trọng: kết nạp {0}, xét công nhận {1}; chuyển sinh hoạt cho {2} và tiếp nhận"
        " {3} về sinh hoạt.",
        "Nhờ làm sớm khâu tạo nguồn, toàn Đảng bộ kết nạp được {0}, công nhận {1}. Cùng thời gian, {2} chuyển đi nơi"
        " khác, {3} chuyển đến.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{new} đảng viên mới", f"{official} đảng viên chính thức", f"{away} đảng viên", f"{here} đảng viên"),
        (
            _of("member.admitted", value=new), _of("member.official", value=official),
            _of("member.transfer_out", value=away), _of("member.transfer_in", value=here),
        ),
        headline=("Kết nạp ", f"{new} đảng viên mới", "", 0),
    )  # fmt: skip


def inspection(chance: Random) -> Passage:
    seen, punished = chance.randint(18, 160), chance.randint(3, 17)
    variants = (
        "Ủy ban kiểm tra các cấp đã kiểm tra, giám sát {0}; qua đó {1} bị thi hành kỷ luật theo quy định.",
        "Trong kỳ, {0} được kiểm tra, giám sát theo chương trình; cấp có thẩm quyền quyết định kỷ luật {1}.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{seen} tổ chức và đảng viên", f"{punished} đảng viên"),
        (_of("inspection.total", value=seen), _of("member.disciplined", value=punished)),
        headline=("Kiểm tra, giám sát ", f"{seen} tổ chức và đảng viên", "", 0),
    )


def training(chance: Random) -> Passage:
    classes, people, bodies = chance.randint(3, 19), chance.randint(120, 1800), chance.randint(20, 95)
    variants = (
        "Cấp ủy mở {0} cho cán bộ cơ sở, thu hút {1} theo học, đến từ {2}.",
        "Đã có {0} được tổ chức, với sự tham gia của {1} thuộc {2}.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{classes} lớp bồi dưỡng", f"{number(people)} người", f"{bodies} chi bộ, đảng bộ"),
        (
            _of("training.classes", value=classes), _of("training.participants", value=people),
            _of("training.organizations", value=bodies),
        ),
        headline=("Mở ", f"{classes} lớp bồi dưỡng", " cho cán bộ cơ sở", 0),
    )  # fmt: skip


def study(chance: Random) -> Passage:
    first, second = (chance.randint(least, 9999) for least in (9000, 8000))
    said = [f"{each // 100},{each % 100:02d}%" for each in (first, second)]
    column = [f"{each // 100}.{each % 100:02d}" for each in (first, second)]
    variants = (
        "Việc học tập nghị quyết đi vào nền nếp, với {0} và {1} tham gia đầy đủ.",
        "Tỷ lệ dự học nghị quyết đạt {0}; ngoài ra {1} được phổ biến những nội dung chính.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{said[0]} đảng viên", f"{said[1]} quần chúng"),
        (
            _of("study.members", percent=column[0], places=2),
            _of("study.masses", percent=column[1], places=2),
        ),
        headline=("", f"{said[0]} đảng viên", " dự học nghị quyết", 0),
    )


def papers(chance: Random) -> Passage:
    issued, tasks = chance.randint(12, 96), chance.randint(8, 40)
    done = chance.randint(tasks // 2, tasks)
    variants = (
        "Ban Thường vụ ban hành {0} để cụ thể hóa nghị quyết; {1} trong chương trình công tác đã làm xong.",
        "Đã có {0} được ban hành. Đối chiếu với chương trình đầu kỳ, {1} hoàn thành đúng hẹn.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{issued} văn bản", f"{done}/{tasks} nhiệm vụ"),
        (_of("documents.issued", value=issued), _of("tasks.completed", value=done, whole=tasks)),
        headline=("Hoàn thành ", f"{done}/{tasks} nhiệm vụ", " trong kỳ", 1),
    )


def economy(chance: Random) -> Passage:
    plan, poor, models = chance.randint(412, 1388), chance.randint(40, 900), chance.randint(15, 120)
    variants = (
        "Về kinh tế, thu ngân sách đạt {0}; toàn địa bàn còn {1}; các đoàn thể đăng ký {2}.",
        "Thu ngân sách trong kỳ đạt {0}. Số hộ nghèo giảm còn {1}, trong khi {2} được đăng ký xây dựng.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{plan // 10},{plan % 10}% kế hoạch", f"{poor} hộ nghèo", f"{models} mô hình"),
        (
            _of("plan.share", plan=f"{plan // 10}.{plan % 10}"),
            _of("households.poor", value=poor),
            _of("models.registered", value=models),
        ),
        headline=("Thu ngân sách đạt ", f"{plan // 10},{plan % 10}% kế hoạch", "", 0),
    )


def targets(chance: Random) -> Passage:
    new, good, units = chance.randrange(20, 300, 5), chance.choice((80, 85, 90, 95)), chance.choice((85, 90, 95, 98))
    variants = (
        "Phương hướng đặt ra cho kỳ tới là kết nạp {0}, có {1} hoàn thành tốt nhiệm vụ và {2} hoàn thành tốt nhiệm vụ"
        " chuyên môn.",
        "Cấp ủy phấn đấu kết nạp {0}; giữ {1} xếp loại hoàn thành tốt nhiệm vụ trở lên; {2} làm tốt chuyên môn.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"từ {new} đảng viên trở lên", f"trên {good}% tổ chức cơ sở đảng", f"{units}% đơn vị trở lên"),
        (
            _of("member.admitted", value=new, kind="target", comparator=">="),
            _of("rating.org.good", percent=str(good), places=0, kind="target", comparator=">"),
            _of("units.task_good", percent=str(units), places=0, kind="target", comparator=">="),
        ),
        headline=("Phấn đấu kết nạp ", f"từ {new} đảng viên trở lên", "", 0),
    )


def praise(chance: Random) -> Passage:
    bodies, people, elders = chance.randint(4, 30), chance.randint(5, 45), chance.randint(2, 24)
    years = chance.choice((30, 40, 45, 50, 55, 60))
    done = chance.choice(("hoàn thành xuất sắc nhiệm vụ", "đi đầu trong phong trào thi đua", "làm theo gương Bác"))
    variants = (
        "Dịp này, cấp ủy tặng giấy khen cho {0} và {1} có thành tích " + done + "; trao huy hiệu cho {2}.",
        "Hội nghị biểu dương thành tích " + done + ": giấy khen được trao cho {0}, {1}; nhận huy hiệu có {2}.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{bodies} tập thể", f"{people} cá nhân", f"{elders} đảng viên {years} năm tuổi Đảng"),
        awards=(
            Praise("commendation", "collective", bodies, "tập thể", "các chi bộ trực thuộc", done),
            Praise("commendation", "individual", people, "cá nhân", "đảng viên trong Đảng bộ", done),
            Praise("badge", "individual", elders, "đảng viên", "đảng viên cao tuổi", "", f"{years} năm"),
        ),
    )


def banners(chance: Random) -> Passage:
    flags, merits = chance.randint(1, 4), chance.randint(2, 15)
    done = chance.choice(("dẫn đầu phong trào thi đua", "trong sạch, vững mạnh nhiều năm", "làm tốt công tác dân vận"))
    variants = (
        "Cấp trên trao cờ thi đua cho {0} và bằng khen cho {1} vì thành tích " + done + ".",
        "Vì thành tích " + done + ", {0} được nhận cờ thi đua, {1} được tặng bằng khen.",
    )
    return Passage(
        _pieces(chance.choice(variants)),
        (f"{flags} tập thể", f"{merits} cá nhân"),
        awards=(
            Praise("flag", "collective", flags, "tập thể", "các tập thể tiêu biểu", done),
            Praise("certificate", "individual", merits, "cá nhân", "cán bộ, đảng viên", done),
        ),
    )


class Sort(NamedTuple):
    """A sort of report: its passages, of which the first makes the headline, and whether a conference was held."""

    passages: tuple[Callable[[Random], Passage], ...]
    figures: int
    awards: int
    has_conference: bool


# Articles are of these sorts in turn, so that it is known how many rows any number of them has.
SORTS = (
    Sort((growth, organisations, members, praise), 14, 3, True),
    Sort((organisations, inspection, targets, papers), 12, 0, True),
    Sort((economy, growth, training, study, targets), 15, 0, True),
    Sort((members, organisations, inspection, banners), 12, 2, True),
    Sort((training, study, papers, inspection, growth), 13, 0, False),
    Sort((papers, economy, organisations, targets), 13, 0, True),
    Sort((study, members, growth, praise), 11, 3, True),
    Sort((economy, papers, training, inspection, growth), 14, 0, False),
    Sort((inspection, organisations, members, targets), 15, 0, True),
    Sort((growth, targets, papers, study, banners), 11, 2, True),
)
