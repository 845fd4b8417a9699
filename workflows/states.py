"""What a case can be, which acts move it, and who may do them: tables, no code to read around."""

from enum import IntEnum, StrEnum


class CaseState(IntEnum):
    """Trạng thái hồ sơ: the ten national codes.

    Source: the status list shared by the national portal's adapter guide and provincial systems (domain 4.1).
    """

    SUBMITTED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


STATE_NAMES: dict[CaseState, str] = {
    CaseState.SUBMITTED: "Mới đăng ký",
    CaseState.RECEIVED: "Được tiếp nhận",
    CaseState.NOT_RECEIVED: "Không được tiếp nhận",
    CaseState.PROCESSING: "Đang xử lý",
    CaseState.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    CaseState.PAYMENT_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    CaseState.WITHDRAWAL_ASKED: "Công dân yêu cầu rút hồ sơ",
    CaseState.STOPPED: "Dừng xử lý",
    CaseState.FINISHED: "Đã xử lý xong",
    CaseState.RETURNED: "Đã trả kết quả",
}

# The clock runs in these states and no other. Source: domain 4.1, column "Clock".
CLOCK_RUNS = frozenset({CaseState.RECEIVED, CaseState.PROCESSING})
OPEN_STATES = frozenset(CaseState) - {
    CaseState.NOT_RECEIVED,
    CaseState.STOPPED,
    CaseState.FINISHED,
    CaseState.RETURNED,
}

# Source: domain 4.2. The acts of supplement, payment and withdrawal come later; their moves are law already.
MOVES: frozenset[tuple[CaseState, CaseState]] = frozenset(
    (CaseState(source), CaseState(target))
    for source, targets in {
        1: (2, 3, 5, 7),
        2: (4, 9),
        4: (5, 6, 7, 8, 9),
        5: (4, 7, 8),
        6: (4, 7, 8),
        7: (4, 5, 6, 8),
        8: (4,),
        9: (10, 4),
    }.items()
    for target in targets
)


class Act(StrEnum):
    """Hành vi: what a person did to a case, as written in its log."""

    ACCEPT = "accept"
    TAKE = "take"
    RELEASE = "release"
    FORWARD = "forward"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    RETURN = "return"


class StepKind(StrEnum):
    """Loại bước: what sort of work a step of a route is."""

    RECEIVE = "receive"
    EXAMINE = "examine"
    OPINION = "opinion"
    DRAFT = "draft"
    APPROVE = "approve"
    ISSUE = "issue"
    TAX = "tax"
    OTHER = "other"
    RETURN = "return"


class Outcome(StrEnum):
    """Kết quả bước: how a step was finished."""

    DONE = "done"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    HANDED_BACK = "handed_back"


def outcomes_of(kind: StepKind, *, can_send_back: bool) -> tuple[Outcome, ...]:
    """The ways in which a step of this kind can be finished, the usual one first."""
    if kind is StepKind.RETURN:
        return (Outcome.HANDED_BACK,)
    usual = Outcome.APPROVED if kind is StepKind.APPROVE else Outcome.DONE
    return (usual, Outcome.SENT_BACK) if can_send_back else (usual,)


ACT_OF_OUTCOME: dict[Outcome, Act] = {
    Outcome.DONE: Act.FORWARD,
    Outcome.APPROVED: Act.APPROVE,
    Outcome.SENT_BACK: Act.SEND_BACK,
    Outcome.HANDED_BACK: Act.RETURN,
}
