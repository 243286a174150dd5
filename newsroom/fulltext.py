"""Full-text search over folded words: the column that holds them, the index beside it, and the question put to it.

A searchable model has one `WordsField`. Its text is made when a row is saved: a line for each of up to three parts
(title, lead, body), each word folded to ASCII, and once more with its marks for those who type them. The database
keeps an index of it that no door can pass by: a generated column on PostgreSQL, triggers and FTS5 on SQLite.
Words consist of letters and digits that every tokenizer of both engines takes for one word, so the same question
finds the same rows on either.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps as installed_apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.lookups import Lookup

from newsroom.fields import DerivedField
from newsroom.richtext import RichTextField, plain_text
from newsroom.vietnamese import fold, normalise

# --- Words -------------------------------------------------------------------------------------

MAX_WORDS = 12_000  # of one part: PostgreSQL counts the places of a text up to 16,383
MAX_LETTERS = 40  # of one word
_EDGE = "ze"  # between the words of a part and its marked words: no phrase reaches over it
_WORD = re.compile(r"[^\W_]+")
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
    return [word for found in _WORD.findall(normalise(text)) for word in _words(found)]


def spans(text: str) -> list[tuple[int, int, Word]]:
    """Return the words of `text`, which is normalised, each with where it stands: (start, end, word)."""
    return [(found.start(), found.end(), word) for found in _WORD.finditer(text) for word in _words(found[0])]


@lru_cache(maxsize=20_000)  # the syllables of the language are few, and most of a text are of them
def _words(found: str) -> list[Word]:
    """Return what `found`, a run of letters and digits, is looked up as. What is no letter here may fold to several."""
    bare = [_plain(part) for part in re.findall(r"[a-z0-9]+", fold(found))]
    if len(bare) != 1:
        return [Word(part) for part in bare]
    marked = _marked(found)
    return [Word(bare[0], f"zm{marked}"[:MAX_LETTERS] if marked else "")]


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
    return " ".join([*(word.bare for word in found), _EDGE, *marked])


class WordsField(DerivedField, models.TextField):
    """The words by which a row is found. `sources` names attributes: those of its title, of its lead, of its body."""

    def __init__(self, *, sources: Sequence[Sequence[str]], **kwargs: Any) -> None:
        self.sources: Any = tuple(tuple(part) for part in sources)
        super().__init__(**{"editable": False, "default": "", "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        def said(source: str) -> str:
            value = getattr(model_instance, source)
            field = model_instance._meta.get_field(source)
            if isinstance(field, RichTextField):
                return plain_text(value or "")
            return "" if value is None else str(value)

        value = "\n".join(line(" | ".join(said(source) for source in part)) for part in self.sources)
        setattr(model_instance, self.attname, value)
        return value


# --- The index ---------------------------------------------------------------------------------


def searchable() -> list[type[models.Model]]:
    """Return the models that have a `WordsField`. History keeps no index: it is read, not searched."""
    return [model for model in installed_apps.get_models() if words_field(model) is not None]


def words_field(model: type[models.Model]) -> WordsField | None:
    """Return the `WordsField` of `model`, if it has one."""
    return next((field for field in model._meta.concrete_fields if isinstance(field, WordsField)), None)


def install(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """See to it that every searchable table has its index. Called after every migrate; does nothing where it has.

    A migration of SQLite makes a table anew and leaves its triggers behind: they are set again, and the index is
    filled again with what was saved without them.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        for model in searchable():
            field = words_field(model)
            assert field is not None
            table, column = model._meta.db_table, field.column
            columns = _columns(connection, cursor, table) if table in tables else set()
            if column not in columns:
                continue  # the migration that brings it is still to come
            if connection.vendor == "postgresql":
                if f"{column}_vector" not in columns:
                    _install_vector(cursor, table, column)
            else:
                _install_fts(cursor, table, column)


def _columns(connection: Any, cursor: Any, table: str) -> set[str]:
    return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _install_vector(cursor: Any, table: str, column: str) -> None:
    parts = " || ".join(
        f"setweight(to_tsvector('simple', split_part({column}, E'\\n', {place}) || ' {_EDGE}'), '{weight}')"
        for place, weight in enumerate("ABC", 1)
    )
    vector = f"{column}_vector tsvector GENERATED ALWAYS AS ({parts}) STORED"
    cursor.execute(f"ALTER TABLE {table} ADD COLUMN {vector}")
    cursor.execute(f"CREATE INDEX {table}_{column} ON {table} USING gin ({column}_vector)")


def _install_fts(cursor: Any, table: str, column: str) -> None:
    index = f"{table}_{column}"
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    if cursor.fetchone()[0] >= 3:
        return
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(a, b, c, tokenize = 'ascii')")
    for event, action in (
        ("INSERT", f"INSERT INTO {index} (rowid, a, b, c) VALUES (new.id, {_parts(f'new.{column}')})"),
        (
            f"UPDATE OF {column}",
            f"UPDATE {index} SET (a, b, c) = ({_parts(f'new.{column}')}) WHERE rowid = old.id",
        ),
        ("DELETE", f"DELETE FROM {index} WHERE rowid = old.id"),
    ):
        name = f"{index}_{event.split()[0].lower()}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {action}; END")
    cursor.execute(f"DELETE FROM {index}")
    cursor.execute(f"INSERT INTO {index} (rowid, a, b, c) SELECT id, {_parts(column)} FROM {table}")


def _parts(column: str) -> str:
    """Return SQL for the three lines of `column` in SQLite, which cannot split; a line that is missing is empty."""
    text = f"({column} || char(10) || char(10))"
    rest = f"substr({text}, instr({text}, char(10)) + 1)"
    last = f"(substr({rest}, instr({rest}, char(10)) + 1) || char(10))"
    return ", ".join(f"substr({each}, 1, instr({each}, char(10)) - 1)" for each in (text, rest, last))


# --- Questions ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other; a single word is a phrase of one. `is_start` takes the last for its beginning."""

    words: tuple[Word, ...]
    is_start: bool = False


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
    """What is looked for (`node`), in which parts ("A" title, "AB" and lead, "ABC" anywhere), by marks or without."""

    node: Node
    parts: str = "ABC"
    by_marks: bool = False


def _tsquery(node: Node, parts: str, by_marks: bool) -> str:
    if isinstance(node, Phrase):
        weights = "" if parts == "ABC" else f":{parts}"
        last = len(node.words) - 1
        start = ("*" if weights else ":*") if node.is_start else ""
        run = " <-> ".join(word.bare + weights + (start if i == last else "") for i, word in enumerate(node.words))
        marked = [word.marked + weights for word in node.words if by_marks and word.marked]
        return f"({' & '.join([f'({run})', *marked])})"
    joint = " & " if isinstance(node, AllOf) else " | "
    return f"({joint.join(_tsquery(each, parts, by_marks) for each in node.of)})"


def _fts(node: Node, by_marks: bool) -> str:
    if isinstance(node, Phrase):
        run = '"' + " ".join(word.bare for word in node.words) + '"' + ("*" if node.is_start else "")
        marked = [f'"{word.marked}"' for word in node.words if by_marks and word.marked]
        return f"({' AND '.join([run, *marked])})"
    joint = " AND " if isinstance(node, AllOf) else " OR "
    return f"({joint.join(_fts(each, by_marks) for each in node.of)})"


@WordsField.register_lookup
class Answers(Lookup):  # type: ignore[type-arg]
    """`search_words__answers=Question(...)`: the rows in which what is looked for stands."""

    lookup_name = "answers"
    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        question = _tsquery(self.rhs.node, self.rhs.parts, self.rhs.by_marks)
        vector = f'{column[:-1]}_vector"'
        return f"{vector} @@ to_tsquery('simple', %s)", [*params, question]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        table, _dot, _column = self.process_lhs(compiler, connection)[0].rpartition(".")
        field = self.lhs.target
        index = f"{field.model._meta.db_table}_{field.column}"
        inner = _fts(self.rhs.node, self.rhs.by_marks)
        columns = "" if self.rhs.parts == "ABC" else f"{{{' '.join(self.rhs.parts.lower())}}} : "
        return f"{table}.id IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [columns + inner]


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
