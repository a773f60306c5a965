"""The matrix of the plan's own pages and acts. Everybody has a plan: pages without an id show the visitor's own."""

from tests.matrix import (
    FORBIDDEN_AND_TOLD,
    HIDDEN,
    HIDDEN_AND_TOLD,
    LOGIN,
    OTHERS,
    OWNER,
    REFUSED,
    RELATED,
    SIGNED_IN,
    STRANGERS,
    Row,
    Table,
    done,
    ok,
)
from tests.world import NOT_SIGNED_IN

# The reader sees this entry, and may not touch it; to everybody else it is not there.
OWNER_ALONE: Row = {
    NOT_SIGNED_IN: LOGIN,
    OWNER: done("mine"),
    ("reader",): FORBIDDEN_AND_TOLD,
    ("other_reader", "expired", "stopped", "offered"): HIDDEN_AND_TOLD,
    STRANGERS: HIDDEN,
}

PLANS: Table = {
    ("plans:plan_overview", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("plans:plan_overview", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:plan_read", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.called", "mine.plan")},
    ("plans:plan_read", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:plan_removed", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, OWNER: ok("owner.removed"), OTHERS: ok()},
    ("plans:plan_removed", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:plan_name", "GET"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.called")},
    ("plans:plan_name", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("mine")},
    ("plans:plan_name", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:section_detail", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.plan.strengths")},
    ("plans:section_detail", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:section_read", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.called", "mine.plan.strengths")},
    ("plans:section_read", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:entry_add", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("mine")},
    ("plans:entry_add", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:entry_edit", "GET"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: ok("owner.plan.strengths.first"),
        ("reader",): FORBIDDEN_AND_TOLD,
        ("other_reader", "expired", "stopped", "offered"): HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("plans:entry_edit", "POST"): OWNER_ALONE,
    ("plans:entry_edit", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:entry_up", "POST"): OWNER_ALONE,
    ("plans:entry_up", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:entry_down", "POST"): OWNER_ALONE,
    ("plans:entry_down", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("plans:entry_remove", "POST"): OWNER_ALONE,
    ("plans:entry_remove", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # What was removed is hidden from readers of its section too.
    ("plans:entry_bring_back", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: done("mine"),
        RELATED: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("plans:entry_bring_back", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}
