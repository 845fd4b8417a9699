"""Tiếp nhận: one page from the procedure to the receipt, and what became of it."""

from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from onestop import clock
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.models import Agency, Role
from onestop.agencies.refusals import Refusal
from onestop.desk.counters import counter_of, counters
from onestop.desk.reception_draft import BadField, Draft, intake_form, read_draft
from onestop.desk.reception_page import Trouble, chosen, page
from onestop.working_days import CalendarNotPublished
from receipts import register
from workflows.intake import Decided, accept, guide, refuse
from workflows.registers import counter_today, intake_result

ACTS = ("tiep-nhan", "bo-sung", "tu-choi")


@require_GET
@post_required(Role.CLERK)
def counter_home(request: DeskRequest) -> HttpResponse:
    """Quầy hôm nay: what came in, what waits to be returned."""
    counter = counter_of(request)
    today = counter_today(counter_id=counter.pk, now=clock.now())
    facts = {"counter": counter, "counters": counters(request), "today": today, "now": clock.now()}
    return render(request, "desk/counter/home.html", facts)


@require_http_methods(["GET", "POST"])
@post_required(Role.CLERK)
def intake(request: DeskRequest) -> HttpResponse:
    """The page re-reads itself until one of the three acts ends it."""
    counter, now = counter_of(request), clock.now()
    draft = read_draft((request.POST if request.method == "POST" else request.GET).dict())
    if request.method == "POST" and draft.text("viec") in ACTS:
        try:
            _decide(request, draft, counter)
        except BadField as bad:
            return page(
                request, draft=draft, counter=counter, now=now, trouble=Trouble(bad.sentence, bad.field)
            )
        except (Refusal, CalendarNotPublished) as refused:
            return page(request, draft=draft, counter=counter, now=now, trouble=Trouble(refused.sentence))
        except DatabaseError:
            return page(request, draft=draft, counter=counter, now=now, trouble=_database_trouble())
        return redirect("counter:decided", key=draft.key)
    return page(request, draft=draft, counter=counter, now=now)


def _database_trouble() -> Trouble:
    sentence = _(
        "Cơ sở dữ liệu không ghi được lúc này nên chưa có hồ sơ, mã số hay giấy nào được lập."
        " Điều bạn đã nhập vẫn còn; hãy bấm lại sau ít phút."
    )
    return Trouble(sentence, status=503)


def _decide(request: DeskRequest, draft: Draft, counter: Agency) -> Decided:
    now = clock.now()
    choice = chosen(draft, counter=counter, now=now, with_plan=False)
    if choice is None:
        raise BadField("tu", _("Hãy chọn thủ tục trước."))
    form = intake_form(
        draft,
        counter_id=counter.pk,
        offer=choice.offer,
        variant_id=choice.variant_id,
        competent_id=choice.competent_id,
    )
    if draft.text("viec") == "tiep-nhan":
        return accept(form=form, actor=request.actor, now=now)
    act = guide if draft.text("viec") == "bo-sung" else refuse
    return act(form=form, reason=draft.text("ly_do", 1000), actor=request.actor, now=now)


@require_GET
@post_required(Role.CLERK)
def decided(request: DeskRequest, key: UUID) -> HttpResponse:
    """What the act came to, with the paper to print."""
    row = intake_result(key=key, counter_ids=request.actor.agency_ids(Role.CLERK))
    if row is None:
        raise Http404
    return render(request, "desk/counter/decided.html", {"intake": row, "case": row.case})


@require_GET
@post_required(Role.CLERK)
def paper(request: DeskRequest, token: str) -> HttpResponse:
    """The PDF of a paper this counter issued. A printer that fails undoes nothing."""
    issued = register.find(token)
    if issued is None or issued.agency_id not in request.actor.agency_ids(Role.CLERK):
        raise Http404
    try:
        content = register.pdf_of(issued)
    except register.PrintingFailed as failed:
        facts = {"sentence": failed.sentence, "token": token}
        return render(request, "desk/counter/not_printed.html", facts, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{issued.kind}-{issued.token}.pdf"'
    return answer
