"""gunicorn's own log, in the words and the form of ours."""

import os
import re
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from newsroom.logs import NAME, formatter, without_keys

_LONGEST = 300  # characters of an address
_FROM = re.compile(r" from ip=\S+")


class ServerLog(Logger):
    """A line for each answer: what was asked for, the status, the bytes, the seconds."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter(os.environ.get("LOG_FORMAT", "json")))

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        if not self.access_log_enabled:
            return
        path = without_keys(str(environ.get("RAW_URI", "")).partition("?")[0][:_LONGEST])
        status = str(resp.status).partition(" ")[0]
        facts = {
            "method": environ.get("REQUEST_METHOD", ""),
            "path": path,
            "status": int(status) if status.isdigit() else status,
            "bytes": resp.sent,
            "seconds": round(request_time.total_seconds(), 4),
        }
        line = "%(method)s %(path)s %(status)s %(bytes)s bytes %(seconds)ss"
        self.access_log.info(line, facts, extra={"facts": facts, "request_name": environ.get(NAME, "")})

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        super().warning(_FROM.sub("", msg), *args, **kwargs)  # "Invalid request from ip=...": of a reader
