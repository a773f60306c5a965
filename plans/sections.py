"""The recovery plan's sections as data. Pages, forms, prints and shares read this one catalogue.

The shape is the generic one of self-made recovery plans; every word is our own.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.catalogue import Part, Question, Section
from records.text import Text


class PlanSection(Section):
    """A page of the plan, shared by itself."""

    app = "plans"
    area = "plan"
    record_title = _("My plan")
    hard_groups = frozenset({"hard"})

    @property
    def scope(self) -> str:
        """The name under which it is shared. It is kept in shares, so it never changes."""
        return f"plan.{self.key}"


GROUPS = (
    ("well", _("Staying well")),
    ("hard", _("When it gets hard")),
    ("going", _("Where I am going")),
    ("speaking", _("Speaking for myself")),
)

TOOL_KINDS = (
    ("personal medicine", _("What I do that is good for me")),
    ("support", _("A person or a group")),
    ("activity", _("Something I do")),
    ("therapy", _("A skill or therapy")),
    ("medication", _("A medicine")),
    ("resource", _("A place or a service")),
    ("", _("Something else")),
)
STEP_STATES = (("", _("Not yet")), ("done", _("Done")), ("let go", _("Let go")))

ACTION = Question("action", _("What I can do"), _("Small and clear works best."))
WHY = Question("why", _("Why"), _("A reason helps others follow your wish."))


def _plain(key: str, title: Text, add: Text, label: Text, example: Text = "", rows: int = 2) -> Part:
    """A list of single texts."""
    return Part(key, title, add, (Question("text", label, rows=rows),), example)


STRENGTHS = PlanSection(
    "strengths",
    _("What is strong in me"),
    _("My strengths, what I care about, what I hope for, what I am like when I am well."),
    "well",
    (
        _plain(
            "strengths", _("My strengths and hopes"), _("Add a strength or hope"), _("In my words"),
            _("I keep my promises. I can make my sister laugh. I hope to have a garden."),
        ),
    ),
)  # fmt: skip
TOOLS = PlanSection(
    "tools",
    _("My tools"),
    _("What helps me feel well and stay well."),
    "well",
    (
        Part(
            "tools", _("What helps me"), _("Add a tool"),
            (
                Question("text", _("What it is")),
                Question("kind", _("What kind of help it is"), choices=TOOL_KINDS),
                Question("how_it_helps", _("How it helps me")),
                Question("experience", _("What I have learned about it"), _("What works, what does not, and when.")),
            ),
            _("A walk by the river. It clears my head. It works best before noon."),
        ),
    ),
)  # fmt: skip
DAILY = PlanSection(
    "daily",
    _("Day by day"),
    _("What keeps me well, a little at a time."),
    "well",
    (
        _plain("every_day", _("Every day"), _("Add something for every day"), _("What I do every day"),
               _("Drink a glass of water when I get up.")),
        _plain("most_weeks", _("Most weeks"), _("Add something for most weeks"), _("What I do most weeks"),
               _("Call a friend on Sunday.")),
        _plain("now_and_then", _("Now and then"), _("Add something for now and then"), _("What I do now and then"),
               _("Get a haircut.")),
    ),
)  # fmt: skip
SETS_ME_BACK = PlanSection(
    "sets_me_back",
    _("What sets me back"),
    _("Things that happen and pull me down, and what I can do about each."),
    "hard",
    (
        Part("setbacks", _("What sets me back"), _("Add something that sets me back"),
             (Question("sign", _("What happens")), ACTION),
             _("Loud parties. I go early, and I leave when I want to.")),
    ),
)  # fmt: skip
EARLY_SIGNS = PlanSection(
    "early_signs",
    _("Early signs"),
    _("How I notice that things are changing, and what I can do."),
    "hard",
    (
        Part("signs", _("My early signs"), _("Add a sign"),
             (Question("sign", _("What I notice")), ACTION),
             _("I skip meals. I set out bread and fruit the night before.")),
    ),
)  # fmt: skip
BREAKING_DOWN = PlanSection(
    "breaking_down",
    _("When things are breaking down"),
    _("Signs that it is serious, what I do now, and whom I call."),
    "hard",
    (
        Part("signs", _("My signs"), _("Add a sign"),
             (Question("sign", _("What I notice")), Question("action", _("What I do now")),
              Question("call", _("Whom I call"), _("A name and a number, so you need not look."))),
             _("I have not slept for two nights. I cancel work and ask Sam to come over.")),
    ),
)  # fmt: skip
CRISIS = PlanSection(
    "crisis",
    _("If I am in crisis"),
    _("Written on a good day, for the people who help me on a bad one."),
    "hard",
    (
        _plain("signs", _("Signs that others take over"), _("Add a sign that others see"), _("What others will see"),
               _("I do not know what day it is.")),
        Part("takes_over", _("Who takes over"), _("Add who takes over"),
             (Question("text", _("Who")), Question("reach", _("How to reach them"))), _("My brother Lee.")),
        Part("must_not", _("Who stays out of it"), _("Add who stays out"), (Question("text", _("Who")), WHY)),
        _plain("helps", _("What helps"), _("Add what helps"), _("What to do"), _("Speak slowly. Let me hold my keys.")),
        _plain("makes_worse", _("What makes it worse"), _("Add what makes it worse"), _("What not to do"),
               _("Bright lights.")),
        Part("wanted", _("Treatments and places I want"), _("Add a wish"), (Question("text", _("What I want")), WHY)),
        Part("refused", _("Treatments and places I do not want"), _("Add a refusal"),
             (Question("text", _("What I do not want")), WHY)),
        _plain("care_for", _("Children, pets, home and bills"), _("Add something to look after"),
               _("What needs care, and who does it"), _("The plants: my neighbour has a key.")),
        _plain("well_again", _("How others know I am well again"), _("Add a sign that I am well"),
               _("What they will see"), _("I make plans for next week.")),
    ),
    caution=_("This page asks about hard times. You can leave it for another day."),
)  # fmt: skip
AFTER_CRISIS = PlanSection(
    "after_crisis",
    _("After a crisis"),
    _("Taking things back, step by step, at my own speed."),
    "hard",
    (
        _plain("steps", _("Taking things back"), _("Add a step"), _("What I take back, and when"),
               _("First week: I only cook and sleep.")),
        _plain("thank", _("Whom I want to thank"), _("Add a person"), _("Who, and for what")),
        _plain("repair", _("What I want to mend"), _("Add something to mend"), _("What I want to mend")),
        _plain("learned", _("What I learned"), _("Add what I learned"), _("What I learned")),
        _plain("change", _("What I would change in my plan"), _("Add a change"), _("What I would change")),
    ),
)  # fmt: skip
GOALS = PlanSection(
    "goals",
    _("Goals"),
    _("What I want, in my own words, and the small steps to it."),
    "going",
    (
        Part("goals", _("My goals"), _("Add a goal"),
             (Question("text", _("What I want")), Question("why", _("Why it matters to me"))),
             _("Bake bread for the street party.")),
        Part("steps", _("Small steps"), _("Add a step"),
             (Question("text", _("The step")), Question("when", _("When"), rows=1),
              Question("with_whom", _("With whom"), rows=1), 
              Question("state", _("Where it stands"), choices=STEP_STATES)),
             below="goals"),
    ),
)  # fmt: skip
GAINS = PlanSection(
    "gains",
    _("Gains"),
    _("Every gain counts, of any size. This is a page to read on a bad day."),
    "going",
    (
        Part("gains", _("My gains"), _("Add a gain"),
             (Question("text", _("What went well")), Question("on", _("When it was"), is_date=True)),
             _("I asked for help before it got bad.")),
    ),
)  # fmt: skip
LESSONS = PlanSection(
    "lessons",
    pgettext_lazy("section", "What I learned"),
    _("Mistakes are for learning."),
    "going",
    (
        Part("lessons", _("My lessons"), _("Add a lesson"),
             (Question("what_happened", _("What happened")), Question("learned", _("What I learned")),
              Question("will_try", _("What I will try")))),
    ),
)  # fmt: skip
VOICE = PlanSection(
    "voice",
    _("Speaking up"),
    _("Who I am, what matters to me, and how I want us to decide together."),
    "speaking",
    (
        _plain("power_statement", _("My power statement"), _("Write a power statement"), _("In my words"),
               _("I am a father and a cook. I want treatment that lets me taste things. I want us to decide together."),
               rows=5),
    ),
)  # fmt: skip
SUPPORTERS = PlanSection(
    "supporters",
    _("My people"),
    _("Who is on my side, and when to call them."),
    "well",
    (
        Part("people", _("My people"), _("Add a person"),
             (Question("text", _("Who")), Question("how_they_help", _("How they help me")),
              Question("reach", _("How to reach them"), rows=1), Question("when", _("When to call them"))),
             _("Lee, my brother. He listens. Any time before ten.")),
    ),
)  # fmt: skip

SECTIONS = {
    section.key: section
    for section in (
        STRENGTHS, TOOLS, DAILY, SUPPORTERS, SETS_ME_BACK, EARLY_SIGNS, BREAKING_DOWN, CRISIS, AFTER_CRISIS,
        GOALS, GAINS, LESSONS, VOICE,
    )
}  # fmt: skip
BY_SLUG = {section.slug: section for section in SECTIONS.values()}
