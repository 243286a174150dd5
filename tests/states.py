"""Every public template in every state: a newsroom grown long, wide and odd, and where in it each state stands."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

from django.core.files.base import ContentFile
from django.test import Client

from articles.commenting.own import token_of
from articles.models import Article, Byline, Citation, Comment, Correction, Publication, Tag, Video
from committees.models import Attendance, AwardRecipient, Committee, CommitteeAlias, Conference, Document, Statistic
from newsroom.models import Abbreviation, MenuItem, Page, SiteIdentity
from newsroom.publishing import State
from tests import situations

# Names as long as they come, two of them with letters that carry two marks.
LONG = (
    "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh tổng kết công tác xây dựng tổ chức cơ sở đảng, công tác dân vận "
    "và Quy chế dân chủ ở cơ sở năm 2022 (TCCSĐ, UBKT, CCQ&DN)"
)
MARKED = "HỘI NGHỊ TỔNG KẾT: ẤP, Ế, Ổ, Ữ, Ặ"
UNBROKEN = "ABCDEFGH" * 9

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def build() -> dict[str, str]:
    """Return the addresses of the states by what each is called; all of them stand in one newsroom.

    What stands in its media folder is left there: the test asks for the fixture `media`.
    """
    _site()
    committee = situations.a_committee("Đảng bộ Sở Thử nghiệm", kind=Committee.Kind.GRASSROOTS, province="Trà Vinh")
    conference = _conference(committee)
    series = _series(committee)
    shares = _shares(conference)
    article = _article(conference, shares)
    return {
        **_articles(article),
        **_committees(committee, conference),
        **_figures(committee, conference, series, shares),
        **_awards(conference, article),
        **_documents(article),
        **_searches(),
        "a page of the site": "/trang/lien-he/",
        "a page of the site, empty": "/trang/trong/",
        "the data": "/du-lieu/",
        "the visits": "/luot-truy-cap/",
        "home": "/",
    }


def _site() -> None:
    SiteIdentity(
        name="Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh", kind="Trang thông tin điện tử",
        governing_body="Tỉnh ủy", email="ban@thu.example", motto="Gần cơ sở, đúng con số", address="1 Lê Lợi, " * 9,
        phone="0294 000 000", responsible_editor="Ban Biên tập", licence_number="01/GP-TTĐT",
        reuse_line="Ghi rõ nguồn khi dùng lại.",
    ).save()  # fmt: skip
    entries = ("Tin tức", "/bai-viet/"), ("Hội nghị", "/hoi-nghi/"), ("Khen thưởng", "/khen-thuong/")
    for place in MenuItem.Place.values:
        for label, address in (*entries, ("Số liệu", "/so-lieu/"), ("Tổ chức", "/to-chuc/")):
            MenuItem.objects.create(label=label, address=address, place=place)
    body = '<p>Lời giới thiệu, xem <a href="/">trang đầu</a>.</p><h2>Mục</h2><ul><li>một</li></ul>'
    for slug, text in (("lien-he", body), ("gioi-thieu", body), ("trong", "")):
        Page.objects.create(slug=slug, title=LONG[:90], body=text, has_identity=slug == "lien-he")
    Abbreviation.objects.create(short="TCCSĐ", long="Tổ chức cơ sở đảng")


def _conference(committee: Committee) -> Conference:
    conference = situations.a_conference(
        committee, name=LONG, held_on=date(2023, 2, 14), review=Conference.Review.SUMMARY, ordinal=7, term_number=4,
        term_start=2020, term_end=2025, convened_by="Ban Chấp hành", inferred_from="“tổng kết năm 2022”",
        period_label="Năm 2022", session=Conference.Session.AFTERNOON,
    )  # fmt: skip
    for number in range(4):
        Attendance.objects.create(
            conference=conference, person=situations.a_person(f"Nguyễn Thị Chủ Trì {number}"),
            role=LONG[:80] if number else "Bí thư Đảng ủy", has_chaired=number < 2, has_concluded=not number,
        )  # fmt: skip
    return conference


def _series(committee: Committee) -> Statistic:
    """A line with a gap, columns of two years, targets, and shares: two indicators with many charts."""
    counted = situations.an_indicator("member.admitted", definition="Đếm đảng viên kết nạp trong kỳ. " * 3)
    for year in (*range(2001, 2015), 2016):
        situations.a_statistic(committee=committee, indicator=counted, value=year * 11, **_of_year(year))
    for year in (2021, 2022):
        situations.a_statistic(committee=committee, indicator=counted, kind="target", value=year, **_of_year(year))
        situations.a_statistic(
            committee=situations.a_committee(f"Đảng bộ {year}"), indicator=counted, value=9, **_of_year(year)
        )
    share = situations.an_indicator("rating.org.good", name="Tổ chức hoàn thành tốt", unit="tổ chức")
    for year in (2019, 2020, 2021):
        situations.a_statistic(committee=committee, indicator=share, value=year - 1950, whole=85, **_of_year(year))
    return situations.a_statistic(committee=committee, indicator=share, value=70, whole=85, **_of_year(2022))


def _of_year(year: int) -> dict[str, object]:
    return {
        "period_label": f"Năm {year}", "period_type": Statistic.Type.YEAR,
        "period_starts_on": date(year, 1, 1), "period_ends_on": date(year, 12, 31),
    }  # fmt: skip


def _shares(conference: Conference) -> dict[str, Statistic]:
    """Parts of parts, a whole fully divided, targets, ratings, and figures in a number that folds the box."""
    make = situations.a_statistic
    good = make(
        conference=conference, value=71, whole=75, percent=Decimal("94.67"), percent_places=2, label=LONG,
        unit_printed="tập thể", **_of_year(2022),
    )  # fmt: skip
    best = make(conference=conference, value=14, whole=71, part_of=good, label="Hoàn thành xuất sắc", **_of_year(2022))
    make(conference=conference, value=4, whole=14, part_of=best, label="Năm năm liền", **_of_year(2022))
    for value in (3, 1):
        make(conference=conference, value=value, whole=75, unit_printed="tập thể", label="Mức khác", **_of_year(2022))
    for number in range(12):
        make(conference=conference, label=f"Số thứ {number}")
    target = make(conference=conference, percent=Decimal(90), comparator=">", kind="target", label="Phấn đấu")
    rating = make(conference=conference, level="excellent", kind="target", label="Mức", unit_printed=LONG[:110])
    return {"nested": good, "a part": best, "a target": target, "a rating": rating}


def _article(conference: Conference, figures: dict[str, Statistic]) -> Article:
    """An article with all that its page may show."""
    article = situations.an_article(
        LONG,
        lead="Ở những cơ sở ấy, ẨN Ý, Ế, Ổ, Ỗ, Ậ, Ặ, Ữ: dấu chồng dấu không được cắt cụt. TCCSĐ.",
        dateline="LĐ online",
        body=f"<h2>{MARKED}</h2><p>Có 71/75 tập thể, trong đó 14/71. <a href='https://bao.example/'>Nguồn</a></p>"
        f"<h3>{MARKED}</h3><blockquote><p>Lời phát biểu.</p></blockquote><ul><li>Một</li></ul><h4>{MARKED}</h4>"
        f"<table><thead><tr><th>Tổ chức</th>{'<th>Năm</th>' * 9}</tr></thead><tbody><tr><td>{UNBROKEN}</td>"
        f"{'<td>1.234.567</td>' * 9}</tr></tbody></table><p>TCCSĐ nào cũng thế.</p>",
        conference=conference,
        publication=Publication.objects.create(name="Báo Thử"),
        source_label="Theo",
        source_url="https://bao.example/bai-1?" + UNBROKEN,
        source_published_at=situations.at(2023, 2, 14),
        retrieved_on=date(2023, 2, 15),
    )
    situations.a_mention(article, figures["nested"], "71/75 tập thể")
    situations.a_mention(article, figures["a part"], "14/71")
    Byline.objects.create(article=article, person=situations.a_person(), credit="both", unit=LONG)
    Correction.objects.create(article=article, stood="72/75", right="71/75")
    Video.objects.create(article=article, address="https://video.example/1", caption="Phóng sự", position=1)
    video = Video(article=article, caption="Phim của mình", position=2)
    video.file.save("thu.mp4", ContentFile(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), save=False)
    video.save()
    for place in range(3):
        situations.a_photo(article, 1200, position=place, credit="Ảnh minh họa")
    article.tags.add(Tag.objects.create(name="kiểm tra, giám sát"))
    _talk(article)
    return article


def _talk(article: Article) -> None:
    """A comment with two answers, one that is not shown any more, and a word without an end."""
    asked = situations.a_comment(article, "Một câu hỏi\n\nhai đoạn " + "dài" * 60)
    situations.a_comment(article, "Một câu trả lời", parent=asked, is_staff_reply=True)
    gone = situations.a_comment(article, "Không còn")
    situations.a_comment(article, "Trả lời câu đã gỡ", parent=gone)
    Comment.objects.filter(pk=gone.pk).update(state=Comment.State.REJECTED)


def _articles(article: Article) -> dict[str, str]:
    tag, author = article.tags.get(), article.bylines.get().person
    for number in range(25):
        other = situations.an_article(f"Bài {number}: {LONG}"[:200], **situations.published(30 + number))
        other.tags.add(tag)
    situations.a_photo(other, 1200)
    bare = situations.an_article("Tin vắn", lead="", body="<p>Một câu.</p>", category=situations.a_category("Tin vắn"))
    of_committee = situations.an_article("Không hội nghị")
    of_committee.committees.add(situations.a_committee(LONG[:190]))
    draft = situations.an_article("Bản nháp", state=State.DRAFT, published_at=None)
    link = situations.a_preview_link(draft)
    category = article.category
    assert category is not None
    comments = f"{article.get_absolute_url()}binh-luan/"
    asked = article.comments.approved().threads().get()
    waiting = situations.a_comment(article, LONG, state=Comment.State.PENDING, parent=asked)
    return {
        "all comments": comments,
        "a comment": f"{comments}{asked.pk}/",
        "a comment that waits": f"{comments}da-gui/{token_of(waiting)}/",
        "a comment to report": f"/binh-luan/{asked.pk}/bao-cao/",
        "a report that was sent": "/binh-luan/bao-cao/da-gui/",
        "articles": "/bai-viet/",
        "articles, page 2": _further("/bai-viet/"),
        "articles, narrowed": f"/bai-viet/?chuyen-muc={category.pk}",
        "articles, none": f"/bai-viet/?the={tag.pk}&chuyen-muc={bare.category_id}",
        "articles, not among the choices": "/bai-viet/?nam=abc",
        "an article with everything": article.get_absolute_url(),
        "an article of one sentence": bare.get_absolute_url(),
        "an article without a conference": of_committee.get_absolute_url(),
        "an article to keep": f"{article.get_absolute_url()}luu/",
        "a preview": link.get_absolute_url(),
        "categories": "/chuyen-muc/",
        "a category": category.get_absolute_url(),
        "tags": "/the/",
        "a tag": tag.get_absolute_url(),
        "authors": "/tac-gia/",
        "an author": author.get_absolute_url(),
        "corrections": "/dinh-chinh/",
    }


def _further(path: str) -> str:
    """The page after the first of a list, as its own link says it."""
    found = re.search(r'class="pager-older"[^>]* href="([^"]+)"', Client().get(path).content.decode())
    assert found, f"{path} has no second page"
    return path + unescape(found[1])


def _committees(committee: Committee, conference: Conference) -> dict[str, str]:
    above = situations.a_committee(LONG[:190])
    Committee.objects.filter(pk=committee.pk).update(parent=above, abbreviation="ĐBSTN", active_from=date(1999, 1, 1))
    CommitteeAlias.objects.create(committee=committee, name="ĐB STN")
    for number in range(14):
        situations.a_committee(f"Chi bộ {number} {LONG[:60]}", parent=committee)
    situations.a_committee("Đảng bộ hợp nhất", predecessor=committee)
    for number in range(24):
        name = f"{number} {LONG}"[:200] if number % 3 else "Hội nghị"
        held_on = date(2023, 2 + 6 * (number % 2), 1 + number)
        situations.a_conference(committee, name=name, ordinal=number + 1, held_on=held_on)
    vague = situations.a_conference(committee, held_on=None, held_on_printed="8/4")
    return {
        "committees": "/to-chuc/",
        "committees, narrowed": f"/to-chuc/?cap-tren={committee.pk}",
        "committees, none": f"/to-chuc/?cap-tren={above.pk}&loai=grassroots&tinh=khong-co",
        "a committee with everything": committee.get_absolute_url(),
        "a committee of which nothing is known": above.get_absolute_url(),
        "conferences": "/hoi-nghi/",
        "conferences, page 2": _further("/hoi-nghi/"),
        "conferences, none": "/hoi-nghi/?nam=2023&ngay=chua-ro",
        "conferences, not among the choices": "/hoi-nghi/?to-chuc=abc&nam=abc",
        "a conference with everything": conference.get_absolute_url(),
        "a conference of an unknown year": vague.get_absolute_url(),
        "a month": "/lich/2023/2/",
        "a month without a conference": "/lich/2023/5/",
    }


def _figures(
    committee: Committee, conference: Conference, series: Statistic, shares: dict[str, Statistic]
) -> dict[str, str]:
    for number in range(40):
        situations.an_indicator(f"many.{number}", name=f"Chỉ số {number}: {LONG[:70]}")
    days = {"period_type": "year", "period_starts_on": date(2024, 1, 1), "period_ends_on": date(2024, 12, 31)}
    aims = {"kind": "target", "committee": committee, "indicator": situations.an_indicator("aimed.at", name=LONG[:90])}
    target = situations.a_statistic(conference=conference, comparator=">=", label=LONG, **aims, **days)
    situations.a_statistic(conference=conference, label="Không rõ thời hạn", **aims)
    after = Committee.objects.filter(predecessor=committee).first() or committee
    told = situations.a_conference(after, held_on=date(2025, 1, 10))
    situations.a_statistic(conference=told, label=LONG, **{**aims, "kind": "result", "committee": after}, **days)
    return {
        "targets": "/chi-tieu/",
        "targets, none": "/chi-tieu/?nam=1990",
        "a target with its result": target.get_absolute_url(),
        "a figure that a reader doubts": f"/so-lieu/{target.pk}/bao-sai/",
        "a doubt that was sent": "/so-lieu/bao-sai/da-gui/",
        "figures": "/so-lieu/",
        "figures, narrowed": "/so-lieu/?loai=target",
        "figures, none": f"/so-lieu/?loai=target&nam=2001&hoi-nghi={conference.pk}",
        "figures, not among the choices": "/so-lieu/?chi-so=abc&nam=abc&ky=abc",
        **{f"a figure: {name}": figure.get_absolute_url() for name, figure in shares.items()},
        "a figure: one of a series": series.get_absolute_url(),
        "indicators": "/chi-so/",
        "indicators, page 2": _further("/chi-so/"),
        "an indicator: shares": series.indicator.get_absolute_url(),
        "an indicator: lines and columns": situations.an_indicator().get_absolute_url(),
        "an indicator without a figure": situations.an_indicator("many.0").get_absolute_url(),
    }


def _awards(conference: Conference, article: Article) -> dict[str, str]:
    award = situations.an_award(
        reported_at=conference, given_at=conference, recipients_described="tổ chức cơ sở tiêu biểu",
        presented_by="Đảng ủy Khối", decision_number="12-QĐ/ĐU", decided_on=date(2023, 2, 10), achievement=LONG,
        count=16, period_label="Năm 2022",
    )  # fmt: skip
    AwardRecipient.objects.create(award=award, name="Chi bộ Hai", committee=conference.committee)
    AwardRecipient.objects.create(award=award, name=LONG)
    situations.an_award(reported_at=conference, part_of=award, count=4)
    situations.an_award(reported_at=conference, form="flag", count=None)
    situations.an_award(reported_at=conference, form="flag", count=7)
    situations.an_award(reported_at=conference, form="badge", level="30 năm", recipient_kind="individual")
    bare = situations.an_award(form="unstated", recipient_kind="unstated", count=None, granted_by="", achievement="")
    situations.a_mention(article, award, "trong đó")
    return {
        "awards": "/khen-thuong/",
        "awards, narrowed": f"/khen-thuong/?hinh-thuc=flag&hoi-nghi={conference.pk}",
        "awards, none": "/khen-thuong/?hinh-thuc=medal",
        "an award with everything": award.get_absolute_url(),
        "an award of which little is known": bare.get_absolute_url(),
    }


def _documents(article: Article) -> dict[str, str]:
    document = situations.a_document(
        LONG[:120], subject=LONG, number="21-NQ/TW", issuer="Ban Chấp hành Trung ương", issued_on=date(2022, 6, 16)
    )
    document.file.save("thu.pdf", ContentFile(PDF))
    Citation.objects.create(article=article, document=document, printed="Nghị quyết 21")
    for number in range(21):
        situations.a_document(f"{number} {LONG}"[:200], issued_on=date(2020, 1, 1 + number))
    return {
        "documents": "/van-ban/",
        "documents, page 2": _further("/van-ban/"),
        "documents, none": "/van-ban/?loai=decision&nam=2022",
        "a document with everything": document.get_absolute_url(),
        "a document that is cited nowhere": Document.objects.exclude(pk=document.pk).earliest("pk").get_absolute_url(),
    }


def _searches() -> dict[str, str]:
    return {
        "search": "/tim-kiem/",
        "search, found": "/tim-kiem/?q=tong+ket",
        "search, page 2": "/tim-kiem/?q=tong+ket&trang=2",
        "search, narrowed": "/tim-kiem/?q=tong+ket&loai=bai-viet",
        "search, mistyped": "/tim-kiem/?q=tonk+ket",
        "search, none": "/tim-kiem/?q=khongdaucoxyz",
        "search, no word": "/tim-kiem/?q=%3F%3F",
    }
