"""The words by which each indicator is known: what is counted, and the verb before it or behind."""

import re
from dataclasses import dataclass

from .normalising import styled

_MEMBERS = r"đảng viên|đv|đồng chí|đ/c|quần chúng|đoàn viên|người|cá nhân|cán bộ|công chức|ưu tú|chị"
_ORGS = (
    r"tổ chức|tccs|tccsđ|tcđ|chi bộ|đảng bộ|chi, đảng bộ|chi đảng bộ|đảng ủy|chi ủy|cấp ủy(?! viên)"
    r"|ủy ban kiểm tra|đơn vị|cơ sở"
)
_CASES = r"trường hợp|lượt|người|đảng viên|đồng chí|cá nhân|hồ sơ"


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of one indicator: `unit` begins the noun, and `before` governs it or `after` follows it."""

    code: str
    unit: str
    before: str = ""
    after: str = ""


# More particular ones come first; of two verbs before a figure the nearer one governs it.
_RULES = (
    _Said(
        "complaints.resolved",
        r"đơn(?! vị)(?: thư)?|vụ việc|trường hợp|lượt",
        r"đơn thư|khiếu nại|tố cáo",
        r"(?:đơn(?! vị)|thư|khiếu nại|tố cáo|phản ánh|kiến nghị)",
    ),
    _Said("complaints.resolved", r"đơn(?! vị)(?: thư)?|vụ việc", r"giải quyết|tiếp nhận|tiếp công dân"),
    _Said(
        "member.admitted_rate",
        r"",
        r"tỷ lệ (?:phát triển|kết nạp)(?: đảng| đảng viên)?|(?:kết nạp|phát triển) đảng viên đạt tỷ lệ",
        r"",
    ),
    _Said(
        "member.population_share",
        r"",
        r"đảng viên ?(?:/|so với|trên|[^;.]{0,30}(?:so với|trên tổng số|tổng)) ?(?:tổng )?dân số",
        r"dân số",
    ),
    _Said(
        "member.admitted",
        r"đảng viên|đv|đồng chí|đ/c|quần chúng|đoàn viên ưu tú|người|cá nhân|ưu tú|chị|công nhân|học sinh"
        r"|sinh viên|hồ sơ",
        r"kết nạp(?! lại)|phát triển (?:được|mới|thêm|đảng)|phát triển(?= ?$)",
        r"(?:được |đã )?(?:xét )?kết nạp|vào đảng|mới kết nạp",
    ),
    _Said(
        "member.official",
        rf"{_MEMBERS}|trường hợp|hồ sơ",
        r"công nhận(?: chuyển)?(?: đảng viên)? chính thức|chuyển (?:đảng"
        r"|đảng viên)(?: dự bị)?(?: thành đảng viên)? chính thức|chuyển chính thức"
        r"|công nhận(?=[^;.]*$)",
        r"[^,;.]{0,70}chính thức",
    ),
    _Said(
        "member.transfer_out",
        _CASES,
        r"chuyển(?: sinh hoạt)?(?: đảng)?(?: chính thức)? đi|chuyển đi|giới thiệu chuyển sinh hoạt",
        r"[^,;.]{0,30}chuyển(?: sinh hoạt)?(?: đảng)?(?: đi| ra)",
    ),
    _Said(
        "member.transfer_in",
        _CASES,
        r"tiếp nhận(?! (?:đơn|thông tin|ý kiến))|chuyển(?: sinh hoạt)?(?: đảng)? đến|chuyển đến",
        r"[^,;.]{0,30}(?:chuyển)?(?: sinh hoạt)?(?: đảng)? (?:chuyển )?đến",
    ),
    _Said(
        "member.transfer",
        _CASES,
        r"chuyển(?: và tiếp nhận)? sinh hoạt(?: đảng)?",
        r"[^,;.]{0,20}chuyển sinh hoạt",
    ),
    _Said(
        "member.political_clearance",
        _CASES,
        r"tiêu chuẩn chính trị|chính trị nội bộ|thẩm tra|lịch sử chính trị",
        r"[^;.]{0,60}tiêu chuẩn (?:về )?chính trị",
    ),
    _Said(
        "member.card_issued",
        r"thẻ|đảng viên|đồng chí",
        r"(?:phát|cấp|trao|đổi|làm)(?: lại)?(?:,? (?:cấp|đổi|phát)(?: lại)?)* thẻ(?: đảng(?: viên)?)?",
        r"(?:đảng viên )?được (?:phát|cấp|trao) thẻ",
    ),
    _Said(
        "member.removed",
        rf"{_MEMBERS}|trường hợp",
        r"xóa tên",
        r"[^,;.]{0,30}(?:bị )?xóa tên",
    ),
    _Said(
        "member.expelled_admin",
        rf"{_MEMBERS}|trường hợp",
        r"(?:đưa|cho|xin)(?: rút)?(?: \w+){0,3} ra khỏi đảng",
        r"[^,;.]{0,20}(?:xin |cho |đưa )?(?:\w+ )?ra (?:khỏi )?đảng",
    ),
    _Said(
        "inspection.finance",
        r"tổ chức|chi bộ|đảng bộ|đơn vị|cuộc|tccs|cơ sở|đảng ủy|cấp ủy",
        r"tài chính(?: của)?(?: đảng)?|đảng phí",
        r"[^,;.]{0,30}(?:về )?tài chính đảng",
    ),
    _Said(
        "org.disciplined",
        _ORGS,
        r"(?:thi hành )?kỷ luật|khiển trách|giải tán",
        r"[^,;.]{0,20}bị (?:thi hành |xử lý )?(?:kỷ luật|khiển trách|cảnh cáo|giải tán)",
    ),
    _Said(
        "member.disciplined",
        rf"{_MEMBERS}|trường hợp",
        r"kỷ luật|khiển trách|cảnh cáo|cách chức|khai trừ",
        r"[^,;.]{0,30}(?:bị )?(?:thi hành |xử lý )?(?:kỷ luật|khiển trách|cảnh cáo|cách chức|khai trừ)",
    ),
    _Said(
        "inspection.violation_org",
        _ORGS,
        r"dấu hiệu vi phạm",
        r"(?: \w+){0,3} (?:khi )?có dấu hiệu vi phạm",
    ),
    _Said(
        "inspection.violation_member",
        rf"{_MEMBERS}|trường hợp",
        r"dấu hiệu vi phạm",
        r"(?: \w+){0,3} ?(?:khi )?có dấu hiệu vi phạm",
    ),
    # One number for both doings: "kiểm tra, giám sát 25 tổ chức và đảng viên".
    _Said("inspection.total", rf"(?:lượt )?(?:{_ORGS}|{_MEMBERS})[^#]*", r"kiểm tra(?:,| và) giám sát(?: được)?$"),
    _Said(
        "inspection.total",
        r"(?:tổ chức|chi bộ|tccs|lượt tổ chức)[^#]*(?:đảng viên|cá nhân)|cuộc",
        r"kiểm tra",
        r"[^,;.]{0,20}được (?:tiến hành )?kiểm tra|kiểm tra, giám sát",
    ),
    _Said(
        "inspection.org",
        rf"(?:lượt )?(?:{_ORGS})",
        r"kiểm tra(?:,| và) giám sát|kiểm tra",
        r"[^,;.]{0,20}được kiểm tra",
    ),
    _Said(
        "inspection.member",
        rf"(?:lượt )?(?:{_MEMBERS})",
        r"kiểm tra(?:,| và) giám sát|kiểm tra",
        r"[^,;.]{0,20}được kiểm tra",
    ),
    _Said(
        "supervision.org",
        rf"(?:lượt )?(?:{_ORGS})",
        r"giám sát",
        r"[^,;.]{0,20}được giám sát",
    ),
    _Said(
        "supervision.member",
        rf"(?:lượt )?(?:{_MEMBERS})",
        r"giám sát",
        r"[^,;.]{0,20}được giám sát",
    ),
    _Said(
        "org.committee_strengthened",
        rf"{_ORGS}|cấp ủy viên|ủy viên",
        r"kiện toàn|củng cố|chỉ định|bổ sung cấp ủy",
        r"[^,;.]{0,20}được (?:củng cố|kiện toàn)",
    ),
    _Said(
        "org.established",
        _ORGS,
        r"thành lập",
        r"[^,;.]{0,30}(?:được|mới) thành lập",
    ),
    _Said(
        "org.congress_held",
        rf"{_ORGS}|\w+",
        r"(?:tổ chức|chỉ đạo)(?: thành công| xong| điểm)? đại hội",
        r"[^,;.]{0,40}(?:hoàn thành|tổ chức)(?: thành công| xong)?(?: việc tổ chức)? đại hội"
        r"|[^,;.]{0,20}đại hội (?:thành công|xong)",
    ),
    _Said(
        "org.theme_adopted",
        _ORGS,
        r"xây dựng chủ đề",
        r"[^,;.]{0,40}xây dựng (?:\w+ )?chủ đề",
    ),
    _Said(
        "org.self_review",
        rf"{_ORGS}|tập thể|{_MEMBERS}",
        r"kiểm điểm",
        r"[^,;.]{0,50}(?:(?:tổ chức |thực hiện |được )?kiểm điểm|tự soi, tự sửa)",
    ),
    _Said(
        "training.candidates",
        r"học viên|quần chúng|đoàn viên|người|lượt|đối tượng",
        r"(?:nhận thức về đảng|đối tượng (?:kết nạp )?đảng|cảm tình đảng)",
        r"[^,;.]{0,40}(?:nhận thức về đảng|cảm tình đảng)",
    ),
    _Said(
        "training.new_members",
        r"học viên|đảng viên|người|lượt",
        r"(?:bồi dưỡng|lớp)[^;.]{0,40}đảng viên mới",
    ),
    _Said(
        "training.classes",
        r"lớp|khóa(?! ?[ivx])|đợt tập huấn|hội nghị tập huấn|buổi tập huấn",
        r"",
        r"",
    ),
    _Said(
        "training.organizations",
        _ORGS,
        r"(?:tập huấn|bồi dưỡng)[^.]*(?:của|từ|đến từ|thuộc)$",
    ),
    _Said(
        "training.participants",
        rf"học viên|lượt|đại biểu|báo cáo viên|cấp ủy viên|lao động|hội viên|{_MEMBERS}",
        r"tập huấn|bồi dưỡng|lớp",
        r"[^;.]{0,40}(?:tập huấn|bồi dưỡng)",
    ),
    _Said(
        "study.members",
        r"(?:cán bộ, )?(?:công chức, )?đảng viên",
        r"học tập(?! và làm theo)|quán triệt",
        r"[^;.]{0,60}(?:học tập(?! và làm theo)|quán triệt|nghiên cứu|phổ biến nghị quyết)",
    ),
    _Said(
        "study.masses",
        r"quần chúng|đoàn viên|hội viên|nhân dân|người dân|công nhân|cán bộ, đoàn viên",
        r"học tập(?! và làm theo)|quán triệt",
        r"[^;.]{0,60}(?:học tập(?! và làm theo)|quán triệt|nghiên cứu|phổ biến nghị quyết)",
    ),
    _Said(
        "study.orgs",
        _ORGS,
        r"học tập(?! và làm theo)|quán triệt",
        r"[^;.]{0,60}(?:học tập(?! và làm theo)|quán triệt)",
    ),
    _Said(
        "study.cadres",
        r"cán bộ|báo cáo viên|cấp ủy viên|bí thư",
        r"học tập(?! và làm theo)|quán triệt",
        r"[^;.]{0,60}(?:học tập(?! và làm theo)|quán triệt)",
    ),
    _Said(
        "documents.issued",
        r"(?:loại )?(?:văn bản|nghị quyết|chỉ thị|kế hoạch|chương trình|kết luận|quyết định|quy chế|quy định"
        r"|hướng dẫn|công văn|báo cáo|đề án)",
        r"ban hành|cụ thể hóa|xây dựng",
        r"[^,;.]{0,30}(?:được )?(?:ban hành|cụ thể hóa)",
    ),
    _Said(
        "tasks.completed",
        r"(?:nhóm )?(?:nhiệm vụ|chỉ tiêu|mục tiêu|đầu việc)",
        r"hoàn thành|thực hiện|đạt",
        r"(?:(?!chưa|không)[^;.]){0,40}(?:hoàn thành|đạt(?! thấp))",
    ),
    _Said(
        "plan.share",
        r"(?:\w+ ){0,2}(?:chỉ tiêu|kế hoạch|nghị quyết)",
        r"hoàn thành|đạt|thực hiện|bằng",
    ),
    _Said(
        "units.task_good",
        r"(?:các )?(?:cơ quan|đơn vị)",
        r"",
        r"[^;.]{0,30}hoàn thành (?:tốt|xuất sắc)[^;.]{0,20}(?:nhiệm vụ )?(?:chuyên môn|chính trị)",
    ),
    _Said(
        "enterprise_org.effective",
        rf"{_ORGS}|doanh nghiệp",
        r"",
        r"[^;.]{0,120}(?:sản xuất,? kinh doanh|kinh doanh)[^;.]{0,20}(?:có )?hiệu quả",
    ),
    _Said(
        "models.registered",
        r"(?:lượt )?(?:mô hình|điển hình)|(?:tập thể|cá nhân|đơn vị)(?:, | và )?[^;.]{0,20}",
        r"đăng ký|(?:có|xây dựng(?: được)?|duy trì|chỉ tiêu|chỉ)$",
        r"[^;.]{0,60}(?:đăng ký[^;.]{0,40}(?:mô hình|điển hình)|dân vận khéo)",
    ),
    _Said(
        "conference.attendees",
        rf"{_MEMBERS}|đại biểu|báo cáo viên|cộng tác viên|tuyên truyền viên",
        r"tham dự|dự (?:hội nghị|họp|lễ|buổi|đại hội)|sự tham gia",
        r"[^;.]{0,60}(?:tham dự|về dự|dự hội nghị|dự họp)",
    ),
    _Said(
        "member.total",
        r"đảng viên(?! mới)|đồng chí",
        r"(?:hiện có|toàn đảng bộ có|đảng bộ (?:khối |huyện |tỉnh )?(?:hiện )?có|(?<!mỗi )chi bộ (?:hiện )?có"
        r"|(?<!đối )với)$"
        r"|hiện có[^;.]{0,40}$|(?<!trong )tổng số(?: đảng viên)?[^;.]{0,50}",
    ),
    _Said(
        "org.total",
        r"(?:tổ chức cơ sở|tccs|chi bộ|đảng bộ|chi, đảng bộ)[^;.]*",
        r"(?:tổng số|hiện có|đảng bộ có|trực thuộc|gồm|với|quản lý|sinh hoạt (?:tại|ở))$",
    ),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The same, as it is asked of words in the matching form."""

    code: str
    unit: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


RULES = tuple(
    Rule(
        rule.code,
        re.compile(styled(rf"(?:các |những |lượt )?(?:{rule.unit})(?!\w)")),
        re.compile(styled(rule.before)) if rule.before else None,
        re.compile(styled(rf" ?(?:{rule.after})")) if rule.after else None,
    )
    for rule in _RULES
)
