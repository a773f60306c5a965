"""What can be shared. Upper rooms register here what they have and how a reader sees it; this room asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from records.text import Text

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Source:
    """Something whose parts can be shared, each by itself.

    `parts`: name → what it is called for people; names are kept in shares, so they never change.
    `read(user, holder_id, names)`: context for `template`. It fetches through `visible_to(user)` and gives
    the named parts only. For a reader without the right it gives nothing.
    `comes_first`: what a reader needs in an emergency stands before all else.
    """

    title: Text
    parts: dict[str, Text]
    template: str
    read: Callable[["User", UUID, Sequence[str]], dict[str, Any] | None]
    comes_first: bool = False


_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Called once per source, in `AppConfig.ready()`. Raises ValueError for a part that exists already."""
    if known := set(source.parts) & {name for other in _sources for name in other.parts}:
        raise ValueError(f"parts registered twice: {sorted(known)}")
    _sources.append(source)


def part_choices() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """All that can be shared, grouped by source, for a form."""
    return [(source.title, list(source.parts.items())) for source in _sources]


def titles(names: Iterable[str]) -> list[Text]:
    """What parts are called for people, in the order of the catalogue; unknown names are left out."""
    wanted = set(names)
    return [title for source in _sources for name, title in source.parts.items() if name in wanted]


def readings(user: "User", holder_id: UUID, names: Iterable[str]) -> list[dict[str, Any]]:
    """The named parts as this user may read them: a list of template and context, in a reader's order."""
    wanted = set(names)
    found = []
    for source in sorted(_sources, key=lambda source: not source.comes_first):
        chosen = [name for name in source.parts if name in wanted]
        context = source.read(user, holder_id, chosen) if chosen else None
        if context is not None:
            found.append({"template": source.template, "title": source.title, "reading": context})
    return found
