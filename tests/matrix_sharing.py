"""The matrix of sharing: the owner's pages, the reader's, and those behind an invitation."""

from tests.matrix import (
    EVERYBODY,
    FORBIDDEN,
    FORBIDDEN_AND_TOLD,
    FORMER_READERS,
    HIDDEN,
    HIDDEN_AND_TOLD,
    LIVE_READERS,
    LOGIN,
    LOOK_AGAIN,
    NOT_BEARING,
    OTHERS,
    OWNER,
    REFUSED,
    REFUSED_TO_ALL,
    RELATED,
    SIGNED_IN,
    SIGNED_IN_NOT_BEARING,
    STRANGERS,
    Cell,
    Row,
    Table,
    done,
    ok,
)
from tests.world import NOT_SIGNED_IN

SHARED_WITH_READER = ("owner.plan.strengths", "owner.plan.crisis", "owner.plan.goals", "owner.directive")
BEARERS = ("bearer", "anonymous_bearer")
TAKER = ("reader",)
NEVER_BORE = tuple(role for role in NOT_BEARING if role not in TAKER)


def owner_alone(cell: Cell) -> Row:
    """A share is seen by its reader, who may not do this to it; once it is over it is not there any more."""
    return {
        NOT_SIGNED_IN: LOGIN,
        OWNER: cell,
        LIVE_READERS: FORBIDDEN_AND_TOLD,
        ("offered",): FORBIDDEN_AND_TOLD,
        FORMER_READERS: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    }


def invited_alone(cell: Cell) -> Row:
    """The answer to an offer is the invited person's, and is given once. Pressing twice is nobody's try at anything."""
    return {
        NOT_SIGNED_IN: LOGIN,
        OWNER: FORBIDDEN,
        LIVE_READERS: FORBIDDEN,
        ("offered",): cell,
        FORMER_READERS: HIDDEN,
        STRANGERS: HIDDEN,
    }


OWNERS: Table = {
    ("sharing:share_list", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, OWNER: ok("label"), OTHERS: ok()},
    ("sharing:share_list", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_add", "GET"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    # The page to check it shows what the reader will see; nothing is shared yet.
    ("sharing:share_add", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok("mine.plan.strengths")},
    ("sharing:share_add", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_give", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok(changes="mine", logs="mine: shared")},
    ("sharing:share_give", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:access_log", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, OWNER: ok("label"), OTHERS: ok()},
    ("sharing:access_log", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_change", "GET"): owner_alone(ok("label.reader", "my_name.reader")),
    ("sharing:share_change", "POST"): owner_alone(done("mine", "mine: changed")),
    ("sharing:share_change", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_preview", "GET HEAD"): owner_alone(ok("label.reader", *SHARED_WITH_READER)),
    ("sharing:share_preview", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_stop", "POST"): owner_alone(done("mine", "mine: stopped")),
    ("sharing:share_stop", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # The share that nobody has taken yet: no reader of another share sees it.
    ("sharing:share_invite", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: ok(changes="mine"),
        RELATED: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("sharing:share_invite", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}

READERS: Table = {
    ("sharing:people", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        ("reader",): ok("my_name.reader"),
        ("other_reader",): ok("my_name.other_reader"),
        ("offered",): ok("my_name.offered"),
        OWNER: ok(),
        FORMER_READERS: ok(),
        STRANGERS: ok(),
    },
    ("sharing:people", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_read", "GET HEAD"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: FORBIDDEN,
        ("reader",): ok("my_name.reader", *SHARED_WITH_READER, logs="owner: opened"),
        ("other_reader",): ok("my_name.other_reader", "owner.plan.gains", logs="owner: opened"),
        ("offered",): FORBIDDEN_AND_TOLD,
        FORMER_READERS: HIDDEN_AND_TOLD,
        STRANGERS: HIDDEN,
    },
    ("sharing:share_read", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_accept", "POST"): invited_alone(done("owner", "owner: accepted")),
    ("sharing:share_accept", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_decline", "POST"): invited_alone(done("owner", "owner: declined")),
    ("sharing:share_decline", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("sharing:share_leave", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        OWNER: FORBIDDEN,
        LIVE_READERS: done("owner", "owner: left"),
        ("offered",): FORBIDDEN,
        FORMER_READERS: HIDDEN,
        STRANGERS: HIDDEN,
    },
    ("sharing:share_leave", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}

# Words that are spent, too old or never said are all answered alike; but who spent them is led to what they opened.
INVITATIONS: Table = {
    ("sharing:invitation_enter", "GET"): {EVERYBODY: ok()},
    ("sharing:invitation_enter", "POST"): {BEARERS: ok("my_name.bearer"), TAKER: done(""), NEVER_BORE: LOOK_AGAIN},
    ("sharing:invitation_enter", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("sharing:invitation_open", "GET HEAD"): {
        BEARERS: ok("my_name.bearer"),
        TAKER: done(""),
        NEVER_BORE: LOOK_AGAIN,
    },
    ("sharing:invitation_open", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("sharing:invitation_accept", "POST"): {
        NOT_SIGNED_IN: LOGIN,
        ("bearer",): done("owner", "owner: accepted"),
        TAKER: done(""),
        tuple(role for role in SIGNED_IN_NOT_BEARING if role not in TAKER): LOOK_AGAIN,
    },
    ("sharing:invitation_accept", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}
