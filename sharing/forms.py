"""The forms of sharing. Nothing is ticked beforehand: each part is off until it is chosen."""

from datetime import datetime, time
from typing import Any, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import person_called
from records.forms import CalmForm, Checkboxes, DateBox, Radios
from sharing.giving import Terms
from sharing.scopes import part_choices

BY_NAME, BY_WORDS = "name", "words"
MOST_YEARS = 100


class PartsForm(CalmForm, forms.Form):
    """What a reader sees, under which name, and until when."""

    label = forms.CharField(
        label=_("Who is it?"),
        help_text=_("Your own name for them, such as Dr. Osei or my sister."),
        max_length=80,
        error_messages={"required": _("Write who it is, so you know them on your list.")},
    )
    my_name = forms.CharField(
        label=_("Which name do they see for you?"),
        max_length=80,
        error_messages={"required": _("Write the name they will see. A first name is enough.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("What can they read?"),
        help_text=_("Only what you tick. They read it and cannot change it."),
        widget=Checkboxes,
        error_messages={"required": _("Tick at least one part.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("The last day they can read. Leave it empty for no end. You can stop at any time."),
        required=False,
        widget=DateBox,
        error_messages={"invalid": _("Write a date like 2027-03-01, or leave it empty.")},
    )
    submit_label = _("Go on and check")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = cast(forms.MultipleChoiceField, self.fields["parts"])
        parts.choices = [choice for _title, choices in part_choices() for choice in choices]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        # The last days a date can name do not exist in every time zone.
        if until and until.year > timezone.localdate().year + MOST_YEARS:
            raise forms.ValidationError(_("This day is very far off. Choose an earlier one, or leave it empty."))
        return until

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last day, in the person's own time zone."""
        until = self.cleaned_data.get("until")
        return timezone.make_aware(datetime.combine(until, time.max)) if until else None

    @property
    def terms(self) -> Terms:
        chosen = {name: self.cleaned_data[name] for name in ("label", "my_name", "parts")}
        return Terms(**chosen, ends_at=self.ends_at)

    def layout(self) -> Layout:
        return Layout(Fieldset(_("Who"), "label", "my_name"), Fieldset(_("What and how long"), "parts", "until"))


class ShareForm(PartsForm):
    """A new share: also how the reader gets it. The check page adds the id the share will have."""

    share = forms.UUIDField(required=False, widget=forms.HiddenInput)

    how = forms.ChoiceField(
        label=_("How do they get it?"),
        widget=Radios(
            option_help={
                BY_WORDS: _("You send a link, or say five words aloud. It works once, for 7 days."),
                BY_NAME: _("For people who have an account and told you their sign-in name."),
            }
        ),
        choices=[(BY_WORDS, _("With a link or five words")), (BY_NAME, _("By their sign-in name"))],
        initial=BY_WORDS,
        error_messages={"required": _("Choose how they get it.")},
    )
    username = forms.CharField(
        label=_("Their sign-in name"),
        help_text=_("Only if you share by name."),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, may_look_up: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_look_up = may_look_up
        # Needed by one of the two ways: "you can skip this" would not be true.
        self.fields["username"].marks_optional = False  # type: ignore[attr-defined]
        self.recipient: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == BY_NAME:
            self._look_up(cleaned.get("username", "").strip())
        return cleaned

    def _look_up(self, name: str) -> None:
        # SECURITY: the answer says which names exist, so it is not given without end.
        if not self.may_look_up:
            self.add_error("username", _("You tried many names. Wait an hour, or use a link or five words."))
            return
        self.recipient = person_called(name)
        if self.recipient is None:
            self.add_error(
                "username", _("We know nobody by this name. Check the spelling, or use a link or five words.")
            )

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("Who"), "label", "my_name"),
            Fieldset(_("What and how long"), "parts", "until"),
            Fieldset(_("How they get it"), "how", "username"),
        )


class InvitationForm(CalmForm, forms.Form):
    """The words of an invitation, as they were said."""

    words = forms.CharField(
        label=_("The five words"),
        help_text=_("Capitals and spaces do not matter."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the words you were told.")},
    )
    submit_label = _("Go on")
