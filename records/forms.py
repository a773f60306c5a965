"""The form every room starts from: calm, nothing required by the browser, help beside each choice.

Widgets, layout and the page of a form. What a form means belongs to its room.
"""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from records.text import Text


class CalmForm:
    """Mixin for Form and ModelForm, first in the bases: `class ToolForm(CalmForm, forms.Form)`.

    The browser's own checks stay off, because they block before our words can help. Set
    `submit_label = None` to write the buttons yourself, and `cancel_address` for a way back.
    """

    use_required_attribute = False
    # Whether boxes that can be left empty say so one by one.
    marks_optional = True
    submit_label: Text | None = _("Save")
    cancel_address = ""
    cancel_label: Text = _("Go back without saving")

    def layout(self) -> Layout | None:
        """The order and grouping of fields; None shows all as declared."""
        return None

    @cached_property
    def helper(self) -> FormHelper:
        """What `{% crispy form %}` renders with."""
        helper = FormHelper()
        helper.template_pack = "calm"
        helper.attrs = {"novalidate": True}
        helper.include_media = False
        helper.layout = self.layout()
        if self.submit_label:
            helper.add_input(Submit("", self.submit_label))
        helper.cancel_address, helper.cancel_label = self.cancel_address, self.cancel_label
        return helper


class DateBox(forms.DateInput):
    """One box for a date, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeBox(forms.TimeInput):
    """One box for a time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class _HelpBesideOptions:
    """Gives each option its own line of help: `option_help` maps a value to words."""

    def __init__(self, *args: Any, option_help: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.option_help = option_help or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if help_text := self.option_help.get(str(value)):
            option["help"] = help_text
            if option_id := option["attrs"].get("id"):
                option["attrs"]["aria-describedby"] = option["help_id"] = f"{option_id}_help"
        return option


class Radios(_HelpBesideOptions, forms.RadioSelect):
    """One of several."""


class Checkboxes(_HelpBesideOptions, forms.CheckboxSelectMultiple):
    """Any of several."""


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, *, status: int = 422, **context: Any
) -> HttpResponse:
    """The page of a form: 200 when it is only shown, `status` when something in it needs another look."""
    return render(request, template, {"form": form, **context}, status=status if form.is_bound else 200)
