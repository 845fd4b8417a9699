from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from onestop.agencies.delegation import Candidate
from onestop.agencies.directory import AgencyChoice, find_agency
from onestop.agencies.models import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def day_field(label: "str | _StrPromise", *, help_text: "str | _StrPromise" = "") -> forms.DateField:
    """A day, typed as 25/11/2026 or picked where the browser offers it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": _("Ngày không hợp lệ. Viết dạng 25/11/2026."),
            "required": _("Hãy chọn ngày."),
        },
    )


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Tên hoặc tên đăng nhập"), required=False, max_length=60)
    vai_tro = forms.ChoiceField(
        label=_("Vai trò"), required=False, choices=[("", _("Mọi vai trò")), *Role.choices]
    )
    co_quan = forms.CharField(label=_("Cơ quan (tên, mã)"), required=False, max_length=60)


class GrantForm(forms.Form):
    """Giao vị trí: where, as what, from when."""

    agency = forms.CharField(
        label=_("Cơ quan"),
        max_length=200,
        help_text=_("Gõ tên rồi chọn trong danh sách, hoặc gõ mã định danh."),
        widget=forms.TextInput(attrs={"list": "co-quan", "autocomplete": "off"}),
        error_messages={"required": _("Hãy chọn cơ quan.")},
    )
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=Role.choices, error_messages={"required": _("Hãy chọn vai trò.")}
    )
    valid_from = day_field(_("Từ ngày"))

    chosen: AgencyChoice

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        text, day = cleaned.get("agency"), cleaned.get("valid_from")
        if isinstance(text, str) and isinstance(day, date):
            found = find_agency(text=text.strip(), on=day)
            if found is None:
                self.add_error(
                    "agency", ValidationError(_g("Không có cơ quan nào đang hoạt động với tên hoặc mã này."))
                )
            else:
                self.chosen = found
        return cleaned


class EndForm(forms.Form):
    last_day = day_field(
        _("Ngày cuối cùng giữ vị trí"),
        help_text=_("Chọn hôm qua để thôi giữ vị trí ngay bây giờ."),
    )


class StandInForm(forms.Form):
    """Ủy quyền: who acts for me, from when to when, why."""

    user = forms.TypedChoiceField(
        label=_("Người được ủy quyền"),
        coerce=int,
        error_messages={
            "required": _("Hãy chọn người được ủy quyền."),
            "invalid_choice": _("Người này không có trong danh sách của cơ quan."),
        },
    )
    valid_from = day_field(_("Từ ngày"))
    valid_to = day_field(_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=300)

    def __init__(self, *args: object, people: tuple[Candidate, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _g("Chọn người")), *((str(person.user_id), person.name) for person in people)]
        user = self.fields["user"]
        assert isinstance(user, forms.TypedChoiceField)
        user.choices = choices
