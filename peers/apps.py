from django.apps import AppConfig


class PeersConfig(AppConfig):
    name = "peers"

    def ready(self) -> None:
        from peers.kinds import ROSTER, SIGN_IN
        from records.outbox import register_kind

        register_kind(ROSTER)
        register_kind(SIGN_IN)
