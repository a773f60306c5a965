from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"

    def import_models(self) -> None:
        super().import_models()
        # Models that build on those of `records.models`, in modules of their own.
        import_module("records.files")
        import_module("records.outbox")

    def ready(self) -> None:
        from records import checks  # noqa: F401  (registers the start-up checks)
