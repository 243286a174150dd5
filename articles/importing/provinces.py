"""The provinces of Viet Nam, those before the mergers of 2025 too: where the name of one ends and a person's begins.

"Bí thư Đảng ủy Khối các cơ quan tỉnh Lâm Đồng Phạm Thanh ..." is read by knowing them. A province that is not listed is
taken as its two capitals.
"""

import re

from committees.figures.normalising import normalise

_NAMES = """
An Giang, Bà Rịa - Vũng Tàu, Bà Rịa-Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định,
Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Đăk Nông, Điện Biên, Đồng Nai, Đồng Tháp,
Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Hưng Yên, Khánh Hòa,
Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ,
Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên Huế, Thừa Thiên - Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
_KNOWN = re.compile("|".join(sorted(normalise(" ".join(_NAMES.split())).lower().split(", "), key=len, reverse=True)))


def known_province(low: str, place: int) -> int:
    """Return where the province that stands at `place` of a matching form in small letters ends; 0 where none does."""
    found = _KNOWN.match(low, place)
    return found.end() if found and not low[found.end() : found.end() + 1].isalnum() else 0
