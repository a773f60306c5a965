"""The matrix of the roof's pages, and of signing in and out."""

from tests.matrix import EVERYBODY, LIVE_READERS, LOGIN, OTHERS, OWNER, REFUSED, REFUSED_TO_ALL, SIGNED_IN, Table, ok
from tests.world import NOT_SIGNED_IN

WITH_GROUP = ("facilitator", "co_facilitator", "member", "waiting", "asking")

ROOF: Table = {
    ("home", "GET HEAD"): {
        NOT_SIGNED_IN: ok(),
        OWNER: ok("owner.called", "owner.plan.gains"),
        # Who shares with one, by the name they chose; and one's groups, but none that only asks for help.
        ("reader",): ok("reader.called", "my_name.reader"),
        ("other_reader",): ok("other_reader.called", "my_name.other_reader"),
        WITH_GROUP: ok("mine.called", "group.name"),
        tuple(role for role in OTHERS if role not in (*LIVE_READERS, *WITH_GROUP)): ok("mine.called"),
    },
    ("home", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("help", "GET HEAD"): {EVERYBODY: ok()},
    ("help", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("more", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("more", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("health", "GET HEAD"): {EVERYBODY: ok()},
    ("health", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
}
