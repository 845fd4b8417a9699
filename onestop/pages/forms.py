"""How Django's forms are drawn: fields with label, hint, limit and error tied together for screen readers."""

from django.forms.renderers import TemplatesSetting


class PageFormRenderer(TemplatesSetting):
    """Every `{{ form }}` and `{{ field.as_field_group }}` takes the components of the shop."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
