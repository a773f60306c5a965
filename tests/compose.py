"""Reads the files that say how the product is hosted: compose, Dockerfile, .dockerignore, Caddyfile, Procfile.

No container engine is asked: what can be told from the files is told from them.
"""

import re
import runpy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HOST = "plan.example.org"
# What a host says in .env.
SAID = {"SITE_HOST": HOST, "EMAIL_HOST": "mail.example.org", "EMAIL_FROM": "plan@example.org"}
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}")


class NotSaid(KeyError):
    """A compose file wants a variable that no host is told to set."""


def compose(name: str = "docker-compose.yml") -> dict[str, Any]:
    """A compose file with its variables filled in, after it was parsed, as the engine does it."""
    return _filled(yaml.safe_load((ROOT / name).read_text()))


def _filled(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _filled(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value) for value in part]
    return VARIABLE.sub(_value, part) if isinstance(part, str) else part


def _value(found: re.Match[str]) -> str:
    name, kind, default = found.groups()
    if name in SAID:
        return SAID[name]
    if kind == "-":
        return default
    raise NotSaid(name)


SERVICES: Mapping[str, dict[str, Any]] = compose()["services"]
# Those that run our image.
OURS = [name for name, service in SERVICES.items() if "build" in service]
# Those that `up` starts and that stay.
LASTING = [name for name, service in SERVICES.items() if "profiles" not in service and service.get("restart") != "no"]


def surroundings(service: str, secrets: Path, **instead: str) -> dict[str, str]:
    """The environment of a service as compose gives it, with its files in this folder."""
    given = {**SERVICES[service]["environment"], "STATIC_ROOT": "/srv/static", **instead}
    return {
        name: value.replace("/run/secrets", str(secrets)).replace("/run/vault", str(secrets / "vault"))
        for name, value in given.items()
    }


def settings_with(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings as they come out in this environment and no other. Django's own are left alone."""
    with monkeypatch.context() as patch:
        patch.setattr("os.environ", dict(environment))
        return runpy.run_path(str(ROOT / "recovery_portal" / "settings.py"))


def processes() -> dict[str, str]:
    """The Procfile: name → command."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command for name, _colon, command in (line.partition(": ") for line in lines)}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile, each instruction on one line."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE))
    return [(word, rest.strip()) for word, _space, rest in (line.partition(" ") for line in text.splitlines() if line)]


def left_out(path: str) -> bool:
    """Whether .dockerignore keeps a file of the checkout out of the image; the last rule that fits counts."""
    out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#") and _fits(line.removeprefix("!"), path):
            out = not line.startswith("!")
    return out


def _fits(rule: str, path: str) -> bool:
    """A rule fits a path or a folder above it; `**/` is any number of folders, `*` stays within one."""
    parts, wanted = path.split("/"), rule.removeprefix("**/").split("/")
    starts = range(len(parts)) if rule.startswith("**/") else (0,)
    return any(len(parts) - start >= len(wanted) and all(map(fnmatch, parts[start:], wanted)) for start in starts)


@dataclass
class Block:
    """A line of a Caddyfile with the lines in its braces."""

    words: list[str]
    inside: list["Block"] = field(default_factory=list)

    def all(self, *words: str) -> Iterator["Block"]:
        """Those inside that begin with these words."""
        return (block for block in self.inside if block.words[: len(words)] == list(words))

    def one(self, *words: str) -> "Block":
        [found] = self.all(*words)
        return found

    def value(self, *path: str) -> str:
        """What stands after the last of these nested words."""
        block = self
        for word in path:
            block = block.one(word)
        return " ".join(block.words[1:])


def caddyfile() -> Block:
    """Its blocks, under one that has no words."""
    stack = [Block([])]
    for line in (ROOT / "deploy" / "Caddyfile").read_text().splitlines():
        words = re.findall(r'"[^"]*"|\S+', line.partition("# ")[0] if line.strip().startswith("#") else line)
        if not words:
            continue
        if words == ["}"]:
            stack.pop()
            continue
        block = Block([word.strip('"') for word in words if word != "{"])
        stack[-1].inside.append(block)
        if words[-1] == "{":
            stack.append(block)
    assert len(stack) == 1, "a brace is missing"
    return stack[0]
