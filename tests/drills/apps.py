"""Registers the drills' kinds of jobs, as an upper room does in its own `ready()`."""

from importlib import import_module

from django.apps import AppConfig


class DrillConfig(AppConfig):
    name = "tests.drills"

    def ready(self) -> None:
        outbox, kinds = import_module("records.outbox"), import_module("tests.drills.kinds")
        outbox.register_kind(kinds.SHORT)
        outbox.register_kind(kinds.LONG)
