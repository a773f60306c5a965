"""Topics about treatment: medicines, studies, and what I agree to or refuse."""

from django.utils.translation import gettext_lazy as _

from directives.topics.shape import CONDITION, OPEN, REASON, TRY_FIRST, YES_NO_IF, Topic, boxes, choice, line
from records.catalogue import Part, Question

MEDICINES_YES = Topic(
    "medicines_yes",
    _("Medicines I agree to"),
    _("What may be given to you, and how much."),
    "treatment",
    (
        Part(
            "medicines", _("Medicines I agree to"), _("Add a medicine"),
            (line("text", _("Medicine")), line("dose", _("How much, and in what form")), CONDITION, REASON),
            _("Something for sleep, in drops. Only at night. I rest better with it."),
        ),
    ),
)  # fmt: skip
MEDICINES_NO = Topic(
    "medicines_no",
    _("Medicines I do not want"),
    _("What should not be given to you, and why."),
    "treatment",
    (
        Part(
            "medicines", _("Medicines I do not want"), _("Add a medicine I do not want"),
            (
                line("text", _("Medicine")),
                choice(
                    "generics", _("The same medicine under other names"),
                    (OPEN, ("also", _("I refuse those too")), ("not", _("Only this one"))),
                ),
                Question("condition", _("Unless"), _("If there is a case in which you would agree, say it."), rows=1),
                REASON,
            ),
            _("The one that made my hands shake. I could not hold a cup."),
        ),
    ),
)  # fmt: skip
MEDICINES_OTHER = Topic(
    "medicines_other",
    _("Medicines I do not name"),
    _("What if a doctor thinks of something you did not write down?"),
    "treatment",
    (
        boxes(
            _("Medicines I do not name"),
            choice(
                "choice",
                _("I agree to other medicines"),
                (
                    OPEN,
                    ("hospital", _("If a doctor in the hospital says so")),
                    ("my_doctor", _("If my own doctor says so")),
                    ("agent", _("If the person who speaks for me says so")),
                    ("none", _("I agree to none but those I named")),
                ),
            ),
            REASON,
        ),
    ),
)
MEDICINE_FORM = Topic(
    "medicine_form",
    _("How I take medicine"),
    _("In what form can you bear it? Put what you like best first."),
    "treatment",
    (
        Part(
            "forms", _("How I take medicine"), _("Add a form"),
            (line("text", _("In what form")), REASON),
            is_ranked=True,
            order=TRY_FIRST,
            suggestions=(
                _("A pill"), _("A liquid"), _("A tablet that melts in the mouth"), _("An injection"), _("A patch"),
            ),
        ),
    ),
)  # fmt: skip
ALLERGIES = Topic(
    "allergies",
    _("Allergies and bad reactions"),
    _("They go on page one of your paper."),
    "treatment",
    (
        Part(
            "allergies", _("Allergies and bad reactions"), _("Add an allergy"),
            (line("text", _("What I must not get")), line("reaction", _("What it does to me"))),
            _("Nuts. My throat swells."),
        ),
    ),
)  # fmt: skip
ECT = Topic(
    "ect",
    _("Electric treatment (ECT)"),
    _("You are put to sleep. Then a short current makes a brief seizure in the brain. Do you agree to it?"),
    "treatment",
    (boxes(_("Electric treatment (ECT)"), choice("choice", _("My answer"), YES_NO_IF), CONDITION, REASON),),
)
RESEARCH = Topic(
    "research",
    _("Studies and trials"),
    _("May you be part of a study while you cannot decide?"),
    "treatment",
    (
        boxes(
            _("Studies and trials"),
            choice("studies", _("Studies that watch or ask"), YES_NO_IF),
            choice("trials", _("Trials of new medicines"), YES_NO_IF),
            CONDITION,
            REASON,
        ),
    ),
)
REFUSE_ALL = Topic(
    "refuse_all",
    _("No treatment at all"),
    _("Some states let you say no to all mental health treatment."),
    "treatment",
    (
        boxes(
            _("No treatment at all"),
            choice(
                "choice",
                _("My answer"),
                (
                    OPEN,
                    ("no", _("I want the treatment I say yes to in this directive")),
                    ("yes", _("I want no mental health treatment at all")),
                ),
            ),
            REASON,
        ),
    ),
    caution=_(
        "This is a big no. Staff may still act in an emergency, or if a court says so."
        " To say no to some things only, use the other pages."
    ),
)
