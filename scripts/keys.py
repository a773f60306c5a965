"""The secrets an installation makes for itself on its first start: Django's key and the vault's first key."""

import secrets
from pathlib import Path

from recovery_portal.bundled import write_secret


def make(folder: Path) -> dict[str, str]:
    """Make what is not there yet and return the settings that point to it."""
    secret_key, vault = folder / "secret_key", folder / "vault"
    vault.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not secret_key.exists():
        write_secret(secret_key, secrets.token_urlsafe(64))
    if not any(vault.iterdir()):
        write_secret(vault / "1", secrets.token_hex(32))
    return {"SECRET_KEY_FILE": str(secret_key), "VAULT_KEYS_DIR": str(vault)}
