"""How the draft of a directive is shared: all of it or nothing, and marked as not signed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from directives.models import DRAFT, Directive
from directives.topics import TOPICS, URGENT
from records.reading import read_sections
from sharing.scopes import Source

if TYPE_CHECKING:
    from accounts.models import User


SUBSTANCES = "substances"


def _read_for(user: "User", holder_id: UUID, names: Sequence[str]) -> dict[str, Any] | None:
    directive = Directive.objects.visible_to(user).filter(holder=holder_id).first()
    if directive is None:
        return None
    found = {each.section.key: each for each in read_sections(directive, TOPICS.values()) if not each.is_empty}
    sections = [found[key] for key in (*URGENT, *(key for key in TOPICS if key not in URGENT)) if key in found]
    return {"sections": sections, "directive": directive, "tells_of_substances": SUBSTANCES in found}


SOURCE = Source(
    title=_("My directive"),
    parts={DRAFT: _("My directive (draft, not signed)")},
    template="directives/shared.html",
    read=_read_for,
    comes_first=True,
)
