"""Log lines without content: what happened and where in the code, never with which words.

Exception messages and arguments are left out: a database error quotes the row it refused, and an address
may hold the words of an invitation.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


class WithoutContent(logging.Formatter):
    """One line of JSON: time, level, logger, the message's template, and for an exception its type and frames."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "what": _template(record),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(line)


def _template(record: logging.LogRecord) -> str:
    """SECURITY: the template and not the finished message; its arguments may be content.

    What an exception says may be content as well, also where a logger made it the message (Django does so
    with a refused Host header).
    """
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    error = record.exc_info[1] if record.exc_info else None
    if error and str(error) and str(error) in record.msg:
        return type(error).__name__
    return record.msg
