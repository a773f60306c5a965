"""The matrix of the roof's pages, and of signing in and out."""

from tests.matrix import EVERYBODY, LOGIN, OTHERS, OWNER, REFUSED, REFUSED_TO_ALL, SIGNED_IN, Table, ok
from tests.world import NOT_SIGNED_IN

ROOF: Table = {
    ("home", "GET HEAD"): {
        NOT_SIGNED_IN: ok(),
        OWNER: ok("owner.called", "owner.plan.gains"),
        OTHERS: ok("mine.called"),
    },
    ("home", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("help", "GET HEAD"): {EVERYBODY: ok()},
    ("help", "POST PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
    ("more", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("more", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
}
