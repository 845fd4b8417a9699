"""The acts on a case: one POST, one call to the engine, a redirect; a refusal keeps what was typed."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from onestop import clock
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.refusals import Refusal
from onestop.desk.casework import WORKERS, case_or_404
from onestop.desk.casework_page import CasePage, shown
from workflows.access import NotYours
from workflows.case_facts import FoundCase
from workflows.cases import (
    AlreadyDone,
    CaseChanged,
    OutcomeNotOffered,
    ReasonMissing,
    TakenByOther,
    complete,
    release,
    take,
)
from workflows.states import Outcome
from workflows.worklists import Wanted, next_due


class Deed(StrEnum):
    """Việc làm: the button that was pressed."""

    TAKE = "nhan"
    RELEASE = "tra-lai"
    FINISH = "xong"
    APPROVE = "duyet"
    SEND_BACK = "chuyen-lai"


OUTCOMES = {
    Deed.FINISH: Outcome.DONE,
    Deed.APPROVE: Outcome.APPROVED,
    Deed.SEND_BACK: Outcome.SENT_BACK,
}
SAID: dict[Deed, Promise] = {
    Deed.TAKE: gettext_lazy("Bạn đang giữ hồ sơ %(code)s."),
    Deed.RELEASE: gettext_lazy("Đã trả hồ sơ %(code)s lại cho đơn vị."),
    Deed.FINISH: gettext_lazy("Đã xong bước, hồ sơ %(code)s đã chuyển tiếp."),
    Deed.APPROVE: gettext_lazy("Đã duyệt hồ sơ %(code)s."),
    Deed.SEND_BACK: gettext_lazy("Đã chuyển hồ sơ %(code)s lại bước trước."),
}
# Somebody was faster, or the act does not fit any more.
STATUS = {CaseChanged: 409, AlreadyDone: 409, TakenByOther: 409, ReasonMissing: 422, OutcomeNotOffered: 422}


@dataclass(frozen=True)
class _Asked:
    """Yêu cầu: what the form brought."""

    deed: Deed
    task_id: int
    seen: int
    note: str


@require_POST
@post_required(*WORKERS)
def act(request: DeskRequest, code: str, task_id: int) -> HttpResponse:
    """Take, give back, finish, approve or send back one task."""
    case = case_or_404(request, code, task_id)
    asked = _asked(request, task_id)
    if asked is None:
        return HttpResponseBadRequest(_("Yêu cầu thiếu thông tin. Hãy tải lại trang hồ sơ."))
    try:
        _do(request, asked)
    except NotYours as refusal:
        raise PermissionDenied(refusal.sentence) from refusal
    except (CaseChanged, AlreadyDone, TakenByOther, ReasonMissing, OutcomeNotOffered) as refusal:
        return _refused(request, case, asked, refusal)
    return _done(request, case, asked)


def _asked(request: DeskRequest, task_id: int) -> _Asked | None:
    deed, seen = request.POST.get("viec", ""), request.POST.get("seen", "")
    if deed not in set(Deed) or not seen.isdecimal():
        return None
    note = request.POST.get("ghi_chu", "").replace("\r\n", "\n")
    return _Asked(Deed(deed), task_id, int(seen), note)


def _do(request: DeskRequest, asked: _Asked) -> None:
    now = clock.now()
    if asked.deed is Deed.TAKE:
        take(task_id=asked.task_id, actor=request.actor, seen=asked.seen, now=now)
    elif asked.deed is Deed.RELEASE:
        release(task_id=asked.task_id, actor=request.actor, seen=asked.seen, now=now)
    else:
        complete(
            task_id=asked.task_id,
            actor=request.actor,
            outcome=OUTCOMES[asked.deed],
            note=asked.note,
            seen=asked.seen,
            now=now,
        )


def _refused(request: DeskRequest, case: FoundCase, asked: _Asked, refusal: Refusal) -> HttpResponse:
    """The same page as the case stands now, with what was typed and what happened meanwhile."""
    lacks_reason = isinstance(refusal, ReasonMissing)
    page = CasePage(
        case,
        problem="" if lacks_reason else refusal.sentence,
        changes=refusal.changes if isinstance(refusal, CaseChanged) else (),
        task_id=asked.task_id,
        note=asked.note,
        note_error=refusal.sentence if lacks_reason else "",
        status=STATUS[type(refusal)],
    )
    return shown(request, page)


def _done(request: DeskRequest, case: FoundCase, asked: _Asked) -> HttpResponse:
    said = str(SAID[asked.deed]) % {"code": case.code}
    if asked.deed is Deed.TAKE:
        messages.success(request, said)
        return redirect("casework:case", code=case.code)
    following = next_due(wanted=Wanted(actor=request.actor, now=clock.now()))
    if following:
        address = reverse("casework:case", kwargs={"code": following})
        link = _("Mở việc đến hạn tiếp theo: %(code)s") % {"code": following}
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, address, link))
    else:
        messages.success(request, said + " " + _("Bạn không còn việc nào đang chờ."))
    return redirect("casework:worklist")
