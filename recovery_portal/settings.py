"""All settings, secure by default. Values that differ between deployments come from the environment.

`LOCAL_HTTP=1` (set by `make run`) is the only switch that relaxes anything: it lets the site work
over plain HTTP on this machine.
"""

import importlib.util
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from recovery_portal import environment

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HTTP = environment.flag("LOCAL_HTTP")

SECRET_KEY = environment.secret("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]" if LOCAL_HTTP else "")
CSRF_TRUSTED_ORIGINS = environment.words("TRUSTED_ORIGINS")

# The name on the screen. Neutral on purpose: a tab or a bookmark must not say what this is for.
SITE_NAME = "Helm"
# Where "Leave this page" goes: a site nobody wonders about.
LEAVE_ADDRESS = "https://www.weather.gov/"

INSTALLED_APPS = [
    "recovery_portal.apps.RoofConfig",
    "plans.apps.PlansConfig",
    "directives.apps.DirectivesConfig",
    "peers.apps.PeersConfig",
    "sharing.apps.SharingConfig",
    "accounts.apps.AccountsConfig",
    "records.apps.RecordsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django.forms",
    "crispy_forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "recovery_portal.headers.PrivateByDefault",
    # Outermost of all that touch the database: session, sign-in and view share its transaction.
    "records.transaction.RequestTransaction",
    "accounts.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.SessionLimits",
    "records.transaction.ActAsSignedIn",
    "accounts.sign_in_again.AskToSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sharing.access.LogDenials",
    "accounts.sessions.LocalTime",
]

ROOT_URLCONF = "recovery_portal.urls"
WSGI_APPLICATION = "recovery_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recovery_portal.frame.frame",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database("DATABASE_URL")
    | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters for sign-in limits live here too: they must be shared by all web processes.
CACHES = {
    "default": {
        "BACKEND": "accounts.counters.Counters",
        "LOCATION": "accounts_counter",
        "TIMEOUT": 3600,
        "KEY_FUNCTION": "accounts.counters.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
}

# Keys that wrap each holder's own key. A folder of files named 1, 2, …; the highest number seals.
VAULT_KEYS_DIR = environment.folder("VAULT_KEYS_DIR", BASE_DIR / ".data" / "vault")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passphrases.HardToGuess"}]
# Behind proxies the visitor's address is what the nearest of them wrote; without this, everybody would share one.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "recovery_portal.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if not LOCAL_HTTP:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # Whoever looks after the process asks it inside, over plain HTTP. The answer holds nothing of anybody's.
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# SECURITY: never "no-referrer": browsers then send "Origin: null" and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Without a mail server nothing is sent and no page asks for an address.
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.secret_or_none("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "helm@localhost")

# Workers. A message holds a job's id and nothing else; what is to be done stands in PostgreSQL (records.outbox).
# Without a broker nothing is sent, and `manage.py sweep` does what waits.
CELERY_BROKER_URL = environment.broker("BROKER_URL")
MESSENGER = "recovery_portal.celery.app"
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
# A message is used up when its work is over: one whose worker was killed comes again.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the time limit, or what takes long would be begun twice. Looked for every 5 s and not every 100.
    "visibility_timeout": 90,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A broker that accepts and never answers is noticed.
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# An engine that lays out pages grows: a child is replaced after 100 jobs, or above 220 MB (said in KB).
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 220_000
# SECURITY: whoever reaches the broker could otherwise stop workers, or ask them what they do.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "records.tasks.sweep", "schedule": 10, "options": {"expires": 10}},
    "clear": {"task": "records.tasks.clear", "schedule": 600, "options": {"expires": 600}},
    "clear removed": {"task": "records.tasks.clear_removed", "schedule": 3600, "options": {"expires": 3600}},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"


def _packaged(package: str, folder: str) -> Path:
    """A folder inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed: run `make run` or pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / folder


STATIC_URL = "static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", BASE_DIR / ".data" / "static")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts", _packaged("fontpkg_atkinson_hyperlegible", "files")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressing takes seconds that a first `make run` need not wait for.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if LOCAL_HTTP
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without content": {"()": "recovery_portal.logs.WithoutContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without content"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would mail whole requests to administrators.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = ("calm",)
CRISPY_TEMPLATE_PACK = "calm"
CRISPY_FAIL_SILENTLY = False
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

from accounts.allauth_settings import *  # noqa: E402, F403
