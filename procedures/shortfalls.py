"""What an import could not take whole, and why."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Lý do chưa nhận đủ."""

    BROKEN_LINE = "broken_line"
    FILE_CUT_OFF = "file_cut_off"
    WRONG_SHAPE = "wrong_shape"
    CODE_SHAPE = "code_shape"
    CODE_REPEATED = "code_repeated"
    KEPT_CURATED = "kept_curated"
    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_CLOSED = "level_closed"
    CHANNEL_UNKNOWN = "channel_unknown"
    MISSING = "missing"
    LIMIT_MISSING = "limit_missing"
    LIMIT_WITHOUT_UNIT = "limit_without_unit"
    LIMIT_UNIT_UNKNOWN = "limit_unit_unknown"
    LIMIT_NOT_PLAUSIBLE = "limit_not_plausible"
    LIMIT_SEVERAL = "limit_several"
    FEE_MISSING = "fee_missing"
    FEE_COUNCIL = "fee_council"
    FEE_CUT_THOUSANDS = "fee_cut_thousands"
    FEE_NOT_VND = "fee_not_vnd"
    FEE_IN_TEXT = "fee_in_text"
    FEE_ZERO_DOUBTFUL = "fee_zero_doubtful"
    FEE_SEVERAL = "fee_several"
    PAPER_COUNT = "paper_count"
    PAPER_NOTE = "paper_note"
    RESULT_CODE_SHAPE = "result_code_shape"


SENTENCES: dict[Reason, Promise] = {
    Reason.BROKEN_LINE: _("Dòng không đọc được; các dòng khác vẫn được nạp."),
    Reason.FILE_CUT_OFF: _("Tệp bị cắt cụt tại đây; phần trước đã được nạp."),
    Reason.WRONG_SHAPE: _("Bản ghi sai cấu trúc nên không được nạp."),
    Reason.CODE_SHAPE: _("Mã thủ tục sai dạng (đúng: 1.234567) nên không được nạp."),
    Reason.CODE_REPEATED: _("Mã đã có ở dòng trước trong cùng tệp; bản ghi sau không được nạp."),
    Reason.KEPT_CURATED: _("Đã có bản biên tập của thủ tục này; giữ bản biên tập."),
    Reason.LEVEL_UNKNOWN: _("Không rõ cấp thực hiện; chưa quầy nào tiếp nhận."),
    Reason.LEVEL_CLOSED: _("Cấp huyện đã kết thúc từ 01/7/2025; chưa quầy nào tiếp nhận."),
    Reason.CHANNEL_UNKNOWN: _("Không rõ hình thức nộp; bỏ qua dòng này."),
    Reason.MISSING: _("Nguồn không có phần này."),
    Reason.LIMIT_MISSING: _("Nguồn không ghi thời hạn; để trống."),
    Reason.LIMIT_WITHOUT_UNIT: _("Thời hạn là một số không có đơn vị; để trống, cần bổ sung."),
    Reason.LIMIT_UNIT_UNKNOWN: _("Không hiểu đơn vị thời hạn; để trống, cần bổ sung."),
    Reason.LIMIT_NOT_PLAUSIBLE: _("Thời hạn không hợp lý (bằng 0, âm hoặc quá dài); để trống, cần bổ sung."),
    Reason.LIMIT_SEVERAL: _(
        "Nhiều thời hạn cho một hình thức mà không rõ trường hợp; để trống, giữ lời văn."
    ),
    Reason.FEE_MISSING: _("Nguồn không ghi phí; không phải là miễn phí."),
    Reason.FEE_COUNCIL: _("Phí do HĐND cấp tỉnh quy định, chưa công bố; không phải là 0."),
    Reason.FEE_CUT_THOUSANDS: _("Số tiền dưới 1.000 đồng, có thể bị cắt phần nghìn; không dùng số này."),
    Reason.FEE_NOT_VND: _("Phí không tính bằng đồng; giữ lời văn, cán bộ nhập số tiền."),
    Reason.FEE_IN_TEXT: _("Phí nằm trong lời văn; giữ lời văn, cán bộ nhập số tiền."),
    Reason.FEE_ZERO_DOUBTFUL: _("Ghi 0 nhưng lời văn nói khác; không coi là miễn phí."),
    Reason.FEE_SEVERAL: _("Nhiều mức cho một hình thức mà không rõ trường hợp; giữ lời văn."),
    Reason.PAPER_COUNT: _("Số bản của giấy tờ không hợp lý hoặc không có; để trống."),
    Reason.PAPER_NOTE: _("Dòng lưu ý không phải giấy tờ; chuyển vào phần lưu ý."),
    Reason.RESULT_CODE_SHAPE: _("Mã kết quả sai dạng (đúng: KQ.A00.000000); để trống."),
}


@dataclass(frozen=True)
class Shortfall:
    """Phần chưa nhận đủ of one record."""

    part: str
    reason: Reason
    value: str = ""

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason])
