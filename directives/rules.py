"""A rule of law in plain words, with the field it comes from and how sure we are of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directives.law import Jurisdiction, Standing
from directives.law_words import words
from records.text import Text

STANDING_WORDS: Mapping[Standing, Text] = {
    Standing.CHECKED: _("We read this in the law."),
    Standing.SUMMARY: _("We read this in a summary, not in the law."),
    Standing.RECALL: _("We have not checked this."),
    Standing.ADVICE: _("This is our advice. It is not law."),
    Standing.UNKNOWN: _("We do not know this yet."),
}

# These codes tell of our own reading, not of the law: they stand as unknown, however well their field is known.
UNREAD = frozenset({"more_bars_unread", "list_read_in_part", "list_unread"})


@dataclass(frozen=True)
class Rule:
    """What is shown as one point. `items` complete a text that ends in a colon.

    `law_name` is the law's own name of a paper or place. It is not translated and stands beside the text.
    """

    text: Text
    field: str
    standing: Standing
    items: tuple[Text, ...] = ()
    law_name: str = ""

    @property
    def is_checked(self) -> bool:
        """Whether somebody read it in the law's own text. All else is shown with a mark."""
        return self.standing is Standing.CHECKED

    @property
    def standing_words(self) -> Text:
        return STANDING_WORDS[self.standing]


def standing_words(standing: Standing) -> Text:
    """How sure we are, as one sentence."""
    return STANDING_WORDS[standing]


def rule(law: Jurisdiction, field: str, text: Text, *, law_name: str = "") -> Rule:
    """One rule that rests on a field of this law."""
    return Rule(text, field, law.standing(field), law_name=law_name)


def codes(law: Jurisdiction, field: str) -> tuple[str, ...]:
    """The codes in a field: none where it is unknown."""
    value = getattr(law, field)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def said(law: Jurisdiction, *fields: str) -> list[Rule]:
    """One rule for each code in these fields."""
    return [_said(law, field, code) for field in fields for code in codes(law, field)]


def _said(law: Jurisdiction, field: str, code: str) -> Rule:
    standing = Standing.UNKNOWN if code in UNREAD else law.standing(field)
    return Rule(words(field, code), field, standing)


def listed(law: Jurisdiction, field: str, lead: Text) -> list[Rule]:
    """All codes of a field as the items of one rule. Nothing where there are none."""
    items = tuple(dict.fromkeys(words(field, code) for code in codes(law, field)))
    return [Rule(lead, field, law.standing(field), items)] if items else []


def not_known(law: Jurisdiction, field: str, text: Text) -> list[Rule]:
    """Says that something which matters is not known yet. Nothing where it is known."""
    return [rule(law, field, text)] if getattr(law, field) is None else []
