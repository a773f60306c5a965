"""Topics that say who I am, what I live with and how others can tell."""

from django.utils.translation import gettext_lazy as _

from directives.topics.shape import Topic, boxes, choice, day, line
from records.catalogue import Part, Question

ABOUT_ME = Topic(
    "about_me",
    _("About me"),
    _("So that a hospital can tell this paper is yours."),
    "first",
    (
        boxes(
            _("About me"),
            line("legal_name", _("My full legal name")),
            line("called", _("What to call me")),
            line("pronouns", _("My pronouns")),
            day("birth_date", _("My birth date")),
            Question("phone", _("My phone"), line="tel"),
            Question("address", _("My address")),
            Question("numbers", _("My record numbers"), _("Such as a hospital number, if you know one."), rows=1),
        ),
    ),
)
FIRST_FIVE = Topic(
    "first_five",
    _("Five things to know first"),
    _("What should people know about you before all else? They go on page one of your paper."),
    "first",
    (
        Part(
            "things", _("What to know first"), _("Add one thing"),
            (Question("text", _("What to know")),),
            _("I understand all you say, even when I do not answer."),
            is_ranked=True,
            order=_("The first matters most."),
        ),
    ),
)  # fmt: skip
INTENT = Topic(
    "intent",
    _("This is my own choice"),
    _("Many states want this said in your paper."),
    "first",
    (
        boxes(
            _("This is my own choice"),
            choice(
                "choice",
                _("I say"),
                (
                    ("", _("I leave this open")),
                    ("yes", _("I make this by my own free choice. My mind is clear. I know what it means.")),
                ),
            ),
        ),
    ),
)
CONDITIONS = Topic(
    "conditions",
    _("What I live with"),
    _("Health conditions of any kind, and what you take for each."),
    "know",
    (
        Part(
            "conditions", _("What I live with"), _("Add a condition"),
            (Question("text", _("What it is")), Question("medicines", _("Medicines I take for it"))),
            _("Asthma. I use an inhaler."),
        ),
    ),
)  # fmt: skip
SIGNS = Topic(
    "signs",
    _("How others can tell"),
    _("Signs that you cannot decide for yourself just now."),
    "know",
    (
        Part(
            "signs", _("Signs that I cannot decide"), _("Add a sign"),
            (Question("text", _("What others will see or hear")),),
            _("I do not know where I live."),
        ),
    ),
)  # fmt: skip
WORKS = Topic(
    "works",
    _("What works best for me"),
    _("In general: what kind of help is good for you?"),
    "know",
    (boxes(_("What works best for me"), Question("text", _("What works best"), rows=5)),),
)
CAUSES = Topic(
    "causes",
    _("What brings on a crisis, and what helps"),
    _("What you know about your hard times can spare you the next one."),
    "know",
    (
        boxes(
            _("What brings on a crisis, and what helps"),
            Question("brings_on", _("What can bring on a crisis")),
            Question("avoids_hospital", _("What can keep me out of hospital")),
            Question("my_reaction", _("How I may act in a hospital")),
            Question("how_staff_can_help", _("How staff can help me")),
        ),
    ),
)
SUBSTANCES = Topic(
    "substances",
    _("Alcohol and drugs"),
    _("What should people know about what you use or used?"),
    "know",
    (
        boxes(
            _("Alcohol and drugs"),
            Question(
                "text",
                _("What people should know"),
                _(
                    "If you take a medicine such as methadone, add it under What I live with too."
                    " Then it is on page one."
                ),
                rows=4,
            ),
        ),
    ),
    caution=_("Some people judge. Whoever reads your directive reads this too. You can skip it."),
)
DAILY_LIFE = Topic(
    "daily_life",
    _("My daily life"),
    _("What makes you feel like yourself, wherever you are."),
    "life",
    (
        boxes(
            _("My daily life"),
            Question("food", _("What I eat and do not eat"), rows=1),
            Question("faith", _("My faith and customs")),
            Question("language", _("My language, and if I need an interpreter"), rows=1),
            Question("other", _("More about my days")),
        ),
    ),
)
DEPENDANTS = Topic(
    "dependants",
    _("Children, pets, home and bills"),
    _("What must go on while you are away, and who takes care of it."),
    "life",
    (
        Part(
            "care", _("What needs care"), _("Add what needs care"),
            (Question("text", _("What or who needs care")), line("who", _("Who takes care")),
             Question("phone", _("Phone"), line="tel")),
            _("My plants. The man next door has a key."),
        ),
    ),
)  # fmt: skip
OTHER = Topic(
    "other",
    _("Anything else"),
    _("What was not asked, and still matters."),
    "paper",
    (boxes(_("Anything else"), Question("text", _("What else matters"), rows=5)),),
)
