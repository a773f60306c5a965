"""The site as it is, but for the names of static files: hashed ones need files gathered beforehand."""

from recovery_portal.settings import *  # noqa: F403
from recovery_portal.settings import STORAGES as KEPT

STORAGES = {**KEPT, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
