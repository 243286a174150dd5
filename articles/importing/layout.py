"""The lines of a raw report, each with its role on the page it was copied from.

`layout_of(text)` gives a `Layout`:

* `lines`: every line of the text in order, with its role; `start` and `end` are code points of the text as read,
  half open, without the line break. A line that holds a stamp or a byline beside other words is given in pieces.
* `blocks`: what belongs together - a paragraph, a caption that was wrapped over three lines - in the order of the
  text. `block.text` is the slice `text[block.start:block.end]` with each line break turned into a space, so it has the
  length of the slice: what stands at `i` in `block.text` stands at `block.start + i` in the text.
* `title`, `lead` (a block or None), `body` (the paragraphs behind the lead), `paragraphs` (lead and body: all the
  prose there is, where figures and awards are looked for), `captions`, `of(role)`.

Roles: title, kicker, sub_line, lead, paragraph, caption, caption_alt, byline, photo_credit, source, updated, published,
page_date, video_marker, view_count, comment_marker, end_mark, furniture, blank, blank_nbsp. What is not certain is a
paragraph: nothing of the report is lost by a guess. The time is linear in the length of the text, and no text raises.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from articles.importing.captions import is_caption
from articles.importing.credits import names_person, names_unit
from articles.importing.furniture import begins_tail, is_bare_number
from articles.importing.lines import BREAKS, Line, lines_of, together
from articles.importing.wording import ends, pattern, starts_with_time

ALIKE = 0.8  # from here on two captions are one, printed twice
_BODY_HEAD = pattern(r"(?:đảng bộ|đảng ủy|chi bộ|ban|khối|huyện ủy|thành ủy|tỉnh ủy|sở|hội|tin|xây dựng đảng)\b")
_TITLE_VERB = pattern(
    r"\b(?:tổ chức|tổng kết|sơ kết|triển khai|khen|kết nạp|trao|quán triệt|tập trung|đẩy mạnh|hội nghị|nâng cao"
    r"|hoàn thành|biểu dương"
    r"|tuyên dương|thực hiện|đánh giá|phát huy|phấn đấu|tiếp tục|tăng cường|gặp mặt|công bố|họp|lần thứ|%)"
)
_AWARDS_LINE = pattern(r"(?:khen thưởng|biểu dương|tuyên dương|tặng|trao|kết nạp)\b.*\d")


@dataclass(slots=True)
class Block:
    """Lines that belong together; `start` and `end` leave out the blanks around. `group` joins a caption with its
    alternative text."""

    lines: list[Line]
    start: int
    end: int
    text: str
    plain: str
    role: str
    group: int | None = None

    @property
    def words(self) -> str:
        """The words as written, lines joined by one space."""
        return " ".join(line.text.strip() for line in self.lines)


@dataclass(slots=True)
class Layout:
    """A raw report taken apart."""

    text: str
    lines: list[Line]
    blocks: list[Block]

    def of(self, *roles: str) -> list[Block]:
        """Return the blocks in one of `roles`, in the order of the text."""
        return [block for block in self.blocks if block.role in roles]

    @property
    def title(self) -> Block | None:
        """The title, if the text has one."""
        return next(iter(self.of("title")), None)

    @property
    def lead(self) -> Block | None:
        """The first paragraph."""
        return next(iter(self.of("lead")), None)

    @property
    def body(self) -> list[Block]:
        """The paragraphs behind the lead."""
        return self.of("paragraph")

    @property
    def paragraphs(self) -> list[Block]:
        """Lead and body: all the prose."""
        return self.of("lead", "paragraph")

    @property
    def captions(self) -> list[Block]:
        """The captions, each once."""
        return self.of("caption")


def layout_of(text: str) -> Layout:
    """Return the lines and blocks of `text` with their roles."""
    lines = lines_of(text)
    blocks = [_block(text, joined) for joined in together(lines)]
    _give_roles(blocks)
    for block in blocks:
        for line in block.lines:
            line.role = block.role
    return Layout(text, lines, blocks)


def _block(text: str, lines: list[Line]) -> Block:
    first, last = lines[0], lines[-1]
    start = first.start + len(first.text) - len(first.text.lstrip())
    end = last.start + len(last.text.rstrip())
    words = BREAKS.sub(lambda found: " " * len(found[0]), text[start:end])
    return Block(lines, start, end, words, " ".join(line.plain for line in lines), first.role)


def _give_roles(blocks: list[Block]) -> None:
    """Give every block its role, in place."""
    _mark_counts(blocks)
    at = _lead_at(blocks)
    if at is None:
        rest = [block for block in blocks if not block.role]
        for block in rest:
            block.role = "caption" if is_caption(block.plain) else "paragraph"
        if rest and rest[0].role == "paragraph" and 4 <= len(rest[0].plain.split()) <= 40:
            rest[0].role = "title"
        return
    prose = " ".join(block.plain for block in blocks[at : at + 6] if not block.role)[:4000]
    blocks[at].role = "lead"
    _mark_front(blocks[: at + 1], prose)
    tail = _tail_at(blocks, at)
    for block in blocks[tail:]:
        block.role = block.role or "furniture"
    _mark_repeated(blocks[:tail])
    _mark_captions(blocks[at + 1 : tail])
    _mark_bylines(blocks[at + 1 : tail])
    for block in blocks[at + 1 : tail]:
        block.role = block.role or "paragraph"


def _mark_counts(blocks: list[Block]) -> None:
    """A bare number alone in its line is the count of views where comments or nothing at all follow, else furniture."""
    for at, block in enumerate(blocks):
        if not block.role and is_bare_number(block.plain):
            below = next(
                (one.role for one in blocks[at + 1 : at + 4] if one.role != "furniture"), "" if not at else "end"
            )
            block.role = "view_count" if below in ("comment_marker", "end") else "furniture"


def _lead_at(blocks: list[Block]) -> int | None:
    """Return where the first paragraph stands: the first prose that describes no picture."""
    places = [at for at, block in enumerate(blocks) if not block.role and _is_prose(block.plain)]
    if not places:
        return None
    at = places[0]
    words = len(blocks[at].plain.split())
    titled = any(not block.role and len(block.plain.split()) > 3 for block in blocks[:at])
    # A title with a full stop: nothing stands above it, and the paragraph below begins as leads do.
    if titled or words > 30 or places[1:2] != [at + 1] or starts_with_time(blocks[at].plain):
        return at
    return at + starts_with_time(blocks[at + 1].plain)


def _is_prose(plain: str) -> bool:
    words = len(plain.split())
    if starts_with_time(plain):
        return (words >= 8 and ends(plain)) or words >= 25
    if is_caption(plain):
        return False
    return (words >= 9 and ends(plain)) or words >= 45


def _mark_front(page: list[Block], prose: str) -> None:
    """Give their roles to the blocks above the lead, the last of `page`: one is the title, beside it kicker, sub-line
    and byline."""
    front = [block for block in page[:-1] if block.role in ("", "caption")]
    below = {id(block): after.role for block, after in pairwise(page)}
    seen: dict[str, Block] = {}
    for block in front:
        if block.plain.endswith("|") and names_person(block.text):
            block.role = "byline"
        elif block.plain in seen:
            seen[block.plain].role = "furniture"
        seen[block.plain] = block
    left = [block for block in front if not block.role and len(block.plain.split()) > 1]
    # "Trao Huy hiệu Đảng cho 96 đảng viên" above the lead is a caption only where another line can be the title.
    if any(_may_be_title(block, below[id(block)]) and not is_caption(block.plain) for block in left):
        for block in left:
            block.role = "caption" if is_caption(block.plain) else ""
    known = set(prose.split())
    scored = [
        (_title_score(block, place, known, below[id(block)]), -place)
        for place, block in enumerate(front)
        if not block.role and not _is_sub_line(block)
    ]
    best = -max(scored, default=(0.0, 1))[1]
    for place, block in enumerate(front):
        if place == best:
            block.role = "title"
        elif not block.role and best < place:
            words = len(block.plain.split())
            is_signed = 1 < words <= 6 and best >= 0 and names_person(block.text)
            block.role = "byline" if is_signed else "sub_line" if words > 3 else "furniture"
        elif not block.role:
            block.role = "kicker" if place == best - 1 and _is_kicker(block) else "furniture"


def _is_sub_line(block: Block) -> bool:
    return block.plain[0] in "*•+"


def _may_be_title(block: Block, below: str) -> bool:
    words = len(block.plain.split())
    return words > 3 and below != "furniture" and not _is_kicker(block) and not _is_sub_line(block)


def _title_score(block: Block, place: int, known: set[str], below: str) -> float:
    """How much like a title: long enough, told again in the prose, with a verb, above a stamp, a byline or the lead; no
    kicker, no item of a menu, no count of awards."""
    words = block.plain.split()
    score = min(len(words), 14) + 8 * sum(word in known for word in words) / len(words) + 0.5 * place
    score += 4 * bool(_TITLE_VERB.search(block.plain))
    score += 4 * (below in ("updated", "published", "byline", "lead")) - 4 * (below == "furniture")
    score -= 8 * _is_kicker(block)
    return score - 6 * bool(place and _AWARDS_LINE.match(block.plain))


def _is_kicker(block: Block) -> bool:
    words = len(block.plain.split())
    if words <= 3 or block.plain.endswith(":"):
        return True
    return words <= 12 and bool(_BODY_HEAD.match(block.plain)) and not _TITLE_VERB.search(block.plain)


def _tail_at(blocks: list[Block], lead: int) -> int:
    """Return where the page goes on without the article: at comments or related texts that no prose follows."""
    sizes = [len(block.plain) if not block.role or block.role == "lead" else 0 for block in blocks]
    before, after = 0, sum(sizes[lead:])
    for at in range(lead, len(blocks)):
        before += sizes[at]
        after -= sizes[at]
        if blocks[at].role and begins_tail(blocks[at].plain) and after <= 0.5 * before:
            return at
    return len(blocks)


def _mark_repeated(blocks: list[Block]) -> None:
    """A paragraph that stands a second time, or that repeats the title, is the page's doing: it would be read twice."""
    seen = {block.plain for block in blocks if block.role in ("title", "lead")}
    for block in blocks:
        if not block.role and len(block.plain.split()) > 5 and not is_caption(block.plain):
            if block.plain in seen:
                block.role = "furniture"
            seen.add(block.plain)


def _mark_captions(blocks: list[Block]) -> None:
    """Find captions: printed twice, describing a scene, or repeating a sentence beside them without a full stop."""
    group = 0
    for at, block in enumerate(blocks):
        above = blocks[at - 1] if at else None
        if block.role:
            continue
        if above and above.role in ("", "caption") and _same_caption(above, block):
            group = group if above.group else group + 1
            above.role, block.role = "caption_alt", "caption"
            above.group = block.group = group
        elif is_caption(block.plain) or _repeats(block, blocks[max(0, at - 2) : at] + blocks[at + 1 : at + 3]):
            block.role = "caption"
            group += 1
            block.group = group


def _same_caption(above: Block, below: Block) -> bool:
    if max(len(above.plain), len(below.plain)) > 400 or len(below.plain.split()) < 3:
        return False
    if above.plain == below.plain:
        return True
    if not is_caption(above.plain) and not is_caption(below.plain):
        return False
    if re.findall(r"\d+", above.plain) != re.findall(r"\d+", below.plain):
        return False
    matcher = SequenceMatcher(None, above.plain, below.plain, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _repeats(block: Block, around: list[Block]) -> bool:
    """Whether a line without a full stop says what a paragraph beside it says, nearly word for word."""
    words = block.plain.split()
    if not 12 <= len(words) <= 60 or ends(block.plain) or block.plain[-1] in ":;,":
        return False
    pairs = set(pairwise(words))
    for other in around:
        if len(other.plain) > 1.3 * len(block.plain):
            others = other.plain[:6000].split()
            if len(pairs & set(pairwise(others))) >= 0.6 * len(pairs):
                return True
    return False


def _mark_bylines(blocks: list[Block]) -> None:
    """Find who signs without a label: names alone in a line behind the last paragraph, else an organisation."""
    closing = [at for at, block in enumerate(blocks) if not block.role and _closes(block)]
    behind = [block for block in blocks[closing[-1] + 1 if closing else 0 :] if not block.role]
    signed = [block for block in behind if names_person(block.text)]
    for block in signed or [block for block in behind[-1:] if names_unit(block.words)]:
        block.role = "byline"


def _closes(block: Block) -> bool:
    words = len(block.plain.split())
    return (words >= 12 or (words >= 5 and ends(block.plain))) and not names_person(block.text)
