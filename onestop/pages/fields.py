"""What a form's field needs to look right and to be read aloud right."""

from django.forms import BoundField, Textarea
from django.forms.widgets import CheckboxInput, FileInput, Input, Select, Widget
from django.utils.safestring import SafeString

# Short texts get no spoken limit: nobody meets it, and it would be read before every field.
SPOKEN_LIMIT_FROM = 200


def length_limit(field: BoundField) -> int | None:
    """The most characters a long text may have, to be said before typing."""
    limit = getattr(field.field, "max_length", None)
    is_long = isinstance(field.field.widget, Textarea) or (limit or 0) >= SPOKEN_LIMIT_FROM
    return limit if limit and is_long and not field.is_hidden else None


def described_by(field: BoundField) -> str:
    """The ids of hint, limit and error, in the order in which they stand above the control."""
    parts = (
        ("helptext", bool(field.help_text)),
        ("limit", length_limit(field) is not None),
        ("error", bool(field.errors)),
    )
    return " ".join(f"{field.auto_id}_{name}" for name, is_there in parts if is_there)


def first_id(field: BoundField) -> str:
    """The id of the control that takes the focus from the error summary: the first option of a group."""
    if field.use_fieldset:
        return next((widget.id_for_label for widget in field.subwidgets), field.auto_id)
    return field.id_for_label


def render(field: BoundField) -> SafeString:
    """The control with its class, tied to its hint, limit and error."""
    attrs: dict[str, str | bool] = {}
    css = css_class(field.field.widget)
    if css:
        own = field.field.widget.attrs.get("class", "")
        wrong = f"{css}--error" if field.errors and css != "govuk-checkboxes__input" else ""
        attrs["class"] = " ".join(filter(None, (css, wrong, own)))
    ids = described_by(field)
    if ids and not field.use_fieldset:
        attrs["aria-describedby"] = ids
    return field.as_widget(attrs=attrs)


def css_class(widget: Widget) -> str:
    """The class of govuk-frontend for that control; groups of options carry theirs in a template."""
    classes: tuple[tuple[type[Widget], str], ...] = (
        (CheckboxInput, "govuk-checkboxes__input"),
        (FileInput, "govuk-file-upload"),
        (Textarea, "govuk-textarea"),
        (Select, "govuk-select"),
        (Input, "govuk-input"),
    )
    return next((css for kind, css in classes if isinstance(widget, kind)), "")
