"""The system's libraries that PDFs need: found, installed as root, or fetched beside. Standard library only.

WeasyPrint sets type with Pango, which no Python package brings. Without it the site runs and documents wait.
"""

import ctypes
import ctypes.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts import hints

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT / ".data" / "libraries"
# What WeasyPrint loads, by the names that Linux and macOS know them under.
NEEDED = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1", "libpangoft2-1.0.so.0")
# Without this one fonts are cut down in Python: as right, but 70 ms slower a document.
FASTER = ("libharfbuzz-subset.so.0",)
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
AGAIN_AFTER_SECONDS = 24 * 3600
# A machine without network must not wait for it long.
BRIEFLY = ("-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10", "-o", "Acquire::Retries=0")
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}


def prepare() -> None:
    """See to the libraries, and let the programs that this one becomes find them. Never ends the start."""
    if has(NEEDED + FASTER):
        return
    if not tried_lately():
        bring()
        if has(NEEDED + FASTER):
            return
    if has(NEEDED):
        return
    print(f"Pango is missing: the site starts, but documents (PDF) wait. {hints.bring('pango')}".strip(), flush=True)


def has(names: Sequence[str]) -> bool:
    """Whether they load: the system's, or with those that were fetched beside."""
    return loads(names) or use_beside(names)


def loads(names: Sequence[str]) -> bool:
    """Whether this process can load them all."""
    return all(_loads(name) for name in names)


def _loads(name: str) -> bool:
    if sys.platform == "darwin":
        return bool(ctypes.util.find_library(name.removeprefix("lib").partition(".so")[0]))
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def use_beside(names: Sequence[str]) -> bool:
    """Hand the fetched libraries on to the programs that we start, if all of these load with them."""
    # The loader reads this once, when a program starts: too late for this one, so another has to try.
    path = os.pathsep.join([*map(str, folders(BESIDE)), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
    program = f"import ctypes; [ctypes.CDLL(name) for name in {tuple(names)!r}]"
    if not BESIDE.exists() or run([sys.executable, "-c", program], {"LD_LIBRARY_PATH": path}) is None:
        return False
    os.environ["LD_LIBRARY_PATH"] = path
    return True


def folders(root: Path) -> list[Path]:
    """Where libraries lie below a folder of unpacked packages."""
    return sorted({path.parent for path in root.glob("root/**/*.so.*")})


def tried_lately() -> bool:
    """Whether fetching was tried within a day: a start is not kept waiting every time."""
    tried = BESIDE / "tried"
    return tried.exists() and time.time() - tried.stat().st_mtime < AGAIN_AFTER_SECONDS


def bring() -> None:
    """Get what is missing from Debian's or Ubuntu's packages. Elsewhere there is nothing to be done here."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return
    BESIDE.mkdir(parents=True, exist_ok=True)
    (BESIDE / "tried").touch()
    if os.geteuid() == 0:
        install()
    else:
        fetch_beside()


def install() -> None:
    """As root: into the system, like any other package."""
    print(f"Installing Pango, which sets the type of documents ({' '.join(PACKAGES)}) …", flush=True)
    wanted = ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
    if apt(wanted) is None and apt(("update", "-qq")) is not None:
        apt(wanted)


def fetch_beside() -> None:
    """Without root: the same packages, checked by apt and unpacked into .data. Nothing of the system changes."""
    print("Fetching Pango, which sets the type of documents, into .data/libraries …", flush=True)
    own: tuple[str, ...] = ()
    simulated = apt(("install", "-s", "--no-install-recommends", *PACKAGES))
    if simulated is None:
        # This machine has no lists of packages, as is usual in containers: keep lists of our own.
        own = own_state()
        apt(("update", "-qq"), own)
        simulated = apt(("install", "-s", "--no-install-recommends", *PACKAGES), own)
    fetched = BESIDE / "fetched"
    fetched.mkdir(exist_ok=True)
    if lacking := not_installed(simulated or ""):
        apt(("download", "-qq", *lacking), own, folder=fetched)
    for package in sorted(fetched.glob("*.deb")):
        run(["dpkg-deb", "-x", str(package), str(BESIDE / "root")])
    for left in (fetched, BESIDE / "apt"):
        shutil.rmtree(left, ignore_errors=True)


def own_state() -> tuple[str, ...]:
    """Options that let apt keep its lists in a folder of ours."""
    state = BESIDE / "apt"
    for name in ("lists/partial", "cache/archives/partial"):
        (state / name).mkdir(parents=True, exist_ok=True)
    return ("-o", f"Dir::State::lists={state}/lists", "-o", f"Dir::Cache={state}/cache")


def not_installed(simulated: str) -> list[str]:
    """The packages that an installation would add. One that it would replace stays as the system has it."""
    return re.findall(r"^Inst (\S+) \(", simulated, flags=re.MULTILINE)


def apt(arguments: Iterable[str], options: Iterable[str] = (), folder: Path = ROOT) -> str | None:
    """What apt-get printed, or nothing if it did not succeed."""
    return run(["apt-get", *BRIEFLY, *options, *arguments], QUIET, folder)


def run(command: list[str], changed: dict[str, str] | None = None, folder: Path = ROOT) -> str | None:
    """What the program printed, or nothing if it did not succeed."""
    environment = {**os.environ, **(changed or {})}
    done = subprocess.run(
        command, cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.stdout if done.returncode == 0 else None
