"""What a topic of the directive is, and the boxes that many topics share."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.catalogue import Part, Question, Section
from records.text import Text


@dataclass(frozen=True)
class Topic(Section):
    """One page of the directive.

    `warning`: what to say before the page opens, where its questions can hurt. There is a way round it.
    """

    app = "directives"
    area = "directive"
    record_title = _("My directive")
    # Health and hospitals too: what a tab says is read over a shoulder.
    hard_groups = frozenset({"know", "treatment", "where", "hard"})

    warning: Text = ""

    @property
    def entrance(self) -> str:
        return reverse("directives:topic_warning", args=[self.slug]) if self.warning else self.address


REASON = Question("reason", _("Why"), _("A reason helps others follow your wish."))
CONDITION = Question("condition", _("Only if"), _("If there is something that must be so, say it."), rows=1)
PHONE = Question("phone", _("Phone"), line="tel")
TRY_FIRST = _("Try the first one first.")
OPEN = ("", _("I leave this open"))
YES_NO_IF = (
    OPEN,
    ("yes", _("Yes, I agree")),
    ("no", _("No, I do not agree")),
    ("if", _("Yes, but only if … (say it below)")),
    ("agent", _("The person who speaks for me decides")),
)


def choice(key: str, label: Text, choices: tuple[tuple[str, Text], ...], hint: Text = "") -> Question:
    """One of a few answers. It is shown with its question."""
    return Question(key, label, hint, choices=choices, is_labelled=True)


def line(key: str, label: Text, hint: Text = "") -> Question:
    """A box for a single line."""
    return Question(key, label, hint, line="text")


def day(key: str, label: Text, hint: Text = "") -> Question:
    return Question(key, label, hint, is_date=True, is_labelled=True)


def boxes(title: Text, *questions: Question, example: Text = "") -> Part:
    """One form that stands open on its page."""
    return Part("own", title, _("Save"), questions, example, is_single=True)


def people(key: str, title: Text, add: Text, *more: Question, example: Text = "") -> Part:
    """A list of people."""
    return Part(key, title, add, (line("text", _("Name")), *more), example)
