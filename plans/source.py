"""What of a plan can be shared, and how a reader sees it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.sections import SECTIONS
from records.reading import read_sections
from sharing.scopes import Source

if TYPE_CHECKING:
    from accounts.models import User


def _read_for(user: "User", holder_id: UUID, names: Sequence[str]) -> dict[str, Any] | None:
    plan = Plan.objects.visible_to(user).filter(holder=holder_id).first()
    if plan is None:
        return None
    sections = [each for each in SECTIONS.values() if each.scope in names and plan.may_read(each.scope)]
    return {"sections": read_sections(plan, sections)}


SOURCE = Source(
    title=_("My plan"),
    parts={section.scope: section.title for section in SECTIONS.values()},
    template="entries/reading.html",
    read=_read_for,
)
