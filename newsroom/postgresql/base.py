"""Django's PostgreSQL, whose lines this process knows and does not open while nobody answers."""

from contextlib import suppress
from typing import Any

from django.db.backends.postgresql import base
from psycopg.types.string import TextLoader

from newsroom.postgresql.lines import answers, has_news, lines
from newsroom.postgresql.loading import MomentLoader
from newsroom.postgresql.plans import KEEPS_PLANS, PlanningCursor

PATIENCE = 1.2  # seconds for the first answer of a server; psycopg itself would wait for two at least


class DatabaseWrapper(base.DatabaseWrapper):
    may_always_try = False  # newsroom.watch, which finds out when the database is back

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if lines.is_away and not self.may_always_try:
            raise self.Database.OperationalError("the database is away")
        with suppress(OSError):  # what is wrong then psycopg says better
            if answers(conn_params, PATIENCE) is False:
                raise self.Database.OperationalError(f"the database has not answered within {PATIENCE} seconds")
        # A pooler that hands each transaction to another server is told of by this setting, as Django has it.
        lasts = self.settings_dict["CONN_MAX_AGE"] != 0 and not self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
        if lasts:
            conn_params = {**conn_params, "options": f"{conn_params.get('options', '')} {KEEPS_PLANS}".strip()}
        connection = super().get_new_connection(conn_params)  # type: ignore[misc]
        connection.adapters.register_loader("timestamptz", MomentLoader)
        connection.adapters.register_loader("json", TextLoader)  # whose field reads it, as Django has it for jsonb
        lines.add(connection)
        if lasts:
            connection.cursor_factory = PlanningCursor
        return connection

    def is_usable(self) -> bool:
        # A server that goes says so, or the line ends: either way there is something to read. Where there is nothing,
        # to ask would cost each page one question more, of a line that newsroom.watch cuts if nobody answers.
        return (self.connection is not None and not has_news(self.connection)) or super().is_usable()  # type: ignore[misc]

    def _close(self) -> Any:
        if self.connection is not None:
            lines.drop(self.connection)
        return super()._close()  # type: ignore[misc]
