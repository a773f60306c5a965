"""What no page of ours may do, read from the source itself; each exception is listed here with its reason."""

import ast
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.reading_code import (
    POWERS,
    ROOMS,
    ROOT,
    TRUSTING,
    Finding,
    inline_imports,
    keys_of_others,
    raw_queries,
    sources,
    unfiltered,
    uses_of,
)

PAGES = (
    "*views.py",
    "forms.py",
    "urls.py",
    "home.py",
    "today.py",
    "pages.py",
    "entrance.py",
    "sharing/access.py",
    "frame.py",
    "help.py",
)
Rule = Callable[[str], list[Finding]]
Allowed = dict[tuple[str, str, str], str]

UNFILTERED: Allowed = {
    ("sharing/views.py", "access_log", "AccessEvent.objects.filter(holder=request.user.pk).newest_first()"): "own log",
    ("sharing/reader_views.py", "_answer", "Share.objects.offered_by(found).first()"): "what the words open",
    (
        "plans/views.py",
        "plan_overview",
        "Entry.objects.filter(record=plan, removed_at=None, parent=None).values('section').annotate(lines=Count('pk'))",
    ): "counts below an own plan",
    (
        "recovery_portal/today.py",
        "_own_plan",
        "Entry.objects.filter(record=OuterRef('pk'), removed_at=None).order_by().values('section').distinct()",
    ): "below an own plan",
    (
        "recovery_portal/today.py",
        "_asking",
        "Membership.objects.asking().filter(group__in=list(groups)).order_by()",
    ): "counts who asks, in groups that I run",
    (
        "peers/running_views.py",
        "group_run",
        "Facilitator.objects.running().get(group=group, person=request.user.pk)",
    ): "how I run a group that was fetched for me",
    (
        "peers/running_views.py",
        "helper_end",
        "Facilitator.objects.running().get(group=group, person=request.user.pk)",
    ): "how I run a group that was fetched for me",
    (
        "peers/running_views.py",
        "helper_end",
        "Facilitator.objects.filter(group=group, pk=helper).first()",
    ): "of a group that I run",
    ("peers/session_views.py", "_session", "Session.objects.filter(group=group, pk=pk)"): "of a group that I run",
    (
        "peers/session_views.py",
        "_keep",
        "Facilitator.objects.running().get(group=group, person=request.user.pk)",
    ): "how I run a group that was fetched for me",
    ("sharing/access.py", "own_key", "HolderKey.objects.get(holder=user.pk).wrapped"): "the door to one's own key",
    (
        "sharing/access.py",
        "_newest_share",
        "Share.objects.filter(holder=holder_id, recipient=reader.pk).order_by('-made_at')",
    ): "my own share, for the line in the log",
}
KEYS_OF_OTHERS: Allowed = {
    ("recovery_portal/demo.py", "load_demo", "own_key(marisol)"): "the demo person, made a moment before",
}
INLINE: Allowed = {
    ("records/apps.py", "ready", "from records import checks"): "models are not there before",
    ("directives/apps.py", "ready", "from directives import checks"): "registers when the apps are ready",
    ("directives/apps.py", "ready", "from directives.models import Directive"): "models are not there before",
    ("directives/apps.py", "ready", "from directives.kinds import CARD, DIRECTIVE"): "models are not there before",
    ("directives/apps.py", "ready", "from records.outbox import register_kind"): "models are not there before",
    ("directives/apps.py", "ready", "from directives.source import SOURCE"): "models are not there before",
    ("peers/apps.py", "ready", "from peers.kinds import ROSTER, SIGN_IN"): "models are not there before",
    ("peers/apps.py", "ready", "from records.outbox import register_kind"): "models are not there before",
    ("recovery_portal/apps.py", "ready", "from recovery_portal import checks"): "registers when the apps are ready",
    ("plans/apps.py", "ready", "from plans.models import Plan"): "models are not there before",
    ("plans/apps.py", "ready", "from plans.source import SOURCE"): "models are not there before",
    ("accounts/apps.py", "ready", "from accounts.sessions import begin"): "models are not there before",
}
RAW: Allowed = {
    (
        "accounts/counters.py",
        "_cull",
        "cursor.execute(f'DELETE FROM {table} WHERE cache_key IN (SELECT cache_key FROM {table}"
        " WHERE expires < %s LIMIT 1000 FOR UPDATE SKIP LOCKED)', [now])",
    ): "the table's name is from our settings",
}
SIGNALS: Allowed = {
    ("accounts/apps.py", "module", "signals"): "Django's own: every way of signing in begins a session there",
}
TRUSTED: Allowed = {
    ("recovery_portal/templatetags/frame_tags.py", "module", "SafeString"): "the type that format_html gives",
    ("recovery_portal/templatetags/frame_tags.py", "form_token", "SafeString"): "the type that format_html gives",
}


def breaches(rule: Rule, allowed: Allowed, *patterns: str) -> tuple[list[str], list[str]]:
    """What the rule finds beyond its exceptions, and exceptions that are not needed any more."""
    found = {(name, each.where, each.what): each.line for name, text in sources(*patterns) for each in rule(text)}
    beyond = [
        f"{name}:{line} in {where}: {what}"
        for (name, where, what), line in found.items()
        if (name, where, what) not in allowed
    ]
    return beyond, [" ".join(entry) for entry in allowed if entry not in found]


def powers(source: str) -> list[Finding]:
    return uses_of(POWERS, source)


def signals(source: str) -> list[Finding]:
    return uses_of({"signals", "dispatch", "receiver", "GenericForeignKey", "GenericRelation"}, source)


def trusting(source: str) -> list[Finding]:
    return uses_of(TRUSTING, source)


@pytest.mark.parametrize(
    ("rule", "allowed", "patterns"),
    [
        (unfiltered, UNFILTERED, PAGES),
        (keys_of_others, KEYS_OF_OTHERS, ()),
        (powers, {}, ()),
        (inline_imports, INLINE, ()),
        (raw_queries, RAW, ()),
        (signals, SIGNALS, ()),
        (trusting, TRUSTED, ()),
    ],
)
def test_it_works(rule: Rule, allowed: Allowed, patterns: tuple[str, ...]) -> None:
    """No breach, and no exception that has outlived its reason."""
    assert breaches(rule, allowed, *patterns) == ([], [])


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (unfiltered, "def page(request, pk):\n    return Plan.objects.get(pk=pk)"),
        (unfiltered, "def page(request):\n    return Plan.objects.filter(holder=request.GET['who']).first()"),
        (unfiltered, "def page(request, other):\n    return Plan.objects.visible_to(other)"),
        (unfiltered, "def page(request):\n    ask = Plan.objects.visible_to\n    return ask(somebody)"),
        (unfiltered, "rows = Entry._default_manager.all()"),
        (unfiltered, "rows = Entry._base_manager"),
        (unfiltered, "def page(request):\n    return plan.__class__.objects.all()"),
        (keys_of_others, "def page(request, share):\n    own_key(share.recipient)"),
        (keys_of_others, "opener = own_key"),
        (keys_of_others, "def page(request):\n    access.own_key(User.objects.get())"),
        (powers, "def page(request):\n    return request.user.is_superuser"),
        (powers, "User.objects.filter(is_staff=True)"),
        (powers, "getattr(user, 'has_perm')('plans.view_plan')"),
        (powers, "from django.contrib.auth.decorators import user_passes_test"),
        (inline_imports, "def page():\n    from plans.models import Plan"),
        (raw_queries, "Plan.objects.raw('SELECT 1')"),
        (raw_queries, "Plan.objects.extra(where=['1=1'])"),
        (raw_queries, "cursor.execute(f'SELECT {name}')"),
        (raw_queries, "cursor.execute('SELECT ' + name)"),
        (raw_queries, "cursor.execute('SELECT {}'.format(name))"),
        (raw_queries, "cursor.execute(sql.SQL(name).format())"),
        (raw_queries, "query = RawSQL('x', [])"),
        (signals, "from django.db.models.signals import post_save"),
        (signals, "from django.dispatch import receiver"),
        (trusting, "from django.utils.safestring import mark_safe"),
        (trusting, "label = SafeString(words)"),
    ],
)
def test_the_guard_sees_what_is_planted(rule: Rule, planted: str) -> None:
    assert rule(planted)


def test_the_guard_lets_the_right_way_pass() -> None:
    right = (
        "def page(request):\n"
        "    own_key(request.user)\n"
        "    cursor.execute('SELECT %s', [1])\n"
        "    return Plan.objects.visible_to(request.user).filter(pk=1).first()\n"
    )
    assert not [
        finding for rule in (unfiltered, keys_of_others, powers, raw_queries, trusting) for finding in rule(right)
    ]


def test_a_stale_exception_is_noticed() -> None:
    _beyond, stale = breaches(powers, {("plans/views.py", "nobody", "is_staff"): "no reason"})
    assert stale


def test_templates_trust_nothing() -> None:
    """What people write is escaped everywhere: no `safe`, no `autoescape off`."""
    trusting = re.compile(r"\|\s*(safe|safeseq)\b|autoescape\s+off")
    found = [
        f"{file.relative_to(ROOT)}"
        for file in (ROOT / "templates").rglob("*.html")
        if trusting.search(file.read_text())
    ]
    assert found == []


def test_the_way_down_is_the_only_way() -> None:
    """Names of rooms above are not even spelled as text, as a lazy import or a string model would."""
    floors = {room: set(ROOMS[number + 1 :]) for number, room in enumerate(ROOMS)}
    found = [
        f"{name}: {node.value}"
        for name, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.partition(".")[0] in floors[name.partition("/")[0]]
        and re.fullmatch(r"[a-z_]+(\.\w+)+", node.value)
    ]
    # A share's part, such as plan.crisis, is no room; the settings of allauth name our forms from their own room.
    assert found == []


def test_only_the_vault_touches_ciphers() -> None:
    users = [name for name, text in sources() if re.search(r"^\s*(from|import) cryptography", text, re.M)]
    assert users == ["records/vault.py"]


def test_no_way_back_across_the_walls() -> None:
    """No reverse accessor leads from one room's record to another's, and no key points anywhere at will."""
    ours = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    back = [
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.fields
        if field.remote_field and field.model is model and not field.remote_field.hidden
    ]
    assert back == []
    assert not [model for model in ours for field in model._meta.private_fields if isinstance(field, GenericForeignKey)]
