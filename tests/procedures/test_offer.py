"""What a counter asks for and promises: by version, variant and channel."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest

from onestop.working_days import Counting, CutOff, Duration, Unit
from procedures.channels import Channel
from procedures.fees import FeeKind, FeeMoment, TypedAmount
from procedures.models import Need, Origin, Procedure, ProcedureVersion
from procedures.offer import NotPublished, Offer, UnknownVariant, offer
from procedures.records import FeeRecord, LimitRecord
from tests.procedures.samples import BIRTH, BUILDING, published

pytestmark = pytest.mark.django_db


def asked(version: ProcedureVersion, variant: str | None = None, channel: Channel = Channel.DIRECT) -> Offer:
    variant_id = version.variants.get(key=variant).pk if variant else None
    return offer(version_id=version.pk, variant_id=variant_id, channel=channel)


def test_an_offer_names_the_procedure_and_its_variants() -> None:
    found = asked(published(BUILDING))

    assert (found.code, found.name, found.level) == (BUILDING.code, BUILDING.name, "commune")
    assert [variant.name for variant in found.variants] == ["Nhà ở riêng lẻ", "Công trình không theo tuyến"]
    assert [(result.name, result.code) for result in found.results] == [
        ("Giấy phép xây dựng", "KQ.G17.000012")
    ]
    assert found.legal_basis == ("217/2026/NĐ-CP",)


def test_a_variant_asks_for_its_own_papers_beside_those_of_all() -> None:
    version = published(BUILDING)

    house = [paper.name for paper in asked(version, "nha-o").papers]
    other = [paper.name for paper in asked(version, "cong-trinh").papers]

    assert house == ["Đơn đề nghị cấp giấy phép xây dựng", "Bản vẽ thiết kế nhà ở", "Văn bản ủy quyền"]
    assert other == ["Đơn đề nghị cấp giấy phép xây dựng", "Văn bản ủy quyền"]


def test_a_paper_tells_how_many_and_when_it_is_needed() -> None:
    form, drawing, mandate = asked(published(BUILDING), "nha-o").papers

    assert (form.originals, form.copies, form.required, form.template) == (1, 0, True, "Mẫu số 01")
    assert (drawing.originals, drawing.copies, drawing.counts_are_known) == (2, 1, True)
    assert (mandate.required, mandate.need, mandate.condition) == (False, Need.CONDITIONAL, "nếu có")
    assert (mandate.originals, mandate.copies, mandate.counts_are_known) == (0, 0, False)


@pytest.mark.parametrize(
    "variant, channel, days",
    [
        (None, Channel.DIRECT, 20),
        (None, Channel.ONLINE, 15),
        ("cong-trinh", Channel.POST, 20),
        ("nha-o", Channel.DIRECT, 7),
        ("nha-o", Channel.ONLINE, 7),
        ("nha-o", Channel.POST, 9),
    ],
)
def test_the_limit_nearest_to_variant_and_channel_holds(
    variant: str | None, channel: Channel, days: int
) -> None:
    limit = asked(published(BUILDING), variant, channel).limit

    assert limit.duration == Duration(Decimal(days), Unit.WORKING_DAY)
    assert (limit.counting, limit.cut_off) == (Counting.CIVIL, None)


def test_a_limit_keeps_its_cut_off_and_its_counting() -> None:
    limit = LimitRecord(
        None, amount=Decimal(0), unit="working_day", counting="hourly", cut_off=time(15), note="Trong ngày"
    )
    found = asked(published(replace(BIRTH, limits=(limit,)))).limit

    assert (found.counting, found.cut_off, found.note) == (Counting.HOURLY, CutOff(time(15)), "Trong ngày")
    assert found.duration == Duration(Decimal(0), Unit.WORKING_DAY)


@pytest.mark.parametrize("limits", [(), (LimitRecord(None, note="Theo lời văn"),)])
def test_a_limit_that_is_not_published_has_no_duration(limits: tuple[LimitRecord, ...]) -> None:
    assert asked(published(replace(BIRTH, limits=limits))).limit.duration is None


def test_a_fee_of_the_council_is_not_zero() -> None:
    fees = asked(published(BUILDING)).fees

    assert (fees.total_vnd, fees.unknown, fees.is_free) == (None, ("Lệ phí cấp phép",), False)


def test_fees_follow_channel_quantity_and_what_the_clerk_typed() -> None:
    fees = (
        FeeRecord("Lệ phí", FeeKind.FIXED, Channel.DIRECT, amount_vnd=20_000, moment=FeeMoment.RECEIPT),
        FeeRecord("Lệ phí", FeeKind.FIXED, Channel.ONLINE, amount_vnd=10_000),
        FeeRecord("Chứng thực", FeeKind.RULE, None, tier_ends=(2,), tier_prices=(2_000, 1_000), unit="trang"),
        FeeRecord("Khác", FeeKind.RULE, None, text="Theo biểu phí"),
    )
    version = published(replace(BIRTH, fees=fees))

    direct = asked(version)
    online = offer(
        version_id=version.pk,
        variant_id=None,
        channel=Channel.ONLINE,
        quantity=3,
        copies=2,
        typed=(TypedAmount("Khác", 7_000),),
    )

    assert (direct.fees.total_vnd, direct.fees.known_vnd) == (None, 22_000)
    assert direct.fees.lines[0].moment is FeeMoment.RECEIPT
    assert online.fees.total_vnd == 10_000 + 2 * 5_000 + 7_000


def test_a_variant_of_another_procedure_is_refused() -> None:
    strange = published(BUILDING).variants.get(key="nha-o")
    version = published(BIRTH)

    with pytest.raises(UnknownVariant) as refused:
        offer(version_id=version.pk, variant_id=strange.pk, channel=Channel.DIRECT)

    assert refused.value.sentence == "Thủ tục “Đăng ký khai sinh” không có trường hợp đã chọn."


def test_a_draft_is_offered_to_nobody_until_it_is_published() -> None:
    draft = ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code="9.000009", slug="nhap", name="Nháp"),
        number=1,
        name="Nháp",
        level="commune",
        origin=Origin.EDITED,
        valid_from="2026-01-01",
    )
    with pytest.raises(NotPublished):
        asked(draft)

    ProcedureVersion.objects.filter(pk=draft.pk).update(published_at="2026-01-01T00:00:00Z")

    assert asked(draft).name == "Nháp"


def test_an_unknown_version_is_told_from_an_empty_one() -> None:
    with pytest.raises(ProcedureVersion.DoesNotExist):
        offer(version_id=0, variant_id=None, channel=Channel.DIRECT)


def test_a_version_is_read_once_in_a_process(django_assert_num_queries) -> None:
    version = published(BUILDING)

    with django_assert_num_queries(6):
        offer(version_id=version.pk, variant_id=None, channel=Channel.DIRECT)
    with django_assert_num_queries(0):
        offer(version_id=version.pk, variant_id=None, channel=Channel.POST)
