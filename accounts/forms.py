"""The forms of signing up, signing in, and one's own settings."""

import zoneinfo
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User, known_time_zones
from accounts.names import NAME_LENGTH, neutral_name
from accounts.passphrases import OFFERED_WORDS
from accounts.sessions import choose_device
from records.forms import CalmForm
from records.passes import spoken_words
from records.text import Text

LONGEST_OFFER = 200
OFTEN = ("New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Anchorage", "Puerto_Rico")


class OffersPassphrase(CalmForm):
    """Mixin of forms that ask for a new passphrase: shows one that was just made, and fills it in.

    The offer travels with the form, so after an error it is the same that the person may have on paper already.
    """

    def offer(self, name: str, label: Text) -> None:
        posted = self.data.get(self.add_prefix("offered"), "")  # type: ignore[attr-defined]
        self.offered = posted if 0 < len(posted) <= LONGEST_OFFER else spoken_words(OFFERED_WORDS)
        fields = self.fields  # type: ignore[attr-defined]
        fields["offered"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self.offered)
        field = fields[name]
        field.label, field.initial, field.strip = label, self.offered, False
        field.help_text = format_html(
            "{} <strong class='offered' translate='no' data-words>{}</strong><br>{}",
            _now("We made this one for you:"),
            self.offered,
            _now("Write it on paper. Or type your own, with 15 characters or more."),
        )
        field.error_messages["required"] = _("Type a passphrase, or the one we made for you.")
        field.widget = forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"})


class SignInForm(CalmForm, allauth.LoginForm):
    submit_label = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, passphrase, remember = self.fields["login"], self.fields["password"], self.fields["remember"]
        name.label, name.error_messages["required"] = _("Your sign-in name"), _("Type your sign-in name.")
        name.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        passphrase.label, passphrase.error_messages["required"] = _("Passphrase"), _("Type your passphrase.")
        passphrase.widget.attrs.pop("placeholder", None)
        passphrase.help_text = ""
        remember.label = _("This is my own device. Keep me signed in for 14 days.")

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        choose_device(request, own=self.cleaned_data["remember"])
        return super().login(request, redirect_url)


class SignUpForm(OffersPassphrase, allauth.SignupForm):
    submit_label = None
    field_order = ("username", "password1", "email")
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label, name.max_length = _("Your sign-in name"), NAME_LENGTH
        name.initial = neutral_name()
        name.help_text = _("You can change it. Please do not use your real name.")
        name.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        name.error_messages["required"] = _("Type a name to sign in with.")
        name.error_messages["min_length"] = _("Use 5 letters or more.")
        self.offer("password1", _("Your passphrase"))
        self._ask_email()

    def _ask_email(self) -> None:
        if not settings.EMAIL_HOST:
            del self.fields["email"]
            return
        email = self.fields["email"]
        email.label = _("E-mail")
        email.help_text = _("We send a short note when your passphrase or e-mail changes. It cannot get you back in.")
        email.widget.attrs.pop("placeholder", None)
        email.error_messages["invalid"] = _("Write an address like name@example.org, or leave it empty.")

    def clean_username(self) -> str:
        name = super().clean_username()
        if len(name) > NAME_LENGTH:
            raise forms.ValidationError(_("Use 40 letters or fewer."))
        return name

    def clean_time_zone(self) -> str:
        """Only what the zone database knows; anything else counts as not said."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in zoneinfo.available_timezones() else ""


class ChangePassphraseForm(OffersPassphrase, allauth.ChangePasswordForm):
    submit_label = _("Change my passphrase")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        old.label, old.help_text = _("Your passphrase now"), ""
        old.widget.attrs.pop("placeholder", None)
        old.error_messages["required"] = _("Type the passphrase you have now.")
        # One field: it can be shown, so nobody needs to type it twice.
        del self.fields["password2"]
        self.offer("password1", _("Your new passphrase"))


class KitForm(OffersPassphrase, forms.Form):
    """The words on paper, and the passphrase from now on. Whose words they are need not be said."""

    words = forms.CharField(
        label=_("The nine words on your kit"),
        help_text=_("Small or large letters make no difference."),
        max_length=500,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the words from your paper.")},
    )
    passphrase = forms.CharField()
    submit_label = _("Set my new passphrase")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("passphrase", _("Your new passphrase"))


class ConfirmForm(CalmForm, forms.Form):
    """The passphrase once more. The prefix keeps its name apart from the fields of the form it stands before."""

    prefix = "helm-confirm"
    submit_label = None
    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your passphrase.")},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_passphrase(self) -> str:
        passphrase = self.cleaned_data["passphrase"]
        if not get_adapter().reauthenticate(self.user, passphrase):
            raise get_adapter().validation_error("incorrect_password")
        return passphrase


class TimeZoneForm(CalmForm, forms.ModelForm):
    class Meta:
        model = User
        fields = ["time_zone"]

    time_zone = forms.ChoiceField(
        label=_("Your time zone"), error_messages={"invalid_choice": _("Choose a time zone from the list.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = known_time_zones()
        often = [(f"America/{place}", place.replace("_", " ")) for place in OFTEN] + [("Pacific/Honolulu", "Honolulu")]
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            (_now("Used most"), often),
            (_now("All"), zones),
        ]


class EmailForm(CalmForm, forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We send a short note when your passphrase or e-mail changes. It cannot get you back in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an address like name@example.org, or leave it empty.")},
    )
    submit_label = _("Save my e-mail")


class OnceForm(forms.Form):
    """The id a form was given, so that sending it again is known."""

    once = forms.UUIDField(required=False)
