"""Says where the site is and who can sign in, as soon as it answers. A process of its own beside the manager."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

WAIT_SECONDS = 60


def start(address: str, sign_ins: Path | None) -> "subprocess.Popen[bytes]":
    """Wait for the site beside the caller, then print."""
    kept = [str(sign_ins)] if sign_ins and sign_ins.exists() else []
    return subprocess.Popen([sys.executable, "-m", "scripts.announce", address, *kept], start_new_session=True)


def status(address: str) -> int:
    """What the site answers, as an HTTP status; 0 while it does not."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def main(address: str, sign_ins: str = "") -> None:
    """Print the address and the sign-ins; give up when the site does not come or our starter is gone."""
    starter, deadline = os.getppid(), time.monotonic() + WAIT_SECONDS
    while not (answer := status(address)):
        if os.getppid() != starter:
            return
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    if answer == 0 or answer >= 500:
        print(f"\nThe site does not work at {address}: the lines above say why.\n", flush=True)
        return
    people = f"\n{Path(sign_ins).read_text().strip()}\n" if sign_ins else ""
    print(f"\nThe site is at {address}\n{people}\nCtrl-C stops it.\n", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
