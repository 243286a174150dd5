"""What a figure that no indicator of the list counts is called: a few clean words of its own clause, for readers.

First stands what is counted, then what was done with it ("Căn nhà được sửa chữa"). A sum, a length or a share counts
nothing by itself: it is called by the words that lead up to it ("Doanh thu dịch vụ", "Tỷ lệ hộ nghèo").
"""

import re

from committees.figures.normalising import Matching, key, styled
from committees.figures.nouns import MEASURES

_MOST = 12  # words
_DONE = (
    r"(?:xây dựng|xây mới|xây|trao tặng|trao|tặng|sửa chữa|tu sửa|nâng cấp|nạo vét|thành lập|tổ chức|mở|kết nạp mới"
    r"|kết nạp|hiến|trồng|hỗ trợ|quyên góp|ủng hộ|phát hiện|thu gom|giải quyết|duy trì|ra mắt|bàn giao|khánh thành"
    r"|cấp|tiếp nhận|giới thiệu|huy động|đóng góp|thực hiện|triển khai|đào tạo|công nhận|lắp đặt|giúp đỡ|giúp"
    r"|thăm|khen thưởng|biên soạn|phát hành|đăng tải|ban hành|xử lý)"
)
_VERB = re.compile(styled(rf"\b(?P<done>{_DONE}(?:(?:, | và ){_DONE}){{0,2}})(?: được| cho| thêm| mới)?\Z"))
_TOPIC = re.compile(
    styled(
        r"\b(?:tổng (?:trị giá|giá trị|kinh phí|số tiền|số vốn|nguồn vốn|thu|vốn)|doanh thu|doanh số|thu nhập"
        r"|thu (?:ngân sách|thuế|nội địa|hồi)|chi (?:ngân sách|thường xuyên)|số tiền|số vốn|kinh phí|trị giá|giá trị"
        r"|sản lượng|năng suất|diện tích|tỷ lệ|dư nợ|kim ngạch|lợi nhuận|vốn|quỹ)\b"
    )
)
# Where the words behind a number stop saying what is counted.
_GOES_ON = re.compile(
    styled(
        r"[,.:;()\[\]\d]|(?:^|\s)(?:với|trong|tại|để|nhằm|theo|và|đã|do|vì|sau|trước|so|đạt|chiếm|bằng|tăng|giảm|từ|qua"
        r"|năm|là|trị giá|tổng|đồng thời|cùng|kế hoạch|chỉ tiêu|nghị quyết|dự toán"
        r"|góp phần|trên|ở|còn|(?<!chuẩn )bị|khi)(?=\s|$)"
    )
)
_FILLERS = re.compile(
    styled(
        r"(?:(?:^|\s+)(?:được|là|có|đạt|trên|hơn|gần|khoảng|với|cho|ước|tổng|tổng số|số|từ|ít nhất|tối thiểu|bằng|chiếm"
        r"|dưới|không quá|còn|xuống|lên|giảm|tăng|và|của|các|những|đã|mức|đến|triệu|nghìn|ngàn|vạn|tỷ|trăm))+\s*\Z"
    )
)
_OPENING = re.compile(
    styled(
        r"^(?:[\s,;:.)\-–*+]|(?:và|với|cùng|có|đã|cũng|còn|thì|như|cụ thể|trong đó|theo đó|bên cạnh đó|ngoài ra"
        r"|đồng thời)\s)+"
    )
)
_HANGING = re.compile(
    styled(r"(?:\s+(?:chưa|không|cho|vào|về|của|các|những|đều|có|thấp|nào|để|ban hành|thực hiện|góp phần))+$")
)
_NO_NOUN = re.compile(styled(r"\s*(?:cho|vào|mỗi|trả|xây|của|để|đến|ra|lên|về)\b"))
_OR_MORE = re.compile(styled(r"\btrở (?:lên|xuống) ?"), re.IGNORECASE)
_PARTS = re.compile(r"[.:;()“”\"\d]")


def label_of(before: str, unit: str, after: str) -> str:
    """Return what a figure is called by its unit and the words on both sides of it, "" where none of them says.

    A label has at most twelve words, no number and no quotation mark without its other.
    """
    behind = _behind(_OR_MORE.sub("", after))
    before = _PARTS.split(before.rstrip(" :–-"))[-1].strip()
    if unit and key(unit) not in MEASURES and "%" not in unit:
        noun = f"{unit} {behind}"
    elif topic := _topic(before):
        return _clean(topic)
    else:
        noun = "" if _NO_NOUN.match(Matching(behind).low) else behind
    if not noun.strip():
        return _clean(_FILLERS.sub("", before.split(",")[-1]) or unit)
    matching = Matching(before)
    verb = _VERB.search(matching.low)
    done = matching.given_slice(*verb.span("done")) if verb else ""
    done = f" được {done[:1].lower()}{done[1:]}" if done else ""
    return _clean(_whole(" ".join(noun.split()[: _MOST - len(done.split())])) + done)


def _topic(before: str) -> str:
    """The words from the nearest "doanh thu", "tỷ lệ", "tổng trị giá" on."""
    matching = Matching(before)
    last = max((found.start() for found in _TOPIC.finditer(matching.low)), default=-1)
    if last < 0:
        return ""
    stop = _FILLERS.search(matching.low, last + 1)
    return matching.given_slice(last, stop.start() if stop else len(matching.low))


def _behind(after: str) -> str:
    """The words behind the number that go on with what is counted; a name in quotation marks is taken whole."""
    matching = Matching(after)
    named = re.match(r"[^“”\"]{0,40}(?:“[^“”]{1,60}”|\"[^\"]{1,60}\")", matching.text)
    first = named.end() if named and not _GOES_ON.search(named[0].split("“")[0].split('"')[0]) else 0
    stop = _GOES_ON.search(matching.low, first)
    quote = re.compile(r"[“”\"]").search(matching.text, first)
    ends = [found.start() for found in (stop, quote) if found]
    return matching.given_slice(0, min(ends)) if ends else after


def _clean(words: str) -> str:
    opening = _OPENING.match(Matching(words).low)
    words = Matching(words).given_slice(opening.end(), len(Matching(words).low)) if opening else words
    words = _whole(" ".join(words.split()[:_MOST]))
    return words[:1].upper() + words[1:]


def _whole(words: str) -> str:
    """The words without what hangs at their end once they are cut: a preposition, half a quotation."""
    if words.count("“") != words.count("”") or words.count('"') % 2:
        words = re.split('[“”"]', words)[0]
    matching = Matching(words.strip(" ,-–"))
    hanging = _HANGING.search(matching.low)
    return matching.given_slice(0, hanging.start()) if hanging else matching.given
