"""What stands on which page of the documents made of a directive: the directive itself, and the wallet card.

Nothing here knows the time of day, and nothing is left out of the directive. `tasks` makes PDFs of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directives.document_card import card
from directives.document_draft import Draft, PrintedTopic
from directives.document_sheet import sheet
from directives.document_signing import signing_pages
from directives.formalities import state_topics
from directives.models import Directive
from directives.topics import TOPICS
from records.text import Text


@dataclass(frozen=True)
class Document:
    """A whole page of HTML for `records.pdf`, and when what it says last changed."""

    html: str = field(repr=False)
    moment: datetime


@dataclass(frozen=True)
class Chapter:
    """Topics under one heading: words of ours, or the law's own name of the paper."""

    title: Text
    law_name: str
    topics: Sequence[PrintedTopic]


def directive_document(directive: Directive) -> Document:
    """The whole draft: the emergency sheet, every topic with something written, the pages to sign.

    `directive` comes from `visible_to`; its content costs one query. Raises PermissionError if its draft was not
    shared with whom it was fetched for.
    """
    draft = Draft(directive)
    context = {
        "sheet": sheet(draft),
        "chapters": _chapters(draft),
        "pages": signing_pages(draft),
        "law": draft.law if draft.is_state_chosen else None,
    }
    return _document("directives/print/directive.html", draft, context)


def card_document(directive: Directive) -> Document:
    """One page with the wallet card to cut out. As for `directive_document`."""
    draft = Draft(directive)
    return _document("directives/print/card.html", draft, {"card": card(draft)})


def _document(template: str, draft: Draft, context: dict[str, object]) -> Document:
    # The title is seen in lists of files and in windows: it names nobody and nothing.
    title = _("{site} document").format(site=settings.SITE_NAME)
    frame = {"title": title, "language": get_language(), "name": draft.name, "day": draft.day}
    return Document(render_to_string(template, {**frame, **context}), draft.moment)


def _chapters(draft: Draft) -> list[Chapter]:
    """The topics of the state's own paper under its name, then the rest."""
    ours = state_topics(draft.law) if draft.is_state_chosen else ()
    first = draft.written(ours)
    rest = draft.written([key for key in TOPICS if key not in ours])
    chapters = [
        Chapter("", draft.law.instrument_name, first),
        Chapter(_("More of what I want") if first else _("What I want"), "", rest),
    ]
    return [chapter for chapter in chapters if chapter.topics]
