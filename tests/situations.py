"""Situations that tests begin from: one line builds a thing with all it needs, public unless said otherwise."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles.models import (
    Article,
    Ban,
    Category,
    Comment,
    FigureReport,
    Mention,
    Photo,
    PreviewLink,
    Ripple,
    RipplePlace,
)
from committees.models import Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.models import User
from newsroom.publishing import State

_next = count(1)


def published(hours_ago: float = 1) -> dict[str, Any]:
    """What makes a thing public since so many hours (scheduled, where negative)."""
    return {"state": State.PUBLISHED, "published_at": timezone.now() - timedelta(hours=hours_ago)}


def draft() -> dict[str, Any]:
    """What makes a thing a draft."""
    return {"state": State.DRAFT, "published_at": None}


def a_user(username: str = "", **fields: Any) -> User:
    return User.objects.create_user(username or f"nguoi-{next(_next)}", password="mật khẩu của bài thử", **fields)


def staff(role: str, **fields: Any) -> User:
    """Somebody who sits at the desk in a role (a key of `newsroom.roles.ROLES`)."""
    user = a_user(is_staff=True, **fields)
    user.groups.add(Group.objects.get(role__role=role))
    return user


def a_committee(name: str = "", **fields: Any) -> Committee:
    return Committee.objects.create(name=name or f"Đảng bộ cơ sở số {next(_next)}", **fields)


def a_person(name: str = "Lê Văn Thử", **fields: Any) -> Person:
    return Person.objects.create(name=name, **fields)


def a_conference(committee: Committee | None = None, **fields: Any) -> Conference:
    number = next(_next)
    defaults = {
        "name": f"Hội nghị lần thứ {number}",
        "held_on": date(2024, 3, 1) + timedelta(days=number),
        **published(),
    }
    return Conference.objects.create(committee=committee or a_committee(), **{**defaults, **fields})


def an_indicator(code: str = "member.admitted", **fields: Any) -> Indicator:
    defaults = {"name": "Đảng viên mới kết nạp", "unit": "đảng viên"}
    return Indicator.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def a_statistic(**fields: Any) -> Statistic:
    conference = fields.get("conference")
    if "committee" not in fields:
        fields["committee"] = conference.committee if conference else a_committee()
    fields.setdefault("indicator", None)
    fields["indicator"] = fields["indicator"] or an_indicator()
    if not {"value", "percent", "plan_percent", "level"} & fields.keys():
        fields["value"] = Decimal(next(_next))
    return Statistic.objects.create(**{"label": "Kết nạp đảng viên mới", **published(), **fields})


def an_award(**fields: Any) -> Award:
    defaults = {
        "form": Award.Form.COMMENDATION,
        "recipient_kind": Award.RecipientKind.COLLECTIVE,
        "count": next(_next),
        "granted_by": "Đảng ủy cơ sở",
        "achievement": "Hoàn thành xuất sắc nhiệm vụ",
        **published(),
    }
    return Award.objects.create(**{**defaults, **fields})


def a_document(name: str = "", **fields: Any) -> Document:
    return Document.objects.create(name=name or f"Kế hoạch số {next(_next)}-KH/ĐU", **fields)


def a_category(name: str = "Tin thử") -> Category:
    return Category.objects.get_or_create(name=name)[0]


def an_article(title: str = "", **fields: Any) -> Article:
    defaults = {
        "title": title or f"Bài thử số {next(_next)}",
        "lead": "Câu mở đầu của bài thử.",
        "body": "<p>Thân bài thử.</p>",
        "category": fields.get("category") or a_category(),
        **published(),
    }
    return Article.objects.create(**{**defaults, **fields})


def a_mention(article: Article, thing: Statistic | Award, words: str, part: str = "body") -> Mention:
    target = {"award" if isinstance(thing, Award) else "statistic": thing}
    return Mention.objects.create(article=article, words=words, part=part, **target)


def a_comment(
    article: Article, text: str = "Bình luận thử.", state: str = Comment.State.APPROVED, **fields: Any
) -> Comment:
    return Comment.objects.create(article=article, text=text, state=state, **{"name": "Bạn đọc", **fields})


def a_doubt(statistic: Statistic | None = None, words: str = "Số này sai.", **fields: Any) -> FigureReport:
    """That a reader holds a figure wrong, waiting for a moderator."""
    about = statistic or a_statistic()
    return FigureReport.objects.create(statistic=about, **{"figure": str(about), "words": words, **fields})


def a_ripple(by: User, statistic: Statistic | None = None, places: int = 1) -> Ripple:
    """A change of a public figure, with so many places that say it, each in an article of its own."""
    thing = statistic or a_statistic()
    changed = [{"field": "giá trị", "stood": "71", "right": "72"}]
    ripple = Ripple.objects.create(statistic=thing, changed=changed, stood="71/75", right="72/75", made_by=by)
    for _place in range(places):
        said = {"part": "body", "words": "71/75", "sentence": "Có 71/75 tập thể."}
        RipplePlace.objects.create(ripple=ripple, article=an_article(), **said)
    return ripple


def a_ban(**fields: Any) -> Ban:
    """A ban by an e-mail address, in force for a week unless said otherwise."""
    known = {} if "sender" in fields else {"correspondent": f"{next(_next):064d}"}
    ends_at = timezone.now() + timedelta(days=7)
    return Ban.objects.create(
        **{"name": "Người bị chặn", "ends_at": ends_at, "created_by": a_user(), **known, **fields}
    )


def a_preview_link(article: Article | None = None, name: str = "Người được xem", **fields: Any) -> PreviewLink:
    """A link to the preview of an article, open for a week unless said otherwise."""
    maker = fields.pop("created_by", None) or a_user()
    defaults = {"expires_at": timezone.now() + timedelta(days=7)}
    return PreviewLink.objects.create(
        article=article or an_article(), name=name, created_by=maker, **{**defaults, **fields}
    )


def picture_bytes(width: int = 1200, height: int = 675, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture of soft stripes, encoded as `kind`."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def a_photo(article: Article, width: int = 480, **fields: Any) -> Photo:
    """A photo of so many pixels, stored with its renditions: of a wide one they take a tenth of a second."""
    defaults = {"alt": "Quang cảnh thử", "caption": "Chú thích thử"}
    photo = Photo(article=article, **{**defaults, **fields})
    photo.image.save("thu.jpg", ContentFile(picture_bytes(width, width * 9 // 16)), save=False)
    photo.save()
    return photo


def at(year: int, month: int, day: int, hour: int = 7) -> datetime:
    """A moment on the newsroom's own clock."""
    return datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())
