"""Topics about other people: who speaks for me, who comes, who is told, who may have my records."""

from django.utils.translation import gettext_lazy as _

from directives.topics.shape import OPEN, PHONE, REASON, Topic, boxes, choice, day, line, people
from records.catalogue import Part, Question

_RELATION = line("relation", _("What they are to me"), _("Such as a friend or a sister."))
_SECOND_PHONE = Question("other_phone", _("Another phone"), line="tel")
_ADDRESS = Question("address", _("Address"), rows=2)
_ACCEPTED = day("accepted_on", _("They said yes on"))

AGENT = Topic(
    "agent",
    _("Who speaks for me"),
    _("One person you trust, who decides for you while you cannot. The law may call them your agent."),
    "speaks",
    (
        boxes(
            _("Who speaks for me"),
            line("text", _("Name")),
            PHONE,
            _SECOND_PHONE,
            _RELATION,
            _ADDRESS,
            _ACCEPTED,
            REASON,
        ),
    ),
)
ALTERNATE = Topic(
    "alternate",
    _("Who speaks if they cannot"),
    _("Somebody who steps in when the first person cannot be reached."),
    "speaks",
    (
        people(
            "people", _("Who steps in"), _("Add a person who steps in"),
            PHONE, _SECOND_PHONE, _RELATION, _ADDRESS, _ACCEPTED, REASON,
        ),
    ),
)  # fmt: skip
AGENT_LIMITS = Topic(
    "agent_limits",
    _("What they may decide"),
    _("You can set limits for whoever speaks for you."),
    "speaks",
    (
        Part("may", _("They may decide on"), _("Add what they may decide"),
             (Question("text", _("What they may decide")), REASON), _("Which hospital I go to.")),
        Part("may_not", _("They may not decide on"), _("Add what they may not decide"),
             (Question("text", _("What they may not decide")), REASON), _("Where my children live.")),
    ),
)  # fmt: skip
GUARDIAN = Topic(
    "guardian",
    _("If a court picks a guardian"),
    _("You can say whom you would want."),
    "speaks",
    (
        boxes(
            _("If a court picks a guardian"),
            line("text", _("Whom I want")),
            PHONE,
            choice(
                "may_cancel",
                _("May a guardian cancel this directive?"),
                (OPEN, ("no", _("No, it stays")), ("yes", _("Yes, a guardian may cancel it"))),
            ),
            REASON,
        ),
    ),
)
CLINICIANS = Topic(
    "clinicians",
    _("Doctors and others"),
    _("Who should treat you, and who should not."),
    "treatment",
    (
        people("wanted", _("I want"), _("Add someone I want"), PHONE, REASON),
        people("not_wanted", _("I do not want"), _("Add someone I do not want"), REASON),
        people("ask", _("Please ask them"), _("Add someone to ask"), PHONE, REASON),
    ),
)
VISITORS = Topic(
    "visitors",
    _("Who may visit"),
    _("If you are in a hospital: who may come, and who may not."),
    "people",
    (
        people("may", _("May visit"), _("Add who may visit"), PHONE, REASON),
        people("may_not", _("May not visit"), _("Add who may not visit"), REASON),
    ),
)
NOTIFY = Topic(
    "notify",
    _("Whom to tell"),
    _("If you go into a hospital: who should know, and who should not."),
    "people",
    (
        people("tell", _("Please tell"), _("Add whom to tell"), PHONE, REASON),
        people("not_tell", _("Do not tell"), _("Add whom not to tell"), REASON),
    ),
)
RELEASE = Topic(
    "release",
    _("Who may have my records"),
    _("Who may get this paper or my health records, and what of it."),
    "paper",
    (
        people(
            "people", _("Who may have them"), _("Add who may have them"),
            Question("what", _("What they may have"), rows=1), Question("limits", _("What they may not have"), rows=1),
            REASON,
        ),
        boxes(
            _("Whoever speaks for me"),
            choice(
                "agent_records",
                _("May whoever speaks for me read my health records?"),
                (OPEN, ("yes", _("Yes, as I could myself")), ("no", _("No")), ("if", _("Only what I say below"))),
            ),
            Question("limits", _("Only this"), rows=1),
            REASON,
        ),
    ),
)  # fmt: skip
COPIES = Topic(
    "copies",
    _("Who has a copy"),
    _("So that you can reach them all when something changes."),
    "paper",
    (people("people", _("Who has a copy"), _("Add who has a copy"), line("where", _("Where it is kept")), PHONE),),
)
