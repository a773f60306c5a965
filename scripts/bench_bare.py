"""The floor of `make bench`: what a page costs here that does nothing. Settings, address and view in one.

One ORM query of 20 rows and an inherited template, without middleware, session or sealing.
"""

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from recovery_portal import environment

SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "scripts.bench_bare"
DATABASES = {"default": environment.database("DATABASE_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
MIDDLEWARE: list[str] = []
USE_TZ = True
FRAME = "<!doctype html><title>{% block title %}{% endblock %}</title><main>{% block main %}{% endblock %}</main>"
PAGE = (
    '{% extends "frame" %}{% block title %}Bare{% endblock %}'
    "{% block main %}<ul>{% for row in rows %}<li>{{ row.id }} {{ row.name }}</li>{% endfor %}</ul>{% endblock %}"
)
LOADER = ("django.template.loaders.locmem.Loader", {"frame": FRAME, "page": PAGE})
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [LOADER])]},
    }
]

application = get_wsgi_application()


class Row(models.Model):
    """Any table that the web role may read without being anybody."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=255, db_column="codename")

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "auth_permission"

    def __str__(self) -> str:
        return self.name


def page(request: HttpRequest) -> HttpResponse:
    """Twenty rows on a page."""
    rows = list(Row._default_manager.order_by("id")[:20])
    return HttpResponse(engines["django"].get_template("page").render({"rows": rows}, request))


urlpatterns = [path("", page)]
