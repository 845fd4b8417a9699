"""Each trap of the national export: what is taken, what stays empty, and what is said about it."""

from decimal import Decimal

import pytest

from procedures.channels import Channel
from procedures.fees import FeeKind
from procedures.models import Level, Need, OnlineLevel
from procedures.national import Taken, WrongCode, national_record
from procedures.shape import Fields, WrongShape
from procedures.shortfalls import SENTENCES, Reason
from tests.procedures.samples import method, national, papers, paying


def taken(**given: object) -> Taken:
    return national_record(Fields.of(national(**given)))


def reasons(found: Taken) -> list[Reason]:
    return [shortfall.reason for shortfall in found.shortfalls]


def test_a_complete_record_is_taken_whole() -> None:
    found = taken()

    record = found.record
    assert found.shortfalls == ()
    assert record.slug == "cap-giay-chung-nhan-thu-nghiem-9-000001"
    assert (record.levels, record.level) == ((Level.PROVINCE, Level.COMMUNE), Level.COMMUNE)
    (limit,) = record.limits
    assert (limit.channel, limit.amount, limit.unit) == (Channel.DIRECT, Decimal(5), "working_day")
    assert [fee.kind for fee in record.fees] == [FeeKind.FREE]
    assert [paper.name for paper in record.papers] == ["Đơn đề nghị"]
    assert record.valid_from is None
    assert record.checks == ()


@pytest.mark.parametrize(
    "unit, kept",
    [
        ("Ngày làm việc", "working_day"),
        ("Ngày", "calendar_day"),
        ("Giờ", "clock_hour"),
        ("Giờ làm việc", "working_hour"),
        ("Tháng", "month"),
    ],
)
def test_each_unit_is_kept(unit: str, kept: str) -> None:
    assert taken(methods=[method(time_unit=unit)]).record.limits[0].unit == kept


@pytest.mark.parametrize(
    "time, reason",
    [
        ({"time_value": 1, "time_unit": None}, Reason.LIMIT_WITHOUT_UNIT),
        ({"time_value": None, "time_unit": None}, Reason.LIMIT_MISSING),
        ({"time_value": None}, Reason.LIMIT_MISSING),
        ({"time_unit": "Tuần"}, Reason.LIMIT_UNIT_UNKNOWN),
        (
            {"time_value": 8, "time_unit": "Giờ", "note": "Không quá 8 giờ làm việc"},
            Reason.LIMIT_UNIT_UNKNOWN,
        ),
        ({"time_value": 0}, Reason.LIMIT_NOT_PLAUSIBLE),
        ({"time_value": -3}, Reason.LIMIT_NOT_PLAUSIBLE),
        ({"time_value": 99999}, Reason.LIMIT_NOT_PLAUSIBLE),
    ],
)
def test_a_limit_in_doubt_stays_empty_and_is_reported(time: dict[str, object], reason: Reason) -> None:
    found = taken(methods=[method(**time)])

    (limit,) = found.record.limits
    assert (limit.amount, limit.unit) == (None, "")
    assert reasons(found) == [reason]
    assert found.record.checks == (f"limits: {SENTENCES[reason]}",)


def test_office_hours_in_the_words_do_not_make_an_hour_doubtful() -> None:
    given = method(time_value=24, time_unit="Giờ", note="Tiếp nhận trong giờ làm việc")

    assert taken(methods=[given]).record.limits[0].unit == "clock_hour"


def test_half_a_day_is_kept() -> None:
    assert taken(methods=[method(time_value=0.5)]).record.limits[0].amount == Decimal("0.5")


def test_limits_and_fees_differ_by_channel() -> None:
    direct = paying(amount=20_000, text="20,000 VNĐ")
    online = {**paying(amount=10_000, text="10,000 VNĐ"), "channel": "online", "time_value": 3}
    found = taken(methods=[direct, online])

    assert [(limit.channel, limit.amount) for limit in found.record.limits] == [
        (Channel.DIRECT, 5),
        (Channel.ONLINE, 3),
    ]
    assert [(fee.channel, fee.amount_vnd) for fee in found.record.fees] == [
        (Channel.DIRECT, 20_000),
        (Channel.ONLINE, 10_000),
    ]
    assert found.shortfalls == ()


def test_two_limits_of_one_channel_are_kept_as_words() -> None:
    found = taken(methods=[method(time_value=5, note="Nhà ở"), method(time_value=20, note="Công trình")])

    (limit,) = found.record.limits
    assert (limit.amount, limit.note) == (None, "Nhà ở\nCông trình")
    assert reasons(found) == [Reason.LIMIT_SEVERAL]


def test_a_channel_told_twice_alike_is_one() -> None:
    found = taken(methods=[method(), method()])

    assert (len(found.record.limits), len(found.record.fees)) == (1, 1)
    assert found.shortfalls == ()


def test_two_fees_of_one_channel_are_kept_as_words() -> None:
    found = taken(methods=[paying(amount=5_000, text="5,000 VNĐ"), paying(amount=8_000, text="8,000 VNĐ")])

    (fee,) = found.record.fees
    assert (fee.kind, fee.amount_vnd, fee.text) == (FeeKind.RULE, None, "5,000 VNĐ\n8,000 VNĐ")
    assert reasons(found) == [Reason.FEE_SEVERAL]


COUNCIL = "Do Hội đồng nhân dân cấp tỉnh quyết định"


@pytest.mark.parametrize(
    "fee, kind, reason",
    [
        ({"amount": 0, "text": "Miễn phí", "note": COUNCIL}, FeeKind.COUNCIL, Reason.FEE_COUNCIL),
        ({"amount": 0, "text": "Theo mức HĐND tỉnh"}, FeeKind.COUNCIL, Reason.FEE_COUNCIL),
        ({"amount": 50_000, "text": "50,000 VNĐ", "note": COUNCIL}, FeeKind.COUNCIL, Reason.FEE_COUNCIL),
        ({"amount": None, "text": None}, FeeKind.UNKNOWN, Reason.FEE_MISSING),
        ({"amount": None, "text": "1.000.000 đồng/phòng"}, FeeKind.RULE, Reason.FEE_IN_TEXT),
        (
            {"amount": 0, "text": "Miễn phí", "note": "Lệ phí theo Thông tư số 1/2026/TT-BTC"},
            FeeKind.UNKNOWN,
            Reason.FEE_ZERO_DOUBTFUL,
        ),
        (
            {"amount": 100, "text": "100 VNĐ", "suspect_thousands": True},
            FeeKind.UNKNOWN,
            Reason.FEE_CUT_THOUSANDS,
        ),
        ({"amount": 20, "text": "20 VNĐ(20.000 đ/tờ khai)"}, FeeKind.UNKNOWN, Reason.FEE_CUT_THOUSANDS),
        ({"amount": 10, "currency": "USD", "text": "10 USD"}, FeeKind.RULE, Reason.FEE_NOT_VND),
        ({"amount": 10_000, "text": "10,000 VNĐ(10.000 đồng/khẩu)"}, FeeKind.RULE, Reason.FEE_IN_TEXT),
        (
            {"amount": 50_000, "text": "50,000 VNĐ", "note": "Giảm 50% nếu nộp trực tuyến"},
            FeeKind.RULE,
            Reason.FEE_IN_TEXT,
        ),
        ({"amount": 10**12, "text": "1,000,000,000,000 VNĐ"}, FeeKind.RULE, Reason.FEE_IN_TEXT),
        ({"amount": -5_000, "text": "-5,000 VNĐ"}, FeeKind.RULE, Reason.FEE_IN_TEXT),
    ],
)
def test_a_fee_in_doubt_has_no_amount_and_is_reported(
    fee: dict[str, object], kind: FeeKind, reason: Reason
) -> None:
    found = taken(methods=[paying(**fee)])

    (kept,) = found.record.fees
    assert (kept.kind, kept.amount_vnd) == (kind, None)
    assert reasons(found) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "50,000 VNĐ",
        "50,000 Việt Nam Đồng",
        "50,000 VNĐ(/hồ sơ)",
        "50,000 VNĐ(50.000 đồng/lần)",
        "50,000 VNĐ(theo quy định tại Thông tư số 1/2026/TT-BTC)",
    ],
)
def test_an_amount_is_taken_where_nothing_beside_it_says_more(text: str) -> None:
    found = taken(methods=[paying(amount=50_000, text=text)])

    assert [(fee.kind, fee.amount_vnd) for fee in found.record.fees] == [(FeeKind.FIXED, 50_000)]
    assert found.shortfalls == ()


@pytest.mark.parametrize("note", ["Không thu phí", "Miễn lệ phí", "Không mất phí, lệ phí"])
def test_no_fee_said_twice_is_still_free(note: str) -> None:
    found = taken(methods=[paying(amount=0, text="Miễn phí", note=note)])

    assert found.record.fees[0].kind is FeeKind.FREE


def test_a_council_named_beside_the_limit_only_makes_a_zero_doubtful() -> None:
    found = taken(methods=[{**paying(amount=0, text="Miễn phí"), "note": COUNCIL}])
    paid = taken(methods=[{**paying(amount=50_000, text="50,000 VNĐ"), "note": COUNCIL}])

    assert found.record.fees[0].kind is FeeKind.COUNCIL
    assert paid.record.fees[0].amount_vnd == 50_000


def test_a_record_without_methods_keeps_what_its_text_says() -> None:
    found = taken(methods=[], methods_text="Nộp tại quầy, 3 ngày")

    assert found.record.limits[0].note == found.record.fees[0].text == "Nộp tại quầy, 3 ngày"
    assert (found.record.fees[0].kind, found.record.limits[0].amount) == (FeeKind.UNKNOWN, None)
    assert found.record.online_level is OnlineLevel.UNKNOWN
    assert [(s.part, s.reason) for s in found.shortfalls] == [("methods", Reason.MISSING)]


def test_a_channel_of_another_name_is_reported() -> None:
    found = taken(methods=[method(), method(channel="fax")])

    assert [limit.channel for limit in found.record.limits] == [Channel.DIRECT]
    assert [(s.reason, s.value) for s in found.shortfalls] == [(Reason.CHANNEL_UNKNOWN, "fax")]


def test_without_an_online_channel_nothing_comes_online() -> None:
    assert taken().record.online_level is OnlineLevel.NONE
    assert taken(methods=[method(channel="online")]).record.online_level is OnlineLevel.UNKNOWN


@pytest.mark.parametrize(
    "levels, kept, found",
    [
        (["Cấp huyện"], (Level.DISTRICT,), [Reason.LEVEL_CLOSED]),
        (["Cấp huyện", "Cấp xã"], (Level.DISTRICT, Level.COMMUNE), []),
        (["Cấp vùng"], (), [Reason.LEVEL_UNKNOWN]),
        ([], (), [Reason.LEVEL_UNKNOWN]),
    ],
)
def test_levels_that_no_counter_serves_are_reported(
    levels: list[str], kept: tuple[Level, ...], found: list[Reason]
) -> None:
    record = taken(levels=levels)

    assert record.record.levels == kept
    assert reasons(record) == found


@pytest.mark.parametrize("originals, copies", [(0, 0), (181, 0), (20261, 1), (-1, 1), (None, 1), (1, 99)])
def test_a_count_glued_to_another_number_stays_empty(originals: int | None, copies: int) -> None:
    given = papers({"text": "Tờ khai theo mẫu", "originals": originals, "copies": copies})
    found = taken(document_groups=[given])

    (paper,) = found.record.papers
    assert (paper.originals, paper.copies) == (None, None)
    assert reasons(found) == [Reason.PAPER_COUNT]


@pytest.mark.parametrize(
    "text, kept",
    [
        ("* Lưu ý: xuất trình bản chính", "* Lưu ý: xuất trình bản chính"),
        ("hoặc", "hoặc"),
        (";", ""),
        ("-", ""),
    ],
)
def test_lines_that_are_no_papers_become_notes(text: str, kept: str) -> None:
    paper = {"text": "Tờ khai theo mẫu", "originals": 1, "copies": 0}
    found = taken(document_groups=[papers({**paper, "text": text}, paper)])

    assert [one.name for one in found.record.papers] == ["Tờ khai theo mẫu"]
    assert found.record.paper_notes == kept
    assert reasons(found) == [Reason.PAPER_NOTE]


def test_a_group_of_notes_holds_no_papers() -> None:
    note = papers({"text": "Giấy tờ phải dịch", "originals": 1, "copies": 0}, case="* Lưu ý:")

    assert taken(document_groups=[note]).record.papers == ()


def test_papers_of_a_case_are_needed_in_that_case_only() -> None:
    case = "Trường hợp ủy quyền"
    line = {"originals": 1, "copies": 0}
    found = taken(
        document_groups=[
            papers({"text": "Văn bản ủy quyền", **line}, case=case),
            papers({"text": "Bản dịch (nếu có)", **line}),
            papers({"text": "Tờ khai theo mẫu", **line}, case="* Giấy tờ phải nộp:"),
        ]
    )

    assert [(paper.need, paper.condition) for paper in found.record.papers] == [
        (Need.CONDITIONAL, case),
        (Need.CONDITIONAL, "nếu có"),
        (Need.REQUIRED, ""),
    ]


@pytest.mark.parametrize("code", ["KQ.G01.00262", "KQ.G01.0002621", "KQ-1"])
def test_a_result_code_of_another_shape_stays_empty(code: str) -> None:
    found = taken(results=[{"name": "Quyết định", "code": code}])

    assert found.record.results[0].code == ""
    assert reasons(found) == [Reason.RESULT_CODE_SHAPE, Reason.MISSING]


@pytest.mark.parametrize(
    "given, part",
    [
        ({"document_groups": []}, "papers"),
        ({"results": []}, "results"),
        ({"results": [{"name": "Thẻ", "code": None}]}, "result_codes"),
        ({"legal_codes": []}, "legal_basis"),
        ({"competent_authority": "", "executing_agencies": []}, "competent"),
        ({"steps_text": ""}, "steps"),
    ],
)
def test_a_part_the_source_does_not_have_is_reported(given: dict[str, object], part: str) -> None:
    assert [(s.part, s.reason) for s in taken(**given).shortfalls] == [(part, Reason.MISSING)]


def test_where_and_with_whom_is_kept_with_the_steps() -> None:
    found = taken(receiving_address="Quầy 3", coordinating="Công an xã")

    assert found.record.steps_text.endswith("Địa chỉ tiếp nhận hồ sơ: Quầy 3\n\nCơ quan phối hợp: Công an xã")


@pytest.mark.parametrize("code", ["1.014955-Xoa", "1.23", "", "A.000001", "1.0000011"])
def test_a_code_of_another_shape_is_refused(code: str) -> None:
    with pytest.raises(WrongCode):
        taken(code=code)


@pytest.mark.parametrize(
    "given, path",
    [
        ({"name": None}, "name"),
        ({"name": "Tên\0xấu"}, "name"),
        ({"name": "nửa \ud800"}, "name"),
        ({"levels": "Cấp xã"}, "levels"),
        ({"levels": [None]}, "levels[0]"),
        ({"methods": [7]}, "methods[0]"),
        ({"methods": [method(time_value="5")]}, "methods[0].time_value"),
        ({"methods": [method(time_value=True)]}, "methods[0].time_value"),
        ({"methods": [paying(amount="1.000")]}, "methods[0].fees[0].amount"),
        (
            {"document_groups": [papers({"text": "Đơn xin cấp", "originals": 1.5})]},
            "document_groups[0].documents[0].originals",
        ),
        ({"results": [{"name": ""}]}, "results[0].name"),
        ({"steps_text": 7}, "steps_text"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_place(given: dict[str, object], path: str) -> None:
    with pytest.raises(WrongShape) as refused:
        taken(**given)

    assert refused.value.path == path


def test_a_record_that_is_no_object_is_refused() -> None:
    with pytest.raises(WrongShape, match="đối tượng JSON"):
        Fields.of(["a"])


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
