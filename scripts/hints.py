"""Which command brings a missing thing on the system found. Standard library only: bootstrap.py needs it first."""

import os
import shutil
import sys

# By the system's package manager: the command, then what it calls each thing.
MANAGERS = {
    "brew": "brew install",
    "apt-get": "apt-get install -y",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "pacman": "pacman -S --noconfirm",
    "zypper": "zypper install -y",
}
NAMES = {
    "venv": {
        "brew": "python@3.12",
        "apt-get": f"python{sys.version_info[0]}.{sys.version_info[1]}-venv",
        "dnf": "python3-pip",
        "apk": "python3 py3-pip",
        "pacman": "python-pip",
        "zypper": "python311-pip",
    },
    "postgresql": {
        "brew": "postgresql@17",
        "apt-get": "postgresql",
        "dnf": "postgresql-server",
        "apk": "postgresql17",
        "pacman": "postgresql",
        "zypper": "postgresql-server",
    },
    "chromium": {
        "brew": "--cask google-chrome",
        "apt-get": "chromium",
        "dnf": "chromium",
        "apk": "chromium",
        "pacman": "chromium",
        "zypper": "chromium",
    },
    "pango": {
        "brew": "pango",
        "apt-get": "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "dnf": "pango",
        "apk": "pango",
        "pacman": "pango",
        "zypper": "libpango-1_0-0",
    },
}


def bring(need: str) -> str:
    """One sentence with the command, or nothing when this system's package manager is not known."""
    for manager, command in MANAGERS.items():
        if need in NAMES and shutil.which(manager):
            prefix = "" if manager == "brew" or os.geteuid() == 0 else "sudo "
            return f"This brings it: {prefix}{command} {NAMES[need][manager]}"
    return ""


def stop(sentence: str, need: str = "") -> SystemExit:
    """An error to raise: what is missing, and the command that brings it."""
    return SystemExit(f"{sentence} {bring(need)}".strip())
