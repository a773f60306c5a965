"""`make test`: all checks of `make lint`, then all tests. Both run even when the first fails."""

import subprocess
import sys

from scripts import browser, lint


def main(arguments: list[str]) -> int:
    """Returns 0 when everything passed."""
    browser.prepare()
    linted = lint.main()
    print(flush=True)
    tested = subprocess.run([sys.executable, "-m", "pytest", "-n", "3", *arguments], cwd=lint.ROOT, check=False)
    if linted:
        print("\nSome checks failed: they are marked FAIL above, before the tests.", flush=True)
    return tested.returncode or linted


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
