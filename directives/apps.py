from django.apps import AppConfig

from accounts.beginnings import at_the_beginning
from sharing.scopes import register_source


class DirectivesConfig(AppConfig):
    name = "directives"

    def ready(self) -> None:
        from directives import checks  # noqa: F401  (registers the start-up checks)
        from directives.kinds import CARD, DIRECTIVE
        from directives.models import Directive
        from directives.source import SOURCE
        from records.outbox import register_kind

        at_the_beginning(Directive.begin)
        register_source(SOURCE)
        register_kind(DIRECTIVE)
        register_kind(CARD)
