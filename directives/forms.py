"""Forms of the directive that are not entries."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directives.jurisdictions import JURISDICTIONS
from directives.law import GENERIC
from records.forms import CalmForm


class StateForm(CalmForm, forms.Form):
    """Which state's law the directive is for. The choice can be taken back."""

    submit_label = _("Save my state")
    marks_optional = False

    state = forms.ChoiceField(
        label=_("My state"),
        help_text=_("Choose the state you live in."),
        required=False,
        error_messages={"invalid_choice": _("Choose a state from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, law.title) for code, law in JURISDICTIONS.items() if code != GENERIC]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _now("I have not chosen yet")),
            *sorted(named, key=lambda row: str(row[1])),
            (GENERIC, JURISDICTIONS[GENERIC].title),
        ]
