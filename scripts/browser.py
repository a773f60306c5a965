"""A browser for the tests that need one: found, or installed where that takes no more than our rights."""

import os
import shutil
import subprocess

from scripts import hints

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def path() -> str:
    """Where the browser is; empty when there is none."""
    return next(filter(None, map(shutil.which, (*NAMES, MAC))), "")


def prepare() -> None:
    """See to a browser. Without one its tests are skipped by name, but never in CI: that ends the run."""
    if not path() and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    if path():
        return
    sentence = f"There is no Chromium. {hints.bring('chromium')}"
    if os.environ.get("CI") == "true":
        raise SystemExit(f"{sentence} CI must not do without the browser tests.")
    print(f"{sentence} The browser tests are skipped.", flush=True)


def install() -> None:
    """From Debian's packages, quietly."""
    print("Installing Chromium …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
    if subprocess.run(wanted, env=quiet, check=False, capture_output=True).returncode != 0:
        # The list of packages is missing or old.
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        subprocess.run(wanted, env=quiet, check=False)
