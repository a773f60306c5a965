"""Topics about the paper itself: when it starts, how long it lasts, what goes before it."""

from django.utils.translation import gettext_lazy as _

from directives.topics.shape import OPEN, REASON, Topic, boxes, choice, day, line
from records.catalogue import Part, Question

STARTS = Topic(
    "starts",
    _("When it starts"),
    _("From when on should others follow it, and who says so?"),
    "paper",
    (
        boxes(
            _("When it starts"),
            choice(
                "choice",
                _("It starts"),
                (
                    OPEN,
                    ("signing", _("When I have signed it")),
                    ("cannot_decide", _("When I cannot decide for myself")),
                    ("signs", _("When the signs show that I named")),
                ),
            ),
            line("who_says", _("Who should say that I cannot decide")),
            REASON,
        ),
    ),
)
LASTS = Topic(
    "lasts",
    _("How long it lasts"),
    _("You can let it run on, or set an end."),
    "paper",
    (
        boxes(
            _("How long it lasts"),
            choice(
                "choice",
                _("It lasts"),
                (
                    OPEN,
                    ("changed", _("Until I change or cancel it")),
                    ("day", _("Until the day I name below")),
                    ("law", _("As long as my state allows")),
                ),
            ),
            day("until", _("Until this day")),
            REASON,
        ),
    ),
)
SELF_BINDING = Topic(
    "self_binding",
    _("Changing my mind in a crisis"),
    _("In a crisis you may say something else than you wrote. Which should count?"),
    "paper",
    (
        boxes(
            _("Changing my mind in a crisis"),
            choice(
                "choice",
                _("While I cannot decide"),
                (
                    OPEN,
                    ("may", _("I may still cancel this directive")),
                    ("stays", _("What I wrote counts, even if I say no then")),
                ),
            ),
            REASON,
        ),
    ),
    caution=_("This can let staff treat you while you say no. Talk it over with somebody you trust."),
)
OTHER_PAPERS = Topic(
    "other_papers",
    _("Other papers of mine"),
    _("Other directives or powers of attorney, and which one goes first."),
    "paper",
    (
        Part(
            "papers", _("Other papers"), _("Add a paper"),
            (
                line("text", _("What paper it is")),
                line("where", _("Where it is")),
                choice(
                    "first", _("If they say different things"),
                    (OPEN, ("this", _("This directive goes first")), ("other", _("The other paper goes first"))),
                ),
                Question("note", _("What else to know about it"), rows=1),
            ),
            _("A paper on my money. It is in the top drawer."),
        ),
    ),
)  # fmt: skip
