"""Log lines carry no content: not from arguments, not from exceptions, not from addresses."""

import json
import logging
import sys
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from recovery_portal.logs import WithoutContent

CANARY = "canary-4d20"


def line(message: Any, *arguments: Any, error: BaseException | None = None, **extra: Any) -> dict[str, Any]:
    """What is written for a log record."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("plans", logging.ERROR, "/x/y.py", 7, message, arguments, info)
    record.__dict__.update(extra)
    return json.loads(WithoutContent().format(record))


def raised(error: BaseException, within: BaseException | None = None) -> BaseException:
    try:
        try:
            raise within or error
        except type(within or error):
            raise error from within
    except BaseException as caught:
        return caught


def test_it_works() -> None:
    written = line("job not done: %s", CANARY, error=raised(KeyError(CANARY)), status_code=500)
    assert set(written) == {"at", "level", "logger", "what", "status", "exception", "frames"}
    assert (written["what"], written["exception"], written["status"]) == ("job not done: %s", "KeyError", 500)
    assert written["frames"][-1].split(" ")[1] == "raised"


@pytest.mark.parametrize("arguments", [(CANARY,), ({"text": CANARY},), (Exception(CANARY),), (CANARY, CANARY)])
def test_arguments_are_left_out(arguments: tuple[object, ...]) -> None:
    assert CANARY not in json.dumps(line("%s", *arguments))


@pytest.mark.parametrize(
    "error",
    [
        raised(ValueError(CANARY)),
        raised(RuntimeError("x"), within=ValueError(CANARY)),
        raised(ExceptionGroup(CANARY, [ValueError(CANARY)])),
        raised(UnicodeEncodeError("ascii", CANARY, 0, 1, CANARY)),
    ],
)
def test_messages_of_exceptions_are_left_out(error: BaseException) -> None:
    assert CANARY not in json.dumps(line("did not work", error=error))


def test_an_exception_given_as_the_message_shows_its_type_only() -> None:
    error = ValueError(CANARY)
    assert line(error)["what"] == "ValueError"
    assert line(f"did not work: {error}", error=error)["what"] == "ValueError"


@pytest.mark.parametrize("name", ["request", "stack_info", "exc_text", "server_time", "args", "sql", "params"])
def test_what_loggers_attach_is_left_out(name: str) -> None:
    assert CANARY not in json.dumps(line("%s", "x", error=None, **{name: CANARY}))


@given(st.text())
def test_a_record_is_one_line(text: str) -> None:
    record = logging.LogRecord("plans", logging.ERROR, "", 0, text, (), None)
    assert "\n" not in WithoutContent().format(record)


def test_every_handler_is_ours() -> None:
    """A handler that somebody adds with another formatter would write content."""
    handlers = [*logging.root.handlers, *logging.getLogger("django").handlers, *logging.getLogger("records").handlers]
    ours = [handler for handler in handlers if not type(handler).__module__.startswith("_pytest")]
    assert ours
    assert all(isinstance(handler.formatter, WithoutContent) for handler in ours)


@pytest.mark.django_db
def test_an_error_in_the_database_writes_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    logger, name = logging.getLogger("plans"), f"{CANARY}-name"
    User.objects.create_user(name)
    logger.addHandler(ours := _handler())
    try:
        User.objects.create_user(name)
    except Exception:
        logger.exception("not made")
    finally:
        logger.removeHandler(ours)
    assert "IntegrityError" in (written := capsys.readouterr().err)
    assert CANARY not in written
    connection.needs_rollback = False


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutContent())
    return handler


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "host"),
    [
        (f"/invitation/{CANARY}/", "localhost"),
        (f"/plan/{CANARY}/?q={CANARY}", "localhost"),
        ("/", f"{CANARY}.example"),
        (f"/people/{uuid.UUID(int=20)}/", "localhost"),
    ],
)
def test_addresses_and_headers_are_not_in_the_log(capsys: pytest.CaptureFixture[str], address: str, host: str) -> None:
    logging.root.addHandler(ours := _handler())
    try:
        Client(raise_request_exception=False).get(address, headers={"host": host, "cookie": f"x={CANARY}"})
    finally:
        logging.root.removeHandler(ours)
    assert CANARY not in capsys.readouterr().err
