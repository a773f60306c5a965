"""django-allauth's settings, apart because they are many. Defaults that do not suit us are set here.

How many proxies stand in front (ALLAUTH_TRUSTED_PROXY_COUNT) differs between deployments: it is in the
settings proper.
"""

ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "change_password": "accounts.forms.ChangePassphraseForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
# SECURITY: with a code by e-mail, whoever reads the mailbox could read the plan.
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "email"]
ACCOUNT_USERNAME_MIN_LENGTH = 5
ACCOUNT_USERNAME_VALIDATORS = "accounts.names.NAME_VALIDATORS"
# Names are kept in small letters, so that "Ana-12345" and "ana-12345" can never be two people.
ACCOUNT_PRESERVE_USERNAME_CASING = False

# An address is nobody's name here: two people may use one mailbox, and no form tells which are known.
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The subject is the site's neutral name alone: see templates/account/email/.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# None: the person says it at each sign-in ("This is my own device").
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300

# How often, in which time, counted per internet address (ip), person (user) or name (key).
# SECURITY: wrong tries by strangers fill the first two lines only. A device on which the person signed in
# before has tries of its own (accounts/devices.py), and the recovery kit is not bound to a name: so nobody
# can lock a person out by guessing.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/10m/ip,50/h/key",
    "login_on_known_device": "10/10m/key",
    "recovery_kit": "20/10m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "manage_email": "10/h/user",
    "signup": "100/h/ip",
    "invitation": "60/10m/ip",
    "share_by_name": "40/h/user",
    "start_group": "20/d/user",
    "join_group": "60/h/user",
    # Right answers are never counted against an address: a whole house may sign in at once.
    "login": None,
}
