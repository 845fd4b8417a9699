"""How a case state is named and coloured on pages, by its national code.

This room is below `workflows`: a test keeps the names equal to those of `workflows.states`.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop as _


class Tone(StrEnum):
    """Sắc thái: what a colour says; a word always says it too."""

    IDLE = "idle"
    ONTIME = "ontime"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"


@dataclass(frozen=True)
class StateLook:
    """Nhãn trạng thái: the official name of a national status code and its tone."""

    name: str
    tone: Tone


STATE_LOOKS: dict[int, StateLook] = {
    1: StateLook(_("Mới đăng ký"), Tone.IDLE),
    2: StateLook(_("Được tiếp nhận"), Tone.ONTIME),
    3: StateLook(_("Không được tiếp nhận"), Tone.LATE),
    4: StateLook(_("Đang xử lý"), Tone.ONTIME),
    5: StateLook(_("Yêu cầu bổ sung giấy tờ"), Tone.PAUSED),
    6: StateLook(_("Yêu cầu thực hiện nghĩa vụ tài chính"), Tone.PAUSED),
    7: StateLook(_("Công dân yêu cầu rút hồ sơ"), Tone.PAUSED),
    8: StateLook(_("Dừng xử lý"), Tone.LATE),
    9: StateLook(_("Đã xử lý xong"), Tone.SOON),
    10: StateLook(_("Đã trả kết quả"), Tone.IDLE),
}
