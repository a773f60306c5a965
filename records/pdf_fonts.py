"""The fonts of our documents: bundled ones and no others, and which characters they can show.

So a document is the same on every machine, and no font of a machine tells where it was made.
"""

import atexit
import functools
import os
import shutil
import tempfile
from html import escape
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

# The product's face first; the second shows what the first lacks: Greek, Cyrillic, Vietnamese and more.
FAMILIES = {"Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible", "Noto Sans": "fontpkg_noto_sans"}

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <reset-dirs/>
  {folders}
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
  <match target="pattern">
    <edit name="family" mode="append_last">{families}</edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"""


def folders() -> list[Path]:
    """Where the bundled fonts lie, by the order of `FAMILIES`."""
    return [Path(str(resources.files(package))) / "files" for package in FAMILIES.values()]


@functools.cache
def covered() -> frozenset[str]:
    """Every character that one of the families has in all its weights and slopes."""
    found: set[str] = set()
    for folder in folders():
        found |= set.intersection(*[_characters(path) for path in sorted(folder.glob("*.ttf"))])
    return frozenset(found)


def use_no_others() -> None:
    """Tell Fontconfig, which WeasyPrint asks when it is loaded and again for each document."""
    if not _configuration().exists():
        # Systems sweep away temporary files that lie for days; a worker may live longer.
        _configuration.cache_clear()
    os.environ["FONTCONFIG_FILE"] = str(_configuration())
    # fontTools stamps a font that it cuts down with the time of day, unless told another: same input, same bytes.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    # Either of these would have it read other folders first.
    for name in ("FONTCONFIG_PATH", "FONTCONFIG_SYSROOT"):
        os.environ.pop(name, None)


@functools.cache
def _configuration() -> Path:
    """Fontconfig's configuration, in a private folder that goes when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="fonts-"))
    atexit.register(_remove, folder, os.getpid())
    text = CONFIGURATION.format(
        folders="".join(f"<dir>{escape(str(path))}</dir>" for path in folders()),
        cache=escape(str(folder / "cache")),
        families="".join(f"<string>{family}</string>" for family in FAMILIES),
    )
    (folder / "fonts.conf").write_text(text)
    return folder / "fonts.conf"


def _characters(path: Path) -> set[str]:
    with TTFont(path, lazy=True) as font:
        return {chr(code) for code in font.getBestCmap()}


def _remove(folder: Path, owner: int) -> None:
    """Forked children inherit the folder, and must leave it to the process that made it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
