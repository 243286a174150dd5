"""What a single line of a raw report shows by itself, wherever it stands.

Source of the patterns: the furniture, stamps, bylines and captions of the pages of Vietnamese newspapers and Party
committees. Every pattern is asked of a line in its `plain` form. Nothing here knows the lines around it.
"""

import re

from newsroom.vietnamese import fold, normalise

# "uỷ" and "ủy", "hoá" and "hóa" are one spelling: the tone stands on the first vowel or on the second ("quý" has one).
_SECOND = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_FIRST = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_ONE_STYLE = dict(zip(_SECOND, _FIRST, strict=True))
_TONES = re.compile(rf"(?<!q)({'|'.join(_SECOND)})(?!\w)")


def plain(line: str) -> str:
    """Return `line` as patterns are asked of it: composed, ordinary single spaces, one style of tone marks, no case."""
    bare = " ".join(normalise(line).split()).casefold()
    return _TONES.sub(lambda found: _ONE_STYLE[found[0]], bare)


# -- stamps: lines (or pieces of lines) of weekday, day and clock, and nothing else

WEEKDAY = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
DAY = r"\b\d{1,2}\s?(?:[/.-]|tháng)\s?\d{1,2}\s?(?:[/.-]|,?\s?năm)\s?\d{4}\b"
CLOCK = r"\b\d{1,2}\s?(?:[:hg]|giờ)\s?\d{2}(?:\s?(?::|phút)\s?\d{2})?(?:\s?phút)?(?:\s?[ap]m\b)?"
_ZONE = r"\(?\s*(?:gmt|utc)\s*[+-]?\s*\d*(?::?00)?\s*\)?"
_UPDATED = r"(?:(?:được\s)?cập nhật(?:\s(?:lần cuối|lúc|ngày|vào|mới nhất))*)"
_POSTED = r"(?:(?:ngày|giờ|thời gian)?\s?(?:đăng(?:\s(?:tải|bài|tin|lúc|ngày|vào))*|xuất bản)(?:\s(?:lúc|ngày))?)"
_STAMP_PARTS = re.compile(rf"{_UPDATED}|{_POSTED}|{WEEKDAY}|{DAY}|{CLOCK}|{_ZONE}|\bngày\b|\blúc\b|[\s,|:;()\-–—.•]")
_STARTS_UPDATED = re.compile(rf"\W*{_UPDATED}\b")
_STARTS_POSTED = re.compile(rf"\W*{_POSTED}\b")

# A stamp that stands in one line with the title, before or behind it.
STAMP_INSIDE = re.compile(
    rf"(?:{_UPDATED}|{_POSTED})\s*:?\s*(?:{CLOCK}\W+)?(?:{WEEKDAY}\W+)?(?:ngày\s)?{DAY}"
    rf"(?:\s*[|,–-]?\s*{CLOCK})?(?:\s*{_ZONE})?",
    re.IGNORECASE,
)


def stamp(line: str) -> str | None:
    """Return updated | published | page_date where the plain `line` is a stamp, else None.

    "Cập nhật" says updated; a bare day with a clock, or a word for posting, says published; a weekday and a day alone
    are the day on which the page was opened, never that of the report.
    """
    if len(line) > 140 or not re.search(DAY, line):
        return None
    rest = _STAMP_PARTS.sub("", line)
    if _STARTS_UPDATED.match(line) and len(rest) < 50:
        return "updated"
    if _STARTS_POSTED.match(line) and len(rest) < 50:
        return "published"
    if rest and not re.fullmatch(r"(?:lượtxem|đãxem|xem)?\d*(?:lượtxem)?", rest):
        return None
    if re.search(CLOCK, line):
        return "published"
    return "page_date" if re.search(WEEKDAY, line) else "published"


# -- furniture

# Without marks, as `fold` gives them: buttons, menus, headings of columns.
_BUTTONS = """
    0 0 | a a | a- a a+ | aa | bai viet | ban doc | ban in | banner | chia se | chia se bai viet | chia se bai viet
    nay | chia se facebook | chia se zalo | chinh tri | chuyen muc | click de danh gia bai viet | co cau to chuc |
    co chu | copy link | dang ky | dang nhap | danh gia | danh muc | doc bai | doc nhieu | doc nhieu nhat | doc them
    | doi song | email | english | facebook | giao duc | gioi thieu | google | google+ | gui bai viet | gui cho ban
    be | gui email | hinh anh | hoi dap | home | in bai | in bai viet | in trang | in trang nay | infographic | kinh
    te | len dau trang | lich cong tac | lien he | lien ket | lien ket web | lien ket website | like | linkedin |
    longform | luu bai | luu bai viet | media | menu | mot so hinh anh | multimedia | next | nghe | nghe bai viet |
    nghe doc bai | noi bat | phap luat | pinterest | prev | previous | print | quang cao | quay lai | quay lai trang
    truoc | quoc te | rss | sao chep lien ket | sau | share | skip to content | skip to main content | so do site |
    so do trang | su kien | tag | tags | tat ca | thanh vien | the gioi | the thao | theo doi | thoi su | thong bao
    | thu dien tu | thu vien | thu vien anh | thu vien video | tieng viet | tiep theo | tim kiem | tin anh | tin doc
    nhieu | tin moi | tin moi nhat | tin noi bat | tin nong | tin tuc | tin tuc - su kien | tin tuc su kien | tin
    xem nhieu | toggle navigation | trang chu | tro ve | tro ve trang truoc | truoc | tu khoa | tweet | twitter |
    van ban | van ban chi dao | van ban moi | van hoa | ve dau trang | ve trang truoc | xa hoi | xem nhieu | xem
    nhieu nhat | xem them | xep hang | youtube | zalo
"""
_FURNITURE = frozenset(" ".join(words.split()) for words in _BUTTONS.split("|"))
_FURNITURE_STARTS = re.compile(
    r"you are currently viewing\b|skip to\b|[<«‹←]+ ?\w|toggle\b|breadcrumb"
    r"|(?:trang chủ|home)\s?[>»›/|\\]|bạn đang (?:xem|ở)|tags?\s?:|từ khóa\s?:|chuyên mục\s?:|danh mục\s?:"
    r"|người đăng\s?:|đăng bởi\s?:|biên tập\s?:|cỡ chữ|tổng số điểm|click để|xếp hạng|đánh giá\s?:|in trang|font size"
    r"|©|copyright\b|bản quyền\b|cơ quan chủ quản|đơn vị chủ quản|chịu trách nhiệm|giấy phép (?:số|xuất bản"
    r"|thiết lập)"
    r"|địa chỉ\s?:|điện thoại\s?:|đt\s?:|tel\s?:|fax\s?:|email\s?:|hotline\b|website\s?:|ghi rõ nguồn"
    r"|thiết kế (?:bởi|và)"
    r"|phát triển bởi|powered by|vui lòng (?:ghi rõ|đăng nhập|nhập)|một số hình ảnh\b.{0,60}$|mã bảo mật"
    r"|họ (?:và )?tên\s?[:*]"
)
_WIDGET = re.compile(
    r"[•·*+-]*\s*(?:thống kê (?:truy cập|lượt)|(?:số (?:người|khách) )?(?:đang )?(?:online|trực tuyến|truy cập)|khách"
    r"|hôm nay|hôm qua|(?:trong )?tuần(?: này| trước| qua)?|(?:trong )?tháng(?: này| trước| qua)?|(?:trong )?năm nay"
    r"|tất cả|tổng (?:số |cộng|lượt )?(?:lượt )?(?:truy cập)?|lượt truy cập|tổng)\s*(?:[:(]\s*)?[\d., ]*\)?$"
)
_RELATED = re.compile(
    r"\W*(?:(?:các|những)? ?(?:tin|bài)(?: tức)?(?:, ?| và )?(?:bài)?(?: viết| đăng)? ?"
    r"(?:khác|liên quan|cùng (?:chuyên )?mục|cùng loại|đã đưa|đã đăng|cũ hơn|mới hơn|mới nhất|tiếp theo|trước đó)"
    r"|có thể bạn quan tâm|bạn cần biết|xem tiếp|văn bản mới|thống kê truy cập|related posts?|tin nổi bật khác"
    r"|bài viết mới"
    r"|bài viết (?:cũ|mới) hơn|những tin (?:mới|cũ) hơn)\W*\d*\W*"
)
_COMMENTS = re.compile(
    r"\W*(?:bình luận|(?:viết|gửi|thêm|để lại|xem)(?: một)?(?: lời)? (?:bình luận|phản hồi|ý kiến)"
    r"|ý kiến(?: bạn đọc| bình luận"
    r"| phản hồi)?|phản hồi|\d+ bình luận|bình luận bài viết|leave a (?:comment|reply)|add new comment"
    r"|(?:post a )?comments?"
    r"|trả lời hủy)(?: mới| của bạn| của quý vị| bài viết| tại đây)?\W*\d*\W*"
)
_VIDEO = re.compile(
    r"\W*(?:(?:mời )?(?:quý vị và các bạn |bạn đọc )?(?:xem )?(?:video|clip)(?: clip| phóng sự| minh họa)?"
    r"|phóng sự)\s?:\W*"
)
_BARE_VIDEO = re.compile(r"(?:xem )?video clip|video phóng sự")
_VIEWS = re.compile(
    r"\W*(?:(?:số )?(?:lượt|lần) (?:xem|đọc)|đã xem|đã đọc|lượt truy cập bài viết|views?"
    r"|xem)\s?:?\s?\(?(\d[\d., ]*)\)?(?: lượt| lần)?\W*"
    r"|\W*(\d[\d., ]*)\s?(?:lượt (?:xem|đọc|truy cập)|lần (?:xem|đọc)|views?|người (?:xem|đọc))\W*"
)
_BARE_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})*|\d+")


def view_count(line: str) -> int | None:
    """Return the number of a plain `line` that says how often the page was read ("Lượt xem: 2.120"), else None."""
    found = _VIEWS.fullmatch(line)
    return as_count(found[1] or found[2]) if found else None


def as_count(digits: str) -> int | None:
    """Return the integer that a counter shows in any grouping ("2,120", "1 410"), or None if it shows none."""
    bare = re.sub(r"[., ]", "", digits)
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else None


def is_bare_number(line: str) -> bool:
    """Whether a plain line is one number, however grouped."""
    return bool(_BARE_NUMBER.fullmatch(line))


# -- source and byline

SOURCE = re.compile(
    r"[(\[]?\s*(?P<label>(?:trích |dẫn )?nguồn(?: tin| bài)?(?: (?!ảnh)[^\s:]+){0,4}|theo"
    r"|link(?: [^\s:]+){0,3}|xem bài gốc)\s*:\s*(?P<value>.*?)"
    r"\s*[)\]]?\W*",
    re.IGNORECASE,
)
# Without a colon only a paper, a station or a host is a source: "Theo báo cáo tại hội nghị" is an informant.
SOURCE_BARE = re.compile(
    r"[(\[]?\s*(?P<label>theo|nguồn)\s+(?P<value>(?:https?://\S+|(?:[\w-]+\.)+(?:vn|com|org|net)\S*"
    r"|(?:báo|tạp chí|đài|cổng|ttxvn|vov|vtv|vietnam|website|trang|nhân dân)\b[^.]{0,60}))\s*[)\]]?\W*",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:vn|com|org|net|info)\b(?:/\S*)?", re.IGNORECASE
)

_WORK = r"(?:tin(?: bài| tức)?|bài(?: viết)?|ảnh|hình(?: ảnh)?|video|clip|text|photo)"
BYLINE = re.compile(
    rf"[\s*(\[–—-]*(?P<label>{_WORK}(?:\s*(?:,|;|và|&|-|/|\+|–)\s*{_WORK})*|t/h|th|thực hiện|tác giả(?: bài viết)?"
    r"|người (?:viết|thực hiện|đưa tin)|nhóm (?:pv|phóng viên)|ctv|pv|cộng tác viên|phóng viên|đưa tin|tổng hợp"
    r"|bài ảnh|tin ảnh)"
    r"\s*[:：]\s*(?P<names>.*?)[\s|]*",
    re.IGNORECASE,
)
# At the end of a paragraph, behind its stop: "... năm 2021./. Tin, ảnh: N.N".
BYLINE_BEHIND = re.compile(
    rf"(?<=[.…!?”\"/])\s*(?:{_WORK}\s*(?:,|và|&|-|/)\s*{_WORK}|T/h|Tin|Bài)\s*:\s*\S[^.:\n]{{1,80}}\.?\s*$",
    re.IGNORECASE,
)
PHOTO_CREDIT = re.compile(
    r"[\s(\[*–—-]*(?:nguồn ảnh|ảnh|hình|photo)(?: minh họa| tư liệu)?\s*:\s*[^:]{1,60}", re.IGNORECASE
)

# What looks like a name in capitals and is a heading of the page.
_NO_NAME = re.compile(
    r"(?:tin|bài|văn bản|thông (?:báo|tin|cáo)|thống kê|liên (?:kết|hệ)|quảng cáo|thư viện|danh mục|chuyên|trang"
    r"|bình luận|ý kiến|lịch"
    r"|hội|video|ảnh|hình|xem|đọc|chia|mới|từ khóa|giới thiệu|sơ đồ|đăng|các|sự kiện|kết quả|nhiệm|một|về|tại|nghị"
    r"|quyết|công|chỉ|năm"
    r"|đảng|chi bộ|phát|trao|khen|tổ chức|cổng|cơ quan|bản quyền|đại biểu|quang cảnh|toàn cảnh|hôm nay|tuyên|kinh"
    r"|xã|chính|giáo|thể thao"
    r"|media|infographic|facebook|zalo|google|youtube|twitter|print|email|viber|messenger|home|menu|rss|share|like"
    r"|back|top|next|đồng chí"
    r"|nguồn|theo|lượt|tags?|bạn|gửi|in|lưu|sao|trở|quay|kế hoạch|hướng|dân|ban|phần|mục|phụ|nơi|ngày|sáng|chiều"
    r"|tối|quý|hết)\b"
)
UNIT_HEADS = (
    r"(?:chi bộ|đảng bộ|đảng ủy|ban|phòng|trung tâm|sở|hội|liên minh|văn phòng|công ty|trường|tỉnh đoàn|đoàn|ubkt"
    r"|cục|chi cục|báo|đài|ubmttq"
    r"|công đoàn|bệnh viện|ngân hàng|kho bạc|viện|đcs|đuk|huyện ủy|thành ủy|tỉnh ủy|btg|khối)\b"
)
_NAME_WORD = r"(?:[^\W\d_]\.(?:\s?[^\W\d_]{1,2}\.)*\s?[^\W\d_]*|[^\W\d_]+)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,4}}")
_JOINED = re.compile(r"\s*(?:[–—&,;/+]|\s-\s|\svà\s)\s*", re.IGNORECASE)


def names_person(line: str) -> bool:
    """Whether `line`, as printed, may be an unlabelled byline: one or more names of one to five words, no full stop.

    Every word begins with a capital; initials ("N.Mai", "T.Hằng"), letters ("PV", "TM"), a unit behind a dash or in
    brackets ("Kim Thủy (CTV)") may be there. The headings of pages are kept out by a list.
    """
    bare = " ".join(normalise(line).split()).strip(" |*_–—-")
    if not 2 <= len(bare) <= 90 or bare[-1] in ".:;,!?…" or any(letter.isdigit() for letter in bare):
        return False
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    name, bracket, behind = bare.partition("(")
    if bracket and not behind.endswith(")"):
        return False
    parts = [part for part in _JOINED.split(name.strip()) if part]
    if len(parts) > 1 and re.match(UNIT_HEADS, plain(parts[-1])):
        parts = parts[:1]
    return bool(parts) and len(parts) <= 4 and all(_is_name(part) for part in parts)


def _is_name(words: str) -> bool:
    if not _NAME.fullmatch(words) or _NO_NAME.match(plain(words)) or fold(words) in _FURNITURE:
        return False
    return all(word[0].isupper() for word in words.split())


# -- captions

_PEOPLE = (
    r"(?:các |những |tập thể |đại diện |thừa ủy quyền[^,]{0,60}, ?|thay mặt[^,]{0,60}, ?|nguyên )*"
    r"(?:đại biểu|đồng chí|đ/c|đc|ông|bà|lãnh đạo|thường trực|ban thường vụ|bí thư|phó bí thư|chủ tịch|phó chủ tịch"
    r"|trưởng|phó trưởng"
    r"|tập thể|cá nhân|đảng viên|chủ nhiệm|ủy viên|đoàn|đảng ủy|bch|btv|chủ tọa|đoàn chủ tịch|gương|điển hình"
    r"|quần chúng|giám đốc|báo cáo viên)\b"
)
_SCENE = (
    r"(?:trao|tặng|phát biểu|kết luận|tham luận|thảo luận|báo cáo|trình bày|quán triệt|khai mạc|bế mạc|tham dự|dự\b"
    r"|chủ trì|điều hành|biểu quyết"
    r"|chúc mừng|tặng hoa|chụp ảnh|lưu niệm|được (?:nhận|khen|tuyên dương|biểu dương|trao|tặng)|nhận (?:giấy|bằng"
    r"|cờ|huy hiệu|kỷ niệm)"
    r"|đón nhận|tại (?:buổi|hội nghị|lễ|đại hội)|ký kết|bỏ phiếu|truyền đạt|ra mắt|gặp mặt|trò chuyện|giới thiệu"
    r"|đóng góp|cho ý kiến)"
)
_SCENE_STARTS = re.compile(
    r"(?:\(?trong )?(?:ảnh|hình)\b\s?:|(?:quang|toàn|khung) cảnh|trao\b|(?:lễ )?trao tặng|tặng (?:giấy|bằng|cờ|hoa"
    r"|quà)"
    r"|(?:các )?đại biểu|(?:một |các )?hình ảnh|ảnh minh họa|chụp ảnh|đông đảo"
    r"|đoàn chủ tịch|chủ tọa|chủ trì hội nghị|một góc|(?:các )?tiết mục|(?:hội nghị|đại hội) (?:biểu quyết|bỏ phiếu)"
)
_SCENE_PLACE = re.compile(
    r"\b(?:tại|ở) (?:các )?(?:điểm cầu|hội trường|buổi|hội nghị|lễ\b|đại hội)"
    r"|chào mừng (?:hội nghị|đại hội)|\btham quan\b"
)
CREDITED = re.compile(
    r"(?:\s?[(\[]\s?|\s[–—-]\s?|[.,]\s|\s)(?:ảnh|photo)(?: tư liệu| minh họa)?\s?:\s?(?P<name>[^:]{1,50}?)[)\]| .]*$"
    r"|\s?[–-] ?ảnh \d+\.?$|\s?\|$",
    re.IGNORECASE,
)
_PEOPLE_ACT = re.compile(rf"{_PEOPLE}.{{0,220}}?\b{_SCENE}")
# Those in the chair are told in the text: several people, or a guest who came and spoke.
_CHAIR = re.compile(
    r";.*chủ trì|chủ trì|^(?:tham |đến |về |cùng )?dự\b|\b(?:đến|tham|về|tới|cùng) dự\b|\bdự (?:và|hội nghị|có)\b"
    r"|\b(?:dự|có|gồm)(?: các)? đồng chí"
)
_ONLY_SCENE = re.compile(
    r"(?:phát biểu|kết luận|trao|tặng|tham luận|thảo luận|báo cáo|trình bày|khai mạc|bế mạc|chúc mừng|quán triệt"
    r"|truyền đạt)"
)
STOP = re.compile(r"(?:[.!?…]|\./\.)[”\"’)\]]*\W*$")


def ends(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(STOP.search(line[-12:]))


def is_caption(line: str) -> bool:
    """Whether a plain `line` describes a picture: a scene or people in an act, alone in its line, without a full stop.

    With a full stop it has to be short and to say nothing else (S2 of the annotated reports): one sentence, no
    figures, nobody who takes the chair or attends.
    """
    words = len(line.split())
    if words > 60 or words < 3:
        return False
    if CREDITED.search(line) and words <= 60:
        return True
    if not ends(line):
        if line[-1] in ":;," or _STARTS_TIME.match(line):
            return False
        if words <= 20 and _SCENE_PLACE.search(line):
            return True
        return bool(_SCENE_STARTS.match(line)) or (bool(_PEOPLE_ACT.match(line)) and words <= 50)
    if (
        ";" in line
        or ":" in line
        or re.search(r"[.!?…]\s+\w", line)
        or re.search(r"\d", re.sub(r"năm \d{4}|\d{4}-\d{4}", "", line))
    ):
        return False
    if _CHAIR.search(line) and words > 8:
        return False
    if _SCENE_STARTS.match(line):
        return words <= 16
    return bool(_PEOPLE_ACT.match(line)) and words <= 45 and bool(_ONLY_SCENE.search(line))


# -- how sentences of the genre begin

_SESSION = r"(?:sáng|trưa|chiều|tối|đêm)"
_STARTS_TIME = re.compile(
    rf"(?:(?:trong )?(?:{_SESSION} (?:và|,)? ?)?{_SESSION}(?: nay| qua| mai| cùng ngày)?,?(?: ?\(| ngày| hôm nay"
    rf"| thứ \w+)?,? ?\(?\d"
    rf"|{_SESSION} (?:nay|qua|hôm)|(?:trong )?(?:hai |2 |3 |ba )?ngày,? \(?\d|(?:vào )?(?:lúc )?\d+ ?(?:giờ"
    rf"|h)\b.{{0,12}}ngày|từ ngày \d|hôm (?:qua|nay|kia)\b|vừa qua\b"
    r"|mới đây\b|vừa (?:mới )?diễn ra|trong (?:hai|2|ba|3) ngày)"
)
_BARE_DATELINE = (
    r"(?:[A-ZĐ]{2,8}(?:\.[Vv][Nn])?(?:\s?(?:[Oo]nline|ĐT|điện tử))?|[A-Z][A-Za-z]{2,20}\.(?:vn|com|org|net)(?:\.vn)?"
    r"|[A-ZĐÀ-Ỹ][\w.]+(?:\s[A-ZĐÀ-Ỹ]\w+){1,3}(?=\s?[–—-]\s?(?:Sáng|Chiều|Tối|Ngày|Hôm|Vừa|Mới)\b))"
)
DATELINE = re.compile(
    rf"\s*(?:(?P<round>\([^()\n]{{2,30}}\))\s*[-–—:|]?\s*"
    rf"|(?P<bare>{_BARE_DATELINE})\s?[-–—|:]\s*(?=[\w“\"(]))"
)
_OPENING = re.compile(r"(?:\([^()]{2,30}\)\s*[-–—:|]?|[\w.]{2,20}(?: \w+){0,3}?\s?[-–—|:])\s*")


def starts_with_time(line: str) -> bool:
    """Whether a plain `line` begins as leads do: dateline or not, then a session, a day, "vừa qua"."""
    opening = _OPENING.match(line)
    return bool(_STARTS_TIME.match(line) or (opening and _STARTS_TIME.match(line[opening.end() :][:80])))


def alone(line: str) -> str | None:
    """Return the role that a plain `line` has wherever it stands, or None where its neighbours must say."""
    if not line:
        return "blank"
    if re.fullmatch(r"[\s\"”]*\./\.\W*", line):
        return "end_mark"
    if not re.search(r"\w", line):
        return "furniture"
    if role := stamp(line):
        return role
    if len(line) > 320:
        return None
    if _COMMENTS.fullmatch(line):
        return "comment_marker"
    if _VIEWS.fullmatch(line):
        return "view_count"
    if _VIDEO.fullmatch(line) or _BARE_VIDEO.fullmatch(line):
        return "video_marker"
    bare = fold(re.sub(r"^\W+|\W+$", "", line))
    if bare in _FURNITURE or _FURNITURE_STARTS.match(line) or _WIDGET.fullmatch(line) or _RELATED.fullmatch(line):
        return "furniture"
    if PHOTO_CREDIT.fullmatch(line):
        return "photo_credit"
    if BYLINE.fullmatch(line) and len(line) <= 140:
        return "byline"
    if SOURCE.fullmatch(line) or SOURCE_BARE.fullmatch(line) or ADDRESS.fullmatch(line):
        return "source"
    return None


def begins_tail(line: str) -> bool:
    """Whether behind this plain line comes what is none of the article: comments, related texts, counters."""
    return bool(_COMMENTS.fullmatch(line) or _RELATED.fullmatch(line))
