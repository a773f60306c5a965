"""The forms of groups. Names here are the ones people choose: nobody is asked for a last name."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User, known_time_zones
from accounts.names import person_called
from peers.models import MOST_PLACES, Group
from peers.running import COLUMNS, Terms
from records.forms import CalmForm, DateBox, Radios, TimeBox

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
NAME_LENGTH = 60
# What can be wrong with a number.
NUMBER = ("invalid", "min_value", "max_value")
NAME_NEEDED = _("Write a name. A first name, or any name you like, is enough.")


class NameForm(CalmForm, forms.Form):
    """The name somebody goes by in one group."""

    called = forms.CharField(
        label=_("What should the group call you?"),
        help_text=_(
            "A first name, or any name you like. The people who run the group see it. "
            "It may stand on the paper people sign in the room."
        ),
        max_length=NAME_LENGTH,
        error_messages={"required": NAME_NEEDED},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, submit_label: Any = None, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = submit_label or self.submit_label
        self.fields["called"].help_text = help_text or self.fields["called"].help_text


class PersonForm(CalmForm, forms.Form):
    """Somebody who has no account here, or came with somebody."""

    called = forms.CharField(
        label=_("First name"),
        help_text=_("No last name. Two with the same name? Add a letter, such as Ana B."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write the first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    submit_label = _("Add to the group")

    def __init__(self, *args: Any, taken: Collection[str] = (), submit_label: Any = None, **kwargs: Any) -> None:
        """`taken`: the names of others in the group, in small letters."""
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.submit_label = submit_label or self.submit_label

    def clean_called(self) -> str:
        called: str = self.cleaned_data["called"]
        if called.casefold() in self.taken:
            again = _("Somebody is called %(called)s already. Add a letter, such as %(called)s B.")
            raise forms.ValidationError(again, params={"called": called})
        return called


class GroupForm(CalmForm, forms.Form):
    """What a group is, when it meets, and who can come."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=80, error_messages={"required": _("Write a name for the group.")}
    )
    about = forms.CharField(
        label=_("What is it about?"),
        help_text=_("For people who think of coming. Two or three lines are enough."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(
        label=_("Where do you meet?"),
        help_text=_("Such as: Riverside Library, room 2. Or: online."),
        required=False,
        max_length=200,
    )
    for_members = forms.CharField(
        label=_("What only people in the group read"),
        help_text=_("A link, a door code, whom to call when late, a day you do not meet."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=WEEKDAYS, coerce=int)
    at = forms.TimeField(
        label=_("It begins at"),
        widget=TimeBox,
        error_messages={
            "required": _("Write when it begins, such as 10:00."),
            "invalid": _("Write a time like 10:00 or 18:30."),
        },
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=5,
        max_value=720,
        initial=90,
        error_messages={
            "required": _("Write how long it lasts, such as 90."),
            **dict.fromkeys(NUMBER, _("Write a number from 5 to 720.")),
        },
    )
    time_zone = forms.ChoiceField(label=_("Time zone of the group"), choices=known_time_zones)
    capacity = forms.IntegerField(
        label=_("How many places?"),
        help_text=_("The people who run it do not count. 8 to 12 work well."),
        min_value=1,
        max_value=MOST_PLACES,
        initial=10,
        error_messages={
            "required": _("Write how many places there are, such as 10."),
            **dict.fromkeys(NUMBER, _("Write a number from 1 to 500.")),
        },
    )
    joining = forms.ChoiceField(
        label=_("How do people join?"),
        choices=Group.Joining.choices,
        initial=Group.Joining.BY_REQUEST,
        widget=Radios(
            option_help={
                Group.Joining.OPEN: _("When all places are taken, they stand in line."),
                Group.Joining.BY_REQUEST: _("You say yes or not this time. Then they have a place, or stand in line."),
            }
        ),
    )
    is_listed = forms.BooleanField(
        label=_("Show it to everybody with an account, so that people can find it"),
        help_text=_("If you leave this off, nobody can ask to join. You add people by first name."),
        required=False,
    )

    # The version of the group that the form shows.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def terms(self) -> Terms:
        cleaned = self.cleaned_data
        words = {name: cleaned[name] for name in ("name", "about", "place")}
        return Terms(words=words, for_members=cleaned["for_members"], **{name: cleaned[name] for name in COLUMNS})

    @staticmethod
    def initial_of(group: Group) -> dict[str, Any]:
        """What the form shows for a group there is."""
        columns = {name: getattr(group, name) for name in COLUMNS}
        return {**group.words, "for_members": group.for_members(), "seen": group.version, **columns}

    def layout(self) -> Layout:
        return Layout(
            "seen",
            Fieldset(_("The group"), "name", "about", "place", "for_members"),
            Fieldset(_("When"), "weekday", "at", "minutes", "time_zone"),
            Fieldset(_("Who can come"), "capacity", "joining", "is_listed"),
        )


class StartForm(GroupForm):
    """A new group, and the name of who runs it."""

    called = forms.CharField(
        label=_("What should the group call you?"),
        help_text=_("People who look at the group see it."),
        max_length=NAME_LENGTH,
        error_messages={"required": NAME_NEEDED},
    )
    # Sent twice it is one group.
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    submit_label = _("Start the group")
    # What is to be looked at again is told in the order of the page.
    field_order = ("called",)

    def layout(self) -> Layout:
        return Layout("once", Fieldset(_("You"), "called"), *super().layout().fields)


class HelperForm(CalmForm, forms.Form):
    """Somebody with an account, asked by their name there to help run the group."""

    username = forms.CharField(
        label=_("Their sign-in name"),
        help_text=_("The name they sign in with. Ask them for it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the name they sign in with.")},
    )
    submit_label = _("Ask them")

    def __init__(self, *args: Any, may_look_up: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_look_up = may_look_up
        self.person: User | None = None

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip()
        # SECURITY: the answer says which names exist, so it is not given without end.
        if not self.may_look_up:
            raise forms.ValidationError(_("You tried many names. Wait an hour, then try again."))
        self.person = person_called(name)
        if self.person is None:
            raise forms.ValidationError(_("We know nobody by this name. Check the spelling."))
        return name


class DayForm(CalmForm, forms.Form):
    """The day of a session."""

    day = forms.DateField(
        label=_("Which day?"),
        widget=DateBox,
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write a date like 2027-03-02."),
        },
    )
    submit_label = _("Open the sheet")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        # The last days a date can name do not exist in every time zone.
        if abs((day - self.today).days) > 366:
            raise forms.ValidationError(_("Choose a day within a year of today."))
        return day
