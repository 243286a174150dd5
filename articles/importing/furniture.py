"""What a line shows of the page a report was copied from: stamps, menus, counters, comments.

Every pattern is asked of a line in its plain form (`wording.plain`). Nothing here knows the lines around it.
"""

import re

from articles.importing.wording import pattern
from newsroom.vietnamese import fold

# -- stamps: lines, or pieces of lines, of weekday, day and clock

WEEKDAY = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
# Month by name as the pages of WordPress print it: "8 Tháng Tư, 2022", "Tháng Tư 8, 2022".
MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH = rf"(?:\d{{1,2}}|{'|'.join(reversed(MONTHS))})"
DAY = (
    r"(?:\b\d{1,2}\s?(?:[/.-]|tháng)\s?\d{1,2}\s?(?:[/.-]|,?\s?năm)\s?\d{4}\b|\b20\d\d-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}} tháng {_MONTH},? \d{{4}}\b|\btháng {_MONTH} \d{{1,2}}, \d{{4}}\b)"
)
CLOCK = r"\b\d{1,2}\s?(?:[:hg]|giờ)\s?\d{2}(?:\s?(?::|phút)\s?\d{2})?(?:\s?phút)?(?:\s?[ap]m\b)?"
_ZONE = r"\(?\s*(?:gmt|utc)\s*[+-]?\s*\d*(?::?00)?\s*\)?"
_UPDATED = r"(?:(?:được\s)?cập nhật(?:\s(?:lần cuối|lúc|ngày|vào|mới nhất))*)"
_POSTED = (
    r"(?:(?:ngày|giờ|thời gian)?\s?(?:đăng(?:\s(?:tải|bài|tin|lúc|ngày|vào))*|xuất bản)(?:\s(?:lúc|ngày))?"
    r"|post published)"
)
_STAMP_PARTS = pattern(
    rf"{_UPDATED}|{_POSTED}|{WEEKDAY}|{DAY}|{CLOCK}|{_ZONE}|\bngày\b|\blúc\b|[\s,|:;()\[\].•-]"
    rf"|(?<=\d)t(?=\d)|(?<=\d)z\b"
)
_STARTS_UPDATED = pattern(rf"\W*{_UPDATED}\b")
_SAYS_POSTED = pattern(r"\b(?:ngày đăng|đăng ngày|đăng lúc|xuất bản)\b")
_STARTS_POSTED = pattern(rf"\W*{_POSTED}\b")

# A stamp that stands in one line with the title, before or behind it.
STAMP_INSIDE = re.compile(
    rf"\(?\s*(?:{_UPDATED}|{_POSTED})\s*:?\s*(?:{CLOCK}\W+)?(?:{WEEKDAY}\W+)?(?:ngày\s)?{DAY}"
    rf"(?:\s*[|,–-]?\s*{CLOCK})?(?:\s*{_ZONE})?(?:\s*\))?",
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
    # "Xã hội - Ngày đăng: 14:32, 25/10/2020": the column, or who posted it, may stand beside.
    if _STARTS_UPDATED.match(line) and len(rest) < 50:
        return "updated"
    if (_STARTS_POSTED.match(line) and len(rest) < 50) or (_SAYS_POSTED.search(line) and len(rest) < 20):
        return "published"
    if rest and not re.fullmatch(r"(?:lượtxem|đãxem|xem)?\d*(?:lượtxem)?", rest):
        return None
    if re.search(CLOCK, line):
        return "published"
    return "page_date" if re.search(WEEKDAY, line) else "published"


# -- what belongs to the page

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
_FURNITURE_STARTS = pattern(
    r"you are currently viewing\b|skip to\b|[<‹←]+ ?\w|>{2,} ?\w"
    r"|(?:khoảng )?\d+ (?:phút|giờ|ngày|tuần|tháng|năm) trước$|toggle\b|breadcrumb"
    r"|(?:trang chủ|home)\s?[>›”/|\\]|bạn đang (?:xem|ở)|tags?\s?:|từ khóa\s?:|chuyên mục\s?:|danh mục\s?:"
    r"|post (?:author|category|comments|tags?)\s?:|người đăng\s?:|đăng bởi\s?:|biên tập\s?:|cỡ chữ|tổng số điểm"
    r"|click để|xếp hạng\s?[:\d]|đánh giá\s?:|in trang"
    r"|font size"
    r"|©|copyright\b|bản quyền\b|cơ quan chủ quản|đơn vị chủ quản|chịu trách nhiệm|giấy phép (?:số|xuất bản"
    r"|thiết lập)"
    r"|địa chỉ\s?:|điện thoại\s?:|đt\s?:|tel\s?:|fax\s?:|email\s?:|hotline\b|website\s?:|ghi rõ nguồn"
    r"|thiết kế (?:bởi|và)"
    r"|phát triển bởi|powered by|vui lòng (?:ghi rõ|đăng nhập|nhập)|một số hình ảnh\b.{0,60}:$"
    r"|một số hình ảnh (?:tại|của) (?:hội nghị|buổi lễ|đại hội)$|theo dõi .{0,40}(?:google|facebook|zalo)"
    r"|xem với cỡ|mã bảo mật"
    r"|họ (?:và )?tên\s?[:*]|đánh giá (?:bài viết|tin)\s?:|chia sẻ\s?:|(?:quay lại|bản in|in bài|gửi email)\s*[|/ ]"
)
_WIDGET = pattern(
    r"[•·*+-]*\s*(?:thống kê (?:truy cập|lượt)|(?:số (?:người|khách) )?(?:đang )?(?:online|trực tuyến|truy cập)|khách"
    r"|hôm nay|hôm qua|(?:trong )?tuần(?: này| trước| qua)?|(?:trong )?tháng(?: này| trước| qua)?|(?:trong )?năm nay"
    r"|tất cả|tổng (?:số |cộng|lượt )?(?:lượt )?(?:truy cập)?|lượt truy cập|tổng)\s*(?:[:(]\s*)?[\d., ]*\)?$"
)
_RELATED = pattern(
    r"\W*(?:(?:các|những)? ?(?:tin|bài)(?: tức)?(?:, ?| và )?(?:bài)?(?: viết| đăng)? ?"
    r"(?:khác|liên quan|cùng (?:chuyên )?mục|cùng loại|đã đưa|đã đăng|cũ hơn|mới hơn|mới nhất|tiếp theo|trước đó)"
    r"|có thể bạn quan tâm|bạn cần biết|xem tiếp|văn bản mới|thống kê truy cập|related posts?|tin nổi bật khác"
    r"|bài viết mới"
    r"|bài viết (?:cũ|mới) hơn|những tin (?:mới|cũ) hơn)\W*\d*\W*"
)
_COMMENTS = pattern(
    r"\W*(?:bình luận|(?:viết|gửi|thêm|để lại|xem)(?: một)?(?: lời)? (?:bình luận|phản hồi|ý kiến)"
    r"|ý kiến(?: bạn đọc| bình luận"
    r"| phản hồi)?|phản hồi|\d+ bình luận|bình luận bài viết|leave a (?:comment|reply)|add new comment"
    r"|(?:post a )?comments?"
    r"|trả lời hủy)(?: mới| của bạn| của quý vị| bài viết| tại đây)?\W*\d*\W*"
)
_VIDEO = pattern(
    r"\W*(?:(?:mời )?(?:quý vị và các bạn |bạn đọc )?(?:xem )?(?:video|clip)(?: clip| phóng sự| minh họa)?"
    r"|phóng sự)\s?:\W*"
)
_BARE_VIDEO = pattern(r"(?:xem )?video clip|video phóng sự")
_VIEWS = pattern(
    r"\W*(?:(?:số )?(?:lượt|lần) (?:xem|đọc)|đã xem|đã đọc|lượt truy cập bài viết|views?"
    r"|xem)\s?:?\s?\(?(\d[\d., ]*)\)?(?: lượt| lần)?\W*"
    r"|\W*(\d[\d., ]*)\s?(?:lượt (?:xem|đọc|truy cập)|lần (?:xem|đọc)|views?|người (?:xem|đọc))\W*"
)
_VIEWS_BESIDE = pattern(
    r"(?:(?:lượt|lần) (?:xem|đọc)|đã xem|đã đọc|views?)\s?:?\s?(\d[\d., ]*)|\b(\d[\d.,]*)\s(?:lượt (?:xem|đọc)"
    r"|lần (?:xem|đọc)|views?)\b"
)
_BARE_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})*|\d+")


def is_furniture(line: str) -> bool:
    """Whether a plain line is a button, a heading of the page, its imprint, or a row of its counter of visits."""
    if len(line.split()) > 25 and not line.startswith("you are currently viewing"):
        return False
    bare = fold(re.sub(r"^\W+|\W+$", "", line))
    known = bare in _FURNITURE or _FURNITURE_STARTS.match(line)
    return bool(known or _WIDGET.fullmatch(line) or _RELATED.fullmatch(line))


def is_comment_marker(line: str) -> bool:
    """Whether a plain line opens or asks for the comments of readers."""
    return bool(_COMMENTS.fullmatch(line))


def is_video_marker(line: str) -> bool:
    """Whether a plain line says that a video stands there, and nothing else."""
    return bool(_VIDEO.fullmatch(line) or _BARE_VIDEO.fullmatch(line))


def view_count(line: str) -> int | None:
    """Return the number of a plain `line` that says how often the page was read ("Lượt xem: 2.120"), else None."""
    found = _VIEWS.fullmatch(line)
    return as_count(found[1] or found[2]) if found else None


def views_beside(stamp: str) -> int | None:
    """Return the count of views that stands beside a stamp: "15/01/2021 10:54 | Lượt xem: 1.234"."""
    found = _VIEWS_BESIDE.search(stamp)
    return as_count(found[1] or found[2]) if found else None


def as_count(digits: str) -> int | None:
    """Return the integer that a counter shows in any grouping ("2,120", "1 410"), or None if it shows none."""
    bare = re.sub(r"[., ]", "", digits)
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else None


def is_bare_number(line: str) -> bool:
    """Whether a plain line is one number, however grouped."""
    return bool(_BARE_NUMBER.fullmatch(line))


def begins_tail(line: str) -> bool:
    """Whether behind this plain line comes what is none of the article: comments, related texts, counters."""
    return is_comment_marker(line) or bool(_RELATED.fullmatch(line))
