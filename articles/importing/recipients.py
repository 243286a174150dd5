"""Who receives an award: collective or individual, and the names, one by one."""

import re
import unicodedata

from committees.figures.normalising import normalise

COLLECTIVE = normalise(
    r"tập thể(?: lao động)?|tổ chức(?: cơ sở)?(?: đảng)?|tccs ?đảng|tccsđ|chi,? đảng bộ|chi bộ|đảng bộ|đảng ủy"
    r"|chi ủy|cấp ủy|đơn vị|cơ quan"
    r"|doanh nghiệp|ủy ban kiểm tra|ubkt|hợp tác xã|htx|hộ(?: gia đình| nông dân| kinh doanh)?|gia đình"
    r"|xã(?: nông thôn mới)?|phường|thị trấn|thôn|ấp|bản|làng|khu dân cư"
    r"|tổ(?: dân vận| hợp tác)?|nhóm|đội|câu lạc bộ|trường|công đoàn(?: cơ sở)?|cđcs|công đoàn viên chức|chi đoàn"
    r"|đoàn cơ sở|chi hội|cơ sở(?: đoàn| hội)?|phòng|ban|sở|ngành"
    r"|địa phương|cụm|khối(?: thi đua)?|huyện|thành phố|quận|công ty|liên đoàn|hội"
)
INDIVIDUAL = normalise(
    r"cá nhân(?: đảng viên| điển hình)?|đảng viên|đồng chí|đ/c|bí thư(?: chi bộ| đảng ủy)?|cấp ủy viên|cán bộ"
    r"|công chức|viên chức|đoàn viên|hội viên|người|quần chúng"
    r"|học sinh|sinh viên|tác giả|thí sinh|chiến sĩ|nông dân|công nhân|doanh nhân|công dân|đại biểu"
    r"|báo cáo viên|tuyên truyền viên|nghệ nhân|giáo viên|thanh niên|lao động|bác sĩ|cụ|ông|bà|cháu|em"
)
NEITHER = normalise(
    r"điển hình(?: tiên tiến)?|(?:tấm )?gương(?: điển hình| người tốt)?|mô hình|tác phẩm|bài (?:dự )?thi"
    r"|bài viết|công trình|sáng kiến|giải pháp|thí điểm"
)
_ADJECTIVE = normalise(r"(?: (?:điển hình|tiêu biểu|xuất sắc|tiên tiến|mới|cơ sở|trực thuộc))?")
NOUN = rf"(?:{COLLECTIVE}|{INDIVIDUAL}|{NEITHER})(?!\w)"
# "12 Đảng ủy, Chi bộ", "25 tập thể và cá nhân": one number before two nouns. A second number ends the chain.
CHAIN = rf"(?:lượt |các )?{NOUN}{_ADJECTIVE}(?:(?:, | và |, các | và các |/){NOUN})*"

_KINDS = tuple((kind, re.compile(rf"\b(?:{words})(?!\w)")) for kind, words in (
    ("collective", COLLECTIVE), ("individual", INDIVIDUAL), ("", NEITHER),
))  # fmt: skip
_LINKS = re.compile(r", các | và các |, | và |(?<!đ)/")  # "đ/c" is one word


def kind_of(words: str) -> str | None:
    """Return collective | individual for the nouns of `words`, None where they are mixed or neither.

    `words` are in the matching form, in small letters.
    """
    if words.startswith("bí thư"):
        return "individual"  # "5 bí thư chi bộ, đảng bộ cơ sở": secretaries of both
    kinds = set()
    for noun in _LINKS.split(words):
        kinds.add(_kind_of_one(noun.strip()))
    return kinds.pop() or None if len(kinds) == 1 else None


def _kind_of_one(noun: str) -> str:
    noun = re.sub(r"^(?:lượt |các |những )", "", noun)
    for kind, words in _KINDS[1:]:
        if words.match(noun):
            return kind
    return "collective" if _KINDS[0][1].match(noun) else ""


# Names are split where a new head noun begins, and only there: "Sở Thông tin và Truyền thông" is one name.
_HEADS = (
    r"(?:(?:Đảng bộ|Chi bộ|Đảng uỷ|Đảng ủy|Chi uỷ|Chi ủy|Chi, Đảng bộ)\b|(?:[Cc]ác )?(?:[Đđ]ồng chí|[Ôô]ng"
    r"|[Bb]à|đ/c|Đ/c) )"
)
_OTHERS = (
    r"(?:Công ty|Trường|Hội|Ban|Phòng|Sở|Tổ|Khối|Trung tâm|Bệnh viện|Chi cục|Cục|Văn phòng|Công đoàn|Đoàn"
    r"|Chi đoàn|Ủy ban|Uỷ ban|UBND|UBMTTQ|"
    r"Liên đoàn|Mặt trận|Huyện đoàn|Tỉnh đoàn|Thành đoàn"
    r"|Xí nghiệp|Nhà máy|Đội|Trạm|Ngân hàng|Kho bạc|Thanh tra|Cơ quan|Xã|xã|phường|Phường|thị trấn|huyện|thôn"
    r"|Thôn|Báo|Viện|Liên minh|Hợp tác xã|HTX|Tập thể|tập thể|Công an|Bộ Chỉ huy|Ban Quản lý|Tổng Công ty)\b"
)
_NAMES = re.compile(rf"(?:{_HEADS}|{_OTHERS})")
_PERSON = r"(?:[A-ZÀ-ÝĐƯƠĂÂÊÔ][^\W\d_]*(?: [A-ZÀ-ÝĐƯƠĂÂÊÔ][^\W\d_]*){1,5})"
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:, (?:và )?| và ){_PERSON})*")
_SPLIT = re.compile(rf"(?:\s*[,;]\s+(?:và )?|\s+và\s+|\s*\n\s*)(?={_HEADS})")
_SPLIT_OTHERS = re.compile(rf"(?:\s*[,;]\s+(?:và )?|\s*\n\s*)(?={_HEADS}|{_OTHERS})|\s+và\s+(?={_HEADS})")
_CALLED = re.compile(r"^(?:(?:[Cc]ác )?(?:[Đđ]ồng chí|[Đđ]/c)|[Cc]ác (?:ông|bà))\s*:?\s*")
_LAST_AND = re.compile(rf"\s+và\s+(?={_OTHERS})")


def is_person(name: str) -> bool:
    """Return whether a name is that of a person, as far as its letters tell."""
    return _PEOPLE.fullmatch(name) is not None and not _NAMES.match(name)


def names_in(words: str, count: int | None = None) -> list[str]:
    """Return the names that `words` (as printed, behind "là", "gồm" or ":") begin with; [] where they name nobody.

    `count` is how many the report says there are: it decides where an "và" may part two names.
    """
    words = " ".join(unicodedata.normalize("NFC", words).split()).strip(" .;:…/-–")
    if not _NAMES.match(words):
        called = _PEOPLE.fullmatch(words)
        return re.split(r", (?:và )?| và ", words) if called else []
    begins = re.match(_HEADS, words)
    pieces = (_SPLIT if begins else _SPLIT_OTHERS).split(words)
    names: list[str] = []
    for piece in pieces:
        bare = _CALLED.sub("", piece).strip(" .;:,…")
        if piece.lower().startswith("các") and _PEOPLE.fullmatch(bare):
            names += re.split(r", (?:và )?| và ", bare)
        elif bare:
            names.append(bare if _CALLED.match(piece) else piece.strip(" .;:,…"))
    parts = len(names) > 1 if count is None else count == len(names) + 1
    if parts and names and (cut := _LAST_AND.search(names[-1])):
        names[-1:] = [names[-1][: cut.start()], names[-1][cut.end() :]]
    return names
