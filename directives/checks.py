"""The start-up check of this room: a law file that cannot be trusted keeps the whole site from starting."""

from typing import Any

from django.core.checks import Error, register

from directives.jurisdictions import JURISDICTIONS, LAW_FILE, BadLaw


@register()
def law_is_sound(app_configs: object, **kwargs: Any) -> list[Error]:
    """Reads the law file, which stays in memory from then on."""
    try:
        len(JURISDICTIONS)
    except BadLaw as wrong:
        return [Error(str(wrong), hint=f"Mend {LAW_FILE.name}, or bring back the one that came.", id="directives.E001")]
    return []
