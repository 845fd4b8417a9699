"""Is a route sound? Stages in order with steps side by side are sound by construction, if these hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.states import StepKind


@dataclass(frozen=True)
class StepFact:
    """Bước: what the check needs of a step. `minutes` are working minutes, None when not known."""

    key: str
    stage: int
    kind: StepKind
    minutes: int | None
    conditional: bool = False
    named_at_run_time: bool = False
    return_to: str = ""


@dataclass(frozen=True)
class Fault:
    """Lỗi quy trình: which step is wrong and the sentence that says what to mend."""

    step: str
    sentence: str


def faults(steps: Sequence[StepFact], *, legal_minutes: int | None) -> tuple[Fault, ...]:
    """Everything that keeps a route from being published; empty when it is sound.

    `legal_minutes` is the statutory limit in working minutes, None when unknown.
    Source: engine notes, section 5; the sum of step times within the law: decisions of
    Nghệ An on internal processes (1 day = 8 h).
    """
    if not steps:
        return (Fault("", "Quy trình chưa có bước nào."),)
    return (
        *_key_faults(steps),
        *_stage_faults(steps),
        *_edge_faults(steps),
        *_return_faults(steps),
        *_time_faults(steps, legal_minutes),
    )


def _key_faults(steps: Sequence[StepFact]) -> list[Fault]:
    counted = Counter(step.key for step in steps)
    return [
        Fault(key, f"Mã bước “{key}” dùng {n} lần; mỗi bước cần một mã riêng.")
        for key, n in counted.items()
        if n > 1
    ]


def _stage_faults(steps: Sequence[StepFact]) -> list[Fault]:
    stages = sorted({step.stage for step in steps})
    if stages != list(range(1, len(stages) + 1)):
        return [Fault("", f"Số giai đoạn phải liền nhau từ 1; đang có {', '.join(map(str, stages))}.")]
    return []


def _edge_faults(steps: Sequence[StepFact]) -> list[Fault]:
    found = []
    first, last = min(s.stage for s in steps), max(s.stage for s in steps)
    for stage, kind, word in ((first, StepKind.RECEIVE, "tiếp nhận"), (last, StepKind.RETURN, "trả kết quả")):
        here = [step for step in steps if step.stage == stage]
        if len(here) != 1 or here[0].kind is not kind or here[0].conditional:
            place = "đầu tiên" if stage == first else "cuối cùng"
            found.append(
                Fault(here[0].key, f"Giai đoạn {place} phải có đúng một bước {word}, không kèm điều kiện.")
            )
    for step in steps:
        if step.kind in (StepKind.RECEIVE, StepKind.RETURN) and step.stage not in (first, last):
            found.append(
                Fault(step.key, f"Bước “{step.key}” nằm giữa quy trình; chỉ tiếp nhận ở đầu và trả ở cuối.")
            )
    return found


def _return_faults(steps: Sequence[StepFact]) -> list[Fault]:
    by_key = {step.key: step for step in steps}
    together = Counter(step.stage for step in steps)
    found = []
    for step in (s for s in steps if s.return_to):
        target = by_key.get(step.return_to)
        if target is None or target.stage >= step.stage or target.kind is StepKind.RECEIVE:
            found.append(
                Fault(step.key, f"Bước “{step.key}” trả về “{step.return_to}”, không phải một bước trước nó.")
            )
        elif together[step.stage] > 1 or step.named_at_run_time:
            found.append(
                Fault(step.key, f"Bước “{step.key}” chạy song song nên không được trả về bước trước.")
            )
    return found


def _time_faults(steps: Sequence[StepFact], legal_minutes: int | None) -> list[Fault]:
    found = [
        Fault(step.key, f"Thời gian của bước “{step.key}” phải lớn hơn 0.")
        for step in steps
        if step.minutes is not None
        and (step.minutes < 0 or (step.minutes == 0 and step.kind is not StepKind.RETURN))
    ]
    total = longest_minutes(steps)
    if legal_minutes is not None and total > legal_minutes:
        found.append(
            Fault(
                "",
                f"Các bước cộng lại {total / 60:g} giờ, vượt thời hạn luật định {legal_minutes / 60:g} giờ.",
            )
        )
    return found


def longest_minutes(steps: Sequence[StepFact]) -> int:
    """Working minutes that the route takes: the longest step of each stage, added up; unknown counts as 0."""
    longest: dict[int, int] = {}
    for step in steps:
        longest[step.stage] = max(longest.get(step.stage, 0), step.minutes or 0)
    return sum(longest.values())
