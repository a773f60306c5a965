"""Whoever holds the database holds no words: canaries stand in every sealed field, and are found nowhere outside."""

import base64
import os
import re
import subprocess
from contextlib import suppress

import psycopg
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from records.fields import SealedText
from recovery_portal import postgresql
from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from tests.world import World

# A new sealed field is added here, and to the world with a canary in it.
SEALED = {
    "directives_wording.words",
    "plans_plan.called",
    "plans_wording.words",
    "records_file.content",
    "sharing_share.label",
    "sharing_share.my_name",
}


@pytest.fixture(scope="module")
def filled(world: World) -> World:
    """The world after some ordinary use: words went through forms, messages, pages and sessions too."""
    owner, plant = world.owner, world.canaries.plant
    assert owner.post("plans:plan_name", called=plant("typed.called")).status_code == 302
    owner.post("plans:entry_edit", world.entry.pk, entry=world.entry.pk, seen=2, text=plant("typed.text"), done="1")
    owner.post("plans:entry_remove", world.entry.pk)
    said = {"label": plant("typed.label"), "my_name": plant("typed.my_name"), "how": "words"}
    assert owner.post("sharing:share_give", parts=["plan.strengths"], **said).status_code == 200
    assert world.people["reader"].get("sharing:share_read", world.shares["reader"].pk).status_code == 200
    assert owner.get("sharing:access_log").status_code == 200
    return world


def spellings(word: str) -> list[bytes]:
    """How a dump, a file or a cookie could write a word: plain, as hex, as base64 at each offset, in UTF-16."""
    plain = word.encode()
    shifted = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, plain.hex().encode(), plain.hex().upper().encode(), plain.decode().encode("utf-16-le"), *shifted]


def found_in(world: World, content: bytes) -> set[str]:
    return {
        place
        for word, place in world.canaries.places.items()
        if any(spelling in content for spelling in spellings(word))
    }


def dump(addresses: Addresses, *options: str) -> bytes:
    program = postgresql.programs(postgresql.account()) / "pg_dump"
    command = [str(program), *options, addresses.backup]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_it_works(filled: World, addresses: Addresses) -> None:
    content = dump(addresses)
    assert b"spent_bearer" in content, "user names are no secret: the dump is of the filled database"
    assert found_in(filled, content) == set()


def test_the_search_would_find_them(filled: World) -> None:
    word = next(iter(filled.canaries.places))
    for form in (word, word.encode().hex(), base64.b64encode(f"some {word} words".encode()).decode()):
        assert found_in(filled, f"COPY … {form} …".encode())


def test_files_of_the_server_hold_none(filled: World, cluster: Cluster, admin: psycopg.Connection) -> None:
    """Tables, the log of changes (WAL) and the server's own log."""
    admin.execute("CHECKPOINT")
    folders = {cluster.folder, cluster.data}
    files = [os.path.join(at, name) for folder in folders for at, _dirs, names in os.walk(folder) for name in names]
    assert len(files) > 100
    for file in files:
        # The server goes on working: a file may be gone by now.
        with suppress(FileNotFoundError), open(file, "rb") as opened:
            assert not re.search(rb"cnry\d{4}", opened.read()), file


def test_sessions_hold_none(filled: World) -> None:
    for session in Session.objects.all():
        assert found_in(filled, repr(session.get_decoded()).encode()) == set()


def test_every_sealed_field_has_a_canary(filled: World) -> None:
    fields = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, SealedText)
    }
    assert fields == SEALED


def test_no_other_field_holds_free_text() -> None:
    """Text in clear is a name to sign in with, a key of ours, or nobody's; a new field needs a reason here."""
    clear = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("plans", "sharing", "records", "accounts")
        for field in model._meta.fields
        if field.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField", "FileField")
    }
    assert clear == {
        "accounts.User.password",  # hashed
        "accounts.User.username",
        "accounts.User.email",
        "accounts.User.time_zone",
        "accounts.Counter.cache_key",
        "accounts.Counter.value",
        "records.Holder.kind",
        "records.Pass.purpose",
        "records.File.kind",
        "records.File.part",
        "records.Job.kind",
        "plans.Entry.section",
        "plans.Entry.part",
        "sharing.AccessEvent.what",
    }
