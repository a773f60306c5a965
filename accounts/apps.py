from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.sessions import begin

        # Django's own signal, because a session that did not begin here is over at once.
        user_logged_in.connect(begin, dispatch_uid="accounts.sessions.begin")
