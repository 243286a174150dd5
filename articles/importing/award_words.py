"""The words in which awards are told: forms, verbs, numbers, and what stands between them."""

import re

from articles.importing.recipients import CHAIN
from committees.figures.normalising import normalise

_m = normalise  # patterns are written as people write, and matched as the matching form has it

FORMS = (
    ("cờ",
        r"(?<!lá )(?<!chào )(?<!treo )(?<!ngọn )\bcờ(?: thi đua(?: xuất sắc| dẫn đầu)?| đơn vị (?:xuất sắc"
        r"|dẫn đầu)[^,;.]{0,20}| truyền thống)?(?! (?:tổ quốc|đỏ|vua|tướng|nước|hoa|đảng))"),
    ("bằng khen", r"\bbằng khen"),
    ("giấy khen", r"\bgiấy khen"),
    ("huy hiệu Đảng", r"\bhuy hiệu(?: đảng)?(?! đoàn)"),
    ("kỷ niệm chương", r"\bk[ỷỉ] niệm chương"),
    (None,
        r"\bhuân chương(?: lao động)?|\bbằng lao động sáng tạo|\bthư khen|\bgiải (?:nhất|nhì|ba|khuyến khích"
        r"|đặc biệt|[abc]\b)|\bbằng ghi công"),
)  # fmt: skip
FORM = "|".join(f"(?P<form{place}>{_m(words)})" for place, (_, words) in enumerate(FORMS))
ANY_FORM = "|".join(_m(words) for _, words in FORMS)
SPELLED = r"một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
NUMBER = rf"(?<![\w.,/%-])(?P<number>\d{{1,3}}(?:\.\d{{3}})+(?![\d%])|\d{{1,6}}(?![\d%/]|[.,:-]\d)|{SPELLED})"
VERB = _m(
    r"(?P<praise>(?<!được )biểu dương|tuyên dương|tôn vinh|vinh danh)"
    r"|(?P<commend>(?<!thi đua, )(?<!thi đua )(?<!thi đua - )(?<!thi đua-)(?<!thi đua – )khen thưởng"
    r"|khen tặng|\bkhen(?= \d))"
    r"|(?P<give>\b(?:trao tặng|truy tặng|tặng thưởng|trao thưởng|phong tặng|trao|tặng)\b)"
    r"|(?P<receive>\b(?:đón nhận|nhận)\b)"
)
ELEMENT = re.compile(
    rf"{NUMBER} (?:(?P<counted_form>{ANY_FORM})|(?P<chain>{CHAIN})|(?P<any>(?=[^\W\d_])))|{FORM}|{VERB}"
    rf"|(?P<within>\btrong đó\b)"
    rf"|(?P<end>[;\n])"
)
# Whom no list knows: "tặng giấy khen cho 4 CĐCS". Only straight behind "cho", and no measure of time or money.
ANYBODY = re.compile(
    _m(
        r"(?!năm|tháng|ngày|tuần|triệu|tỷ|nghìn|ngàn|đồng|suất|phần|món|căn|ngôi|chiếc|bộ|đợt|lần"
        r"|giải)[^\W\d_]+(?: (?!và|được|có|đã|nhận|đạt)[^\W\d_]+)?"
    )
)
BEHIND_TO = re.compile(_m(r"\bcho (?:các )?$"))
AWARDED = re.compile(
    rf"{ANY_FORM}|{_m('khen thưởng|khen tặng|khen(?= [0-9])|biểu dương|tuyên dương|tôn vinh|vinh danh')}"
)
LEVEL = re.compile(
    _m(
        r"\d\d(?: năm)?(?:(?:, ?| và | - |-|, và )\d\d(?: năm)?)*(?: năm(?: tuổi đảng)?| tuổi đảng)"
        r"|từ \d\d (?:năm )?(?:đến|tới) \d\d (?:năm )?tuổi đảng"
    )
)
TO_PEOPLE = re.compile(
    _m(r"[^,;.()]{0,80}?\b(?:cho|tặng|đối với) (?P<of>(?:(?:các|những|một số|nhiều) )?" + CHAIN + ")")
)
KIND = re.compile(_m(r"(?: cho)?(?: các)? (?P<kind>tập thể|cá nhân)\b(?!,? (?:và )?(?:tập thể|cá nhân))"))
OF = re.compile(
    _m(
        r" ?(?:(?:thi đua|\d\d[^,;]{0,30}năm(?: tuổi đảng)?|về [^,;]{0,30}|tập thể"
        r"|cá nhân) ?)?của (?P<who>[^,;:()]{3,90}?)(?= (?:cho|là|tặng|đối với|về|vì|năm|giai đoạn)\b|[,;.:()]"
        r"|$)"
    )
)
GIVEN_BY = re.compile(
    _m(
        r"\bđược (?!nhận|trao|tặng|khen|biểu)(?P<who>[^;:()]{3,90}?) (?:trao tặng|tặng thưởng|trao|tặng"
        r"|khen thưởng|biểu dương"
        r"|tuyên dương|quyết định)"
    )
)
OPENING = re.compile(
    _m(
        r"[ “\"(-]*(?:(?:cũng |nhân |trong |tại |kết thúc |trước đó|bên cạnh đó|đồng thời|theo đó|ngoài ra"
        r"|trong khuôn khổ|ngay |sau |thay mặt|thừa )[^,]{0,60}, |dịp này, ?|dịp này )+"
    )
)
SUBJECT_TAIL = re.compile(
    _m(r" (?:cũng|đã|sẽ|vừa|tiến hành|tổ chức|công bố|quyết định|xét|tiếp tục|kịp thời|trân trọng|vinh dự|còn)\b")
)
VERBS = ("praise", "commend", "give")
BODY = re.compile(
    _m(
        r"(?:lãnh đạo |đại diện lãnh đạo |thường trực |đại diện )?(?:ban |đảng|tỉnh ủy|huyện ủy|thành ủy"
        r"|quận ủy|thị ủy|ủy ban|ubnd|hội (?!nghị)|liên đoàn|bộ |chủ tịch|thủ tướng|chi bộ|công đoàn|đoàn|sở"
        r"|khối|hđnd|công ty|tập đoàn)"
    )
)
LEADERS = re.compile(_m(r"^(?:đại diện )?(?:các đồng chí )?lãnh đạo "))
PERSON = re.compile(_m(r"(?:các )?(?:đồng chí|đ/c|ông|bà|bí thư|phó bí thư|thường trực)\b"))
ACHIEVED = re.compile(
    _m(
        r"(?:đã |vì |do |có |đạt )*(?:nhiều )?thành tích (?=[“\"])|(?:đã |vì |do |có "
        r"|đạt )*(?:nhiều )?(?=thành tích|đóng góp)|(?:đã )?(?:đạt|được công nhận) danh hiệu "
        r"|\blà (?=[a-zđ“\"])|(?=[“\"]?hoàn thành )|(?=tiêu biểu|xuất sắc|điển hình )|đã (?=hoàn thành"
        r"|thực hiện)|\b(?=trong (?!đó))|(?=[“\"])"
    )
)
NAMED = re.compile(
    _m(r"(?:[^,;.:()]{0,90}?)(?:,? ?\b(?:gồm(?: có)?|bao gồm|đó là)\b:?|\blà\b:?|:|\() ?(?:các )?(?=[^\W\d])")
)


WITHIN = re.compile(_m(r"[ “\"-]*(?:trong (?:số )?(?:đó|này)|cụ thể|gồm)\b"))
# "khen thưởng cho các tập thể, cá nhân": all of them, and no number.
TO_ALL = re.compile(_m(r" (?:cho )?(?P<of>(?:các|những) " + CHAIN + ")"))
ONE_PERSON = re.compile(
    r"(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à"
    r"|[Cc]ụ) (?P<name>[A-ZÀ-ÝĐƯƠĂÂÊÔ][^\W\d_]*(?: [A-ZÀ-ÝĐƯƠĂÂÊÔ][^\W\d_]*){1,5}),[^;.:]{0,160}$"
)
# "Đảng bộ có 85 chi bộ, 900 đảng viên, được tặng ..." tells of the body; "trong tổng số 120 đảng viên" of nobody yet.
IN_ALL = ("tổng số ", "trong số ")
OF_THE_BODY = re.compile(_m(r" ?[^,;]{0,30}, (?:đã |vinh dự |cũng )*được"))
POPULATION = re.compile(_m(r"(?:đảng bộ|chi bộ|đảng ủy|hội)\b[^;.\d]{0,40} (?:hiện )?(?:có|với|gồm) (?:$|\d)"))
TOGETHER = re.compile(_m(r"(?:(?!\b(?:có|gồm|được|trong đó)\b)[^,;.]){0,60}(?:,| và| cùng|, và)? "))
NO_FORM = "-"
WITHIN = re.compile(_m(r"[ “\"-]*(?:trong (?:số )?(?:đó|này)|cụ thể|gồm)\b"))
NAMED_BEFORE = re.compile(
    _m(
        r"(?:^|, |; |\briêng |\btrong đó,? |: |\. )(?:có |riêng )?(?P<name>[^,;:]{5,120}?)(?: đã| vinh dự"
        r"| cũng)* được (?:(?!cho\b|để\b|giao\b)[^,;:]){0,80}?(?:tặng|trao|nhận|đón nhận) (?:thưởng )?$"
    )
)
LINKED = re.compile(
    _m(
        r"(?:\bcho|\btặng|\(|:|\bgồm(?: có)?|\blà|đối với|,|;|\bvà|\bcùng|trong đó,?(?: có)?)(?: (?:có|cho|các"
        r"|cả|là))*:? *$"
    )
)
# "trao bằng khen của Chủ tịch UBND tỉnh tặng 1 tập thể": this "tặng" says to whom, and gives nothing new.
IS_LINK = re.compile(_m(r"(?<![,;])(?<!và) \btặng (?:\d|cho|các|một|hai|ba)"))
ALONE = re.compile(
    _m(r" ?(?:loại )?\d\d(?: năm)?(?:(?:, ?| và | - |-)\d\d(?: năm)?)*(?: năm)?(?: tuổi đảng)?(?: cho)? ?")
)
ADVERB = re.compile(_m(r"[ :,;]*(?:(?!kết nạp|ủng hộ|tham gia|của|trong|với)[^,;.\d]){0,30}"))
JOINS = re.compile(_m(r"(?:,| và|, và)? (?:\d+ )?"))
RECEIVES = re.compile(_m(r"\b(?:được|nhận|vinh dự)\b"))
RECEIVES_AT_ONCE = re.compile(
    _m(
        r",?[^,;]{0,60}?(?:, (?:\d+|một|hai|ba) [^,;]{2,40}?)?(?: vinh dự| đã)* (?:được nhận|đón nhận|nhận"
        r"|được (?!công nhận|đánh giá|xếp loại|bình chọn|suy tôn|chọn|cử)(?:(?! và |cho )[^;]){0,90}?"
        r"(?:trao tặng|tặng thưởng|tặng|trao)) "
    )
)
TO = re.compile(r"\b(?:cho|tặng|đối với)\b:? ?")
TO_ANY = re.compile(_m(r"\bcho (?:các |những )?(?P<of>" + CHAIN + ")"))
AND = re.compile(r"(?:,? và|,|;| cùng)\s*$")


FORM_OF = [(form, re.compile(_m(words))) for form, words in FORMS]
