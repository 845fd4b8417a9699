"""What the menus offer: only addresses that this release answers, at the desk by the posts held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Entry:
    """Mục: an address with its word, and the roles that see it (none: everybody)."""

    url: str
    label: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MenuItem:
    """Mục lục: an entry as drawn on one page."""

    url: str
    label: str
    is_current: bool
    count: int | None = None


CITIZEN = (
    Entry("/thu-tuc/", _("Thủ tục")),
    Entry("/tra-cuu/", _("Tra cứu hồ sơ")),
    Entry("/xac-thuc/", _("Xác thực giấy tờ")),
    Entry("/phan-anh/", _("Phản ánh, kiến nghị")),
    Entry("/so-lieu/", _("Số liệu")),
)
DESK = (
    Entry("/quay/tiep-nhan/", _("Tiếp nhận"), frozenset({"clerk"})),
    Entry("/quay/truc-tuyen/", _("Hồ sơ trực tuyến"), frozenset({"clerk"})),
    Entry("/quay/tra-ket-qua/", _("Trả kết quả"), frozenset({"clerk"})),
    Entry("/xu-ly/", _("Việc của tôi"), frozenset({"clerk", "officer", "head"})),
    Entry("/quay/so-theo-doi/", _("Sổ theo dõi"), frozenset({"clerk"})),
    Entry("/giam-sat/", _("Giám sát"), frozenset({"supervisor", "head"})),
    Entry("/quan-tri/", _("Quản trị"), frozenset({"editor", "administrator"})),
)


@cache
def is_served(url: str) -> bool:
    """Does this release answer at that address?"""
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def citizen_menu(*, path: str) -> tuple[MenuItem, ...]:
    """The citizen's menu on the page at `path`."""
    return tuple(_item(entry, path) for entry in CITIZEN if is_served(entry.url))


def desk_menu(*, path: str, roles: Iterable[str], counts: Mapping[str, int]) -> tuple[MenuItem, ...]:
    """The desk's menu for the roles held; `counts` gives the number of cases waiting behind an address."""
    held = frozenset(roles)
    return tuple(
        _item(entry, path, counts.get(entry.url))
        for entry in DESK
        if held & entry.roles and is_served(entry.url)
    )


def is_desk(path: str) -> bool:
    """Is this an address of the desk, of any release?"""
    return path.startswith(("/quay/", *(entry.url for entry in DESK)))


def _item(entry: Entry, path: str, count: int | None = None) -> MenuItem:
    return MenuItem(entry.url, gettext(entry.label), path.startswith(entry.url), count)
