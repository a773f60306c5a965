from django.apps import AppConfig

from accounts.beginnings import at_the_beginning
from sharing.scopes import register_source


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from plans.models import Plan
        from plans.source import SOURCE

        at_the_beginning(Plan.begin)
        register_source(SOURCE)
