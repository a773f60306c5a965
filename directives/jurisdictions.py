"""The law of every state, read from its file and held to be sound: a bad file is refused with what is wrong in it."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, get_args, get_type_hints

from directives.law import GENERIC, Jurisdiction, Standing
from directives.law_words import WORDS
from directives.law_words.treatments import TREATMENT_TOPICS

__all__ = ["GENERIC", "JURISDICTIONS", "LAW_FILE", "BadLaw", "Jurisdiction", "LawInFile", "Standing", "load"]

LAW_FILE = Path(__file__).parent / "data" / "jurisdictions.toml"
SCHEMA_VERSION = 1

# These say what the rest rests on; they bear no standing of their own.
FRAME = frozenset({"code", "name", "text_as_of", "sources", "confidence"})
LISTS = {standing.value: standing for standing in Standing}
# What has a type of its own in the file; `standings` is made from the five lists.
TYPES = {name: hint for name, hint in get_type_hints(Jurisdiction).items() if name != "standings"}
REQUIRED = tuple(each.name for each in fields(Jurisdiction) if each.default is MISSING and each.name in TYPES)
STATUSES = frozenset(
    "standalone standalone_plus_general two_parallel_instruments part_of_general_act"
    " general_act_with_mental_health_provisions general_act_only uncertain default".split()
)
CODES: Mapping[str, Collection[str]] = {
    **WORDS,
    "treatments": TREATMENT_TOPICS,
    "instrument_status": STATUSES,
    "confidence": ("verified", "secondary", "derived"),
}


class BadLaw(Exception):
    """The law file cannot be trusted. The message names the state, the field, what is wrong and what is allowed."""


def load(path: Path = LAW_FILE) -> Mapping[str, Jurisdiction]:
    """Every jurisdiction by its code, in order of names, the generic one last. Raises BadLaw."""
    try:
        return _jurisdictions(_tables(path))
    except BadLaw as wrong:
        raise BadLaw(f"{path.name}: {wrong}") from None


def _tables(path: Path) -> list[dict[str, Any]]:
    """The file's tables. Raises BadLaw when it cannot be read, or is of another kind."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise BadLaw(f"the file cannot be opened ({wrong.strerror}).") from None
    except UnicodeDecodeError:
        raise BadLaw("the file is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise BadLaw(f"this is not TOML: {wrong}.") from None
    version = content.get("schema_version")
    if version != SCHEMA_VERSION:
        raise BadLaw(f"schema_version is {version!r}; this program reads {SCHEMA_VERSION}.")
    tables = content.get("jurisdiction")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadLaw("there are no [[jurisdiction]] tables.")
    return tables


def _jurisdictions(tables: list[dict[str, Any]]) -> Mapping[str, Jurisdiction]:
    found: dict[str, Jurisdiction] = {}
    for number, table in enumerate(tables, start=1):
        one = _Table(table, number).jurisdiction()
        if one.code in found:
            raise BadLaw(f"the code {one.code} stands twice: for {found[one.code].name} and for {one.name}.")
        found[one.code] = one
    if GENERIC not in found:
        raise BadLaw(f"the generic table {GENERIC} is missing; it is used where no state is chosen.")
    ordered = sorted(found.values(), key=lambda one: (one.code == GENERIC, one.name))
    return MappingProxyType({one.code: one for one in ordered})


class _Table:
    """One table of the file, on its way to a Jurisdiction."""

    def __init__(self, table: dict[str, Any], number: int) -> None:
        self.table = table
        self.number = number

    def jurisdiction(self) -> Jurisdiction:
        self._check_names()
        self._check_code()
        for name, value in self.table.items():
            self._check_type(name, value)
            self._check_codes(name, value)
        standings = self._standings()
        values = {name: self._frozen(value) for name, value in self.table.items() if name not in LISTS}
        return Jurisdiction(**values, standings=MappingProxyType(standings))

    def refuse(self, name: str, wrong: str) -> NoReturn:
        place = self.table.get("name") or f"table {self.number}"
        code = self.table.get("code")
        raise BadLaw(f"{place} ({code}), field {name}: {wrong}" if code else f"{place}, field {name}: {wrong}")

    def _frozen(self, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    def _check_names(self) -> None:
        known = {*TYPES, *LISTS}
        for name in self.table:
            if name not in known:
                self.refuse(name, f"there is no such field. {_nearest(name, known)}")
        for name in REQUIRED:
            if name not in self.table:
                self.refuse(name, "it is missing, and every table must have it.")

    def _check_code(self) -> None:
        code = self.table["code"]
        if not (isinstance(code, str) and re.fullmatch("[A-Z]{2}", code)):
            self.refuse("code", f"{code!r} is not allowed. A code is two capital letters.")

    def _check_type(self, name: str, value: Any) -> None:
        kinds = {list} if name in LISTS else {*get_args(TYPES[name]), TYPES[name]}
        if list in kinds or tuple[str, ...] in kinds:
            if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
                self.refuse(name, f"{value!r} is not allowed. It must be a list of texts.")
            return
        # A bool is an int to Python, not to the law: so the very type is asked for.
        if type(value) not in kinds:
            wanted = "true or false" if bool in kinds else "a whole number" if int in kinds else "a text"
            self.refuse(name, f"{value!r} is not allowed. It must be {wanted}.")
        if type(value) is int and value < 0:
            self.refuse(name, f"{value} is not allowed. It must be 0 or more.")

    def _check_codes(self, name: str, value: Any) -> None:
        if name not in CODES:
            return
        codes = value if isinstance(value, list) else [value]
        for code in codes:
            if code not in CODES[name]:
                self.refuse(name, f'"{code}" is not a known code. {_nearest(code, CODES[name])}')
            if codes.count(code) > 1:
                self.refuse(name, f'the code "{code}" stands twice in it.')

    def _standings(self) -> dict[str, Standing]:
        """The standing of each field. Where confidence is "derived", a value without a standing is our advice."""
        found: dict[str, Standing] = {}
        for key, standing in LISTS.items():
            for name in self.table.get(key, ()):
                self._check_listed(key, name, found)
                found[name] = standing
        if Standing.CHECKED in found.values() and not self.table["sources"]:
            self.refuse("sources", "it is empty, though checked_fields says that the law was read. Name what was read.")
        for name in TYPES.keys() - FRAME - found.keys():
            if name in self.table and self.table["confidence"] != "derived":
                self.refuse(name, f"it has a value and no standing. Put it in one of {', '.join(LISTS)}.")
            found[name] = Standing.ADVICE if name in self.table else Standing.UNKNOWN
        return found

    def _check_listed(self, key: str, name: str, found: dict[str, Standing]) -> None:
        able = TYPES.keys() - FRAME
        if name not in able:
            self.refuse(key, f'"{name}" is no field that has a standing. {_nearest(name, able)}')
        if name in found:
            self.refuse(name, f"it is in both {found[name].value} and {key}. It can be in one of them.")
        if key == Standing.UNKNOWN.value and name in self.table:
            self.refuse(name, "it has a value and is in unknown_fields. It can be one of both.")
        if key != Standing.UNKNOWN.value and name not in self.table:
            self.refuse(name, f"it is in {key} and has no value.")


def _nearest(wrong: str, allowed: Collection[str]) -> str:
    """What is allowed instead: what is spelled most alike, or everything where that is short."""
    alike = get_close_matches(wrong, allowed, n=3)
    shown = alike or sorted(allowed)
    return f"{'Did you mean' if alike else 'Allowed are'}: {', '.join(shown)}{'?' if alike else '.'}"


class LawInFile(Mapping[str, Jurisdiction]):
    """A law file, read when somebody first asks and kept: importing settings must not depend on it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _read(self) -> Mapping[str, Jurisdiction]:
        return load(self.path)

    def __getitem__(self, code: str) -> Jurisdiction:
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


JURISDICTIONS: Mapping[str, Jurisdiction] = LawInFile(LAW_FILE)
