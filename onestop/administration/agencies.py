"""The directory of agencies: who exists, since when, what came before and after."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onestop import clock
from onestop.administration.paging import page_number
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.directory import Group, agency_file, directory, group_counts
from onestop.agencies.people import holders_at


@require_GET
@post_required()
def agencies(request: DeskRequest) -> HttpResponse:
    today = clock.today()
    words = request.GET.get("q", "")[:60].replace("\0", "")
    asked = request.GET.get("nhom", "")
    group = Group(asked) if asked in set(Group) else Group.PROVINCE
    facts = {
        "group": group,
        "words": words,
        "tabs": group_counts(on=today),
        "page": directory(group=group, words=words, on=today, page=page_number(request)),
    }
    return render(request, "administration/agencies.html", facts)


@require_GET
@post_required()
def agency(request: DeskRequest, key: str) -> HttpResponse:
    found = agency_file(key=key)
    if found is None:
        raise Http404
    ids = frozenset({found.row.agency_id, *(unit.agency_id for unit in found.units)})
    holders = holders_at(agency_ids=ids, on=clock.today())
    return render(request, "administration/agency.html", {"agency": found, "holders": holders})
