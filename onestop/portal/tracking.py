"""Tra cứu hồ sơ: with the code and the secret of the receipt, or by its QR, and by nothing else.

A wrong code, a wrong secret and a wrong signature get one and the same answer.
"""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onestop import clock
from onestop.attempts import MINUTES, Attempt
from onestop.portal import wording
from workflows.case_codes import possible_keys
from workflows.lookup import is_signed, lookup_path
from workflows.tracking import PublicCase, find_code, public_case

SORT = "portal"


class ReceiptForm(forms.Form):
    """Mã hồ sơ và mã tra cứu, as typed from the receipt."""

    ma = forms.CharField(
        label=_("Mã hồ sơ"),
        help_text=_("In ở đầu giấy tiếp nhận. Chữ hoa, chữ thường, thiếu dấu gạch hay số 0 đều được."),
        max_length=60,
        error_messages={"required": _("Hãy nhập mã hồ sơ in trên giấy tiếp nhận.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    bi_mat = forms.CharField(
        label=_("Mã tra cứu"),
        help_text=_("6 chữ và số in cạnh mã QR. Chỉ người cầm giấy tiếp nhận mới biết."),
        max_length=20,
        error_messages={"required": _("Hãy nhập mã tra cứu gồm 6 chữ và số.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Type code and secret; the right ones lead to the signed address."""
    if request.method != "POST":
        return _page(request, ReceiptForm(initial={"ma": request.GET.get("ma", "")[:60]}), status=200)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    typed = form.cleaned_data["ma"]
    attempt = Attempt(sort=SORT, address=_address(request), code_keys=possible_keys(typed))
    if not attempt.begin():
        return _wait(request)
    code = find_code(typed=typed, secret=form.cleaned_data["bi_mat"])
    if code is None:
        return _not_found(request, typed)
    attempt.give_back()
    return redirect(lookup_path(code))


@never_cache
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The signed address of one case. A right signature is never made to wait: it cannot be guessed."""
    if is_signed(code, request.GET.get("k", "")):
        found = public_case(code)
        if found is not None:
            return _shown(request, found)
    if not Attempt(sort=SORT, address=_address(request)).begin():
        return _wait(request)
    return _not_found(request, code)


def _address(request: HttpRequest) -> str:
    return cast(str, request.META.get("REMOTE_ADDR", ""))


def _not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """The one answer to everything that does not fit; the secret is asked again."""
    form = ReceiptForm({"ma": typed[:60], "bi_mat": ""})
    form.errors.clear()
    form.add_error(
        None, _("Không có hồ sơ nào khớp với mã hồ sơ và mã tra cứu này. Hãy so lại từng chữ, số với giấy.")
    )
    return _page(request, form, status=404)


def _wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", {"wait_minutes": MINUTES}, status=429)
    response["Retry-After"] = str(MINUTES * 60)
    return _unlisted(response)


def _page(request: HttpRequest, form: ReceiptForm, *, status: int) -> HttpResponse:
    return _unlisted(render(request, "portal/tracking_form.html", {"form": form}, status=status))


def _shown(request: HttpRequest, found: PublicCase) -> HttpResponse:
    facts = {
        "case": found,
        "applicant_name": wording.masked_name(found.applicant),
        "standing": wording.standing(found),
        "milestones": wording.milestones(found),
        "happenings": wording.happenings(found),
        "is_late": found.is_late(clock.now()),
    }
    return _unlisted(render(request, "portal/tracking.html", facts))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
