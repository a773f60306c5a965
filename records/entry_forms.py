"""The form of one entry, made from the catalogue: a box for each question, all of them optional."""

import uuid
from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from records.catalogue import Part, Question
from records.forms import CalmForm, DateBox, Radios
from records.writing import Edit

LONGEST = 4000


class EntryForm(CalmForm, forms.Form):
    """Base of the forms that `entry_form` makes. `entry`, `record`, `seen` and `window` travel in hidden boxes."""

    part: Part
    lacks_only_words = False
    submit_label = None
    marks_optional = False

    entry = forms.UUIDField(widget=forms.HiddenInput)
    window = forms.UUIDField(widget=forms.HiddenInput, required=False)
    record = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        # A choice or a day says nothing by itself: on its way through the boxes a form saves with only that.
        typed = [question.key for question in self.part.questions if not (question.choices or question.is_date)]
        has_words = any(key in self.words for key in typed)
        # A form that stands open on its page may be emptied again: that takes back what it said.
        self.lacks_only_words = not self.errors and not has_words and not self.part.is_single
        if self.lacks_only_words:
            self.add_error(self.part.main.key, _("Write a few words first, or go back. Nothing was changed."))
        return cleaned

    @property
    def words(self) -> dict[str, str]:
        """The answers that were given, as the catalogue names them."""
        given = ((question.key, self.cleaned_data.get(question.key)) for question in self.part.questions)
        return {key: str(answer) for key, answer in given if answer}

    @property
    def edit(self) -> Edit:
        return Edit(
            words=self.words, seen=self.cleaned_data.get("seen") or 0, window_id=self.cleaned_data.get("window")
        )


@cache
def entry_form(part: Part) -> type[EntryForm]:
    """The form class for a list of the catalogue."""
    boxes = {question.key: _box(question) for question in part.questions}
    return type("EntryForm", (EntryForm,), {"part": part, **boxes})


def blank_form(part: Part, record_id: uuid.UUID) -> EntryForm:
    """An empty form that carries the id its entry will have, and the record it was opened in."""
    return filled_form(part, uuid.uuid4(), {}, 0, record_id)


def filled_form(
    part: Part, entry_id: uuid.UUID, words: dict[str, str], seen: int, record_id: uuid.UUID | None = None
) -> EntryForm:
    """A form with what the entry says now, in its wording number `seen` (0 if there is none yet)."""
    initial = {**words, "entry": entry_id, "window": uuid.uuid4(), "record": record_id, "seen": seen}
    return entry_form(part)(initial=initial, auto_id=f"{entry_id.hex[:8]}-%s")


def _box(question: Question) -> forms.Field:
    if question.choices:
        return forms.ChoiceField(
            label=question.label,
            help_text=question.hint,
            choices=question.choices,
            required=False,
            widget=Radios,
            error_messages={"invalid_choice": _("Choose one of these answers.")},
        )
    if question.is_date:
        return forms.DateField(
            label=question.label,
            help_text=question.hint,
            required=False,
            widget=DateBox,
            error_messages={"invalid": _("Write a date like 2027-03-01, or leave it empty.")},
        )
    quiet = {"autocomplete": "off"}
    return forms.CharField(
        label=question.label,
        help_text=question.hint,
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("This box holds up to %(limit_value)d letters. Please make it shorter.")},
        widget=forms.TextInput(attrs={**quiet, "type": question.line})
        if question.line
        else forms.Textarea(attrs={**quiet, "rows": question.rows}),
    )
