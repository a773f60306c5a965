"""The site as it is, and beside it what only drills have: kinds of jobs, and an address that asks for them."""

from recovery_portal.settings import *  # noqa: F403
from recovery_portal.settings import INSTALLED_APPS as OURS
from recovery_portal.settings import STORAGES as KEPT

INSTALLED_APPS = [*OURS, "tests.drills.apps.DrillConfig"]
ROOT_URLCONF = "tests.drills.urls"
# Hashed names need files gathered beforehand.
STORAGES = {**KEPT, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
