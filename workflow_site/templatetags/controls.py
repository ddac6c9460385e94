"""Fields in the classes of the design system."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

TICKS = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the field's widget with its class, marked when it holds an error."""
    names = [field.field.widget.attrs.get("class", ""), style_of(field.field.widget)]
    if field.errors:
        names.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, names))})


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the label stands behind the field."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def style_of(widget: forms.Widget) -> str:
    """The class that makes a widget look like its kind."""
    if isinstance(widget, TICKS):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"
