"""The pages of a person's own directive: overview, state, topics, what signing takes, the whole of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from directives import drafting, execution, formalities
from directives.forms import StateForm
from directives.jurisdictions import JURISDICTIONS
from directives.law import GENERIC, Standing
from directives.models import DRAFT, Directive
from directives.topics import GROUPS, IN_ORDER, TOPICS, URGENT, Topic
from records.entry_pages import section_context
from records.forms import form_page
from records.outbox import Job
from records.reading import SectionReading, read_sections
from records.removed import removed_page
from records.text import Text
from sharing.access import mine
from sharing.policy import Action


@dataclass(frozen=True)
class TopicRow:
    """A topic in the task list. `state`: "begun", "skipped", or "" where nothing is written yet."""

    topic: Topic
    state: str


@dataclass(frozen=True)
class TopicGroup:
    title: Text
    rows: list[TopicRow]


@require_safe
@mine(Directive, Action.VIEW)
def directive_overview(request: PersonRequest, directive: Directive) -> HttpResponse:
    readings = read_sections(directive, TOPICS.values())
    begun = {each.section.key for each in readings if not each.is_empty}
    context = {
        "directive": directive,
        "groups": _groups(begun, directive.skipped),
        "is_new": not begun,
        "useful": [TOPICS[key] for key in URGENT if key not in begun],
        "papers": Job.objects.visible_to(request.user).filter(subject_id=directive.pk).fresh(),
        "law": directive.law,
        "signing": formalities.execution(directive.law) if directive.law else None,
    }
    return render(request, "directives/overview.html", context)


@require_http_methods(["GET", "POST"])
@mine(Directive, Action.EDIT)
def state_choose(request: PersonRequest, directive: Directive) -> HttpResponse:
    form = StateForm(request.POST if request.method == "POST" else None, initial={"state": directive.state})
    if form.is_bound and form.is_valid():
        drafting.choose_state(directive, form.cleaned_data["state"])
        messages.success(request, _("Saved. What you wrote stays as it is."))
        return redirect("directives:directive_overview")
    return form_page(request, "directives/state.html", form)


@require_safe
@mine(Directive, Action.VIEW)
def signing_rules(request: PersonRequest, directive: Directive) -> HttpResponse:
    """What signing takes in the chosen state; in general where none is chosen."""
    law = directive.law or JURISDICTIONS[GENERIC]
    # Where all is advice, saying so beside each line would only tire.
    usual = Standing.ADVICE if law.code == GENERIC else Standing.CHECKED
    groups = formalities.signing_groups(law)
    context = {
        "law": law,
        "named": formalities.named(law),
        "groups": groups,
        "usual": usual,
        "is_chosen": directive.law is not None,
    }
    return render(request, "directives/signing.html", context)


@require_safe
@mine(Directive, Action.VIEW)
def section_detail(request: PersonRequest, directive: Directive, section: Topic) -> HttpResponse:
    """A topic with its lists and forms, and what the state's law says about it."""
    context = section_context(request, directive, section)
    after = IN_ORDER.index(section) + 1
    context |= {
        "rules": formalities.topic_notes(directive.law, section.key) if directive.law else [],
        "law": directive.law,
        "no_agent": execution.why_no_agent(directive.law) if directive.law and section.group == "speaks" else None,
        "is_skipped": section.key in directive.skipped,
        "next": IN_ORDER[after] if after < len(IN_ORDER) else None,
        "readers": directive.readers(DRAFT),
    }
    return render(request, "directives/topic.html", context)


@require_safe
@mine(Directive, Action.VIEW)
def topic_warning(request: PersonRequest, directive: Directive, section: Topic) -> HttpResponse:
    """What comes next, before a page that can hurt; with a way in and a way round."""
    if not section.warning:
        return redirect(section.address)
    return render(request, "directives/warning.html", {"section": section})


@require_POST
@mine(Directive, Action.EDIT)
def topic_skip(request: PersonRequest, directive: Directive, section: Topic) -> HttpResponse:
    if not read_sections(directive, [section])[0].is_empty:
        messages.success(request, _("You wrote something there. It stays."))
        return redirect("directives:directive_overview")
    drafting.put_aside(directive, section)
    undo = reverse("directives:topic_take_up", args=[section])
    messages.success(request, _("Skipped. You can come back to it at any time."), extra_tags=f"undo:{undo}")
    return redirect("directives:directive_overview")


@require_POST
@mine(Directive, Action.EDIT)
def topic_take_up(request: PersonRequest, directive: Directive, section: Topic) -> HttpResponse:
    drafting.take_up(directive, section)
    return redirect(section.entrance)


@require_safe
@mine(Directive, Action.VIEW)
def directive_read(request: PersonRequest, directive: Directive) -> HttpResponse:
    """All that is written, to read through before it becomes a paper."""
    readings = read_sections(directive, IN_ORDER)
    context = {
        "directive": directive,
        "law": directive.law,
        "missing": _missing(readings),
        "reading": {"sections": [each for each in readings if not each.is_empty]},
        "unwritten": [each.section for each in readings if each.is_empty],
    }
    return render(request, "directives/read.html", context)


@require_safe
@mine(Directive, Action.VIEW)
def directive_removed(request: PersonRequest, directive: Directive) -> HttpResponse:
    """What was removed in the last 30 days."""
    return removed_page(request, directive, TOPICS, reverse("directives:directive_overview"))


def _groups(begun: set[str], skipped: list[str]) -> list[TopicGroup]:
    def state(key: str) -> str:
        return "begun" if key in begun else "skipped" if key in skipped else ""

    return [
        TopicGroup(title, [TopicRow(topic, state(topic.key)) for topic in TOPICS.values() if topic.group == group])
        for group, title in GROUPS
    ]


def _missing(readings: list[SectionReading]) -> list[tuple[str, str]]:
    """What a reader of the paper would look for first and not find: words to say so, and where to write it."""
    said = {each.section.key: each.list("own").single for each in readings if each.section.key in ("about_me", "agent")}
    words = {key: line.words if line else {} for key, line in said.items()}
    found = []
    if not (words["about_me"].get("legal_name") or words["about_me"].get("called")):
        found.append((_("Your paper has no name on it yet."), TOPICS["about_me"].address))
    if words["agent"].get("text") and not (words["agent"].get("phone") or words["agent"].get("other_phone")):
        found.append((_("Whoever speaks for you has no phone on it yet."), TOPICS["agent"].address))
    return found
