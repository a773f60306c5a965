"""Every text for people is marked for translation: with a language that brackets all it is given, none is bare."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from peers.models import Group, Session
from records.acting import acting_as
from recovery_portal.demo import load_demo
from sharing.models import Share

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/help/", "/more/", "/plan/", "/plan/whole/", "/plan/removed/", "/plan/name/", "/plan/tools/?add=tools",
    "/plan/goals/?add=goals", "/plan/crisis/", "/plan/gains/?add=gains", "/plan/goals/read/", "/sharing/",
    "/sharing/add/", "/sharing/looked/", "/people/", "/invitation/", "/account/", "/account/time-zone/",
    "/account/sessions/", "/account/kit/", "/account/passphrase/",
    "/groups/", "/groups/find/", "/groups/start/",
    "/directive/", "/directive/state/", "/directive/signing/", "/directive/whole/", "/directive/removed/",
    "/directive/agent/", "/directive/ect/", "/directive/trauma/before/", "/directive/emergency-measures/",
    "/directive/medicines-no/?add=medicines",
)  # fmt: skip
FOR_ANYBODY = ("/", "/help/", "/sign-in/", "/sign-up/", "/account/kit/use/", "/invitation/")
# Names and numbers are the same in every language.
SAME_EVERYWHERE = re.compile(r"^(Helm|[\d\W]+|[A-Z]{2,}|988|911)*$")


class BareTexts(HTMLParser):
    """Texts outside brackets, of a page; what the person typed, names, scripts and choices of zones left out."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "line", "source"})
    LEFT_OUT = frozenset({"script", "style", "option", "time", "textarea"})

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[bool] = []
        self.depth = 0
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        names = dict(attrs)
        self.hidden.append(tag in self.LEFT_OUT or "data-words" in names or "data-name" in names)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.hidden:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        for text in re.split(r"([⟦⟧])", data):
            if text in "⟦⟧" and text:
                self.depth += 1 if text == "⟦" else -1
            elif self.depth == 0 and not any(self.hidden) and not SAME_EVERYWHERE.match(text.strip()):
                self.bare.append(text.strip())


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every text stands in brackets."""
    for name, chosen in (
        ("gettext", lambda text: text),
        ("pgettext", lambda context, text: text),
        ("ngettext", lambda one, many, number: one if number == 1 else many),
        ("npgettext", lambda context, one, many, number: one if number == 1 else many),
    ):
        bracket = lambda *given, chosen=chosen: f"⟦{chosen(*given)}⟧"  # noqa: E731
        # Django's functions look here each time, so texts marked as lazy are bracketed too.
        monkeypatch.setattr(vars(translation)["_trans"], name, bracket, raising=False)


def bare_texts(client: Client, path: str) -> list[str]:
    page = BareTexts()
    page.feed(client.get(path).content.decode())
    return [f"{path}: {text}" for text in page.bare]


@pytest.mark.usefixtures("bracketed")
def test_pages_for_anybody(client: Client) -> None:
    assert "\n".join(text for path in FOR_ANYBODY for text in bare_texts(client, path)) == ""


@pytest.mark.usefixtures("bracketed")
def test_pages_of_a_person_and_of_a_reader(client: Client) -> None:
    load_demo()
    marisol, osei = User.objects.get(username="marisol"), User.objects.get(username="dr-osei")
    with acting_as(marisol.pk):
        share = Share.objects.get(holder=marisol.pk)
    client.force_login(marisol)
    pages = (*PAGES, f"/sharing/{share.pk}/as-they-see/", f"/sharing/{share.pk}/change/")
    found = [text for path in pages for text in bare_texts(client, path)]
    client.force_login(osei)
    found += [text for path in ("/", "/people/", f"/people/{share.pk}/") for text in bare_texts(client, path)]
    assert "\n".join(found) == ""


@pytest.mark.usefixtures("bracketed")
def test_pages_of_who_runs_a_group(client: Client) -> None:
    load_demo()
    dana = User.objects.get(username="dana")
    with acting_as(dana.pk):
        group = Group.objects.get()
        session = Session.objects.earliest("held_on")
    at = f"/groups/{group.pk}"
    client.force_login(dana)
    below = ("/", "/run/", "/change/", "/people/add/", "/sessions/", f"/sessions/{session.pk}/")
    pages = ["/", "/groups/", "/groups/find/", "/groups/start/", *(f"{at}{path}" for path in below)]
    assert "\n".join(text for path in pages for text in bare_texts(client, path)) == ""


def test_a_bare_text_is_found(client: Client) -> None:
    page = BareTexts()
    page.feed("<p>⟦Hello⟧, you</p><p data-words>mine</p><time>3 March</time>")
    assert page.bare == [", you"]
