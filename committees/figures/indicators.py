"""What a figure counts: from the words around it to the code of an indicator.

A code says what is counted and never whether it is a result or a target. Where the words fit no indicator the
code stays empty: a person chooses, and nothing is filed under a neighbour.
"""

import re
from dataclasses import dataclass, replace

from . import nouns
from .indicator_words import RULES
from .normalising import key, styled


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the list: its code, what readers call it, and the unit it is counted in."""

    code: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Context:
    """The words around one figure, nearest first.

    before, after: from the figure before it, up to the one behind it, inside its clause.
    opening: the whole sentence before it (a verb governs a list: "kiểm tra 5 tổ chức và 12 đảng viên").
    parent, previous: the code of the figure that it is inside of (“trong đó”), and of the one told before it.
    closing: the rest of its clause, other figures included ("100% đảng viên và 90% quần chúng được học tập").
    """

    before: str
    unit: str
    after: str
    opening: str = ""
    closing: str = ""
    is_percent: bool = False
    rating: str = ""
    rating_scale: str = ""
    parent: str = ""
    previous: str = ""


_LIST = """
member.admitted | Đảng viên được kết nạp | đảng viên
member.admitted.female | Đảng viên nữ được kết nạp | đảng viên
member.admitted.minority | Đảng viên là người dân tộc thiểu số được kết nạp | đảng viên
member.admitted.religious | Đảng viên theo tôn giáo được kết nạp | đảng viên
member.admitted.enterprise | Đảng viên trong doanh nghiệp được kết nạp | đảng viên
member.admitted_rate | Tỷ lệ kết nạp đảng viên | %
member.official | Đảng viên được công nhận chính thức | đảng viên
member.transfer_out | Đảng viên chuyển sinh hoạt đi | đảng viên
member.transfer_in | Đảng viên tiếp nhận về sinh hoạt | đảng viên
member.transfer | Đảng viên chuyển sinh hoạt | đảng viên
member.political_clearance | Trường hợp kết luận tiêu chuẩn chính trị | trường hợp
member.disciplined | Đảng viên bị thi hành kỷ luật | đảng viên
org.disciplined | Tổ chức đảng bị thi hành kỷ luật | tổ chức đảng
member.removed | Đảng viên bị xóa tên | đảng viên
member.expelled_admin | Đảng viên được đưa ra khỏi Đảng | đảng viên
member.total | Tổng số đảng viên | đảng viên
member.card_issued | Đảng viên được phát thẻ | đảng viên
member.population_share | Tỷ lệ đảng viên so với dân số | %
inspection.org | Tổ chức đảng được kiểm tra | tổ chức đảng
inspection.member | Đảng viên được kiểm tra | đảng viên
inspection.total | Tổ chức và đảng viên được kiểm tra, giám sát | tổ chức, đảng viên
inspection.violation_org | Tổ chức đảng được kiểm tra khi có dấu hiệu vi phạm | tổ chức đảng
inspection.violation_member | Đảng viên được kiểm tra khi có dấu hiệu vi phạm | đảng viên
inspection.finance | Tổ chức đảng được kiểm tra tài chính đảng | tổ chức đảng
supervision.org | Tổ chức đảng được giám sát | tổ chức đảng
supervision.member | Đảng viên được giám sát | đảng viên
complaints.resolved | Đơn thư được giải quyết | đơn thư
org.total | Tổng số tổ chức cơ sở đảng | tổ chức cơ sở đảng
org.established | Tổ chức đảng được thành lập | tổ chức đảng
org.committee_strengthened | Tổ chức cơ sở đảng được kiện toàn cấp ủy | tổ chức cơ sở đảng
org.congress_held | Tổ chức cơ sở đảng đã đại hội | tổ chức cơ sở đảng
org.theme_adopted | Tổ chức cơ sở đảng xây dựng chủ đề năm | tổ chức cơ sở đảng
org.self_review | Tập thể, cá nhân đã kiểm điểm | tập thể, cá nhân
rating.committee_self | Mức xếp loại của Đảng bộ |
study.members | Đảng viên được học tập, quán triệt | đảng viên
study.masses | Quần chúng được học tập, quán triệt | quần chúng
study.cadres | Cán bộ được học tập, quán triệt | cán bộ
study.orgs | Tổ chức đảng tổ chức học tập, quán triệt | tổ chức đảng
training.classes | Lớp tập huấn, bồi dưỡng | lớp
training.participants | Người dự lớp tập huấn, bồi dưỡng | người
training.organizations | Tổ chức có người dự lớp tập huấn | chi bộ, đảng bộ
training.candidates | Quần chúng học lớp nhận thức về Đảng | người
training.new_members | Đảng viên mới được bồi dưỡng | đảng viên
documents.issued | Văn bản được ban hành, cụ thể hóa | văn bản
tasks.completed | Nhiệm vụ đã hoàn thành | nhiệm vụ
plan.share | Chỉ tiêu kế hoạch đã hoàn thành | chỉ tiêu
units.task_good | Cơ quan, đơn vị hoàn thành tốt chuyên môn | cơ quan, đơn vị
enterprise_org.effective | Tổ chức đảng doanh nghiệp lãnh đạo hiệu quả | tổ chức cơ sở đảng
models.registered | Tập thể, cá nhân đăng ký “Dân vận khéo” | tập thể, cá nhân
conference.attendees | Đại biểu dự hội nghị | đại biểu
"""
_RATED = {  # population: what readers call it, its unit
    "committee": ("Tập thể cấp ủy cơ sở", "tập thể"),
    "org": ("Tổ chức cơ sở đảng", "tổ chức cơ sở đảng"),
    "cell": ("Chi bộ trực thuộc", "chi bộ"),
    "member": ("Đảng viên", "đảng viên"),
}
_RATINGS = {
    "assessed": "được đánh giá, xếp loại",
    "not_assessed": "không được đánh giá, xếp loại",
    "excellent": "hoàn thành xuất sắc nhiệm vụ",
    "good": "hoàn thành tốt nhiệm vụ",
    "done": "hoàn thành nhiệm vụ",
    "failed": "không hoàn thành nhiệm vụ",
}
# The scale until 2017: other words, so other codes.
_OLD_RATINGS = {  # of bodies, of members
    "exemplary": ("trong sạch, vững mạnh tiêu biểu", ""),
    "strong": ("trong sạch, vững mạnh", ""),
    "excellent": ("", "đủ tư cách, hoàn thành xuất sắc nhiệm vụ"),
    "good": ("hoàn thành tốt nhiệm vụ", "đủ tư cách, hoàn thành tốt nhiệm vụ"),
    "qualified": ("", "đủ tư cách, hoàn thành nhiệm vụ"),
    "done": ("hoàn thành nhiệm vụ", ""),
    "weak": ("yếu kém", ""),
    "violating": ("", "vi phạm tư cách"),
    "assessed": ("được đánh giá, xếp loại", "được đánh giá, xếp loại"),
}


def _all() -> dict[str, Indicator]:
    listed = [Indicator(*(part.strip() for part in line.split("|"))) for line in _LIST.strip().splitlines()]
    for population, (name, unit) in _RATED.items():
        for level, words in _RATINGS.items():
            listed.append(Indicator(f"rating.{population}.{level}", f"{name} {words}", unit))
        for level, of_kind in _OLD_RATINGS.items():
            if words := of_kind[population == "member"]:
                listed.append(Indicator(f"rating_old.{population}.{level}", f"{name} {words}", unit))
    return {indicator.code: indicator for indicator in listed}


INDICATORS = _all()


_LINKS = re.compile(
    styled(r"(?:[\s,(]|và|với|cùng|cho|của|có|trong đó|gồm|là|đối với|trên|hơn|khoảng|gần|từ|tại|thêm|được|các|lượt)*")
)
_LINKING = 6  # words that may stand between two numbers of one list: "và", "nghiệp vụ công tác dân vận cho"


def code_of(context: Context) -> str:
    """Return the code of what a figure counts, "" where its words fit none of the list.

    The words are read in the matching form: what case and tone style they are given in makes no difference.
    """
    words = replace(
        context,
        before=key(context.before),
        unit=key(context.unit),
        after=key(context.after),
        opening=key(context.opening),
        closing=key(context.closing),
    )
    if words.rating or _ASSESSED.search(f" {words.before} # {words.after} "):
        code = _rating(words)
        if code:
            return code
    return code if _fits(code := _told(words), words.unit) else ""


# Who is no member and no body of the Party, whatever verb stands before: "tiếp nhận 5 triệu lượt khách".
_STRANGE = re.compile(
    styled(
        r"(?:các |những |số |lượt )*(?:du khách|khách|hộ|gia đình|khẩu|nhân khẩu|em|cháu|con|bệnh nhân|ca|nạn nhân"
        r"|cử tri|người (?:dân(?! tộc)|bệnh|nghèo|lao động|thụ hưởng)|lao động|bà mẹ|mẹ|thương binh|suất)(?!\w)"
    )
)
_OF_THE_PARTY = re.compile(r"member\.|org\.|inspection\.|supervision\.")
_CASES = frozenset(map(key, ("thẻ", "thẻ đảng viên", "hồ sơ", "cuộc", "cuộc kiểm tra", "cuộc giám sát", "vụ việc")))


def _fits(code: str, unit: str) -> bool:
    """Whether what is printed behind the number can be what the code counts: a measure of things is none of them."""
    head = nouns.head(unit)
    if head in nouns.MEASURES or not _OF_THE_PARTY.match(code):
        return head not in nouns.MEASURES
    if _STRANGE.match(unit) or (head in nouns.THINGS and head not in nouns.BODIES | _CASES):
        return False
    return not (code.startswith("member.") and head in nouns.BODIES - nouns.PEOPLE)


def _told(words: Context) -> str:
    unit = words.unit or words.after
    code = _governed(words.before, unit, words.after) or _governed("", unit, words.closing)
    if not code and len(words.before.split()) <= _LINKING:
        code = _governed(words.opening, unit, "")
        if not _LINKS.fullmatch(words.before) and not code.startswith("training."):
            code = ""
    if not code and not words.unit and "tổng số đảng viên" in words.before[-80:]:
        code = "member.total"
    if not code and not words.unit and "tỷ lệ " in words.before:
        code = _shared(words.before.rpartition("tỷ lệ ")[2])
    if code == "tasks.completed" and words.is_percent and words.unit.startswith(("chỉ tiêu", "kế hoạch")):
        code = "plan.share"
    if not code and not words.parent.startswith("rating"):
        code = "" if words.after.startswith("được ") else words.parent
    if code == "member.admitted" or words.parent == "member.admitted":
        inside = f"{words.before[-60:]} # {words.unit} {words.after}"
        return next((f"member.admitted.{name}" for name, said in _INSIDE if said.search(inside)), code)
    return code


_INSIDE = tuple(
    (name, re.compile(said))
    for name, said in (
        ("female", r"\bnữ\b"),
        ("minority", r"dân tộc thiểu số|người dân tộc|dtts"),
        ("religious", r"tôn giáo|có đạo|theo đạo|giáo dân|công giáo|phật giáo"),
        ("enterprise", r"doanh nghiệp (?:ngoài|tư nhân|ngoài khu vực)|trong (?:các )?doanh nghiệp"),
    )
)
_ASSESSED = re.compile(
    styled(
        r"# [^,;.]{0,70}\b(?:được|đã|tham gia|thực hiện)\b[^;.]{0,70}(?:đánh giá|xếp loại|phân loại)"
        r"|# [^,;.]{0,60}(?:(?:không|chưa) (?:được |tham gia )?|miễn )(?:đánh giá|xếp loại)"
        r"|(?:đánh giá|xếp loại|phân loại)(?: chất lượng)?(?: được| cho| đối với)? #"
    )
)
_NOT_ASSESSED = re.compile(
    r"(?:không|chưa|miễn)(?: được| thực hiện| tham gia| đủ điều kiện)?(?: \w+){0,3} (?:đánh giá|xếp loại|phân loại)"
)
_POPULATIONS = tuple(
    (population, re.compile(styled(words)))
    for population, words in (
        ("member", r"đảng viên|đồng chí|đ/c"),
        ("committee", r"tập thể|cấp ủy(?! viên)|ban chấp hành|ban thường vụ"),
        ("org", r"tổ chức|tccs|chi,? đảng bộ|(?:chi bộ|đảng bộ)(?:,| và|/)|đảng bộ|chi bộ cơ sở|đảng ủy|cơ sở|đơn vị"),
        ("cell", r"chi bộ"),
    )
)


_OLD_LEVELS = ({"excellent": "strong", "failed": "weak"}, {"done": "qualified", "failed": "violating"})


def population(words: str) -> str:
    """Return whom words speak of as rated: committee | org | cell | member; "" where none of them is named."""
    low = key(words)
    return next((name for name, pattern in _POPULATIONS if pattern.search(low)), "")


def _rating(words: Context) -> str:
    of_whom = population(words.unit) or population(words.after[:40])
    for told in (words.parent, population(words.before[-80:]), words.previous, population(words.opening[-160:])):
        of_whom = of_whom or (told.split(".")[1] if told.startswith("rating") else "" if "." in told else told)
    if re.match(r"(?:các )?(?:cơ quan|đơn vị)", words.unit) and re.search("chuyên môn|chính trị", words.after):
        return "units.task_good"
    if not of_whom:
        return ""
    old = words.rating_scale == "old" or f"rating_old.{of_whom}." in f"{words.parent} {words.previous}"
    if words.rating and old:
        level = _OLD_LEVELS[of_whom == "member"].get(words.rating, words.rating)
        if level == "strong" and "tiêu biểu" in words.after[:60]:
            level = "exemplary"
        return f"rating_old.{of_whom}.{level}"
    if words.rating:
        return f"rating.{of_whom}.{words.rating}"
    said = "not_assessed" if _NOT_ASSESSED.search(f"{words.before[-40:]} # {words.after}") else "assessed"
    return f"rating.{of_whom}.{said}"


def _shared(words: str) -> str:
    """The rule that the words of "tỷ lệ đảng viên được học tập nghị quyết đạt" fit: whom the share is of, and what."""
    for rule in RULES:
        noun = rule.unit.match(words)
        if noun and noun.end() and rule.after is not None and rule.after.match(words, noun.end()):
            return rule.code
    return ""


def _governed(before: str, unit: str, after: str) -> str:
    """The rule whose verb stands nearest before the figure; else the first whose words follow it."""
    nearest, best = -1, ""
    for rule in RULES:
        if not rule.unit.match(unit):
            continue
        if rule.before is None and rule.after is None:
            return best or rule.code
        if rule.after is not None and after and rule.after.match(after):
            return best or rule.code
        if rule.before is not None and before:
            place = max((found.end() for found in rule.before.finditer(before)), default=-1)
            if place > nearest:
                nearest, best = place, rule.code
    return best
