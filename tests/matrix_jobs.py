"""The matrix of what is being made for somebody: only who asked finds it, and its page shows nothing of its content."""

from tests.matrix import HIDDEN, LOGIN, OTHERS, OWNER, REFUSED, Table, done, ok
from tests.world import NOT_SIGNED_IN

JOBS: Table = {
    ("records:job_detail", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, OWNER: ok(), OTHERS: HIDDEN},
    ("records:job_detail", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("records:job_again", "POST"): {NOT_SIGNED_IN: LOGIN, OWNER: done("mine"), OTHERS: HIDDEN},
    ("records:job_again", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
}
