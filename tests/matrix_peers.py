"""The matrix of groups: what anybody finds, what a place opens, and what only those do who run the group.

The group is on the list and answers who asks. Names of people in it are shown to who runs it, and to themselves.
"""

from tests.matrix import (
    FORBIDDEN,
    HIDDEN,
    IN_GROUPS,
    LOGIN,
    METHOD,
    REFUSED,
    SIGNED_IN,
    Cell,
    Row,
    Table,
    done,
    ok,
)
from tests.world import NOT_SIGNED_IN

RUNNING = ("facilitator", "co_facilitator")
ASKED = ("asked_to_help",)
# With a place, in line, and asking. Who left is a visitor like everybody else.
IN_IT = ("member", "waiting", "asking")
VISITORS = tuple(role for role in SIGNED_IN if role not in IN_GROUPS) + ("left",)
NOT_RUNNING = ASKED + IN_IT + VISITORS

NAME = "group.name"
FOR_VISITORS = (NAME, "group.about", "group.place", "group.facilitator")
TERMS = (NAME, "group.about", "group.place", "group.for_members")
NAMES = ("group.called.member", "group.called.waiting", "group.called.added", "group.called.asking")
# The one who left had a place when the session was held.
ON_SHEET = ("group.called.member", "group.called.left", "group.walk_in")


def run_alone(cell: Cell) -> Row:
    """For those who run the group; it is on the list, so everybody else is told no instead of nothing."""
    return {NOT_SIGNED_IN: LOGIN, RUNNING: cell, NOT_RUNNING: FORBIDDEN}


def joining(cell: Cell) -> Row:
    """For visitors, also while asked to help. Who is in it is led to how they stand; who runs it cannot join it."""
    return {NOT_SIGNED_IN: LOGIN, VISITORS + ASKED: cell, IN_IT: done(""), RUNNING: FORBIDDEN}


def in_it_alone(cell: Cell) -> Row:
    """For those who are not in it, or not any more, nothing happens: pressing twice is no mistake."""
    return {NOT_SIGNED_IN: LOGIN, IN_IT: cell, ASKED + VISITORS: done(""), RUNNING: FORBIDDEN}


def asked_alone(cell: Cell) -> Row:
    """Where nothing is asked, nothing happens."""
    return {NOT_SIGNED_IN: LOGIN, ASKED: cell, RUNNING + IN_IT + VISITORS: done("")}


GROUPS: Table = {
    ("peers:group_list", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, RUNNING + ASKED + IN_IT: ok(NAME), VISITORS: ok()},
    ("peers:group_list", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_find", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        VISITORS: ok(NAME, "group.about", "group.place"),
        RUNNING + ASKED + IN_IT: ok(),
    },
    ("peers:group_find", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_start", "GET"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("peers:group_start", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("new")},
    ("peers:group_start", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_detail", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        RUNNING + ASKED + VISITORS: ok(*FOR_VISITORS),
        ("member",): ok(*FOR_VISITORS, "group.for_members", "group.called.member"),
        ("waiting",): ok(*FOR_VISITORS, "group.called.waiting"),
        ("asking",): ok(*FOR_VISITORS, "group.called.asking"),
    },
    ("peers:group_detail", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_join", "GET"): joining(ok(NAME)),
    ("peers:group_join", "POST"): joining(done("group")),
    ("peers:group_join", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_name", "GET"): {
        NOT_SIGNED_IN: LOGIN,
        ("member",): ok(NAME, "group.called.member"),
        ("waiting",): ok(NAME, "group.called.waiting"),
        ("asking",): ok(NAME, "group.called.asking"),
        ASKED + VISITORS: done(""),
        RUNNING: FORBIDDEN,
    },
    ("peers:group_name", "POST"): in_it_alone(done("group")),
    ("peers:group_name", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_leave", "POST"): in_it_alone(done("group")),
    ("peers:group_leave", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:helping_accept", "GET"): asked_alone(ok(NAME)),
    ("peers:helping_accept", "POST"): asked_alone(done("group")),
    ("peers:helping_accept", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:helping_decline", "POST"): asked_alone(done("group")),
    ("peers:helping_decline", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}

RUN: Table = {
    ("peers:group_run", "GET HEAD"): run_alone(ok(NAME, "group.facilitator", *NAMES)),
    ("peers:group_run", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:group_change", "GET"): run_alone(ok(*TERMS)),
    ("peers:group_change", "POST"): run_alone(done("group")),
    ("peers:group_change", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:member_add", "GET"): run_alone(ok()),
    ("peers:member_add", "POST"): run_alone(done("group")),
    ("peers:member_add", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:member_accept", "POST"): run_alone(done("group")),
    ("peers:member_accept", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:member_decline", "POST"): run_alone(done("group")),
    ("peers:member_decline", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # Of somebody without an account.
    ("peers:member_name", "GET"): run_alone(ok("group.called.added")),
    ("peers:member_name", "POST"): run_alone(done("group")),
    ("peers:member_name", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:member_take_off", "POST"): run_alone(done("group")),
    ("peers:member_take_off", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:helper_ask", "GET"): run_alone(ok()),
    ("peers:helper_ask", "POST"): run_alone(done("group")),
    ("peers:helper_ask", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # The co-facilitator's help: by who asked her, or by herself.
    ("peers:helper_end", "POST"): run_alone(done("group")),
    ("peers:helper_end", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:session_list", "GET HEAD"): run_alone(ok(NAME)),
    ("peers:session_list", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:session_open", "POST"): run_alone(done("group")),
    ("peers:session_open", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # Who marked somebody is told by the name they go by in the group.
    ("peers:session_sheet", "GET"): run_alone(ok(NAME, *ON_SHEET, "group.facilitator.first")),
    ("peers:session_sheet", "POST"): run_alone(done("group")),
    ("peers:session_sheet", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:walk_in_add", "POST"): run_alone(done("group")),
    ("peers:walk_in_add", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:roster_ask", "POST"): run_alone(done("group")),
    ("peers:roster_ask", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("peers:sign_in_ask", "POST"): run_alone(done("group")),
    ("peers:sign_in_ask", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # Only who asked for a paper fetches it, also among those who run the group.
    ("peers:paper_download", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        ("facilitator",): ok("group.paper"),
        ("co_facilitator",): HIDDEN,
        NOT_RUNNING: FORBIDDEN,
    },
    ("peers:paper_download", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
}


def hidden(table: Table) -> Table:
    """The same addresses with a group that is on no list: to everybody who is not of it, it is not there."""
    return {
        key: {NOT_SIGNED_IN: LOGIN, SIGNED_IN: METHOD if REFUSED is row else HIDDEN}
        for key, row in table.items()
        if key[0] not in ("peers:group_list", "peers:group_find", "peers:group_start")
    }
