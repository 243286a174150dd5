"""What a SELECT asks for: of each table the key by which its rows are found, as far as that can be read off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from newsroom.pagecache.watched import CARRIED, SHOWN, UNHEEDED, Step

_TOKEN = re.compile(
    r"""\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|%s|%%|::\w+|[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=!|]+|.)""", re.DOTALL
)
_SETS = {"UNION", "INTERSECT", "EXCEPT"}
_AFTER_FROM = {"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"}
_JOINS = {"JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL"}
_FURTHEST = 3  # steps from a source to one that is asked for by a key
_HARMLESS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SET ")


@dataclass(frozen=True)
class Asked:
    """What a statement asks of one table: rows by a key, any row, or what has changed in rows that were there.

    A value is the number of a parameter (int) or what is written in the statement (str).
    """

    table: str
    column: str = ""
    values: tuple[int | str, ...] = ()
    only_changed: bool = False
    is_unknown: bool = False


# A name, a parameter by its number, or what stands in brackets.
Token = "str | int | list[Token]"
Tokens = list["str | int | Tokens"]
Ref = tuple[str, str]  # alias, column


@lru_cache(maxsize=2000)
def asked(sql: str) -> tuple[Asked, ...] | None:
    """Return what `sql` asks for; None where it does something else than ask."""
    head = sql.lstrip(" \n(").upper()
    if head.startswith(_HARMLESS):
        return ()
    if not head.startswith(("SELECT", "WITH")):
        return None
    tokens = _parse(sql)
    selects: list[_Select] = []
    _walk(tokens, None, selects)
    given = _given_names(tokens)
    found = {each for select in selects for each in select.asks() if each.table not in given}
    # What stands in the statement and was not recognised as the source of rows counts in full.
    seen = {each.table for each in found} | {table for select in selects for table in select.sources.values() if table}
    found |= {Asked(name) for name in _names(tokens) if name in SHOWN and name not in seen}
    return tuple(found)


def _parse(sql: str) -> Tokens:
    """Return the tokens of `sql`, those in brackets as a list of their own."""
    numbers = count()
    stack: list[Tokens] = [[]]
    for token in _TOKEN.findall(sql):
        if token == "(":
            stack.append([])
        elif token == ")" and len(stack) > 1:
            inner = stack.pop()
            stack[-1].append(inner)
        elif token == "%s":
            stack[-1].append(next(numbers))
        elif not token.startswith("::"):  # of what type PostgreSQL takes a value for
            stack[-1].append(token)
    while len(stack) > 1:
        inner = stack.pop()
        stack[-1].append(inner)
    return stack[0]


def _names(tokens: Tokens) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, list):
            yield from _names(token)
        elif isinstance(token, str):
            yield token.strip('"')


def _given_names(tokens: Tokens) -> set[str]:
    """Return the names that a WITH gives: what they stand for is read where it is written."""
    if _word(tokens[0]) != "WITH":
        return set()
    return {str(name) for name, word, what in zip(tokens, tokens[1:], tokens[2:], strict=False)
            if _word(word) == "AS" and isinstance(what, list)}  # fmt: skip


def _word(token: object) -> str:
    return token.upper() if isinstance(token, str) else ""


def _walk(tokens: Tokens, around: "_Select | None", selects: "list[_Select]") -> "_Select | None":
    """Find the SELECTs in `tokens` and all that stand in them; return the first of this level."""
    first: _Select | None = None
    start: int | None = None
    for place, token in enumerate([*tokens, "UNION"]):
        word = _word(token)
        if word == "SELECT" and start is None:
            start = place
        elif word in _SETS and start is not None:
            select = _Select(tokens[start:place], around, selects)
            first, start = first or select, None
        elif isinstance(token, list) and start is None:
            found = _walk(token, around, selects)
            first = first or found
    return first


@dataclass(eq=False)
class _Select:
    """One SELECT: its sources by their aliases, and which columns are held equal to what."""

    tokens: Tokens
    around: "_Select | None"
    selects: "list[_Select]"
    sources: dict[str, str | None] = field(default_factory=dict)  # None: a SELECT in brackets
    constants: dict[Ref, tuple[int | str, ...]] = field(default_factory=dict)
    equal: list[tuple[Ref, Ref]] = field(default_factory=list)
    either: dict[str, list[tuple[str, tuple[int | str, ...]]]] = field(default_factory=dict)  # the keys of an OR
    chosen: list[tuple[Ref, "_Select"]] = field(default_factory=list)  # a column IN (SELECT ...)

    def __post_init__(self) -> None:
        self.selects.append(self)
        words = [_word(token) for token in self.tokens]
        begin = words.index("FROM") if "FROM" in words else len(words)
        end = next((place for place in range(begin, len(words)) if words[place] in _AFTER_FROM), len(words))
        self.columns = self.tokens[1:begin]
        self._read_sources(self.tokens[begin + 1 : end])
        rest = self.tokens[end:]
        if rest and _word(rest[0]) == "WHERE":
            stop = next((p for p in range(1, len(rest)) if _word(rest[p]) in _AFTER_FROM - {"WHERE"}), len(rest))
            self._read_conditions(rest[1:stop], binds=True)
            rest = rest[stop:]
        for part in (self.columns, rest):
            self._walk_brackets(part)

    # --- Reading

    def _walk_brackets(self, tokens: Tokens) -> None:
        for token in tokens:
            if isinstance(token, list):
                _walk(token, self, self.selects)

    def _read_sources(self, tokens: Tokens) -> None:
        place, kind = 0, ""
        while place < len(tokens):
            token, word = tokens[place], _word(tokens[place])
            if word in _JOINS or word in {",", "LATERAL"}:
                kind = "" if word == "," else f"{kind} {word}"
                place += 1
            elif word == "ON":
                end = next(
                    (p for p in range(place + 1, len(tokens)) if _word(tokens[p]) in {*_JOINS, ","}), len(tokens)
                )
                # What an outer join holds to be so binds the rows it brings, and not those it brings them to.
                self._read_conditions(tokens[place + 1 : end], binds="LEFT" not in kind and "FULL" not in kind)
                place, kind = end, ""
            else:
                following = tokens[place + 1] if place + 1 < len(tokens) else ""
                if _word(following) == "AS":
                    place += 1
                    following = tokens[place + 1] if place + 1 < len(tokens) else ""
                named = isinstance(following, str) and _word(following) not in {*_JOINS, "ON", ",", "USING", ""}
                name = token.strip('"') if isinstance(token, str) else ""
                alias = str(following).strip('"') if named else name
                if isinstance(token, list):
                    _walk(token, self, self.selects)
                    self.sources[alias or f"({len(self.sources)})"] = None
                else:
                    self.sources[alias] = name
                place += 2 if named else 1

    def _read_conditions(self, tokens: Tokens, *, binds: bool) -> None:
        """Note what all rows have in common. What stands in an OR or a CASE, or is denied, says nothing of all."""
        words = {_word(token) for token in tokens}
        if len(tokens) == 1 and isinstance(tokens[0], list) and _word(tokens[0][0] if tokens[0] else "") != "SELECT":
            self._read_conditions(tokens[0], binds=binds)
        elif words & {"OR", "CASE"}:
            if binds and "CASE" not in words:
                self._read_alternatives(tokens)
            self._walk_brackets(tokens)
        elif "AND" in words:
            for part in _split(tokens, "AND"):
                self._read_conditions(part, binds=binds)
        else:
            self._read_condition(tokens, binds)

    def _read_alternatives(self, tokens: Tokens) -> None:
        """Note by which keys the rows of a source are found where each part of an OR binds one of them."""
        parts = [_Part(self, part) for part in _split(tokens, "OR")]
        for alias in self.sources:
            bound = [[(ref[1], values) for ref, values in part.constants.items() if ref[0] == alias] for part in parts]
            if all(bound):
                self.either.setdefault(alias, [each for part in bound for each in part[:1]])

    def _read_condition(self, tokens: Tokens, binds: bool) -> None:
        left, middle, right = _ref(tokens[:3]), [_word(token) for token in tokens[3:-1]], tokens[3:]
        if left and right and right[0] == "=":
            value = right[1:]
            while len(value) == 1 and isinstance(value[0], list):
                value = value[0]
            if other := _ref(value):
                self.equal.append((left, other))
            elif len(value) == 1 and binds and _is_value(value[0]):
                self._bind(left, value)
            elif len(value) == 2 and _word(value[0]) == "ANY" and isinstance(value[1], list) and binds:
                self._bind(left, value[1])
        elif left and middle == ["IN"] and isinstance(tokens[-1], list):
            values = tokens[-1]
            if values and _word(values[0]) == "SELECT":
                inner = _walk(values, self, self.selects)
                if inner is not None and binds and len([t for t in values if _word(t) in _SETS]) == 0:
                    self.chosen.append((left, inner))
                return
            if binds:
                self._bind(left, [value for value in values if value != ","])
        self._walk_brackets(tokens)

    def _bind(self, column: Ref, values: Tokens) -> None:
        if all(map(_is_value, values)):
            self.constants.setdefault(column, tuple(value for value in values if not isinstance(value, list)))

    # --- Telling

    def _alike(self, column: Ref) -> set[Ref]:
        """Return the columns that are held equal to `column`, itself among them."""
        found, waiting = {column}, [column]
        while waiting:
            this = waiting.pop()
            for pair in self.equal:
                if this in pair:
                    other = pair[1] if pair[0] == this else pair[0]
                    # One of a SELECT around this says something of ours, and not the other way round.
                    if other not in found:
                        found.add(other)
                        if other[0] in self.sources:
                            waiting.append(other)
        return found

    def _values(self, column: Ref) -> tuple[int | str, ...] | None:
        """Return the values that `column` of one of our sources can have; None where it can have any."""
        for each in sorted(self._alike(column)):
            if each[0] in self.sources:
                if each in self.constants:
                    return self.constants[each]
            elif self.around is not None and (values := self.around.values_of(each)) is not None:
                return values
        return None

    def values_of(self, column: Ref) -> tuple[int | str, ...] | None:
        """As `_values`, of a source of this SELECT or of one around it."""
        if column[0] in self.sources:
            return self._values(column)
        return self.around.values_of(column) if self.around is not None else None

    def asks(self) -> Iterator[Asked]:
        for alias, table in self.sources.items():
            if table is not None:
                yield from self._of_source(alias, table)

    def _of_source(self, alias: str, table: str) -> Iterator[Asked]:
        if table in UNHEEDED or table.upper() in _CALLED:
            return
        if table not in SHOWN:
            yield Asked(table, is_unknown=True)
            return
        if keys := self._keys(alias, table):
            for key, values in keys:
                yield Asked(table, key, values)
            return
        if self._is_implied(alias, table):
            return
        # Another row points at it: a new one can matter only once that one does, and that one is asked for itself.
        yield Asked(table, only_changed=any(len(steps) == 1 and steps[0].is_down for _, _, steps in self._steps(alias)))

    def _keys(self, alias: str, table: str) -> list[tuple[str, tuple[int | str, ...]]]:
        """Return by which keys rows of a source are asked for: its own, else the most telling, or those of an OR."""
        own, *pointing = SHOWN[table].keys
        for key in (own, *reversed(pointing)):
            if (values := self._values((alias, key))) is not None:
                return [(key, values)]
        either = self.either.get(alias, [])
        return either if all(key in SHOWN[table].keys for key, _values in either) else []

    def _is_implied(self, alias: str, table: str) -> bool:
        """Whether a change of a row of this source is told by the key that another is asked for by."""
        waiting: list[tuple[_Select, str, tuple[Step, ...]]] = [(self, alias, ())]
        while waiting:
            select, name, way = waiting.pop()
            for other, source, further in select._steps(name):
                own = other.sources[source] or ""
                if other is self and source == alias:
                    continue
                steps = (*way, *further)
                keys = [key for key, _values in other._keys(source, own)]
                if not steps and (keys or other is not self):
                    return True  # the same row, which is asked for by itself
                if keys and any(steps == each.steps and set(keys) <= set(each.by) for each in CARRIED[table]):
                    return True
                if further and len(steps) < _FURTHEST:
                    waiting.append((other, source, steps))
        return False

    def _steps(self, alias: str) -> "Iterator[tuple[_Select, str, tuple[Step, ...]]]":
        """Yield the sources beside this one, each with the steps that lead there; none where it is the same row."""
        table = self.sources[alias] or ""
        if table not in SHOWN:
            return
        for column in SHOWN[table].keys:
            above = SHOWN[table].points_at(column)
            for select, (source, name) in self._others((alias, column)):
                own = select.sources[source]
                if own is None or own not in SHOWN or (select is self and source == alias):
                    continue
                if column == "id" and name == "id" and own == table:
                    yield select, source, ()
                elif column == "id" and SHOWN[own].points_at(name) == table:
                    yield select, source, (Step(own, name, is_down=True),)
                elif above == own and name == "id":
                    yield select, source, (Step(own, column, is_down=False),)
                elif above and SHOWN[own].points_at(name) == above:
                    # Both point at one row, which need not be asked for itself.
                    yield select, source, (Step(above, column, is_down=False), Step(own, name, is_down=True))

    def _others(self, column: Ref) -> "list[tuple[_Select, Ref]]":
        """Return the columns of this SELECT, of those around it and of those it chooses from that equal `column`."""
        found: list[tuple[_Select, Ref]] = []
        alike = self._alike(column)
        for each in sorted(alike - {column}):
            select: _Select | None = self
            while select is not None and each[0] not in select.sources:
                select = select.around
            if select is not None:
                found.append((select, each))
        for chosen, inner in self.chosen:
            if chosen in alike and (ref := _ref(_without_distinct(inner.columns))) and ref[0] in inner.sources:
                found.append((inner, ref))
        return found


# What stands after FROM without being a table.
_CALLED = {"JSON_EACH", "UNNEST", "GENERATE_SERIES", "PG_CURRENT_SNAPSHOT"}


class _Part(_Select):
    """One part of an OR, read by itself: what it binds holds for the rows that it lets through."""

    def __init__(self, select: _Select, tokens: Tokens) -> None:
        self.around, self.selects, self.sources = select.around, [], select.sources
        self.constants, self.equal, self.either, self.chosen = {}, [], {}, []
        self._read_conditions(tokens, binds=True)


def _split(tokens: Tokens, word: str) -> list[Tokens]:
    """Return the parts of `tokens` between each `word` of this level."""
    parts: list[Tokens] = [[]]
    for token in tokens:
        if _word(token) == word:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_distinct(tokens: Tokens) -> Tokens:
    rest = tokens[1:] if tokens and _word(tokens[0]) == "DISTINCT" else tokens
    words = [_word(token) for token in rest]
    return rest[: words.index("AS")] if "AS" in words else rest


def _ref(tokens: Tokens) -> Ref | None:
    """Return the alias and column of `tokens` where they are just that: "a"."b"."""
    if len(tokens) != 3 or tokens[1] != "." or not isinstance(tokens[0], str) or not isinstance(tokens[2], str):
        return None
    return tokens[0].strip('"'), tokens[2].strip('"')


def _is_value(token: object) -> bool:
    return isinstance(token, int) or (isinstance(token, str) and token.isdigit())
