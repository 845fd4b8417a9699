"""Trả kết quả, sổ theo dõi và tìm hồ sơ tại quầy."""

import tempfile
from collections import deque
from datetime import datetime

import xlsxwriter
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestop import clock
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.models import Agency, Role
from onestop.agencies.refusals import Refusal
from onestop.clock import VIETNAM
from onestop.desk.counters import counter_of, counters
from onestop.pages.formats import short_moment
from receipts.papers import PaperKind, RegisterPage, RegisterRow
from receipts.register import issue
from workflows.handback import ReceiverNeeded, return_result
from workflows.paper_parts import office_of
from workflows.registers import (
    CaseLine,
    case_at_counter,
    find_cases,
    line_of,
    register_lines,
    register_page,
    to_return,
)
from workflows.states import STATE_NAMES, CaseState

READERS = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR)
FIRST_YEAR = 2012
HEADINGS = (
    "STT", "Mã hồ sơ", "Tên thủ tục", "Người nộp", "Địa chỉ", "Điện thoại", "Cơ quan giải quyết",
    "Ngày tiếp nhận", "Ngày hẹn trả", "Có kết quả", "Trả kết quả", "Người nhận", "Trạng thái",
)  # fmt: skip
PAPER_ROWS = 200


@require_GET
@post_required(Role.CLERK)
def waiting_results(request: DeskRequest) -> HttpResponse:
    """Results to return; a scanned or typed code leads straight to its hand-over."""
    counter = counter_of(request)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        exact = case_at_counter(code=words, counter_id=counter.pk)
        if exact is not None:
            return redirect("counter:hand_over", code=exact.code)
    found = to_return(counter_id=counter.pk, words=words, page=request.GET.get("trang", ""))
    facts = {
        "counter": counter,
        "counters": counters(request),
        "words": words,
        "page": found,
        "lines": [line_of(row) for row in found.object_list],
        "now": clock.now(),
    }
    return render(request, "desk/counter/returning.html", facts)


@require_http_methods(["GET", "POST"])
@post_required(Role.CLERK)
def hand_over(request: DeskRequest, code: str) -> HttpResponse:
    """Who receives the result; when it is given, result and time are fixed."""
    line = _own_case(request, code)
    problem, status = "", 200
    if request.method == "POST":
        try:
            return_result(
                case_id=line.id,
                actor=request.actor,
                receiver_name=request.POST.get("nguoi_nhan", "")[:200],
                receiver_id_number=request.POST.get("so", "")[:20],
                note=request.POST.get("ghi_chu", "")[:500],
                now=clock.now(),
            )
        except Refusal as refused:
            problem = refused.sentence
            status = 422 if isinstance(refused, ReceiverNeeded) else 409
        else:
            told = {"code": line.code, "name": request.POST.get("nguoi_nhan", "")[:200]}
            messages.success(request, _("Đã trả kết quả hồ sơ %(code)s cho %(name)s.") % told)
            return redirect("counter:returning")
    facts = {
        "case": line,
        "problem": problem,
        "typed": request.POST,
        "is_ready": line.state == CaseState.FINISHED,
    }
    return render(request, "desk/counter/hand_over.html", facts, status=status)


def _own_case(request: DeskRequest, code: str) -> CaseLine:
    for post in counters(request):
        line = case_at_counter(code=code, counter_id=post.agency_id)
        if line is not None:
            return line
    raise Http404


def _year(request: DeskRequest) -> int:
    text, this_year = request.POST.get("nam") or request.GET.get("nam", ""), clock.today().year
    asked = int(text) if text.isdecimal() and len(text) == len(str(this_year)) else this_year
    return asked if FIRST_YEAR <= asked <= this_year else this_year


@require_GET
@post_required(Role.CLERK)
def case_register(request: DeskRequest) -> HttpResponse:
    """Sổ theo dõi of a counter and year."""
    counter, year = counter_of(request), _year(request)
    found = register_page(counter_id=counter.pk, year=year, page=request.GET.get("trang", ""))
    facts = {
        "counter": counter,
        "year": year,
        "counters": counters(request),
        "years": range(clock.today().year, clock.today().year - 3, -1),
        "page": found,
        "lines": [line_of(row) for row in found.object_list],
        "now": clock.now(),
    }
    return render(request, "desk/counter/register.html", facts)


@require_GET
@post_required(Role.CLERK)
def case_register_xlsx(request: DeskRequest) -> FileResponse:
    """The same register as a workbook, written row by row to a file and sent from it in parts."""
    counter, year = counter_of(request), _year(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(f"Sổ theo dõi {year}"[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, len(HEADINGS), 22)
        sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True, "bottom": 1}))
        for number, line in enumerate(register_lines(counter_id=counter.pk, year=year), start=1):
            sheet.write_row(number, 0, _cells(number, line))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file.seek(0)
    name = f"so-theo-doi-{counter.key}-{year}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def _cells(number: int, line: CaseLine) -> list[str | int]:
    moments = [_moment(at) for at in (line.received_at, line.due_at, line.done_at, line.returned_at)]
    return [
        number, line.code, line.procedure_name, line.applicant_name, line.applicant_address,
        line.applicant_phone, line.competent_name, *moments, line.receiver_name or "",
        STATE_NAMES[CaseState(line.state)],
    ]  # fmt: skip


def _moment(at: datetime | None) -> str:
    return short_moment(at.astimezone(VIETNAM)) if at else ""


@require_POST
@post_required(Role.CLERK)
def print_register(request: DeskRequest) -> HttpResponse:
    """A page of the register as its official paper, numbered and kept."""
    counter, now, year = counter_of(request), clock.now(), _year(request)
    numbered = enumerate(register_lines(counter_id=counter.pk, year=year), start=1)
    lines = deque(numbered, maxlen=PAPER_ROWS)
    paper = RegisterPage(
        office=office_of(counter),
        book=f"01/{year}",
        period=_period(year, lines),
        rows=tuple(_row(number, line, counter) for number, line in lines),
    )
    issued = issue(
        paper=paper,
        kind=PaperKind.REGISTER_PAGE,
        agency_id=counter.pk,
        agency_code=counter.code or "",
        issued_by=request.actor.name,
        issued_on=now,
    )
    return redirect("counter:paper", token=issued.token)


def _period(year: int, lines: deque[tuple[int, CaseLine]]) -> str:
    if not lines or lines[0][0] == 1:
        return f"năm {year}"
    return f"năm {year}, từ số thứ tự {lines[0][0]} đến {lines[-1][0]}"


def _row(number: int, line: CaseLine, counter: Agency) -> RegisterRow:
    contact = ", ".join(part for part in (line.applicant_address, line.applicant_phone) if part)
    return RegisterRow(
        ordinal=number,
        case_code=line.code,
        procedure_name=line.procedure_name,
        applicant_name=line.applicant_name,
        address_and_phone=contact,
        handling_agency=line.competent_name or counter.name,
        received_at=line.received_at,
        due_at=line.due_at,
        returned_at=line.returned_at,
        signed_by=line.receiver_name or "",
        result_at=line.done_at,
    )


@require_GET
@post_required(*READERS)
def finding(request: DeskRequest) -> HttpResponse:
    """Any case one may see, by a few signs."""
    words = request.GET.get("q", "").strip()[:100]
    found = find_cases(words=words, actor=request.actor, page=request.GET.get("trang", "")) if words else None
    facts = {
        "words": words,
        "find_words": words,
        "page": found,
        "lines": [line_of(row) for row in found.object_list] if found else [],
        "now": clock.now(),
    }
    return render(request, "desk/counter/finding.html", facts)
