"""The numbers on "Need help now", read from `help_lines.toml`. What the page says about them is in its template."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, gettext_noop

FILE = Path(__file__).with_name("help_lines.toml")
STANDINGS = {"recall", "read", "called"}
# What a line is for. Said here so that it can be translated; the file names one of these.
ABOUT = frozenset(
    {
        gettext_noop("For any crisis. You do not need to explain it well."),
        gettext_noop("When a life is in danger right now."),
        gettext_noop("When you would rather write than talk."),
        gettext_noop("For people who served, and those close to them."),
        gettext_noop("To find treatment near you, for drugs, drink or mental health."),
        gettext_noop("When somebody at home hurts or frightens you."),
        gettext_noop("For LGBTQ+ young people."),
    }
)
_DIALLED = re.compile(r"\+?[0-9][0-9-]*")
_TEXT_FIELDS = ("country", "name", "call", "call_then", "text", "text_word", "hours", "standing", "about")
_KNOWN = {*_TEXT_FIELDS, "languages", "urgent"}


class HelpLinesWrong(Exception):
    """The file of help lines cannot be used; the message says which line and why."""


@dataclass(frozen=True)
class HelpLine:
    """One number. `country` is ISO 3166; `call` and `text` are as people write them; `hours` is "always" or words.

    `standing` says how well we know it: "recall" (from memory), "read" (read at its source), "called" (tried).
    """

    country: str
    name: str
    standing: str
    hours: str
    call: str = ""
    call_then: str = ""
    text: str = ""
    text_word: str = ""
    about: str = ""
    urgent: bool = False
    languages: tuple[str, ...] = field(default_factory=tuple)

    @property
    def purpose(self) -> str:
        """What it is for, in the language of the page."""
        return gettext(self.about) if self.about else ""

    @property
    def call_address(self) -> str:
        """A tel: link; a comma is a pause before the next key."""
        then = f",{self.call_then}" if self.call_then else ""
        return f"tel:{self.call}{then}" if self.call else ""

    @property
    def text_address(self) -> str:
        """An sms: link, with the word already written where one is asked for."""
        word = f"?&body={self.text_word}" if self.text_word else ""
        return f"sms:{self.text}{word}" if self.text else ""

    @property
    def is_always_open(self) -> bool:
        return self.hours == "always"

    @property
    def speaks_spanish(self) -> bool:
        return "es" in self.languages

    @property
    def is_from_memory(self) -> bool:
        return self.standing == "recall"


def _faults(row: dict[str, Any]) -> list[str]:
    """Why this row cannot be shown to somebody who needs help. Empty when it can."""
    faults = [f"does not know {key!r}" for key in sorted(row.keys() - _KNOWN)]
    faults += [f"{key} is not text" for key in _TEXT_FIELDS if not isinstance(row.get(key, ""), str)]
    if faults:
        return faults
    faults += [f"has no {key}" for key in ("country", "name", "hours", "standing") if not row.get(key)]
    if not row.get("call") and not row.get("text"):
        faults.append("has no number to call or text")
    faults += [
        f"{key} {row[key]!r} cannot be dialled"
        for key in ("call", "call_then", "text")
        if row.get(key) and not _DIALLED.fullmatch(row[key])
    ]
    if row.get("about") and row["about"] not in ABOUT:
        faults.append("is about something that is not among ABOUT in help_lines.py")
    if row.get("standing") and row["standing"] not in STANDINGS:
        faults.append(f"standing {row['standing']!r} is not one of {', '.join(sorted(STANDINGS))}")
    return faults


def read(path: Path) -> tuple[HelpLine, ...]:
    """All lines in the file's order. Raises HelpLinesWrong, naming the line, when one cannot be used."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("line", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise HelpLinesWrong(f"{path.name} cannot be read: {error}") from error
    if not rows:
        raise HelpLinesWrong(f"{path.name} has no lines: the help page would be empty")
    for number, row in enumerate(rows, start=1):
        if faults := _faults(row):
            raise HelpLinesWrong(f"{path.name}, line {number} ({row.get('name', 'no name')}): {'; '.join(faults)}")
    return tuple(HelpLine(**{**row, "languages": tuple(row.get("languages", ()))}) for row in rows)


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """The lines of this site, read once."""
    return read(FILE)
