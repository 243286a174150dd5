"""What describes a picture, as a single line shows it."""

import re

from articles.importing.wording import ends, pattern, starts_with_time

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
_SCENE_STARTS = pattern(
    r"(?:\(?trong )?(?:ảnh|hình)\b\s?:|(?:quang|toàn|khung) cảnh|trao\b|(?:lễ )?trao tặng|tặng (?:giấy|bằng|cờ|hoa"
    r"|quà)"
    r"|(?:các )?đại biểu|(?:một |các )?hình ảnh|ảnh minh họa|chụp ảnh|đông đảo"
    r"|đoàn chủ tịch|chủ tọa|chủ trì hội nghị|một góc|(?:các )?tiết mục|(?:hội nghị|đại hội) (?:biểu quyết|bỏ phiếu)"
)
_SCENE_PLACE = pattern(
    r"\b(?:tại|ở) (?:các )?(?:điểm cầu|hội trường|buổi|hội nghị|lễ\b|đại hội)"
    r"|chào mừng (?:hội nghị|đại hội)|\btham quan\b"
)
CREDITED = re.compile(
    r"(?:\s?[(\[]\s?|\s[–—-]\s?|[.,]\s|\s)(?:ảnh|photo)(?: tư liệu| minh h(?:ọa|oạ))?\s?:\s?"
    r"(?P<name>[^:]{1,50}?)[)\]| .]*$"
    r"|\s?[–-] ?ảnh \d+\.?$|\s?\|$",
    re.IGNORECASE,
)
_PEOPLE_ACT = pattern(rf"{_PEOPLE}.{{0,220}}?\b{_SCENE}")
# Those in the chair are told in the text: several people, or a guest who came and spoke.
_CHAIR = pattern(
    r";.*chủ trì|chủ trì|^(?:tham |đến |về |cùng )?dự\b|\b(?:đến|tham|về|tới|cùng) dự\b|\bdự (?:và|hội nghị|có)\b"
    r"|\b(?:dự|có|gồm)(?: các)? đồng chí"
)
_ONLY_SCENE = pattern(
    r"(?:phát biểu|kết luận|trao|tặng|tham luận|thảo luận|báo cáo|trình bày|khai mạc|bế mạc|chúc mừng|quán triệt"
    r"|truyền đạt)"
)


_FIGURE = pattern(r"\d%|\b\d[\d.,/]*\s(?!tháng|năm|giờ|/)[^\W\d_]+")
_BODY = pattern(
    r"(?:đảng ủy|đảng bộ|ban thường vụ|ban chấp hành|btv|bch|đảng viên|tập thể|cá nhân|các đảng viên|các tập thể)\b"
)
_MORE_THAN_ONE = re.compile(r"[;:]|[.!?…]\s+\w")


def is_caption(line: str) -> bool:
    """Whether a plain `line` describes a picture: a scene or people in an act, alone in its line, without a full stop.

    With a full stop it has to be short and to say nothing else (S2 of the annotated reports): one sentence, no
    figures, nobody who takes the chair or attends.
    """
    words = len(line.split())
    if words > 60 or words < 3:
        return False
    credit = CREDITED.search(line)
    if credit and words <= 60 and (words > 6 or credit[0].strip() != "|"):  # "ĐỖ BẢO |" is who wrote it
        return True
    if not ends(line):
        if line[-1] in ":;," or starts_with_time(line, may_have_dateline=False):
            return False
        # What counts is told in the text: "Đảng ủy Khối tặng giấy khen cho 5 tập thể" has lost its stop.
        figures = len(_FIGURE.findall(line))
        if figures > 1 or (figures and _BODY.match(line)):
            return False
        if words <= 20 and _SCENE_PLACE.search(line):
            return True
        return bool(_SCENE_STARTS.match(line)) or (bool(_PEOPLE_ACT.match(line)) and words <= 50)
    if _MORE_THAN_ONE.search(line) or re.search(r"\d", re.sub(r"năm \d{4}|\d{4}-\d{4}", "", line)):
        return False
    if _CHAIR.search(line) and words > 8:
        return False
    if _SCENE_STARTS.match(line):
        return words <= 16
    return bool(_PEOPLE_ACT.match(line)) and words <= 45 and bool(_ONLY_SCENE.search(line))
