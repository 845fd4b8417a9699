"""The page of one case, as it stands and after an act that was refused."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onestop import clock
from onestop.agencies.access import DeskRequest
from onestop.pages import formats
from onestop.pages.parts import Happening, Key
from onestop.pages.route_drawing import RouteStep, StepLook
from procedures.channels import Channel
from receipts.models import KIND_NAMES
from receipts.papers import PaperKind
from receipts.register import papers_of
from workflows.access import WORKING
from workflows.case_facts import FoundCase, LogLine, MyTask, StepFacts, case_facts
from workflows.cases import Change
from workflows.presence import others_at

CHANNEL_NAMES: dict[Channel, Promise] = {
    Channel.DIRECT: gettext_lazy("Nộp tại quầy"),
    Channel.ONLINE: gettext_lazy("Nộp trực tuyến"),
    Channel.POST: gettext_lazy("Nộp qua bưu chính"),
}


@dataclass(frozen=True)
class CasePage:
    """Trang hồ sơ: the case and, after a refusal, what it says and what had been typed."""

    case: FoundCase
    problem: str = ""
    changes: tuple[Change, ...] = ()
    task_id: int = 0
    note: str = ""
    note_error: str = ""
    status: int = 200


def shown(request: DeskRequest, page: CasePage) -> HttpResponse:
    """The page, with who else has it open."""
    now = clock.now()
    facts = case_facts(case_id=page.case.id, actor=request.actor, now=now)
    has_list = any(request.actor.has(role) for role in WORKING)
    context = {
        "page": page,
        "case": facts.case,
        "facts": facts,
        "channel": CHANNEL_NAMES[Channel(facts.case.channel)],
        "steps": [route_step(step) for step in facts.steps],
        "begun": [step for step in facts.steps if step.is_open or step.is_done],
        "open_steps": [step for step in facts.steps if step.is_open],
        "items": [happening(line, is_newest=n == 0) for n, line in enumerate(facts.log)],
        "issued": [(paper, KIND_NAMES[PaperKind(paper.kind)]) for paper in papers_of(page.case.code)],
        "others": others_at(case_id=page.case.id, actor=request.actor, now=now),
        "keys": keys(facts.tasks, has_list=has_list),
        "has_list": has_list,
        "noted_task_id": noted_task(page, facts.tasks),
    }
    return render(request, "desk/casework/case.html", context, status=page.status)


def noted_task(page: CasePage, tasks: tuple[MyTask, ...]) -> int:
    """Whose field keeps the note typed before: the same task's, or that of the one task there is now."""
    ids = [task.id for task in tasks if task.may_work and not task.is_return]
    if page.task_id in ids:
        return page.task_id
    return ids[0] if page.note and len(ids) == 1 else 0


def route_step(step: StepFacts) -> RouteStep:
    """A step as the drawing shows it."""
    return RouteStep(
        title=step.title,
        lane=step.agency_name,
        stage=step.stage,
        look=_look(step),
        note=_note(step),
        is_opinion=step.is_opinion,
    )


def _look(step: StepFacts) -> StepLook:
    if step.is_done:
        return StepLook.DONE
    if step.is_open:
        return StepLook.PROBLEM if step.is_late else StepLook.HERE
    return StepLook.AHEAD


def _note(step: StepFacts) -> str:
    if step.finished_at:
        return _("xong %(day)s") % {"day": formats.short_day(timezone.localtime(step.finished_at))}
    if step.is_open and step.due_at:
        words = _("quá hạn %(at)s") if step.is_late else _("đến %(at)s")
        return words % {"at": f"{timezone.localtime(step.due_at):%H:%M %d/%m}"}
    return ""


def happening(line: LogLine, *, is_newest: bool) -> Happening:
    """A line of the log as the timeline shows it."""
    what = [line.act.lower() if line.person else line.act]
    if line.step:
        what.append(_("ở bước “%(step)s”") % {"step": line.step})
    if line.to_agency:
        what.append(_("chuyển đến %(agency)s") % {"agency": line.to_agency})
    notes = [line.post]
    if line.reason:
        notes.append(_("Ý kiến: %(reason)s") % {"reason": line.reason})
    if line.paper:
        notes.append(_("Giấy số %(number)s") % {"number": line.paper})
    return Happening(
        at=line.at,
        who=line.person,
        what=", ".join(what),
        note=". ".join(notes),
        is_now=is_newest,
        is_stop=line.is_send_back,
    )


def keys(tasks: tuple[MyTask, ...], *, has_list: bool) -> list[Key]:
    """The keys of the page; those of acts only where there is one."""
    listed = [Key(("Alt", "0"), _("về danh sách"))] if has_list else []
    working = [task for task in tasks if task.may_work and not task.is_return]
    if working:
        listed.insert(0, Key(("Ctrl", "Enter"), _("duyệt") if working[0].is_approval else _("xong bước")))
        listed.insert(1, Key(("Alt", "1"), _("ghi ý kiến")))
    return listed
