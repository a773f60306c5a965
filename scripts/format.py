"""`make format`: brings code and templates into the agreed form."""

import subprocess
import sys

from scripts.lint import ROOT, TEMPLATES, module


def main() -> int:
    """Returns 0 when nothing is left that needs a person."""
    fixed = subprocess.run(module("ruff", "check", "--fix", "--quiet", "."), cwd=ROOT, check=False).returncode
    formatted = subprocess.run(module("ruff", "format", "--quiet", "."), cwd=ROOT, check=False).returncode
    # It returns 1 when it changed something.
    subprocess.run(module("djlint", "--reformat", "--quiet", *TEMPLATES), cwd=ROOT, check=False)
    return fixed or formatted


if __name__ == "__main__":
    sys.exit(main())
