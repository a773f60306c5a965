"""Topics about a crisis: where I am, what calms me, and what to do if force cannot be avoided."""

from django.utils.translation import gettext_lazy as _

from directives.topics.shape import CONDITION, PHONE, REASON, TRY_FIRST, YES_NO_IF, Topic, boxes, choice, line
from records.catalogue import Part, Question

ALTERNATIVES = Topic(
    "alternatives",
    _("Instead of a hospital"),
    _("What could be tried first? Put what you like best on top."),
    "where",
    (
        Part(
            "ways", _("Instead of a hospital"), _("Add another way"),
            (line("text", _("What to try")), REASON),
            is_ranked=True,
            order=TRY_FIRST,
            suggestions=(
                _("Call someone I trust"), _("Stay with someone"), _("Somebody visits me at home"),
                _("A respite house"), _("A crisis center"), _("Look at my medicines again"),
            ),
        ),
    ),
)  # fmt: skip
ADMISSION = Topic(
    "admission",
    _("Going into a hospital"),
    _("Do you agree to go in while you cannot decide, and for how long?"),
    "where",
    (
        boxes(
            _("Going into a hospital"),
            choice("choice", _("I agree to go into a hospital"), YES_NO_IF),
            line("days", _("At most this many days")),
            CONDITION,
            REASON,
        ),
    ),
)
PLACES = Topic(
    "places",
    _("Places"),
    _("Hospitals and services you want, and those you do not want."),
    "where",
    (
        Part("wanted", _("I want"), _("Add a place I want"), (line("text", _("Place")), PHONE, REASON),
             _("The house by the park. It is small and quiet.")),
        Part("not_wanted", _("I do not want"), _("Add a place I do not want"), (line("text", _("Place")), REASON)),
    ),
)  # fmt: skip
SURROUNDINGS = Topic(
    "surroundings",
    _("My room"),
    _("What makes a strange place easier to bear."),
    "where",
    (
        boxes(
            _("My room"),
            Question("room", _("The room, and who else is in it")),
            Question("staff", _("Men or women who care for me"), rows=1),
            Question("quiet", _("Noise and light"), rows=1),
            Question("belongings", _("Things I want with me"), rows=1),
            REASON,
        ),
    ),
)
DEESCALATION = Topic(
    "deescalation",
    _("What calms me"),
    _("What should people try first? Put the best on top."),
    "hard",
    (
        Part(
            "ways", _("What calms me"), _("Add what calms me"),
            (line("text", _("What to try")), REASON),
            is_ranked=True,
            order=TRY_FIRST,
            suggestions=(
                _("Talk with one calm person"), _("Leave me alone for a while"), _("Less noise and light"),
                _("Walk with me"), _("A quiet room with the door open"), _("Call a person I trust"),
                _("A medicine that I choose"),
            ),
        ),
    ),
)  # fmt: skip
EMERGENCY_MEASURES = Topic(
    "emergency_measures",
    _("If force is used"),
    _(
        "If staff think they cannot avoid it: what is least bad for you? Put that on top."
        " This does not mean you agree to it."
    ),
    "hard",
    (
        Part(
            "measures", _("What is least bad, first"), _("Add something"),
            (line("text", _("What is least bad")), REASON),
            is_ranked=True,
            order=_("This is not a yes to force. If staff cannot avoid it, the first is least bad for me."),
            suggestions=(
                _("A medicine I swallow"), _("An injection"), _("A locked room alone (seclusion)"),
                _("Being held or tied (restraint)"),
            ),
        ),
        boxes(_("What staff must know"), Question("reason", _("Why in this order")),
              Question("never", _("What must never be done"))),
    ),
    warning=_("The next page asks about force: being held, locked in, or given medicine against your will."),
)  # fmt: skip
TRAUMA = Topic(
    "trauma",
    _("What hurt me before"),
    _("Only what staff need to know so that they do no harm. A few words are enough."),
    "hard",
    (
        boxes(
            _("What hurt me before"),
            Question("text", _("What staff should know")),
            Question("touch", _("About touch"), rows=1),
            Question("undressing", _("About undressing and washing"), rows=1),
            Question("watching", _("About being watched"), rows=1),
        ),
    ),
    warning=_("The next page asks about things that hurt you in the past."),
)
