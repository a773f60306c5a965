"""`make lint`: every check that runs no test. All of them run; each that fails is shown."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from scripts import keys, translations

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["recovery_portal", "plans", "directives", "peers", "sharing", "accounts", "records"]
CODE = [*ROOMS, "scripts", "tests", "conftest.py", "manage.py"]
TEMPLATES = ["templates"]

Outcome = tuple[bool, str]


def module(*arguments: str) -> list[str]:
    """A tool of .venv, by its module: its script's first line may name a place that has moved."""
    return [sys.executable, "-m", *arguments]


COMMANDS = {
    "types (mypy)": module("mypy", *CODE),
    "code (ruff check)": module("ruff", "check", "--quiet", "."),
    "form of code (ruff format)": module("ruff", "format", "--check", "--quiet", "--diff", "."),
    "form of templates (djlint --check)": module("djlint", "--check", *TEMPLATES),
    "templates (djlint --lint)": module("djlint", "--lint", "--quiet", *TEMPLATES),
    "who imports whom (import-linter)": [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
    "migrations fit the models": module("manage", "makemigrations", "--check", "--dry-run"),
    "ready to deploy (check --deploy)": module("manage", "check", "--deploy", "--fail-level", "WARNING"),
    "security (bandit)": module("bandit", "-q", "-c", "pyproject.toml", "-r", *ROOMS, "scripts"),
}


def main() -> int:
    """Run all checks, two at a time. Returns 0 when all pass."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        environment = surroundings(Path(folder))
        checks: dict[str, Callable[[], Outcome]] = {
            name: partial(run, command, environment) for name, command in COMMANDS.items()
        }
        checks |= {"no addresses in requirements": requirements, "translations": translations.check}
        waiting = {name: pool.submit(timed, check) for name, check in checks.items()}
        return report({name: future.result() for name, future in waiting.items()})


def surroundings(folder: Path) -> dict[str, str]:
    """Settings as in production. No server listens there: no check asks the database anything."""
    return {
        **{name: value for name, value in os.environ.items() if name != "LOCAL_HTTP"},
        **keys.make(folder),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "ALLOWED_HOSTS": "example.org",
        "STATIC_ROOT": str(folder),
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
    }


def run(command: list[str], environment: Mapping[str, str]) -> Outcome:
    """Whether a command ended well, and what it printed."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode == 0, done.stdout


def requirements() -> Outcome:
    """A pinned file must not say where its packages were fetched."""
    lines = [
        f"{path.name}:{number}: {line}"
        for path in sorted(ROOT.glob("requirements*"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "://" in line
    ]
    return not lines, "\n".join(lines)


def timed(check: Callable[[], Outcome]) -> tuple[bool, str, float]:
    """A check's outcome and its seconds."""
    started = time.monotonic()
    passed, output = check()
    return passed, output, time.monotonic() - started


def report(outcomes: Mapping[str, tuple[bool, str, float]]) -> int:
    """Print each check; the words of those that failed."""
    for name, (passed, output, seconds) in outcomes.items():
        print(f"{'ok  ' if passed else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
        if not passed:
            print(output, flush=True)
    return 0 if all(passed for passed, _, _ in outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
