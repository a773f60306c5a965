"""The crispy pack: every control has a name, every message is tied to its control, and nothing is said twice."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from crispy_forms.layout import Fieldset, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from records.forms import CalmForm, Checkboxes, DateBox, Radios


class ToolForm(CalmForm, forms.Form):
    submit_label = "Add this tool"
    cancel_address = "/plan/"

    words = forms.CharField(
        label="What helps?", help_text="One line <is> enough.", error_messages={"required": "Write it."}
    )
    how = forms.CharField(label="How?", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="What kind?",
        choices=[("own", "My own"), ("person", "A person")],
        widget=Radios(option_help={"own": "Something you do."}),
        error_messages={"required": "Choose one."},
    )
    when = forms.MultipleChoiceField(label="When?", required=False, choices=[("m", "Mornings")], widget=Checkboxes)
    since = forms.DateField(label="Since?", required=False, widget=DateBox)
    state = forms.ChoiceField(label="State?", required=False, choices=[("", "Choose")])
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)
    own = forms.BooleanField(label="My own device", required=False, help_text="Stay signed in.")
    place = forms.CharField(widget=forms.HiddenInput, required=False)

    def layout(self) -> Layout:
        return Layout(
            Fieldset("What it is", "words", "how"), "kind", "when", "since", "state", "password", "own", "place"
        )


class Page(HTMLParser):
    """All elements of a rendered form, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def controls(self) -> list[dict[str, str]]:
        found = [attrs for tag, attrs in self.elements if tag in {"input", "textarea", "select"}]
        return [attrs for attrs in found if attrs.get("type") != "hidden"]


@pytest.fixture
def html() -> str:
    return render_crispy_form(ToolForm({}))


@pytest.fixture
def page(html: str) -> Page:
    return Page(html)


def test_it_works(page: Page) -> None:
    assert [attrs["name"] for attrs in page.controls] == [
        "words", "how", "kind", "kind", "when", "since", "state", "password", "own",
    ]  # fmt: skip


def test_each_control_has_a_label(page: Page) -> None:
    labelled = [attrs["for"] for tag, attrs in page.elements if tag == "label"]
    assert sorted(labelled) == sorted(attrs["id"] for attrs in page.controls)


def test_no_id_stands_twice(page: Page) -> None:
    assert [name for name, times in Counter(page.ids).items() if times > 1] == []


def test_each_description_is_there_and_help_comes_before_the_message(page: Page) -> None:
    told = [attrs["aria-describedby"] for _, attrs in page.elements if "aria-describedby" in attrs]
    assert "id_words_helptext id_words_error" in told
    assert {name for names in told for name in names.split()} <= set(page.ids)


def test_help_and_message_come_before_the_control(html: str) -> None:
    assert html.index('id="id_words_helptext"') < html.index('id="id_words_error"') < html.index('id="id_words"')


def test_choices_are_grouped_and_each_may_have_help(html: str, page: Page) -> None:
    fieldsets = [attrs for tag, attrs in page.elements if tag == "fieldset"]
    assert len(fieldsets) == 3
    assert "<legend" in html
    assert "id_kind_0_help" in page.ids


def test_what_can_be_skipped_says_so(html: str) -> None:
    assert html.count("(you can skip this)") == 4
    assert "*" not in html


def test_the_browser_does_not_block(page: Page) -> None:
    assert not [attrs for attrs in page.controls if "required" in attrs]
    assert any("novalidate" in attrs for tag, attrs in page.elements if tag == "form")


def test_help_is_escaped(html: str) -> None:
    assert "One line &lt;is&gt; enough." in html


def test_nothing_is_inline(page: Page) -> None:
    inline = {"style", "onclick", "onchange", "onsubmit"}
    assert not [attrs for tag, attrs in page.elements if inline & attrs.keys() or tag in {"script", "style"}]


def test_the_way_back_stands_after_the_main_button(html: str) -> None:
    assert html.index("Add this tool") < html.index("Go back without saving")


def test_summary_leads_to_each_control() -> None:
    summary = " ".join(render_to_string("calm/error_summary.html", {"form": ToolForm({})}).split())
    assert "3 things need another look" in summary
    assert 'tabindex="-1" autofocus' in summary
    assert 'href="#id_words"' in summary
    assert 'href="#id_kind_0"' in summary


@pytest.mark.parametrize("form", [ToolForm(), ToolForm({"words": "Tea", "kind": "own", "password": "x"})])
def test_summary_is_silent_when_nothing_is_wrong(form: ToolForm) -> None:
    assert render_to_string("calm/error_summary.html", {"form": form}).strip() == ""
