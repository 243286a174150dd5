"""Rows of values as a file that every spreadsheet opens: CSV, or a workbook of Excel.

Values are words, numbers, days, moments on the newsroom's clock (naive) and None. Rows are written as they
come; nothing is held in memory.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file: with the mark by which Excel knows UTF-8, and with no formula in it."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    # A title that begins like a formula would be run by whatever opens the file.
    if isinstance(value, str) and value.startswith(_LIKE_A_FORMULA):
        return f"'{value}"
    return value


_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, the widths of its columns, and its rows, of which the first is the head."""

    name: str
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def as_workbook(*sheets: Sheet) -> Any:
    """Return an open file with a workbook of `sheets`, whose heads stay in sight; it is gone when closed."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for number, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        rows = iter(sheet.rows)
        head = [WriteOnlyCell(page, name) for name in next(rows)]
        for cell in head:
            cell.font = Font(bold=True)
        page.append(head)
        for row in rows:
            page.append([_cell(page, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(page: Any, value: Any) -> Any:
    """Return `value` as what it is: words are words, even where they look like a formula.

    A cell of its own is dear, and made only for what would be taken for something else.
    """
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        if not value.startswith(_LIKE_A_FORMULA):
            return value
        cell = WriteOnlyCell(page, value)
        cell.data_type = "s"
        cell.quotePrefix = True  # and stay so when somebody edits the cell
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
        return cell
    return value
