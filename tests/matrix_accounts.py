"""The matrix of signing up, in and out, and of a person's own account."""

from tests.matrix import (
    ELSEWHERE,
    EVERYBODY,
    HIDDEN,
    LOGIN,
    LOOK_AGAIN,
    METHOD,
    OTHERS,
    OWNER,
    REFUSED,
    REFUSED_TO_ALL,
    SIGNED_IN,
    Table,
    done,
    ok,
)
from tests.world import NOT_SIGNED_IN

SETTINGS: Table = {
    ("accounts:settings", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("accounts:settings", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("accounts:time_zone_edit", "GET"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("accounts:time_zone_edit", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("mine")},
    ("accounts:time_zone_edit", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # Without a mail server there is no such page.
    ("accounts:email_edit", "GET POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: HIDDEN},
    ("accounts:email_edit", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("usersessions_list", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("usersessions_list", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    # The owner's device: for anybody else there is no such session.
    ("accounts:session_end", "POST"): {NOT_SIGNED_IN: LOGIN, OWNER: done(""), OTHERS: HIDDEN},
    ("accounts:session_end", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("accounts:sessions_end_others", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: done("")},
    ("accounts:sessions_end_others", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    ("accounts:recovery_kit", "GET HEAD"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("accounts:recovery_kit", "POST PUT PATCH DELETE OPTIONS"): REFUSED,
    ("accounts:recovery_kit_make", "POST"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok(changes="mine")},
    ("accounts:recovery_kit_make", "GET HEAD PUT PATCH DELETE OPTIONS"): REFUSED,
    # Words of an invitation are no kit, whoever says them.
    ("accounts:recovery_kit_use", "GET"): {EVERYBODY: ok()},
    ("accounts:recovery_kit_use", "POST"): {EVERYBODY: LOOK_AGAIN},
    ("accounts:recovery_kit_use", "HEAD PUT PATCH DELETE OPTIONS"): REFUSED_TO_ALL,
}

# django-allauth's views: a form that needs another look is shown with 200, PUT is taken as POST, OPTIONS is answered.
DOORS: Table = {
    ("account_login", "GET HEAD POST PUT OPTIONS"): {NOT_SIGNED_IN: ok(), SIGNED_IN: ELSEWHERE},
    ("account_login", "PATCH DELETE"): {NOT_SIGNED_IN: METHOD, SIGNED_IN: ELSEWHERE},
    ("account_signup", "GET HEAD POST PUT OPTIONS"): {NOT_SIGNED_IN: ok(), SIGNED_IN: ELSEWHERE},
    ("account_signup", "PATCH DELETE"): {NOT_SIGNED_IN: METHOD, SIGNED_IN: ELSEWHERE},
    # A GET asks, a POST signs out.
    ("account_logout", "GET HEAD"): {NOT_SIGNED_IN: ELSEWHERE, SIGNED_IN: ok()},
    ("account_logout", "POST"): {EVERYBODY: ELSEWHERE},
    ("account_logout", "PUT PATCH DELETE"): {EVERYBODY: METHOD},
    ("account_logout", "OPTIONS"): {EVERYBODY: ok()},
    # What is sent has the wrong passphrase.
    ("account_change_password", "GET HEAD POST PUT OPTIONS"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: ok()},
    ("account_change_password", "PATCH DELETE"): {NOT_SIGNED_IN: LOGIN, SIGNED_IN: METHOD},
    # A key that was never made.
    ("account_confirm_email", "GET HEAD OPTIONS"): {EVERYBODY: ok()},
    ("account_confirm_email", "POST"): {EVERYBODY: HIDDEN},
    ("account_confirm_email", "PUT PATCH DELETE"): {EVERYBODY: METHOD},
}
