"""People and their posts: found, given, ended by the administrator."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestop import clock
from onestop.administration.forms import EndForm, GrantForm, PeopleFilter
from onestop.administration.paging import page_number
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.appointments import end_post, grant_post
from onestop.agencies.directory import open_agencies
from onestop.agencies.models import Role
from onestop.agencies.people import PersonFile, PostLine, person_file, search_people
from onestop.agencies.refusals import Refusal


@require_GET
@post_required(Role.ADMINISTRATOR)
def people(request: DeskRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    role = chosen.get("vai_tro")
    page = search_people(
        words=chosen.get("q", ""),
        role=Role(role) if role else None,
        agency=chosen.get("co_quan", "").strip(),
        on=clock.today(),
        page=page_number(request),
    )
    return render(request, "administration/people.html", {"form": form, "page": page})


@require_GET
@post_required(Role.ADMINISTRATOR)
def person(request: DeskRequest, user_id: int) -> HttpResponse:
    return _person_page(request, _file(user_id), GrantForm(initial={"valid_from": clock.today()}))


@require_POST
@post_required(Role.ADMINISTRATOR)
def grant(request: DeskRequest, user_id: int) -> HttpResponse:
    subject = _file(user_id)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _person_page(request, subject, form, status=422)
    try:
        granted = grant_post(
            by=request.actor,
            user_id=user_id,
            agency_id=form.chosen.agency_id,
            role=Role(form.cleaned_data["role"]),
            valid_from=form.cleaned_data["valid_from"],
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _person_page(request, subject, form, status=422)
    said = _("Đã giao vị trí.") if granted.is_new else _("Vị trí này đã được giao từ trước.")
    messages.success(request, said)
    return redirect("administration:person", user_id)


@require_http_methods(["GET", "POST"])
@post_required(Role.ADMINISTRATOR)
def end(request: DeskRequest, user_id: int, post_id: int) -> HttpResponse:
    subject = _file(user_id)
    line = next((post for post in subject.row.posts if post.post_id == post_id), None)
    if line is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "GET" or not form.is_valid():
        return _end_page(request, subject, line, form)
    try:
        changed = end_post(
            by=request.actor, post_id=post_id, last_day=form.cleaned_data["last_day"], now=clock.now()
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _end_page(request, subject, line, form)
    messages.success(request, _("Đã kết thúc vị trí.") if changed else _("Vị trí đã kết thúc từ trước."))
    return redirect("administration:person", user_id)


def _file(user_id: int) -> PersonFile:
    found = person_file(user_id=user_id, on=clock.today())
    if found is None:
        raise Http404
    return found


def _person_page(
    request: DeskRequest, subject: PersonFile, form: GrantForm, status: int = 200
) -> HttpResponse:
    facts = {"person": subject, "form": form, "agencies": open_agencies(on=clock.today())}
    return render(request, "administration/person.html", facts, status=status)


def _end_page(request: DeskRequest, subject: PersonFile, line: PostLine, form: EndForm) -> HttpResponse:
    facts = {
        "person": subject,
        "post": line,
        "form": form,
        "yesterday": clock.today() - timedelta(days=1),
    }
    return render(request, "administration/end_post.html", facts, status=422 if form.errors else 200)
