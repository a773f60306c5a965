from django.apps import AppConfig

from accounts.beginnings import at_the_beginning
from sharing.scopes import register_source


class DirectivesConfig(AppConfig):
    name = "directives"

    def ready(self) -> None:
        from directives import checks  # noqa: F401  (registers the start-up checks)
        from directives.models import Directive
        from directives.source import SOURCE

        at_the_beginning(Directive.begin)
        register_source(SOURCE)
