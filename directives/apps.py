from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"

    def ready(self) -> None:
        from directives import checks  # noqa: F401  (registers the start-up checks)
