"""The nouns that the figures of a report count."""

import re
from collections.abc import Iterable

from .normalising import key, styled

# Who is counted: people.
_PEOPLE = """
cán bộ đảng viên|đại biểu dự khuyết
đảng viên mới|đảng viên dự bị|đảng viên chính thức|đảng viên nữ|đảng viên|cá nhân đảng viên|cá nhân điển hình|cá nhân
quần chúng ưu tú|quần chúng|đồng chí cấp ủy viên|đồng chí cấp ủy|đồng chí|đ/c|cấp ủy viên|chi ủy viên|ủy viên
người lao động|người dân
người có uy tín|người|cán bộ, đảng viên|cán bộ, công chức, viên chức|cán bộ chủ chốt|cán bộ|công chức|viên chức
đoàn viên ưu tú
đoàn viên thanh niên|đoàn viên|hội viên|thanh niên|phụ nữ|nữ|học viên|học sinh|sinh viên|đại biểu
đại biểu chính thức|thành viên
thí sinh|báo cáo viên|tuyên truyền viên|cộng tác viên|bí thư chi bộ|bí thư|phó bí thư|công nhân|lao động
nông dân|giáo viên|bác sĩ
chiến sĩ|cựu chiến binh|hộ nghèo|hộ cận nghèo|hộ gia đình|hộ dân|hộ|gia đình chính sách|gia đình|khẩu|nhân khẩu
con em|cháu|em
bà mẹ việt nam anh hùng|mẹ việt nam anh hùng|lượt người|lượt cán bộ, đảng viên|lượt đảng viên|lượt cán bộ
lượt đồng chí|lượt đại biểu
lượt hội viên|lượt ý kiến|bộ phận|chị|anh|lượt đoàn viên|lượt học viên|lượt|gương điển hình|gương
điển hình tiên tiến|điển hình|nhân sự
doanh nhân|tác giả
trường hợp|ứng viên|lãnh đạo|quản lý|công dân|cử tri|khách|bệnh nhân|ca|nạn nhân|đối tượng|thương binh|suất
ủy viên ban chấp hành|ủy viên ban thường vụ|ủy viên ủy ban kiểm tra|kiểm tra viên|dân quân|quân nhân|sĩ quan
nghệ nhân|dân tộc thiểu số|đv|đvtn|cb, đv|cbđv|cbcc|cbccvc
"""
# Which bodies are counted.
_BODIES = """
tổ chức cơ sở đảng trong doanh nghiệp|tổ chức cơ sở đảng|tổ chức đảng trực thuộc|tổ chức đảng|tổ chức đoàn
tổ chức công đoàn
tổ chức chính trị - xã hội|tổ chức|tccs đảng|tccsđ|tccsđảng|tcđ|tập thể cấp ủy cơ sở đảng|tập thể cấp ủy cơ sở
tập thể cấp ủy|tập thể lãnh đạo
tập thể|chi bộ trực thuộc đảng ủy cơ sở|chi bộ trực thuộc đảng ủy|chi bộ trực thuộc|chi bộ cơ sở|chi bộ
chi, đảng bộ trực thuộc|chi, đảng bộ cơ sở|chi, đảng bộ
chi đảng bộ|đảng bộ bộ phận|đảng bộ cơ sở|đảng bộ trực thuộc|đảng bộ|đảng ủy bộ phận|đảng ủy cơ sở|đảng ủy
đảng đoàn|ban cán sự đảng
cấp ủy cơ sở|cấp ủy, tổ chức đảng|cấp ủy trực thuộc|cấp ủy|chi ủy|cơ quan|đơn vị sự nghiệp|đơn vị trực thuộc
đơn vị|doanh nghiệp nhỏ và vừa
doanh nghiệp|hợp tác xã|htx|tổ hợp tác|chi đoàn|đoàn cơ sở|chi hội|công đoàn cơ sở|công đoàn|cơ sở hội
hội cơ sở|hội|câu lạc bộ
tổ dân vận|tổ đảng|tổ|nhóm|đội|cụm|khối thi đua|khối|ban|phòng|ủy ban kiểm tra đảng ủy cơ sở|ủy ban kiểm tra
ubkt|ban chỉ đạo|đoàn kiểm tra
đoàn giám sát|đoàn công tác|đoàn|xã, phường, thị trấn|xã, phường|xã|phường|thị trấn|huyện|quận|thị xã|thành phố
tỉnh|thôn|ấp|bản|khu phố
khu dân cư|làng|trường học|trường|cơ sở|ngành|sở, ban, ngành|sở|nhà máy|trạm|khu công nghiệp|điểm|địa phương
nước|quốc gia|bên
"""
# What is counted of things and of doings.
_THINGS = """
khẩu trang|chữ ký số|hồ sơ|nhóm nhiệm vụ|công trình thanh niên|căn nhà tình nghĩa
lớp tập huấn|lớp bồi dưỡng|lớp học|lớp|khóa học|khóa tập huấn|khóa|hội nghị trực tuyến|hội nghị|hội thảo
hội thi|cuộc thi|cuộc họp|cuộc kiểm tra|cuộc giám sát
cuộc|kỳ họp|kỳ|phiên họp|phiên|buổi sinh hoạt|buổi tuyên truyền|buổi nói chuyện|buổi|đợt|chuyến|lần|vụ việc
vụ án|vụ|văn bản chỉ đạo|văn bản
nghị quyết chuyên đề|nghị quyết|chỉ thị|kế hoạch|chương trình|đề án|dự án|đề tài|sáng kiến kinh nghiệm
sáng kiến|giải pháp|công trình|phần việc
nhiệm vụ trọng tâm|nhiệm vụ|chỉ tiêu|tiêu chí|mục tiêu|nội dung|chuyên đề|chủ đề|mô hình, điển hình|mô hình
phong trào|cuộc vận động|hoạt động
tin, bài|tin bài|tin|bài viết|bài dự thi|bài|tác phẩm|ý kiến|kiến nghị|đơn thư|đơn|hồ sơ|quyết định|thông báo
báo cáo|hướng dẫn|công văn|tờ trình
giấy khen tập thể|giấy khen cá nhân|giấy khen|bằng khen|cờ thi đua|cờ|huy hiệu đảng|huy hiệu|kỷ niệm chương
huân chương lao động|huân chương|huy chương|giải thưởng
giải nhất|giải nhì|giải ba|giải khuyến khích|giải|danh hiệu|phần quà|phần thưởng|món quà|quà|suất quà
suất học bổng|học bổng|căn nhà|ngôi nhà|nhà tình nghĩa|nhà tình thương
nhà đại đoàn kết|nhà|căn|thẻ đảng viên|thẻ|sổ tiết kiệm|sổ|cuốn sách|cuốn|quyển|bộ|tài liệu|ấn phẩm|tờ rơi|tờ
bản tin|cây xanh|cây|con giống|con|đầu sách
máy vi tính|máy|xe|thiết bị|đơn vị máu|ngày công|giờ công|tuyến đường|tuyến|đoạn đường|cầu|hạng mục|lĩnh vực
mặt|khâu đột phá|nhóm giải pháp|phần|hộp|thùng|bao|túi|chiếc
cái|chương|điều|điểm cầu|điểm|phiếu|câu hỏi|lượt truy cập|lượt xem|lượt tương tác|tài khoản|trang|fanpage
thủ tục hành chính|thủ tục|dịch vụ công|dịch vụ|sản phẩm|hợp đồng
đầu mối|đầu việc|giấy chứng nhận|giấy phép|bộ hồ sơ|vé|phát|khâu|mẫu|tấm|bức|dòng|bia|lời|sai phạm|khuyết điểm
vi phạm|lỗi|hình thức|quy trình|quy chế|quy định|loại|cấp|bước|tháng lương|bình|con bò
con heo|gốc|bồn|giếng|bàn|ghế|bộ đồ|áo
"""
# Measures, and money: "tỷ đồng" is the unit that reports count money in.
_MEASURES = """
triệu đồng/người/tháng|nghìn tỷ|ngàn tỷ
nghìn tỷ đồng|ngàn tỷ đồng|tỷ đồng|tỉ đồng|triệu đồng|nghìn đồng|ngàn đồng|trăm triệu đồng|đồng|vnđ|vnd
triệu usd|tỷ usd|nghìn usd|usd|đô la|tỷ|tỉ|triệu|đ
ha|hécta|héc ta|km2|km²|km|m2|m²|m3|m³|mét vuông|mét khối|mét|m|tấn|tạ|yến|kg|ki lô gam|gam|lít|kwh|mw|kw|giờ
phút|tuổi|điểm phần trăm
tạ/ha|tấn/ha|triệu đồng/người/năm|triệu đồng/người|triệu đồng/tháng|triệu đồng/năm|triệu đồng/ha|đồng/người
nghìn đồng/người
"""


def _words(*lists: str) -> list[str]:
    return sorted({key(word.strip()) for each in lists for word in each.replace("\n", "|").split("|") if word.strip()})


PEOPLE = frozenset(word for each in _words(_PEOPLE) for word in (each, key(f"lượt {each}")))
BODIES = frozenset(word for each in _words(_BODIES) for word in (each, key(f"lượt {each}")))
MEASURES = frozenset(_words(_MEASURES))
_ENDS = {key("khóa"): r"(?! [ivx\d])", key("điều"): key("(?! lệ)")}  # "8 khóa XII", "30 Điều lệ" count nothing
# Words that go on with the sentence as verbs: they are no second noun behind a comma ("12 chi bộ, tổ chức ...").
_VERBS = frozenset(
    _words(
        "tổ chức|tổ|hội|ban|phòng|đoàn|khối|ngành|sở|điểm|nước|lãnh đạo|quản lý|lao động|bộ|lần|kỳ|cấp|bước|bài|tin|con"
    )
)


def _noun(words: Iterable[str], verbs: bool = True) -> str:
    longest_first = sorted((word for word in words if verbs or word not in _VERBS), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) + _ENDS.get(word, "") for word in longest_first) + r")(?!\w)"


# "chi bộ, đảng bộ cơ sở", "tổ chức và đảng viên": one number may count two things of one sort.
THINGS = frozenset(_words(_THINGS))
_WHO = PEOPLE | BODIES
_FIRST = re.compile(_noun({*_WHO, *THINGS, *MEASURES}))


def _more(words: Iterable[str]) -> re.Pattern[str]:
    listed, joined = _noun(words, verbs=False), _noun(words)
    return re.compile(rf"(?:(?:,|/) ?{listed}(?! ?\d)|{styled(' (?:và|hoặc) ')}{joined}(?! ?\d)){{0,3}}")


_MORE_WHO, _MORE_WHAT = _more(_WHO), _more(THINGS)
# "03 (ba) đồng chí": the number again, in words.
_BEFORE = re.compile(styled(r"(?: ?\([^()\d\n]{2,18}\))? *(?:(?:số|các|tổng số|trên tổng số) )?"))
# What no unit begins with: verbs, prepositions, and what goes on with the sentence.
_NO_NOUN = frozenset(
    _words(
        "và|chi|hoặc|có|đã|được|bị|của|cho|trong|ngoài|về|tại|ở|từ|đến|với|để|do|vì|nên|là|thì|mà|theo|trên|dưới"
        "|qua|sau|trước|khi"
        "|bằng|đạt|chiếm|tăng|giảm|vượt|so|trở|còn|đều|cùng|như|nhằm|bao|gồm|xếp|đánh|hoàn|không|chưa|sẽ|đang"
        "|tiếp|thực|tổ chức"
        "|trực|thuộc|tham|này|đó|kia|nói|vừa|nay|tới|gần|hơn|khoảng|năm|tháng|ngày|quý|tuần|khóa|lần|thứ|các"
        "|những|mọi|mỗi|cũng|vẫn"
        "|trực thuộc|liên|mở|nhiệm|toàn|nhất|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|tức|nghĩa|cao|thấp|đầu|cuối"
        "|lại|lên|xuống|ra|vào|rồi|hay"
    )
)
_WORDS = re.compile(r" ?([^\W\d_]+)(?: ([^\W\d_]+))?(?: ([^\W\d_]+))?")


def unit(low: str, place: int) -> tuple[int, int] | None:
    """Return the span of the noun of the list that a number ending at `place` counts; None where none stands there."""
    start = _BEFORE.match(low, place).end()  # type: ignore[union-attr]  # it matches anywhere
    found = _FIRST.match(low, start) or _FIRST.match(low, place + (low[place : place + 1] == " "))
    if found is None:
        return None
    more = _MORE_WHO if found[0] in _WHO else _MORE_WHAT if found[0] in THINGS else None
    further = more.match(low, found.end()) if more else None
    return found.start(), further.end() if further else found.end()


def any_noun(low: str, text: str, place: int) -> tuple[int, int] | None:
    """Return the span of what looks like a noun of no list ("12 hồ sơ", "35 cây xanh"): up to two small words."""
    if low[place : place + 1] != " ":
        return None
    found = _WORDS.match(low, place)
    if found is None or found[1] in _NO_NOUN or not text[found.start(1)].islower():
        return None
    if found[2] and found[2] not in _NO_NOUN and text[found.start(2)].islower():
        return found.start(1), found.end(2)
    return found.span(1)


def alike(one: str, other: str) -> bool:
    """Return whether one of two units can be inside the other: both people, both bodies, or a word that they share."""
    one, other = key(one), key(other)
    if not one or not other:
        return True
    kinds = [{kind for kind in (PEOPLE, BODIES, THINGS) if head(unit_words) in kind} for unit_words in (one, other)]
    if all(kinds) and THINGS not in kinds[0] | kinds[1]:
        return bool(kinds[0] & kinds[1])
    return bool(set(_TOKEN.findall(one)) & set(_TOKEN.findall(other)))


_TOKEN = re.compile(r"[^\W\d_]+")


def head(unit_words: str) -> str:
    """Return the noun of the list that `unit_words` (in the matching form) begin with; all of them where none does."""
    found = _FIRST.match(unit_words)
    return found[0] if found else unit_words
