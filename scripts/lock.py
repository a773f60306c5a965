"""`make lock`: pins what requirements*.in name, for all systems at once, with hashes and without addresses."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / ".data" / "lock"
FLAGS = [
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--python-version",
    "3.11",
    "--quiet",
]


def main(arguments: list[str]) -> int:
    """Pass `--upgrade` on (make lock ARGS=--upgrade) to move to the newest versions allowed."""
    uv = TOOL / "bin" / "uv"
    if not uv.exists():
        # Apart from .venv: nothing that runs or tests the product needs it.
        venv.create(TOOL, with_pip=True)
        subprocess.run([TOOL / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    for name in ("requirements", "requirements-dev"):
        command: list[str | Path] = [uv, "pip", "compile", *FLAGS, *arguments, f"{name}.in", "-o", f"{name}.txt"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
