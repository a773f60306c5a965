"""The start-up checks of the roof, and the door at which a web server, too, meets all checks of all rooms."""

from typing import Any

from django.core.checks import ERROR, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured

from recovery_portal.help_lines import FILE, HelpLinesWrong, help_lines


@register()
def help_lines_can_be_shown(app_configs: object, **kwargs: Any) -> list[Error]:
    """Reads the numbers of "Need help now": a mistake in them must not wait for whoever needs help."""
    try:
        help_lines()
    except HelpLinesWrong as wrong:
        return [
            Error(str(wrong), hint=f"Mend {FILE.name}, or bring back the one that came.", id="recovery_portal.E001")
        ]
    return []


def stop_if_wrong() -> None:
    """Raises ImproperlyConfigured if any check finds an error. Commands check by themselves; web servers do not."""
    if wrong := [str(found) for found in run_checks() if found.level >= ERROR]:
        raise ImproperlyConfigured("\n".join(["The site does not start:", *wrong]))
