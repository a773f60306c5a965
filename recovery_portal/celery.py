"""The Celery application: workers, the beat, and the nudges of web processes share it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recovery_portal.settings")

app = Celery("recovery_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Named, not found: the works of other rooms load engines, which neither the beat nor a worker that waits has use for.
app.autodiscover_tasks(["records"])
