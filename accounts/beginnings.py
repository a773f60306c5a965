"""What other rooms do when a person begins: they register it in `AppConfig.ready()`, this room calls it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

_registered: list[Callable[["User"], None]] = []


def at_the_beginning(begin: Callable[["User"], None]) -> None:
    """Have `begin(user)` called, as that person and in the same transaction, for every new person."""
    _registered.append(begin)


def begin_all(user: "User") -> None:
    for begin in _registered:
        begin(user)
