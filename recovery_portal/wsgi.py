"""The entry point for web servers (WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")
application = get_wsgi_application()

from recovery_portal.checks import stop_if_wrong  # noqa: E402 - needs the applications to be ready

stop_if_wrong()
