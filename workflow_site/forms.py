"""How every form of the site is drawn: `{{ form }}` gives labels, help, errors and a summary."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """The design system's fields; the admin draws its own."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
