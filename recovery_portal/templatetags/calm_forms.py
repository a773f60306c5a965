"""What the crispy pack "calm" asks about a field or a form. It decides no words and no looks."""

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()

# The first that fits wins, so the narrower widgets stand first.
_KINDS: tuple[tuple[tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "choices"),
    ((forms.CheckboxInput,), "check"),
    ((forms.MultiWidget, forms.SelectDateWidget), "group"),
    ((forms.Select,), "select"),
    ((forms.Textarea,), "textarea"),
    ((forms.FileInput,), "file"),
    ((forms.PasswordInput,), "password"),
    ((forms.DateInput,), "date"),
    ((forms.NumberInput,), "number"),
)


@register.filter
def kind(field: BoundField) -> str:
    """One of: hidden, choices, check, group, select, textarea, file, password, date, number, text."""
    if field.is_hidden:
        return "hidden"
    for widgets, name in _KINDS:
        if isinstance(field.field.widget, widgets):
            return name
    return "text"


@register.filter
def first_id(field: BoundField) -> str:
    """The id an error link leads to: the first radio or part, because a group cannot take focus."""
    if kind(field) == "choices":
        options = field.subwidgets
        return options[0].id_for_label if options else field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def error_count(form: forms.BaseForm) -> int:
    """How many messages the summary lists."""
    return sum(len(errors) for errors in form.errors.values())
