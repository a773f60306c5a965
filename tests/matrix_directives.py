"""The matrix of the directive's own pages and acts, and of documents made of it.

Everybody has a directive: pages without an id show the visitor's own. The reader reads the owner's draft; the other
reader, with whom she shares a part of her plan, does not.
"""

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

NOT_READING = ("other_reader", "expired", "stopped", "offered")
# The reader sees this entry, and may not touch it; to everybody else it is not there.
OWNER_ALONE: Row = {
    NOT_SIGNED_IN: LOGIN,
    OWNER: done("mine"),
    ("reader",): FORBIDDEN_AND_TOLD,
    NOT_READING: HIDDEN_AND_TOLD,
    STRANGERS: HIDDEN,
}
EVERYBODYS_OWN: Row = {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()}
EVERYBODYS_OWN_ACT: Row = {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("mine")}

DIRECTIVES: Table = {
    ("directives:directive_overview", "GET HEAD"): EVERYBODYS_OWN,
    ("directives:directive_overview", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:state_choose", "GET"): EVERYBODYS_OWN,
    ("directives:state_choose", "POST"): EVERYBODYS_OWN_ACT,
    ("directives:state_choose", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:signing_rules", "GET HEAD"): EVERYBODYS_OWN,
    ("directives:signing_rules", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:directive_read", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.directive")},
    ("directives:directive_read", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:directive_removed", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: ok("owner.removed_answer"),
        OTHERS: ok(),
    },
    ("directives:directive_removed", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:section_detail", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.directive.works")},
    ("directives:section_detail", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:topic_warning", "GET HEAD"): EVERYBODYS_OWN,
    ("directives:topic_warning", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:topic_skip", "POST"): EVERYBODYS_OWN_ACT,
    ("directives:topic_skip", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:topic_take_up", "POST"): {NOT_SIGNED_IN: LOGIN, OWNER: done("mine"), OTHERS: done("mine")},
    ("directives:topic_take_up", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:entry_add", "POST"): EVERYBODYS_OWN_ACT,
    ("directives:entry_add", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:entry_edit", "GET"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: ok("owner.directive.way"),
        ("reader",): FORBIDDEN_AND_TOLD,
        NOT_READING: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("directives:entry_edit", "POST"): OWNER_ALONE,
    ("directives:entry_edit", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:entry_up", "POST"): OWNER_ALONE,
    ("directives:entry_up", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:entry_down", "POST"): OWNER_ALONE,
    ("directives:entry_down", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:entry_remove", "POST"): OWNER_ALONE,
    ("directives:entry_remove", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # What was removed is hidden from readers of the draft too.
    ("directives:entry_bring_back", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: done("mine"),
        RELATED: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("directives:entry_bring_back", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:card_ask", "POST"): EVERYBODYS_OWN_ACT,
    ("directives:card_ask", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("directives:document_ask", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: done("mine"),
        ("reader",): done("owner", "owner: opened"),
        NOT_READING: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("directives:document_ask", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # The owner's own file: a reader of the draft opens the directive, and finds no job of theirs.
    ("directives:document_download", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: ok("owner.document"),
        ("reader",): HIDDEN,
        NOT_READING: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("directives:document_download", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
}
