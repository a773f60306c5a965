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
from django.urls import reverse

from records.fields import SealedText
from recovery_portal import postgresql
from recovery_portal.embedded import Cluster
from recovery_portal.roles import Addresses
from tests.reading_code import ROOMS
from tests.world import World

TEXTS = {"CharField", "TextField", "EmailField", "JSONField", "FileField", "ArrayField"}

# A new sealed field is added here, and to the world with a canary in it.
SEALED = {
    "directives_wording.words",
    "peers_facilitator.called",
    "peers_group.words",
    "peers_inside.words",
    "peers_membership.called",
    "peers_walkin.called",
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
    _use_groups(world)
    return world


def _use_groups(world: World) -> None:
    """Words of groups go through forms, messages, pages and sessions."""
    plant, groups = world.canaries.plant, world.groups
    pk, facilitator = groups.group.pk, world.people["facilitator"]
    terms: dict[str, object] = {
        name: plant(f"typed.group.{name}") for name in ("name", "about", "place", "for_members")
    }
    terms |= {"weekday": 2, "at": "09:00", "minutes": 60, "time_zone": "UTC", "capacity": 2, "joining": "by request"}
    started = facilitator.client.post(reverse("peers:group_start"), {**terms, "called": plant("typed.starter")})
    changed = facilitator.client.post(reverse("peers:group_change", args=[pk]), {**terms, "is_listed": "on"})
    assert (started.status_code, changed.status_code) == (302, 302)
    assert facilitator.post("peers:member_add", pk, called=plant("typed.added")).status_code == 302
    assert (
        facilitator.post("peers:walk_in_add", pk, groups.session.pk, called=plant("typed.walk_in")).status_code == 302
    )
    assert facilitator.post("peers:member_add", pk, called="").status_code == 422
    assert world.people["stranger"].post("peers:group_join", pk, called=plant("typed.asking")).status_code == 302
    assert world.people["member"].post("peers:group_name", pk, called=plant("typed.renamed")).status_code == 302
    for name in ("peers:group_run", "peers:group_detail"):
        assert facilitator.get(name, pk).status_code == 200


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
        if model._meta.app_label in ROOMS
        for field in model._meta.fields
        if field.get_internal_type() in TEXTS
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
        "peers.Group.time_zone",
        "peers.Group.joining",
        "peers.Membership.ended_how",
        "peers.Mark.what",
        "plans.Entry.section",
        "plans.Entry.part",
        "directives.Directive.state",
        "directives.Directive.skipped",  # keys of topics
        "directives.Entry.section",
        "directives.Entry.part",
        "sharing.Share.parts",
        "sharing.AccessEvent.what",
        "sharing.AccessEvent.parts",
    }
