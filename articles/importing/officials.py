"""Who took part in the conference: names, their roles as printed, what they did there.

A name stands before its roles ("đồng chí X, Bí thư Đảng ủy Khối"; "X – Bí thư"; "X (Bí thư)") or behind them ("Bí thư
Đảng ủy Khối X"); a role behind several names is shared by those that have none. Who is in the chair, came, spoke,
concluded or handed over an award is told by the verb of the clause, captions included.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from articles.importing.layout import Layout
from articles.importing.passages import Passage, passages
from articles.importing.provinces import known_province
from articles.importing.report import OfficialSaid, Words
from articles.importing.wording import pattern
from committees.figures.normalising import normalise

ACTS = (
    ("chaired", pattern(r"\b(?:chủ trì|chủ tọa|điều hành)\b")),
    ("attended", pattern(r"\b(?:tham dự|đến dự|về dự|tới dự|cùng dự|dự)\b(?! khuyết)")),
    (
        "spoke",
        pattern(
            r"\b(?:phát biểu|nhấn mạnh|lưu ý|yêu cầu|đề nghị|khẳng định|cho biết|biểu dương|ghi nhận|đánh giá cao"
            r"|quán triệt|chỉ đạo(?! hội)"
            r"|truyền đạt|đề xuất|mong muốn|gợi mở|tham luận|đọc (?:diễn văn|báo cáo))\b"
        ),
    ),
    ("concluded", pattern(r"\bkết luận\b(?! (?:số|\d|của|về tiêu chuẩn|tiêu chuẩn))")),
    ("presented", pattern(r"\b(?:trao(?! đổi)|tặng)\b")),
)
_SURNAMES = (
    "nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|trịnh|trương|lâm|mai|đào|cao|hà|phùng|lương|thái"
    "|châu|tạ|tô|vương|quách|lưu|tăng|tống|kiều|triệu|la|nông|hứa|vi|lò|quàng|cầm|tòng|lường|bạc|giàng|vàng|sùng|thào|mùa|hạng|cứ|lầu|vừ"
    "|ma|chu|khổng|nghiêm|mạc|thân|từ|tôn|ung|giáp|kha|khúc|kim|lã|lục|lại|luyện|mẫn|nhan|ninh|phí|sầm|thạch|danh|thi|tiêu|tưởng|ứng|văn"
    "|viên|yên|bế|bành|bàng|âu|an|chử|cù|diệp|doãn|đàm|đồng|đường|hàn|hầu|hoa|khuất|lộc|lữ|mã|nhâm|nhữ|ngân|ngọ|ôn|phó|quản|thẩm|thiều"
    "|tiết|trà|trang|trình|vòng|xa|điểu|rơ|siu|rmah|nay|ksor|k|y|h|a|sơn|lang|đèo|hoàng|hảng|sìn|phàn|tẩn|lù|bàn|chảo|vầy|lỷ|nình|cung"
)
_WORD = r"[^\W\d_][\w'’]*"
# Behind "đồng chí" any name; elsewhere one that begins with a surname.
_NAME = pattern(
    rf"(?:(?<=đồng chí )|(?<=đ/c )|(?<=ông )|(?<=bà )|(?<=anh )|(?<=chị )|(?<=ts )|(?<=ts\.)|(?<= tá )|(?<=tướng )"
    rf"|(?=(?:{_SURNAMES})[\s.])){_WORD}"
    rf"(?:\.\s?{_WORD}|\s{_WORD}){{1,5}}"
)
_NOBODY = pattern(r"(?:hồ chí minh|lê nin|hồ chủ tịch)$")
_PREFIX = pattern(
    r"\b(?:(?:các )?(?:đồng chí|đ/c|đc)|ông|bà|anh|chị|pgs|gs|ts|ths|bác sĩ|luật sư|nhà báo|đại tá|thượng tá"
    r"|trung tá|thiếu tá|thiếu tướng"
    r"|trung tướng|thượng tướng)(?:\s?[.,:-])*\s(?:(?:tiến sĩ|thạc sĩ|ts|ths|pgs|gs|đại tá|thượng tá"
    r"|trung tá)[.,]?\s)*"
)
_ROLE_HEAD = (
    r"(?:nguyên |quyền |phụ trách )?(?:phó |thường trực |ủy viên |tổng )*(?:bí thư|ủy viên|tỉnh ủy viên"
    r"|thành ủy viên|huyện ủy viên|đảng ủy viên"
    r"|chi ủy viên|trưởng|phó trưởng|chủ nhiệm|thủ trưởng|chánh|phó chánh|chủ tịch|giám đốc|phó giám đốc"
    r"|tổng giám đốc"
    r"|hiệu trưởng|phó hiệu trưởng"
    r"|thường trực|uvtvtu|uvbtvtu|uvbtv|tuv|tvtu|uvt\.ư|uvtw|uv|đại biểu quốc hội|cục trưởng|chi cục trưởng"
    r"|viện trưởng|chỉ huy trưởng|chính ủy"
    r"|tham mưu trưởng|vụ trưởng|tổng biên tập|phó tổng biên tập|thư ký|phó chủ tịch|phó bí thư|phó cục|phó ban"
    r"|trợ lý|báo cáo viên|lãnh đạo)\b"
)
_ROLE = pattern(rf"{_ROLE_HEAD}[^,;:.()\n]*")
_ROLE_END = pattern(
    r"(?:\s(?:-\s)?|-)(?:đồng chủ trì|chủ trì|chủ tọa|tham dự|đến dự|về dự|tới dự|cùng dự|dự\b(?! khuyết)|đã"
    r"|phát biểu"
    r"|kết luận(?! số)|trao|tặng|nhấn mạnh|lưu ý"
    r"|yêu cầu|đề nghị|khẳng định|cho biết|chia sẻ|bày tỏ|thay mặt|báo cáo|trình bày|chúc mừng|ghi nhận|biểu dương"
    r"|cùng\b"
    r"|điều hành|truyền đạt|quán triệt|khai mạc"
    r"|thông qua|đánh giá|chỉ đạo|công bố|tham quan|trao đổi|tiếp tục|đọc|trực tiếp|nêu|khai|thừa"
    r"|tại (?:hội nghị|buổi|lễ|cuộc|phiên|kỳ|đây|điểm)|trong (?:phát biểu|báo cáo)|nêu rõ|nhận định|tin tưởng"
    r"|và (?:các )?(?:đồng chí|ông|bà|lãnh đạo"
    r"|đại diện)|được|vừa)\b"
)
_RECIPIENT = pattern(r"(?:\bcho|\btặng|\bgồm|\blà|\bcho các|\bviếng|\bthăm)\s?:?\s$")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?…])\s+(?=\S)|(?<=[)”\"][.!?…])\s+")
_HEAD_ONLY = 400  # behind the colon of a speech nobody acts any more


@dataclass(slots=True)
class _Person:
    name: str
    words: Words
    roles: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Mention:
    """A person in a sentence: where the name and the roles around it begin and end."""

    name: str
    start: int
    end: int
    name_span: tuple[int, int]
    roles: list[str]


def officials_in(layout: Layout) -> list[OfficialSaid]:
    """Return the people of lead, body and captions in the order in which they are first named."""
    people: dict[str, _Person] = {}
    for passage in passages(layout, "lead", "paragraph", "caption"):
        for start, end in _sentences(passage):
            _read_sentence(passage, start, end, people)
    return [
        OfficialSaid(
            person.name, tuple(person.roles), tuple(name for name, _ in ACTS if name in person.acts), person.words
        )
        for person in people.values()
        if person.roles or person.acts
    ]


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    cuts = [0, *(found.end() for found in _SENTENCE.finditer(passage.text)), len(passage.text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _read_sentence(passage: Passage, start: int, end: int, people: dict[str, _Person]) -> None:
    mentions = _mentions(passage, start, end)
    if not mentions:
        return
    colon = passage.low.find(":", mentions[-1].end, end)
    stop = min(colon if colon >= 0 else end, mentions[-1].end + _HEAD_ONLY)
    acts = _acts(passage.low, start, stop, mentions)
    shared: list[str] = []
    for at in range(len(mentions) - 1, -1, -1):
        mention = mentions[at]
        between = passage.low[mention.end : mentions[at + 1].start] if at + 1 < len(mentions) else ""
        if not mention.roles and shared and re.fullmatch(r"\s?(?:,|và|&)\s(?:đồng chí )?", between):
            mention.roles = list(shared)
        shared = mention.roles
    for mention, done in zip(mentions, acts, strict=True):
        key = normalise(mention.name).casefold()
        person = people.setdefault(key, _Person(mention.name, passage.words(*mention.name_span)))
        for role in mention.roles:
            if not any(f"{known} ".casefold().startswith(f"{role} ".casefold()) for known in person.roles):
                person.roles.append(role)  # "Bí thư Thành ủy" says no more than "Bí thư Thành ủy X" before it
        person.acts += done


def _acts(low: str, start: int, stop: int, mentions: list[_Mention]) -> list[set[str]]:
    """What each did: the verbs of the own clause; who has none does what the next one does ("X; Y chủ trì")."""
    opening = low[start : mentions[0].start]
    attends = bool(re.search(r"\bdự\b", opening))
    chairs = bool(re.match(r"\W*(?:đồng )?chủ trì\b", opening))
    told = {name for name, verb in ACTS if verb.search(opening)} - {"chaired", "presented"}
    found: list[set[str]] = []
    for at, mention in enumerate(mentions):
        until = mentions[at + 1].start if at + 1 < len(mentions) else stop
        clause = low[mention.end : until]
        semicolon = clause.find(";")
        own, behind = (clause[:semicolon], clause[semicolon:]) if semicolon >= 0 else (clause, "")
        done = {name for name, verb in ACTS if verb.search(own)}
        if len(mentions) == 1:
            done |= told
        if chairs:
            done.add("chaired")
        elif attends and not done & {"chaired"}:
            done.add("attended")
        found.append(done)
        attends = attends or bool(re.search(r"\bdự\b", behind))
    for at in range(len(found) - 2, -1, -1):
        if not found[at] and found[at + 1] & {"chaired", "attended"} and ";" not in low[start : mentions[0].start]:
            found[at] = found[at + 1] & {"chaired", "attended"}
    return found


def _mentions(passage: Passage, start: int, end: int) -> list[_Mention]:
    low, text = passage.low, passage.text
    mentions: list[_Mention] = []
    of_all = ""
    place = start
    while (found := _NAME.search(low, place, end)) is not None:
        place = found.end()
        span = _capitals(text, found.start(), found.end())
        if span is None or not _begins(low, span[0]) or _is_place(low, *span):
            place = found.start() + 1
            continue
        since = mentions[-1].end if mentions else start
        if listed := _ROLE_OF_A_LIST.search(low, max(since, span[0] - 120), span[0]):
            of_all = passage.printed(*listed.span("role"))
        elif not mentions or not _AND.fullmatch(low, since, span[0]):
            of_all = ""
        before = _before(low, since, span[0])
        if before is None:
            place = span[1]
            continue
        opening, roles = before
        behind, stop = _behind(passage, span[1], end)
        place = max(span[1], stop)
        if not roles and not behind and opening == span[0] and not _listed(low, start, span[0], mentions):
            continue
        printed = [passage.printed(*role) for role in roles] + behind
        if of_all and not printed:
            printed = [of_all]
        mentions.append(_Mention(passage.printed(*span), opening, place, span, printed))
    return mentions


# "các đồng chí Phó Bí thư Đảng ủy Khối: A, B và C": one role for all of the list.
_ROLE_OF_A_LIST = pattern(rf"\b(?:đồng chí|ông|bà)\s(?P<role>{_ROLE_HEAD}[^,;:.()]*):\s$")
_AND = re.compile(r"\s?(?:,|và|&)\s(?:đồng chí )?")


def _capitals(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words of a name: two to five, each with a capital."""
    if not text[start].isupper():
        return None
    stop = start
    count = 0
    for word in re.finditer(r"[^\s,;:.()]+", text[start:end]):
        if not word[0][0].isupper() or count == 5 or re.match(_NOT_A_NAME, word[0].casefold()):
            break
        stop = start + word.end()
        count += 1
    return (start, stop) if count >= 2 and not _NOBODY.match(text[start:stop].lower()) else None


_NOT_A_NAME = pattern(
    r"(?:bí|phó|ủy|trưởng|chủ|đảng|tỉnh|uv\w*|tuv|giám|chánh|nguyên|khối|ban|hội|sở|ubkt|ubnd"
    r"|hđnd)$"
)


def _begins(low: str, start: int) -> bool:
    """Whether a name may begin here: not inside a word, and not with the province of a role ("Tỉnh ủy Lâm Đồng X")."""
    if start and (low[start - 1].isalnum() or low[start - 1] in "'’"):
        return False
    word_before = low.rfind(" ", 0, max(0, start - 1)) + 1
    return not known_province(low, start) and known_province(low, word_before) <= start


_OF_A_PLACE = pattern(r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|phường|xã|thị trấn)\s$")


def _is_place(low: str, start: int, end: int) -> bool:
    """Whether two capitals are the name of a place: behind "tỉnh" a person has three, or is a guess."""
    return low.count(" ", start, end) == 1 and _OF_A_PLACE.search(low, max(0, start - 12), start) is not None


def _before(low: str, start: int, place: int) -> tuple[int, list[tuple[int, int]]] | None:
    """What stands before a name: where it begins and its role there; None for who receives something."""
    prefixes = [found for found in _PREFIX.finditer(low, max(start, place - 40), place) if found.end() == place]
    opening = prefixes[0].start() if prefixes else place
    window = max(start, opening - 160)
    for head in _HEAD.finditer(low, window, opening):
        between = low[head.start() : opening]
        if len(between.split()) <= 14 and not _ROLE_STOP.search(between) and not _ROLE_END.search(between):
            if _RECIPIENT.search(low, max(start, head.start() - 16), head.start()):
                return None
            known = list(_PREFIX.finditer(low, max(start, head.start() - 24), head.start()))
            first = known[-1].start() if known and known[-1].end() == head.start() else head.start()
            return first, [(head.start(), opening - 1)]
    if _RECIPIENT.search(low, max(start, opening - 16), opening):
        return None
    return opening, []


_HEAD = pattern(rf"\b{_ROLE_HEAD}")
_ROLE_STOP = re.compile(r"[,;:.()“”]")


def _behind(passage: Passage, place: int, end: int) -> tuple[list[str], int]:
    """The roles behind a name, and where they end."""
    low = passage.low
    roles: list[str] = []
    stop = place
    mark = re.compile(r"\s?(?:,|-|\()\s?|\s-\s")
    while (sign := mark.match(low, stop, end)) is not None:
        found = _ROLE.match(low, sign.end(), end)
        if found is None:
            break
        finish = found.end()
        if cut := _ROLE_END.search(low, found.start(), finish + 1):
            finish = cut.start()
        printed = passage.printed(found.start(), finish).strip(" -–")
        roles += [role for role in re.split(r"\s[-–]\s", printed) if role]
        stop = finish
        if "(" in sign[0] and low[stop : stop + 1] == ")":
            stop += 1
        if cut:
            break
    return roles, stop


def _listed(low: str, start: int, place: int, mentions: list[_Mention]) -> bool:
    """Whether a name without a role goes on a list: "các đồng chí: A và B – Phó Bí thư", or stands there bare."""
    if mentions and re.fullmatch(r"\s?(?:,|;|và|&)\s", low[mentions[-1].end : place]):
        return True
    return bool(_OPENS_LIST.search(low, max(start, place - 120), place))


_OPENS_LIST = pattern(rf"\b(?:đồng chí|ông|bà)(?:\s{_ROLE_HEAD}[^,;:.()]*)?\s?:\s$")
