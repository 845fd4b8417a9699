"""Names on every line of every log: agencies by id, read once a process, and acts in the reader's words."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import pgettext_lazy

from onestop.agencies.models import Agency
from workflows.states import Act

ACT_NAMES = {
    Act.ACCEPT: pgettext_lazy("việc đã làm", "Tiếp nhận hồ sơ"),
    Act.TAKE: pgettext_lazy("việc đã làm", "Nhận việc"),
    Act.RELEASE: pgettext_lazy("việc đã làm", "Trả lại việc cho đơn vị"),
    Act.FORWARD: pgettext_lazy("việc đã làm", "Xong bước, chuyển tiếp"),
    Act.APPROVE: pgettext_lazy("việc đã làm", "Duyệt"),
    Act.SEND_BACK: pgettext_lazy("việc đã làm", "Chuyển lại bước trước"),
    Act.RETURN: pgettext_lazy("việc đã làm", "Trả kết quả"),
}


def act_name(act: Act) -> str:
    """What was done: `Duyệt`."""
    return str(ACT_NAMES[act])


@lru_cache(maxsize=4096)
def agency_name(agency_id: int) -> str:
    """The name of that agency; empty for an id that does not exist."""
    return Agency.objects.filter(pk=agency_id).values_list("name", flat=True).first() or ""


def agency_names(agency_ids: Iterable[int]) -> tuple[str, ...]:
    """The names, each once, in the order given."""
    return tuple(agency_name(agency_id) for agency_id in dict.fromkeys(agency_ids))
