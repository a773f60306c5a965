"""`make run`: database, broker, migrations, static files, demo content, then the processes of the Procfile."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from recovery_portal.bundled import write_secret
from recovery_portal.roles import Addresses
from scripts import announce, broker, database, keys, processes

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
SIGN_INS = DATA / "sign-ins.txt"
FIRST_PORT = 8000
WITH_BROKER, WITHOUT_BROKER = ("worker", "beat"), ("sweep",)


def main() -> int:
    """Prepare and run. Returns what the process manager returned."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    with database.opened(DATA) as opened, broker.opened(DATA) as broker_url:
        addresses = opened.addresses
        environment = surroundings(addresses) | {"BROKER_URL": broker_url}
        prepare(environment, addresses)
        if opened.wants_demo:
            load_demo(environment)
        else:
            subprocess.run(manage("clear_removed"), env=environment, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        port = free_port(int(os.environ.get("PORT", FIRST_PORT)))
        announcer = announce.start(f"http://127.0.0.1:{port}/", SIGN_INS if opened.bundled else None)
        # Celery warns root at length; here the web server is root's too, and PostgreSQL is not.
        worker = {"DATABASE_URL": addresses.worker, "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms"}
        special = dict.fromkeys((*WITH_BROKER, *WITHOUT_BROKER), worker)
        without = WITHOUT_BROKER if broker_url else WITH_BROKER
        try:
            return processes.run(ROOT / "Procfile", environment | {"PORT": str(port)}, special, without)
        finally:
            announcer.kill()
            announcer.wait()


def stop(number: int, frame: FrameType | None) -> None:
    """Before the process manager takes over: leave through the doors that stop database and broker."""
    raise SystemExit(128 + number)


def surroundings(addresses: Addresses) -> dict[str, str]:
    """The environment of the web process: the owner's address is not in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    made = {name: value for name, value in keys.make(DATA).items() if name not in os.environ}
    if "SECRET_KEY" in os.environ:
        made.pop("SECRET_KEY_FILE", None)
    return {
        **kept,
        **made,
        "DATABASE_URL": addresses.web,
        "STATIC_ROOT": os.environ.get("STATIC_ROOT", str(DATA / "static")),
        "LOCAL_HTTP": "1",
        "PYTHONUNBUFFERED": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }


def prepare(environment: Mapping[str, str], addresses: Addresses) -> None:
    """Migrate as the owner and gather static files, side by side."""
    gathering, stamp = None, DATA / "static.stamp"
    state = static_state(environment["STATIC_ROOT"])
    if not stamp.exists() or stamp.read_text() != state:
        print("Gathering static files …", flush=True)
        gathering = subprocess.Popen(manage("collectstatic", "--no-input", "-v", "0"), env=environment, cwd=ROOT)
    print("Bringing the database up to date …", flush=True)
    owner = {**environment, "DATABASE_URL": addresses.owner}
    migrated = subprocess.run(manage("migrate", "--no-input", "-v", "0"), env=owner, cwd=ROOT, check=False)
    gathered = gathering.wait() if gathering else 0
    if migrated.returncode or gathered:
        raise SystemExit("The site could not be prepared: see above.")
    stamp.write_text(state)


def static_state(static_root: str) -> str:
    """Changes whenever a static file or an installed package does."""
    files = sorted((ROOT / "static").rglob("*"))
    stats = [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files if path.is_file()]
    packages = (ROOT / "requirements.txt").read_text()
    settings = (ROOT / "recovery_portal" / "settings.py").read_text()
    return hashlib.sha256("\n".join([static_root, packages, settings, *stats]).encode()).hexdigest()


def load_demo(environment: Mapping[str, str]) -> None:
    """Load the demo content once and keep the sign-ins it printed where only we can read them."""
    print("Loading demo content …", flush=True)
    marker = DATA / "demo-wanted"
    tried_before = marker.read_text() != ""
    marker.write_text("tried")
    loaded = subprocess.run(
        manage("load_demo"), env=environment, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
    )
    if loaded.returncode == 0:
        write_secret(SIGN_INS, loaded.stdout)
    elif tried_before:
        # A start was killed after the content was kept and before its passphrases were.
        print("Going on without it. Remove the folder .data to start with fresh demo content.", flush=True)
    else:
        raise SystemExit("The demo content could not be loaded: see above.")
    marker.unlink()


def manage(*arguments: str) -> list[str]:
    """A Django command, in this Python."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def free_port(first: int) -> int:
    """This port, or the next one that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No port from {first} to {first + 99} is free: name another with PORT=… make run")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
