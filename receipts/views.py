"""Xác thực giấy tờ: anybody may ask whether a paper was issued and still holds; nobody's data is shown."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onestop.attempts import MINUTES, Attempt
from receipts import register
from receipts.models import KIND_NAMES, IssuedPaper
from receipts.papers import PaperKind, paper_of


class CodeForm(forms.Form):
    """Mã xác thực as typed from the foot of a paper."""

    ma = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("In ở chân giấy, gồm 16 chữ và số. Gõ liền, chữ hoa hay chữ thường đều được."),
        max_length=60,
        error_messages={"required": _("Hãy nhập mã xác thực in ở chân giấy.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def _attempt(request: HttpRequest) -> Attempt:
    return Attempt(sort="papers", address=cast(str, request.META.get("REMOTE_ADDR", "")))


def _wait(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"wait_minutes": MINUTES}, status=429)


def _not_found(request: HttpRequest, form: CodeForm) -> HttpResponse:
    form.add_error("ma", _("Không có giấy nào mang mã này. Hãy kiểm tra lại từng chữ, số."))
    return render(request, "receipts/verify.html", {"form": form}, status=404)


@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Type a code; a known one leads to its paper."""
    if "ma" not in request.GET:
        return render(request, "receipts/verify.html", {"form": CodeForm()})
    form = CodeForm(request.GET)
    if not form.is_valid():
        return render(request, "receipts/verify.html", {"form": form}, status=400)
    attempt = _attempt(request)
    if not attempt.begin():
        return _wait(request)
    issued = register.find(form.cleaned_data["ma"])
    if issued is None:
        return _not_found(request, form)
    attempt.give_back()
    return redirect("receipts:paper", token=issued.token)


@never_cache
@require_GET
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """What the register says about one paper."""
    attempt = _attempt(request)
    if not attempt.begin():
        return _wait(request)
    issued = register.find(token)
    if issued is None:
        form = CodeForm({"ma": token})
        form.full_clean()
        return _not_found(request, form)
    attempt.give_back()
    return _shown(request, issued)


def _shown(request: HttpRequest, issued: IssuedPaper) -> HttpResponse:
    kind = PaperKind(issued.kind)
    response = render(
        request,
        "receipts/verified.html",
        {
            "issued": issued,
            "kind_name": KIND_NAMES[kind],
            "office": paper_of(kind, issued.facts).office,
            "is_intact": register.is_intact(issued),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response
