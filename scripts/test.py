"""`make test`: all checks of `make lint`, then all tests. Both run even when the first fails."""

import subprocess
import sys

from scripts import browser, lint

# Each process gets neighbours, so a browser and what a file makes once are made once; who is done helps the others.
PYTEST = (sys.executable, "-m", "pytest", "-n", "3", "--dist", "worksteal")


def main(arguments: list[str]) -> int:
    """Returns 0 when everything passed."""
    browser.prepare()
    linted = lint.main()
    print(flush=True)
    tested = subprocess.run([*PYTEST, *arguments], cwd=lint.ROOT, check=False)
    if linted:
        print("\nSome checks failed: they are marked FAIL above, before the tests.", flush=True)
    return tested.returncode or linted


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
