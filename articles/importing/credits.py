"""Who signed a report and where it was taken from, as single lines show it."""

import re

from articles.importing.furniture import is_furniture
from articles.importing.wording import pattern, plain
from newsroom.vietnamese import normalise

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
    r"[\s(\[*–—-]*(?:nguồn ảnh|ảnh|hình|photo)(?: minh h(?:ọa|oạ)| tư liệu)?\s*:\s*[^:]{1,60}", re.IGNORECASE
)

# What looks like a name in capitals and is a heading of the page.
_NO_NAME = pattern(
    r"(?:tin|bài|văn bản|thông (?:báo|tin|cáo)|thống kê|liên (?:kết|hệ|quan)|quảng cáo|thư viện|danh mục"
    r"|chuyên (?:mục|đề|trang)"
    r"|trang (?:chủ|web|tin|trước|sau|thông)|bình luận|ý kiến|lịch (?:công|làm|tiếp|phát)|hội (?:nghị|đồng|thảo|thi"
    r"|đàm)|video|ảnh"
    r"|hình|xem|đọc|chia sẻ|mới nhất|từ khóa|giới thiệu|sơ đồ|đăng (?:nhập|ký|tin|bài|tải|lúc|bởi)|các|sự kiện"
    r"|kết quả|nhiệm"
    r"|một số|về|tại|nghị quyết|quyết định|công (?:tác|bố|dân|an|đoàn|thương|khai|báo)|chỉ (?:thị|đạo|tiêu)|năm"
    r"|đảng|chi bộ"
    r"|phát (?:biểu|triển|huy|thanh|động)|trao|khen thưởng|tổ chức|cổng|cơ quan|bản quyền|đại (?:biểu|hội)"
    r"|quang cảnh|toàn cảnh"
    r"|hôm nay|tuyên (?:truyền|giáo|dương)|kinh tế|xã hội|chính (?:trị|sách|phủ|quyền)|giáo dục|thể thao|đồng chí"
    r"|nguồn|theo"
    r"|media|infographic|facebook|zalo|google|youtube|twitter|print|email|viber|messenger|home|menu|rss|share|like"
    r"|back|top|next"
    r"|lượt|tags?|bạn đọc|gửi|in (?:bài|trang)|lưu (?:bài|trữ)|sao chép|trở|quay lại|kế hoạch|hướng dẫn|dân (?:vận"
    r"|tộc|chủ|sinh)|ban"
    r"|phần|mục|phụ nữ|nơi|ngày|quý (?:i|vị|khách|độc)|thời sự|pháp luật|văn hóa|góc|diễn đàn|tiêu điểm|nổi bật"
    r"|thủ tục|hỏi đáp)\b"
)
_UNIT = pattern(
    r"(?:chi bộ|đảng bộ|đảng ủy|ban|phòng|trung tâm|sở|hội|liên minh|văn phòng|vp|phó|chánh|trưởng|bí thư|ttxvn"
    r"|công ty|trường|tỉnh đoàn|đoàn|ubkt"
    r"|cục|chi cục|báo|đài"
    r"|ubmttq|công đoàn|bệnh viện|ngân hàng|kho bạc|viện|đcs|đuk|huyện ủy|thành ủy|tỉnh ủy|btg|khối)\b"
)
_NAME_WORD = r"(?:[^\W\d_]\.(?:\s?[^\W\d_]{1,2}\.)*\s?[^\W\d_]*|[^\W\d_]+(?:[’'][^\W\d_]+)?)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,4}}")
JOINED = re.compile(r"\s*[–—&,;/+|]\s*|\s-\s|\s-(?=\S)|-\s|(?<=[^\W\d_]{2})-(?=[^\W\d_])|\svà\s", re.IGNORECASE)
_DEGREE = re.compile(r"(?:(?:PGS|GS|TS|ThS|Ths|BS|CN|KS|NB|Nhà báo)\b[.,]?\s?)+")


def is_source(line: str) -> bool:
    """Whether a plain line says where the report was taken from: an address, or a name behind the word itself.

    "Nguồn vốn đầu tư: 120 tỷ đồng" is a source of money: words between need an address behind them.
    """
    if ADDRESS.fullmatch(line) or SOURCE_BARE.fullmatch(line):
        return True
    found = SOURCE.fullmatch(line)
    if found is None:
        return False
    if ADDRESS.search(found["value"]):
        return True
    return bool(_SOURCE_ITSELF.fullmatch(found["label"])) and len(found["value"].split()) <= 10


_SOURCE_ITSELF = re.compile(r"theo|link.*|xem bài gốc|(?:trích |dẫn |theo )?nguồn(?: tin| bài)?")


def is_byline(line: str) -> bool:
    """Whether a plain line names who wrote: a label and a few names, or the label alone; no question to somebody."""
    found = BYLINE.fullmatch(line)
    return found is not None and len(found["names"].split()) <= 14 and not re.search(r"[?!]", line)


def is_photo_credit(line: str) -> bool:
    """Whether a plain line names who took the pictures, and nothing else."""
    return bool(PHOTO_CREDIT.fullmatch(line)) and len(line.split()) <= 8


def is_unit(words: str) -> bool:
    """Whether what stands behind a name is an organisation: "Chi bộ Liên minh hợp tác xã", and no second author."""
    return bool(_UNIT.match(plain(words)))


def names_person(line: str) -> bool:
    """Whether `line`, as printed, may be an unlabelled byline: one or more names of one to five words, no full stop.

    Every word begins with a capital; initials ("N.Mai", "T.Hằng"), letters ("PV", "TM"), a unit behind a dash or in
    brackets ("Kim Thủy (CTV)") may be there. The headings of pages are kept out by a list.
    """
    bare = " ".join(normalise(line).split()).strip(" |*_–—-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    if len(bare.split()) in (2, 3, 4):
        bare = bare.removesuffix(".")
    if not 2 <= len(bare) <= 90 or bare[-1] in ".:;,!?…" or any(letter.isdigit() for letter in bare):
        return False
    name, bracket, behind = bare.partition("(")
    if bracket and not behind.endswith(")"):
        return False
    parts = [part for part in JOINED.split(name.strip()) if part]
    if len(parts) > 1 and is_unit(parts[1]):
        parts = parts[:1]
    return bool(parts) and len(parts) <= 4 and all(_is_name(_DEGREE.sub("", part, count=1)) for part in parts)


def names_unit(line: str) -> bool:
    """Whether `line`, as printed, is the name of an organisation alone: "Ban biên tập", "Văn phòng Đảng ủy Khối"."""
    words = line.split()
    is_short = 1 < len(words) <= 8 and len(line) <= 80 and words[0][0].isupper()
    return is_short and is_unit(line) and not re.search(r"[\d.:;,!?…]", line)


def _is_name(words: str) -> bool:
    if not _NAME.fullmatch(words) or _NO_NAME.match(plain(words)) or is_furniture(plain(words)):
        return False
    return all(word[0].isupper() for word in words.split())
