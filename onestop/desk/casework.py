"""Việc của tôi và trang hồ sơ: what is due first, and one case with everything an officer needs."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onestop import clock
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.models import Role
from onestop.desk.casework_lines import PART_NAMES, due_mark, tabs
from onestop.desk.casework_page import CasePage, shown
from onestop.pages.parts import Key
from receipts import register
from workflows.case_facts import FoundCase, find_case
from workflows.control_sheet import issue_control_sheet
from workflows.presence import arrive, others_at
from workflows.worklists import Part, Wanted, worklist

WORKERS = (Role.CLERK, Role.OFFICER, Role.HEAD)
READERS = (*WORKERS, Role.SUPERVISOR)


@require_GET
@post_required(*WORKERS)
def my_work(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    asked = request.GET.get("loc", "")
    part = Part(asked) if asked in set(Part) else Part.ALL
    words = request.GET.get("tu", "").strip()[:100]
    found = worklist(
        wanted=Wanted(actor=request.actor, now=now, part=part, words=words), page=request.GET.get("trang", "")
    )
    facts = {
        "now": now,
        "part": part,
        "part_name": PART_NAMES[part],
        "words": words,
        "tabs": tabs(found.counts, part=part, words=words),
        "lines": [(item, due_mark(item, now=now)) for item in found.items],
        "page": found.page,
        "desk_counts": {} if words else {"/xu-ly/": found.counts[Part.ALL]},
        "keys": [
            Key(("J",), _("xuống")),
            Key(("K",), _("lên")),
            Key(("Enter",), _("mở hồ sơ")),
            Key(("F",), _("tìm trong danh sách")),
        ],
    }
    return render(request, "desk/casework/worklist.html", facts)


@require_GET
@post_required(*READERS)
def case(request: DeskRequest, code: str) -> HttpResponse:
    found = case_or_404(request, code)
    arrive(case_id=found.id, actor=request.actor, now=clock.now())
    return shown(request, CasePage(found))


@require_GET
@post_required(*READERS)
def presence(request: DeskRequest, code: str) -> HttpResponse:
    """Asked by the open page every 15 seconds: who else is here, and whether the case went on meanwhile."""
    found = case_or_404(request, code)
    now = clock.now()
    arrive(case_id=found.id, actor=request.actor, now=now)
    seen = request.GET.get("seen", "")
    facts = {
        "others": others_at(case_id=found.id, actor=request.actor, now=now),
        "has_changed": seen.isdecimal() and int(seen) < found.event_seq,
        "case": found,
    }
    return render(request, "desk/casework/presence.html", facts)


@require_POST
@post_required(*READERS)
def control_sheet(request: DeskRequest, code: str) -> HttpResponse:
    found = case_or_404(request, code)
    issued = issue_control_sheet(case_id=found.id, actor=request.actor, now=clock.now())
    return redirect("casework:paper", code=found.code, token=issued.token)


@require_GET
@post_required(*READERS)
def paper(request: DeskRequest, code: str, token: str) -> HttpResponse:
    """The PDF of a paper issued for this case."""
    found = case_or_404(request, code)
    issued = register.find(token)
    if issued is None or issued.case_code != found.code:
        raise Http404
    try:
        content = register.pdf_of(issued)
    except register.PrintingFailed as failure:
        return shown(request, CasePage(found, problem=failure.sentence, status=503))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{issued.kind}-{issued.token}.pdf"'
    return answer


def case_or_404(request: DeskRequest, code: str, task_id: int | None = None) -> FoundCase:
    """A case one has no part in answers like one that does not exist."""
    found = find_case(code=code, actor=request.actor, task_id=task_id)
    if found is None:
        raise Http404
    return found
