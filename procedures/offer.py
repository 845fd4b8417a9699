"""Everything a counter needs to take in one file of one procedure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from onestop.agencies.refusals import Refusal
from onestop.working_days import Counting, CutOff, Duration, Unit
from procedures.channels import Channel
from procedures.fees import FeeKind, FeeMoment, FeeRule, FeeTotal, TypedAmount, compute, tiers_of
from procedures.models import (
    Fee,
    Need,
    PaperRequirement,
    ProcedureVersion,
    Result,
    TimeLimit,
    Variant,
)


class UnknownVariant(Refusal):
    """Trường hợp không có: the procedure has no such case."""

    def __init__(self, *, version_id: int, name: str, variant_id: int) -> None:
        self.version_id = version_id
        self.variant_id = variant_id
        super().__init__(_("Thủ tục “%(name)s” không có trường hợp đã chọn.") % {"name": name})


class NotPublished(Refusal):
    """Chưa công bố: a draft cannot be offered to anybody."""

    def __init__(self, *, version_id: int) -> None:
        self.version_id = version_id
        super().__init__(_("Phiên bản thủ tục này chưa được công bố nên chưa thể tiếp nhận hồ sơ."))


@dataclass(frozen=True)
class VariantFact:
    id: int
    name: str


@dataclass(frozen=True)
class PaperFact:
    """Giấy tờ phải nộp: `required` only where it is asked of everybody; else `condition` says when.

    `originals` and `copies` are 0 where the source gives no count (`counts_are_known` is False then).
    """

    id: int
    name: str
    originals: int
    copies: int
    required: bool
    template: str
    group: str
    need: Need
    condition: str
    counts_are_known: bool


@dataclass(frozen=True)
class LimitFact:
    """Thời hạn: `duration` None is not published."""

    duration: Duration | None
    counting: Counting
    cut_off: CutOff | None
    note: str


@dataclass(frozen=True)
class ResultFact:
    name: str
    code: str


@dataclass(frozen=True)
class Offer:
    """Nội dung tiếp nhận of one version, variant and channel."""

    version_id: int
    procedure_id: int
    code: str | None
    name: str
    field: str
    variants: tuple[VariantFact, ...]
    papers: tuple[PaperFact, ...]
    limit: LimitFact
    fees: FeeTotal
    results: tuple[ResultFact, ...]
    competent_id: int | None
    level: str
    legal_basis: tuple[str, ...]
    conditions: str


@dataclass(frozen=True)
class _Limit:
    variant_id: int | None
    channel: int | None
    fact: LimitFact


@dataclass(frozen=True)
class _Paper:
    variant_id: int | None
    fact: PaperFact


@dataclass(frozen=True)
class _Facts:
    """All parts of a published version, which never change: read once a process."""

    version_id: int
    procedure_id: int
    code: str | None
    name: str
    field: str
    level: str
    competent_id: int | None
    legal_basis: tuple[str, ...]
    conditions: str
    variants: tuple[VariantFact, ...]
    papers: tuple[_Paper, ...]
    limits: tuple[_Limit, ...]
    fees: tuple[FeeRule, ...]
    results: tuple[ResultFact, ...]


NO_LIMIT = LimitFact(duration=None, counting=Counting.CIVIL, cut_off=None, note="")


def offer(
    *,
    version_id: int,
    variant_id: int | None,
    channel: Channel,
    quantity: int = 1,
    copies: int = 1,
    typed: Iterable[TypedAmount] = (),
) -> Offer:
    """What is asked and promised for one file.

    With `variant_id` None only the papers, limit and fees that hold for every variant count. `quantity`,
    `copies` and `typed` are those of fees.compute. Six queries the first time in a process, none after.

    Raises: UnknownVariant, NotPublished, ProcedureVersion.DoesNotExist, fees.NegativeQuantity.
    """
    facts = _facts(version_id)
    _must_have(facts, variant_id)
    fees = compute(
        rules=facts.fees,
        variant_id=variant_id,
        channel=channel,
        quantity=quantity,
        copies=copies,
        typed=typed,
    )
    return _offer(facts, variant_id, channel, fees)


def _offer(facts: _Facts, variant_id: int | None, channel: Channel, fees: FeeTotal) -> Offer:
    return Offer(
        version_id=facts.version_id,
        procedure_id=facts.procedure_id,
        code=facts.code,
        name=facts.name,
        field=facts.field,
        variants=facts.variants,
        papers=tuple(paper.fact for paper in facts.papers if paper.variant_id in (None, variant_id)),
        limit=_nearest_limit(facts.limits, variant_id, channel),
        fees=fees,
        results=facts.results,
        competent_id=facts.competent_id,
        level=facts.level,
        legal_basis=facts.legal_basis,
        conditions=facts.conditions,
    )


def _must_have(facts: _Facts, variant_id: int | None) -> None:
    if variant_id is not None and all(variant.id != variant_id for variant in facts.variants):
        raise UnknownVariant(version_id=facts.version_id, name=facts.name, variant_id=variant_id)


def _nearest_limit(limits: tuple[_Limit, ...], variant_id: int | None, channel: Channel) -> LimitFact:
    """The limit nearest to the case: variant and channel, variant, channel, general."""
    fitting = [
        limit
        for limit in limits
        if limit.variant_id in (None, variant_id) and limit.channel in (None, channel.value)
    ]
    if not fitting:
        return NO_LIMIT
    return max(fitting, key=lambda limit: (limit.variant_id is not None, limit.channel is not None)).fact


@lru_cache(maxsize=4096)
def _facts(version_id: int) -> _Facts:
    # A draft raises, and an exception is not kept by the cache.
    version = ProcedureVersion.objects.select_related("procedure").get(pk=version_id)
    if version.published_at is None:
        raise NotPublished(version_id=version_id)
    return _Facts(
        version_id=version.pk,
        procedure_id=version.procedure_id,
        code=version.procedure.code,
        name=version.name,
        field=version.field,
        level=version.level,
        competent_id=version.competent_id,
        legal_basis=tuple(version.legal_basis),
        conditions=version.conditions,
        variants=tuple(
            VariantFact(row.pk, row.name) for row in Variant.objects.filter(version_id=version_id)
        ),
        papers=tuple(_paper(row) for row in PaperRequirement.objects.filter(version_id=version_id)),
        limits=tuple(_limit(row) for row in TimeLimit.objects.filter(version_id=version_id)),
        fees=tuple(_fee(row) for row in Fee.objects.filter(version_id=version_id)),
        results=tuple(ResultFact(row.name, row.code) for row in Result.objects.filter(version_id=version_id)),
    )


def _paper(row: PaperRequirement) -> _Paper:
    fact = PaperFact(
        id=row.pk,
        name=row.name,
        originals=row.originals or 0,
        copies=row.copies or 0,
        required=row.need == Need.REQUIRED,
        template=row.template,
        group=row.group,
        need=Need(row.need),
        condition=row.condition,
        counts_are_known=row.originals is not None and row.copies is not None,
    )
    return _Paper(row.variant_id, fact)


def _limit(row: TimeLimit) -> _Limit:
    fact = LimitFact(
        duration=None if row.amount is None else Duration(row.amount, Unit(row.unit)),
        counting=Counting(row.counting) if row.counting else Counting.CIVIL,
        cut_off=CutOff(row.cut_off) if row.cut_off else None,
        note=row.note,
    )
    return _Limit(row.variant_id, row.channel, fact)


def _fee(row: Fee) -> FeeRule:
    return FeeRule(
        name=row.name,
        kind=FeeKind(row.kind),
        amount_vnd=row.amount_vnd,
        text=row.text,
        moment=FeeMoment(row.moment) if row.moment else None,
        variant_id=row.variant_id,
        channel=row.channel,
        tiers=tiers_of(ends=row.tier_ends, prices=row.tier_prices),
        cap_vnd=row.cap_vnd,
        unit=row.unit,
    )
