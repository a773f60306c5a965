"""The roof: the only room that knows all the others."""

from django.apps import AppConfig


class RoofConfig(AppConfig):
    """Pages, frame and words that belong to the whole site."""

    name = "recovery_portal"
    verbose_name = "Helm"

    def ready(self) -> None:
        from recovery_portal import checks  # noqa: F401  (registers the start-up check)
