"""Full-text search over folded words: the column that holds them, and the question put to it.

A searchable model has one `WordsField`. Its text is made when a row is saved: a line for each of up to three parts
(title, lead, body), each word folded to ASCII, and once more with its marks for those who type them. The database
keeps an index of it that no door can pass by: see newsroom.indexing.
Words consist of letters and digits that every tokenizer of both engines takes for one word, so the same question
finds the same rows on either.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.apps import apps as installed_apps
from django.db import models
from django.db.models.lookups import Lookup

from newsroom.fields import DerivedField
from newsroom.richtext import RichTextField, bare_text
from newsroom.vietnamese import fold, normalise

# --- Words -------------------------------------------------------------------------------------

MAX_WORDS = 12_000  # of one part: PostgreSQL counts the places of a text up to 16,383
MAX_LETTERS = 40  # of one word
MARKED = "zm"  # begins a word with its marks
EDGE = "ze"  # between the words of a part and its marked words: no phrase reaches over it
SHARES = (4096, 512, 64, 16)  # one row of so many stands for the rest, in samples that hold each other
RUN = re.compile(r"[^\W_]+")  # of letters and digits: a word, but for letters that are none here
# Marks of letters and tones as the VNI keyboard numbers them.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


@dataclass(frozen=True)
class Word:
    """A word as it is looked up: `bare` without marks, and `marked` with them, empty where it has none."""

    bare: str
    marked: str = ""


def words(text: str) -> list[Word]:
    """Return the words of `text` in their order. What has no Latin letter and no digit is none."""
    return [word for found in RUN.findall(normalise(text)) for word in _words(found)]


def spans(text: str) -> list[tuple[int, int, Word]]:
    """Return the words of `text`, which is normalised, each with where it stands: (start, end, word)."""
    return [(found.start(), found.end(), word) for found in RUN.finditer(text) for word in _words(found[0])]


@lru_cache(maxsize=20_000)  # the syllables of the language are few, and most of a text are of them
def _words(found: str) -> list[Word]:
    """Return what `found`, a run of letters and digits, is looked up as. What is no letter here may fold to several."""
    bare = [_plain(part) for part in re.findall(r"[a-z0-9]+", fold(found))]
    if len(bare) != 1:
        return [Word(part) for part in bare]
    marked = _marked(found)
    return [Word(bare[0], f"{MARKED}{marked}"[:MAX_LETTERS] if marked else "")]


@lru_cache(maxsize=20_000)
def bare_words(run: str) -> frozenset[str]:
    """Return what `run`, of normalised text, is looked up as without marks."""
    return frozenset(word.bare for word in _words(run))


def _plain(word: str) -> str:
    """Return `word` so that no tokenizer takes it for a number, which would be split and rounded.

    Its own words begin with "zd", "zm" and "ze", so a word of somebody's that begins with z is told apart by "zz".
    """
    return (f"zd{word}" if word[0].isdigit() else f"zz{word}" if word[0] == "z" else word)[:MAX_LETTERS]


def _marked(found: str) -> str:
    """Return `found` with its marks as digits, the tone last, wherever it was put: "hoá" is "hóa"; "" without marks."""
    letters, tone, has_marks = [], "", False
    for letter in unicodedata.normalize("NFD", found.casefold()):
        if letter in _TONES:
            tone += _TONES[letter]
        elif letter in _LETTER_MARKS:
            letters.append(_LETTER_MARKS[letter])
            has_marks = True
        elif letter == "đ":
            letters.append("d9")
            has_marks = True
        elif letter.isascii():
            letters.append(letter)
    return "".join(letters) + tone if has_marks or tone else ""


def line(text: str) -> str:
    """Return the line of a `WordsField` for one part: its words, then its marked words, each once."""
    found = words(text)[:MAX_WORDS]
    marked = sorted({word.marked for word in found} - {""})
    return " ".join([*(word.bare for word in found), EDGE, *marked])


class WordsField(DerivedField, models.TextField):
    """The words by which a row is found. `sources` names attributes: those of its title, of its lead, of its body."""

    non_db_attrs = (*models.TextField.non_db_attrs, "sources")  # a column stays what it is, whatever is put into it

    def __init__(self, *, sources: Sequence[Sequence[str]], **kwargs: Any) -> None:
        self.sources: Any = tuple(tuple(part) for part in sources)
        super().__init__(**{"editable": False, "default": "", "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        rich = {field.name for field in model_instance._meta.concrete_fields if isinstance(field, RichTextField)}

        def said(source: str) -> str:
            value = getattr(model_instance, source)
            return "" if value is None else bare_text(value) if source in rich else str(value)

        value = "\n".join(line(" | ".join(said(source) for source in part)) for part in self.sources)
        setattr(model_instance, self.attname, value)
        return value


def searchable() -> list[type[models.Model]]:
    """Return the models that have a `WordsField`. History keeps no index: it is read, not searched."""
    return [model for model in installed_apps.get_models() if words_field(model) is not None]


def words_field(model: type[models.Model]) -> WordsField | None:
    """Return the `WordsField` of `model`, if it has one."""
    return next((field for field in model._meta.concrete_fields if isinstance(field, WordsField)), None)


def fill(model: type[models.Model], batch: int = 500) -> None:
    """Make the `WordsField` of every row of `model` anew, as a save would. For the migration that brings the column."""
    field = words_field(model)
    assert field is not None
    rows: list[models.Model] = []
    for row in model._base_manager.iterator(chunk_size=batch):
        field.pre_save(row, False)
        rows.append(row)
        if len(rows) == batch:
            model._base_manager.bulk_update(rows, [field.name])
            rows.clear()
    model._base_manager.bulk_update(rows, [field.name])


# --- Questions ---------------------------------------------------------------------------------

VECTORS = {"A": "title", "AB": "lead", "ABC": "all"}  # the columns of PostgreSQL: words up to which part


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other; a single word is a phrase of one."""

    words: tuple[Word, ...]


@dataclass(frozen=True)
class AllOf:
    """Things that are all there, in any order."""

    of: tuple["Phrase | AllOf | AnyOf", ...]


@dataclass(frozen=True)
class AnyOf:
    """Things of which one is there."""

    of: tuple["Phrase | AllOf | AnyOf", ...]


Node = Phrase | AllOf | AnyOf


@dataclass(frozen=True)
class Question:
    """What is looked for (`node`), in which parts ("A" title, "AB" and lead, "ABC" anywhere), by marks or without.

    With a `share` of `SHARES` only the rows of that sample are asked: they stand for the rest. What must all be there
    is asked one by one, but `in_one` of rows that are at hand, or few.
    """

    node: Node
    parts: str = "ABC"
    by_marks: bool = False
    share: int = 1
    in_one: bool = False


class Said(str):
    """A text that `question` put into its SQL, at `place` among its texts: another question may put its own there."""

    question: Question
    place: int


def is_in_sample(key: str, share: int) -> str:
    """Return SQL for whether the row of that key belongs to the sample of one in `share`.

    Keys are spread by the golden ratio (Knuth, The Art of Computer Programming, 6.4): every run of keys has its
    share in the sample, and so has every run in steps, as where each report has its figures in the same order.
    """
    return f"((({key} & 2147483647) * 2654435769) & 4294967295) < {2**32 // share}"


def phrases(node: Node) -> list[Phrase]:
    """Return the phrases of `node`, single words among them."""
    return [node] if isinstance(node, Phrase) else [phrase for each in node.of for phrase in phrases(each)]


def _tsquery(node: Node, by_marks: bool, has_pairs: bool) -> str:
    """Return `node` for PostgreSQL: of phrases the pairs of neighbours, or (`has_pairs` is False) their places."""
    if isinstance(node, AnyOf):
        return f"({' | '.join(_tsquery(each, by_marks, has_pairs) for each in node.of)})"
    return f"({' & '.join(_all_there(node, by_marks, has_pairs))})"


def _all_there(node: Node, by_marks: bool, has_pairs: bool) -> list[str]:
    """Return what must all be there for `node`, as `_tsquery` has it. By marks or without it is as much."""
    if isinstance(node, AllOf):
        return [asked for each in node.of for asked in _all_there(each, by_marks, has_pairs)]
    if isinstance(node, AnyOf):
        return [_tsquery(node, by_marks, has_pairs)]
    bare = [word.bare for word in node.words]
    pairs = [f"{word}_{after}" for word, after in pairwise(bare)] if has_pairs else []
    asked = [[run] for run in pairs or [f"({' <-> '.join(bare)})"]]
    for place, word in enumerate(node.words):
        if by_marks and word.marked:
            asked[min(place, len(asked) - 1)].append(word.marked)
    return [f"({' & '.join(each)})" if len(each) > 1 else each[0] for each in asked]


# PostgreSQL looks in an index for a rare word and a common one in a fraction of the time if each is asked by itself:
# asked in one, it goes through all that has the common one. So many are: that there are few shapes of a statement, the
# last is said again.
_APART = (1, 2, 4, 8)


def _one_by_one(asked: list[str]) -> list[str]:
    number = next((number for number in _APART if number >= len(asked)), _APART[-1])
    asked = [*asked[: number - 1], " & ".join(asked[number - 1 :])] if len(asked) > number else asked
    return asked + asked[-1:] * (number - len(asked))


def is_dear(node: Node) -> bool:
    """Return whether a phrase in `node` has more than two words: its pairs are indexed, for more rows must be read."""
    return len(node.words) > 2 if isinstance(node, Phrase) else any(map(is_dear, node.of))


def _fts(node: Node, by_marks: bool) -> str:
    if isinstance(node, Phrase):
        run = '"' + " ".join(word.bare for word in node.words) + '"'
        marked = [f'"{word.marked}"' for word in node.words if by_marks and word.marked]
        return f"({' AND '.join([run, *marked])})"
    joint = " AND " if isinstance(node, AllOf) else " OR "
    return f"({joint.join(_fts(each, by_marks) for each in node.of)})"


Condition = tuple[str, list[str]]  # SQL with {} for a column, quoted but for its last quote; and its texts


@lru_cache(maxsize=200)
def on_postgresql(question: Question) -> Condition:
    """Return `question` as a condition of PostgreSQL.

    Words have no letter that means anything in a tsquery, and none is to be parsed: hence the cast.
    """
    node, parts = question.node, question.parts
    how = (node, question.by_marks, parts == "ABC")
    texts = [_tsquery(*how)] if question.in_one else _one_by_one(_all_there(*how))
    # Hence the SELECT: a planner that knew the words would read a table for a sample of what nearly every row has. Of a
    # row that is at hand nothing is planned.
    text_is = "%s::tsquery" if question.in_one and question.share == 1 else "(SELECT %s::tsquery)"
    asked = [(f'{{}}_{VECTORS[parts]}" @@ {text_is}', [text]) for text in texts]
    if parts == "ABC" and is_dear(node):
        asked.append(_as_it_stands(node))
    return f"({' AND '.join(sql for sql, _texts in asked)})", [text for _sql, texts in asked for text in texts]


def _as_it_stands(node: Node) -> Condition:
    """Return a condition that the long phrases of `node` stand in a row that has their pairs.

    The words of a row are read for it: the places of words in an article make many times as much to read.
    """
    if isinstance(node, Phrase):
        run = " ".join(word.bare for word in node.words)
        return '(chr(10) || {}") LIKE ANY (ARRAY[%s, %s])', [f"% {run} %", f"%\n{run} %"]
    if isinstance(node, AllOf):
        asked = [_as_it_stands(each) for each in node.of if is_dear(each)]
    else:
        asked = [on_postgresql(Question(each, in_one=True)) for each in node.of]
    joint = " AND " if isinstance(node, AllOf) else " OR "
    return f"({joint.join(sql for sql, _texts in asked)})", [text for _sql, texts in asked for text in texts]


def on_sqlite(question: Question) -> Condition:
    """Return `question` as what SQLite is to MATCH."""
    columns = "" if question.parts == "ABC" else f"{{{' '.join(question.parts.lower())}}} : "
    return "MATCH %s", [columns + _fts(question.node, question.by_marks)]


ASKED: dict[str, Callable[[Question], Condition]] = {"postgresql": on_postgresql, "sqlite": on_sqlite}


@WordsField.register_lookup
class Answers(Lookup):  # type: ignore[type-arg]
    """`search_words__answers=Question(...)`: the rows in which what is looked for stands."""

    lookup_name = "answers"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        sql, texts = on_postgresql(self.rhs)
        sampled = f" AND {self._is_in_sample(column)}" if self.rhs.share > 1 else ""
        return f"({sql.replace('{}', column[:-1])}{sampled})", [*params, *self._said(texts)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        index = f"{self.lhs.target.model._meta.db_table}_{self.lhs.target.column}"
        sql, texts = on_sqlite(self.rhs)
        sampled = f" AND {is_in_sample('rowid', self.rhs.share)}" if self.rhs.share > 1 else ""
        table = column.rpartition(".")[0]
        found = f"SELECT rowid FROM {index} WHERE {index} {sql}{sampled}"
        return f"{table}.id IN ({found})", [*params, *self._said(texts)]

    def _is_in_sample(self, column: str) -> str:
        return is_in_sample(f"{column.rpartition('.')[0]}.id", self.rhs.share)

    def _said(self, texts: list[str]) -> list[Said]:
        found = []
        for place, text in enumerate(texts):
            said = Said(text)
            said.question, said.place = self.rhs, place
            found.append(said)
        return found
