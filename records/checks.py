"""Start-up checks: a page that does not say who may reach it keeps the whole site from starting."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its pattern, depth first."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route, pattern


@register(Tags.urls)
def every_view_declares_access(app_configs: object, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"/{route} does not say who may reach it",
            hint="Decorate its view with @public, @signed_in, @mine(Model, Action) or @on(Model, Action).",
            id="records.E001",
        )
        for route, pattern in walk(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "access")
    ]
