"""What a file costs: pure rules, amounts in whole VND.

A fee that nobody published is never zero: it stays without an amount and is named as unknown, so that a clerk
is told what to ask for. Only the kind FREE costs nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class FeeKind(StrEnum):
    """Loại mức phí."""

    FIXED = "fixed"
    FREE = "free"
    COUNCIL = "council"  # set by the provincial council (HĐND tỉnh), not published
    RULE = "rule"  # set by a rule: by steps when it has tiers, else typed by the clerk from the text
    UNKNOWN = "unknown"


class FeeMoment(StrEnum):
    """Thời điểm nộp phí."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    RETURN = "return"


@dataclass(frozen=True)
class Tier:
    """Bậc thu: the price of one unit up to and including the `up_to`-th; None is every unit after."""

    up_to: int | None
    unit_vnd: int


@dataclass(frozen=True)
class FeeRule:
    """Mức phí, lệ phí of a procedure; `variant_id` and `channel` None hold for all of them."""

    name: str
    kind: FeeKind
    amount_vnd: int | None = None
    text: str = ""
    moment: FeeMoment | None = None
    variant_id: int | None = None
    channel: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap_vnd: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class TypedAmount:
    """Số tiền do cán bộ nhập for the rule of that name."""

    name: str
    amount_vnd: int


@dataclass(frozen=True)
class FeeLine:
    """Dòng phí: one rule applied; `amount_vnd` None is not known."""

    name: str
    kind: FeeKind
    amount_vnd: int | None
    text: str
    moment: FeeMoment | None
    unit: str


@dataclass(frozen=True)
class FeeTotal:
    """Tổng phí: `total_vnd` is None as long as one line is not known; `known_vnd` adds those that are."""

    total_vnd: int | None
    lines: tuple[FeeLine, ...]
    unknown: tuple[str, ...]
    known_vnd: int

    @property
    def is_free(self) -> bool:
        return self.total_vnd == 0


def tiers_of(*, ends: Sequence[int], prices: Sequence[int]) -> tuple[Tier, ...]:
    """The steps as the catalogue keeps them: a price more than ends means that the last step has no end."""
    return tuple(Tier(up_to, unit_vnd) for up_to, unit_vnd in zip([*ends, None], prices, strict=False))


class NegativeQuantity(ValueError):
    """Số lượng phải từ 1 trở lên: fewer than one unit or copy, or a negative amount."""


def stepped_vnd(*, quantity: int, tiers: tuple[Tier, ...], cap_vnd: int | None) -> int:
    """The price of `quantity` units (pages, copies) by steps, at most `cap_vnd`; whole VND, no rounding.

    Units beyond the last step that has an end cost nothing more.

    Source: the steps and the cap are data of the procedure; 2,000 đ a page for the first two pages, 1,000 đ
    from the third, at most 200,000 đ a copy is the fee of certified copies.
    """
    total, begun = 0, 0
    for tier in tiers:
        end = quantity if tier.up_to is None else min(quantity, tier.up_to)
        total += max(0, end - begun) * tier.unit_vnd
        begun = max(begun, end)
    return total if cap_vnd is None else min(total, cap_vnd)


def applicable(*, rules: Iterable[FeeRule], variant_id: int | None, channel: int) -> tuple[FeeRule, ...]:
    """Of the rules of each name, the one nearest to the case: variant and channel, variant, channel.

    Rules with other names add up; the order of the first rule of each name is kept.
    """
    nearest: dict[str, FeeRule] = {}
    for rule in rules:
        if rule.variant_id not in (None, variant_id) or rule.channel not in (None, channel):
            continue
        held = nearest.get(rule.name)
        if held is None or _nearness(rule) > _nearness(held):
            nearest[rule.name] = rule
    return tuple(nearest.values())


def _nearness(rule: FeeRule) -> tuple[bool, bool]:
    return rule.variant_id is not None, rule.channel is not None


def compute(
    *,
    rules: Iterable[FeeRule],
    variant_id: int | None,
    channel: int,
    quantity: int = 1,
    copies: int = 1,
    typed: Iterable[TypedAmount] = (),
) -> FeeTotal:
    """What a case pays, line by line.

    `quantity` counts the units of a stepped rule in one copy (pages of the paper, or copies where the unit is
    the copy) and `copies` how many such copies: the cap holds for each copy. A fixed fee depends on neither.
    An amount typed by the clerk holds for the rule of its name where the rule itself gives none.

    No rule at all is not free: the total stays unknown.

    Raises: NegativeQuantity.
    """
    amounts = {entry.name: entry.amount_vnd for entry in typed}
    if quantity < 1 or copies < 1 or any(amount < 0 for amount in amounts.values()):
        raise NegativeQuantity
    lines = tuple(
        _line(rule, quantity=quantity, copies=copies, typed_vnd=amounts.get(rule.name))
        for rule in applicable(rules=rules, variant_id=variant_id, channel=channel)
    )
    known = sum(line.amount_vnd for line in lines if line.amount_vnd is not None)
    unknown = tuple(line.name for line in lines if line.amount_vnd is None)
    complete = bool(lines) and not unknown
    return FeeTotal(total_vnd=known if complete else None, lines=lines, unknown=unknown, known_vnd=known)


def _line(rule: FeeRule, *, quantity: int, copies: int, typed_vnd: int | None) -> FeeLine:
    return FeeLine(
        name=rule.name,
        kind=rule.kind,
        amount_vnd=_amount(rule, quantity=quantity, copies=copies, typed_vnd=typed_vnd),
        text=rule.text,
        moment=rule.moment,
        unit=rule.unit,
    )


def _amount(rule: FeeRule, *, quantity: int, copies: int, typed_vnd: int | None) -> int | None:
    if rule.kind is FeeKind.FREE:
        return 0
    if rule.kind is FeeKind.FIXED:
        return rule.amount_vnd
    if rule.kind is FeeKind.RULE and rule.tiers:
        return copies * stepped_vnd(quantity=quantity, tiers=rule.tiers, cap_vnd=rule.cap_vnd)
    return typed_vnd
