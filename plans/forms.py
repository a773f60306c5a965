"""Forms of the plan that are not entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.forms import CalmForm


class CalledForm(CalmForm, forms.Form):
    """What the person likes to be called."""

    called = forms.CharField(
        label=_("What do you like to be called?"),
        help_text=_("A first name or a nickname is fine. You see it at the top of your pages."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
