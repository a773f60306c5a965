"""The matrix: every address, method and role, each decided by hand. The tables are in `matrix_*.py`.

A row's key is (address name, methods), its value says for groups of roles what happens to them. The groups of a
row must hold every role exactly once, so a new role, address or method is a red test until somebody decides.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.world import NOT_SIGNED_IN, ROLES, World

# To the owner's plan and directive these are strangers; they are known in a group.
IN_GROUPS = ("facilitator", "co_facilitator", "asked_to_help", "member", "waiting", "asking", "left")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EVERYBODY = (
    "anonymous", "anonymous_bearer", "owner", "stranger", "reader", "other_reader", "expired", "stopped", "offered",
    "bearer", "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS,
)  # fmt: skip
SIGNED_IN = (
    "owner", "stranger", "reader", "other_reader", "expired", "stopped", "offered",
    "bearer", "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS,
)  # fmt: skip
OWNER = ("owner",)
OTHERS = (
    "stranger", "reader", "other_reader", "expired", "stopped", "offered",
    "bearer", "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS,
)  # fmt: skip
RELATED = ("reader", "other_reader", "expired", "stopped", "offered")
LIVE_READERS = ("reader", "other_reader")
FORMER_READERS = ("expired", "stopped")
STRANGERS = ("stranger", "bearer", "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS)
NOT_BEARING = (
    "anonymous", "owner", "stranger", "reader", "other_reader", "expired", "stopped", "offered",
    "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS,
)  # fmt: skip
SIGNED_IN_NOT_BEARING = (
    "owner", "stranger", "reader", "other_reader", "expired", "stopped", "offered",
    "spent_bearer", "expired_bearer", "staff", "superuser", *IN_GROUPS,
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """What happens: the answer's status, which sealed words it shows, and what it leaves behind.

    `shows`: exactly these canaries, by the names of `World`; `mine` is whoever visits. A HEAD shows nothing.
    `changes`: whose rows may differ afterwards: "" nobody's, "mine", "owner", "group", or "new": of a holder not there
    before.
    `logs`: lines that the visit adds to a log, as "whose: what".
    """

    status: int
    shows: tuple[str, ...] = ()
    changes: str = ""
    logs: tuple[str, ...] = ()
    asks_to_sign_in: bool = False


def ok(*shows: str, changes: str = "", logs: str = "") -> Cell:
    return Cell(200, shows, changes, (logs,) if logs else ())


def done(changes: str, logs: str = "") -> Cell:
    """The act was done, and the browser is sent to where its effect is seen."""
    return Cell(302, (), changes, (logs,) if logs else ())


# A GET or HEAD is sent to the sign-in page, anything else gets 401 and a page that keeps what was typed.
LOGIN = Cell(302, asks_to_sign_in=True)
ELSEWHERE = Cell(302)
METHOD = Cell(405)
LOOK_AGAIN = Cell(422)
HIDDEN = Cell(404)
FORBIDDEN = Cell(403)
# The same two, told to the owner: for whoever has, or once had, something to do with her.
HIDDEN_AND_TOLD = Cell(404, logs=("owner: turned away",))
FORBIDDEN_AND_TOLD = Cell(403, logs=("owner: turned away",))

Row = dict[tuple[str, ...], Cell]
Table = dict[tuple[str, str], Row]
REFUSED: Row = {NOT_SIGNED_IN: LOGIN, SIGNED_IN: METHOD}
REFUSED_TO_ALL: Row = {EVERYBODY: METHOD}


class Undecided(AssertionError):
    """A row that leaves a role or a method out, or decides it twice."""


def laid_out(*tables: Table) -> dict[tuple[str, str], dict[str, Cell]]:
    """All rows, one a method, with one cell a role. Raises Undecided."""
    rows: dict[tuple[str, str], dict[str, Cell]] = {}
    for table in tables:
        for (name, methods), groups in table.items():
            cells = dict(_each_role_once(name, groups))
            for method in methods.split():
                if (name, method) in rows:
                    raise Undecided(f"{method} {name} is decided twice")
                rows[name, method] = cells
    names = {name for name, _method in rows}
    if missing := [f"{method} {name}" for name in names for method in METHODS if (name, method) not in rows]:
        raise Undecided(f"not decided: {sorted(missing)}")
    return rows


def _each_role_once(name: str, groups: Row) -> Iterator[tuple[str, Cell]]:
    roles = [role for group in groups for role in group]
    if sorted(roles) != sorted(ROLES):
        raise Undecided(f"{name}: each role once, but {sorted(set(roles) ^ set(ROLES))} or one is twice")
    for group, cell in groups.items():
        for role in group:
            yield role, cell


def arguments(world: World, name: str, role: str) -> list[Any]:
    """What stands in the address: the owner's things, and of shares and words the visitor's own where there are."""
    if name in ("plans:section_detail", "plans:section_read", "plans:entry_add"):
        return ["strengths"]
    if name == "plans:entry_bring_back":
        return [world.removed.pk]
    if name.startswith("plans:entry_"):
        return [world.entry.pk]
    if name in ("directives:section_detail", "directives:entry_add", "directives:topic_skip"):
        return ["works"]
    if name == "directives:topic_warning":
        return ["trauma"]
    if name == "directives:topic_take_up":
        return ["copies"]
    if name == "directives:entry_bring_back":
        return [world.removed_answer.pk]
    if name.startswith("directives:entry_"):
        return [world.way.pk]
    if name == "directives:document_ask":
        return [world.drafted.subject_id]
    if name == "directives:document_download":
        return [world.drafted.subject_id, world.drafted.pk]
    if name == "sharing:share_invite":
        return [world.shares["bearer"].pk]
    if name in WITH_SHARE:
        return [world.shares.get(role, world.shares["reader"]).pk]
    if name == "sharing:invitation_open":
        return [world.words[role].replace(" ", "-")]
    if name == "accounts:session_end":
        return [world.owners_session]
    if name == "records:job_detail":
        return [world.job.pk]
    if name == "records:job_again":
        return [world.given_up.pk]
    if name == "account_confirm_email":
        return ["no-such-key"]
    return in_group(world, name) if name.startswith("peers:") and name not in WITHOUT_GROUP else []


WITHOUT_GROUP = ("peers:group_list", "peers:group_find", "peers:group_start")


def in_group(world: World, name: str) -> list[Any]:
    """The group, and what of it the address names."""
    groups = world.groups
    named = {
        "peers:member_accept": groups.memberships["asking"],
        "peers:member_decline": groups.memberships["asking"],
        "peers:member_name": groups.memberships["added"],
        "peers:member_take_off": groups.memberships["member"],
        "peers:helper_end": groups.helping,
        "peers:session_sheet": groups.session,
        "peers:walk_in_add": groups.session,
        "peers:sign_in_ask": groups.session,
        "peers:paper_download": groups.paper,
    }
    return [groups.group.pk, *([named[name].pk] if name in named else [])]


WITH_SHARE = (
    "sharing:share_change",
    "sharing:share_preview",
    "sharing:share_stop",
    "sharing:share_read",
    "sharing:share_accept",
    "sharing:share_decline",
    "sharing:share_leave",
)


def form(world: World, name: str, role: str) -> Mapping[str, Any]:
    """What a POST sends: a form that does the act, for whoever may."""
    words = {"words": world.words[role]}
    share = {"label": "My sister", "my_name": "Me", "parts": ["plan.strengths"], "how": "words"}
    called = {"called": "Robin"}
    group = {"name": "Morning walk", "weekday": 2, "at": "09:00", "minutes": 60, "time_zone": "America/Denver"}
    group |= {"capacity": 3, "joining": "open", "is_listed": "on"}
    forms: dict[str, Mapping[str, Any]] = {
        "peers:group_start": {**group, **called},
        "peers:group_change": group,
        "peers:group_join": called,
        "peers:group_name": called,
        "peers:helping_accept": called,
        "peers:member_add": called,
        "peers:member_name": called,
        "peers:helper_ask": {"username": "stranger"},
        "peers:session_open": {"day": world.groups.today},
        "peers:session_sheet": {f"mark-{world.groups.memberships['member'].pk}": "late"},
        "peers:walk_in_add": {**called, "walk_in": uuid.uuid4()},
        "plans:plan_name": {"called": "Robin"},
        "plans:entry_add": {"part": "strengths", "entry": uuid.uuid4(), "text": "I can whistle"},
        "plans:entry_edit": {"entry": world.entry.pk, "seen": 2, "text": "I can whistle loudly"},
        "directives:state_choose": {"state": "WA"},
        "directives:entry_add": {
            "part": "own",
            "entry": world.works_of(role),
            # The owner has changed hers once already.
            "seen": 2 if role == "owner" else 1,
            "text": "Long walks",
        },
        "directives:entry_edit": {"entry": world.way.pk, "seen": 1, "text": "Walk in the hall"},
        "sharing:share_add": share,
        "sharing:share_give": share,
        "sharing:share_change": {**share, "sure": "1"},
        "sharing:invitation_enter": words,
        "sharing:invitation_accept": words,
        "accounts:time_zone_edit": {"time_zone": "America/Denver"},
        "accounts:recovery_kit_use": {**words, "passphrase": "a walnut in the slow tide"},
        "account_login": {"login": "owner", "password": "a long wrong guess"},
        "account_change_password": {"oldpassword": "a long wrong guess", "password1": "a walnut in the slow tide"},
    }
    return forms.get(name, {})
