"""What the clerk has typed so far, read from the page and written back to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from onestop.agencies.refusals import Refusal
from onestop.working_days import Duration, Unit
from procedures.channels import Channel
from procedures.offer import Offer, PaperFact
from workflows.intake_rules import ApplicantData, HandedIn, IntakeForm
from workflows.registers import known_applicant

FEWEST_DIGITS = 9
MOST_SHEETS = 999


class BadField(Refusal):
    """Ô nhập sai: which field, and what to type instead."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True)
class PaperDraft:
    """Một dòng thành phần hồ sơ on the page."""

    fact: PaperFact
    is_handed_in: bool
    originals: int
    copies: int


@dataclass(frozen=True)
class Draft:
    """Lượt tiếp nhận đang nhập; the texts as typed."""

    data: Mapping[str, str]
    key: UUID

    def text(self, name: str, longest: int = 300) -> str:
        """What stands in that field, without spaces around it."""
        return self.data.get(name, "").strip().replace("\0", "")[:longest]

    def number(self, name: str) -> int | None:
        """The whole number in that field; None when it holds none."""
        text = self.text(name).replace(".", "").replace(" ", "")
        return int(text) if text.isdecimal() and len(text) <= 12 else None

    @property
    def channel(self) -> Channel:
        number = self.number("kenh")
        return Channel(number) if number in tuple(Channel) else Channel.DIRECT

    @property
    def id_number(self) -> str:
        return self.text("so", 20).replace(" ", "")

    @property
    def applicant(self) -> ApplicantData:
        return ApplicantData(
            name=self.text("ten", 200),
            id_number=self.id_number,
            is_organisation=self.text("loai") == "to-chuc",
            address=self.text("dia_chi"),
            phone=self.text("dien_thoai", 20),
            email=self.text("thu", 254),
        )

    def papers(self, offer: Offer) -> tuple[PaperDraft, ...]:
        """The checklist: as ticked where this page already showed the paper, else as the law asks."""
        return tuple(self._paper(fact) for fact in offer.papers)

    def _paper(self, fact: PaperFact) -> PaperDraft:
        if f"giay_{fact.id}" not in self.data:
            return PaperDraft(fact, False, fact.originals or (0 if fact.copies else 1), fact.copies)
        return PaperDraft(
            fact,
            f"du_{fact.id}" in self.data,
            min(self.number(f"chinh_{fact.id}") or 0, MOST_SHEETS),
            min(self.number(f"sao_{fact.id}") or 0, MOST_SHEETS),
        )


def read_draft(data: Mapping[str, str]) -> Draft:
    """The draft in a form; a page opened for the first time gets a key of its own."""
    try:
        key = UUID(data.get("khoa", ""))
    except ValueError:
        key = uuid4()
    return Draft(data=data, key=key)


def with_known_applicant(draft: Draft) -> tuple[Draft, bool]:
    """The draft with what is known of the applicant's number, where the clerk typed nothing else."""
    if len(draft.id_number) < FEWEST_DIGITS or draft.text("ten"):
        return draft, False
    known = known_applicant(id_number=draft.id_number)
    if known is None:
        return draft, False
    filled = {
        "ten": known.name,
        "dia_chi": known.address,
        "dien_thoai": known.phone,
        "thu": known.email,
        "loai": "to-chuc" if known.is_organisation else "ca-nhan",
    }
    typed = {name: draft.text(name) for name in filled if draft.text(name) and name != "loai"}
    return Draft(data={**draft.data, **filled, **typed}, key=draft.key), True


def intake_form(
    draft: Draft, *, counter_id: int, offer: Offer, variant_id: int | None, competent_id: int | None
) -> IntakeForm:
    """The form for the engine. Raises: BadField for the first field that cannot be taken."""
    if not draft.text("ten"):
        raise BadField("ten", _("Hãy nhập họ tên hoặc tên tổ chức của người nộp."))
    if draft.text("thu") and "@" not in draft.text("thu"):
        raise BadField("thu", _("Thư điện tử phải có dạng ten@noi.vn."))
    return IntakeForm(
        key=draft.key,
        counter_id=counter_id,
        version_id=offer.version_id,
        variant_id=variant_id,
        channel=draft.channel,
        applicant=draft.applicant,
        papers=tuple(_handed_in(paper) for paper in draft.papers(offer) if paper.is_handed_in),
        subject=draft.text("trich_yeu", 500),
        competent_id=competent_id,
        fee_vnd=_fee(draft, offer),
        fee_note=draft.text("ghi_chu_phi"),
        own_limit=_own_limit(draft),
        own_limit_reason=draft.text("can_cu"),
    )


def _handed_in(paper: PaperDraft) -> HandedIn:
    nothing = not paper.originals and not paper.copies
    return HandedIn(
        name=paper.fact.name,
        originals=1 if nothing else paper.originals,
        copies=paper.copies,
        requirement_id=paper.fact.id,
    )


def _fee(draft: Draft, offer: Offer) -> int | None:
    if offer.fees.total_vnd is not None or not draft.text("phi"):
        return None
    amount = draft.number("phi")
    if amount is None:
        raise BadField("phi", _("Số tiền phí là số nguyên đồng, ví dụ 75.000."))
    return amount


def _own_limit(draft: Draft) -> Duration | None:
    text = draft.text("thoi_han", 10).replace(",", ".")
    if not text:
        return None
    try:
        unit = Unit(draft.text("don_vi") or Unit.WORKING_DAY)
        duration = Duration(Decimal(text), unit)
    except (ValueError, InvalidOperation):
        raise BadField("thoi_han", _("Thời hạn là một số lớn hơn 0, ví dụ 5.")) from None
    if not duration.amount:
        raise BadField("thoi_han", _("Thời hạn là một số lớn hơn 0, ví dụ 5."))
    return duration
