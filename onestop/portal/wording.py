"""What a case's state means to the person who waits for it: one sentence, what to do, what comes next."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.utils.translation import gettext as _

from onestop.pages.parts import Happening
from workflows.states import CLOCK_RUNS, CaseState, StepKind
from workflows.tracking import PublicApplicant, PublicCase, PublicStep


@dataclass(frozen=True)
class Standing:
    """Tình trạng bằng lời: what is going on, what the person must do, what happens next."""

    title: str
    to_do: str
    next: str
    tone: str = ""


@dataclass(frozen=True)
class Milestone:
    """Chặng đường: one of the few stations that a citizen needs to know."""

    label: str
    is_done: bool
    is_here: bool


class _Station(IntEnum):
    RECEIVED = 0
    WORK = 1
    SIGN = 2
    READY = 3
    RETURNED = 4


def standing(case: PublicCase) -> Standing:
    """The state in plain words."""
    if case.state in CLOCK_RUNS:
        return Standing(title=_work(case), to_do=_("Bạn không phải làm gì lúc này."), next=_following(case))
    return _resting()[case.state]


def _work(case: PublicCase) -> str:
    doing = {
        StepKind.EXAMINE: _("Cơ quan đang thẩm định hồ sơ của bạn"),
        StepKind.OPINION: _("Hồ sơ đang chờ ý kiến của cơ quan khác"),
        StepKind.DRAFT: _("Cơ quan đang soạn kết quả cho bạn"),
        StepKind.APPROVE: _("Lãnh đạo đang xem xét, ký kết quả"),
        StepKind.ISSUE: _("Kết quả đang được vào sổ, đóng dấu"),
        StepKind.TAX: _("Cơ quan thuế đang tính nghĩa vụ tài chính"),
    }
    kinds = [step.kind for step in case.open_steps]
    return doing.get(kinds[0], _waiting()) if kinds else _waiting()


def _waiting() -> str:
    return _("Hồ sơ của bạn đang được giải quyết")


def _following(case: PublicCase) -> str:
    if not case.next_title or StepKind.RETURN in {step.kind for step in case.open_steps}:
        return ""
    return _("Bước tiếp theo: %(step)s.") % {"step": case.next_title}


def _resting() -> dict[CaseState, Standing]:
    """The states in which the clock stands: who must act is the first thing to say."""
    ask = _("Hãy hỏi quầy đã nhận hồ sơ để biết phải làm gì.")
    return {
        CaseState.SUBMITTED: Standing(
            _("Hồ sơ của bạn đã gửi, chờ quầy xem"), _("Bạn không phải làm gì lúc này."), ""
        ),
        CaseState.NOT_RECEIVED: Standing(_("Hồ sơ của bạn không được tiếp nhận"), ask, "", "late"),
        CaseState.SUPPLEMENT_ASKED: Standing(_("Cần bạn bổ sung giấy tờ"), ask, "", "wait"),
        CaseState.PAYMENT_ASKED: Standing(_("Cần bạn nộp khoản phải trả"), ask, "", "wait"),
        CaseState.WITHDRAWAL_ASKED: Standing(_("Đang xem yêu cầu rút hồ sơ của bạn"), "", "", "wait"),
        CaseState.STOPPED: Standing(_("Hồ sơ đã dừng xử lý"), ask, "", "late"),
        CaseState.FINISHED: Standing(
            _("Đã có kết quả"),
            _("Mời bạn đến nhận kết quả ở nơi ghi dưới đây."),
            _("Sau khi bạn nhận kết quả, hồ sơ được khép lại."),
        ),
        CaseState.RETURNED: Standing(
            _("Kết quả đã được trả"), _("Hồ sơ đã khép lại. Bạn không phải làm gì thêm."), ""
        ),
    }


def milestones(case: PublicCase) -> tuple[Milestone, ...]:
    """Received, worked on, signed (when the route has it), ready, handed over; at most one is `here`."""
    labels = {
        _Station.RECEIVED: _("Đã nhận hồ sơ"),
        _Station.WORK: _("Giải quyết"),
        _Station.SIGN: _("Ký kết quả"),
        _Station.READY: _("Có kết quả"),
        _Station.RETURNED: _("Bạn nhận kết quả"),
    }
    present = {_Station.RECEIVED, _Station.READY, _Station.RETURNED} | {_station(k) for k in case.kinds}
    here = _here(case)
    return tuple(
        Milestone(labels[at], is_done=at < here or case.state == CaseState.RETURNED, is_here=at == here)
        for at in _Station
        if at in present
    )


def _station(kind: StepKind) -> _Station:
    if kind in (StepKind.APPROVE, StepKind.ISSUE):
        return _Station.SIGN
    return {StepKind.RECEIVE: _Station.RECEIVED, StepKind.RETURN: _Station.READY}.get(kind, _Station.WORK)


def _here(case: PublicCase) -> int:
    if case.state == CaseState.RETURNED:
        return len(_Station)
    return min((_station(step.kind) for step in case.open_steps), default=_Station.RECEIVED)


def happenings(case: PublicCase) -> tuple[Happening, ...]:
    """What happened, newest first; what is open stands on top."""
    done = sorted((s for s in case.steps if s.finished_at), key=lambda s: s.finished_at or s.since)
    return (*(_now(step) for step in case.open_steps), *(_past(step) for step in reversed(done)))


def _now(step: PublicStep) -> Happening:
    waits = step.kind is StepKind.RETURN
    words = _("Chờ bạn đến nhận kết quả") if waits else _("Đang làm: %(step)s") % {"step": step.title}
    return Happening(at=step.since, who=words, what="", note=step.agency, is_now=True)


def _past(step: PublicStep) -> Happening:
    words = _("Chuyển lại bước trước để làm thêm") if step.was_sent_back else step.title
    at: datetime = step.finished_at or step.since
    return Happening(at=at, who=words, what="", note=step.agency, is_stop=step.was_sent_back)


def masked_name(applicant: PublicApplicant) -> str:
    """A person's given name after the first letters of the others; an organisation's name is public."""
    words = applicant.name.split()
    if applicant.is_organisation or len(words) < 2:
        return applicant.name
    return " ".join([*(f"{word[0]}." for word in words[:-1]), words[-1]])
