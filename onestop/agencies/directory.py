"""The agencies as the directory pages read them: by group, with their days and what came before and after."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onestop.agencies.models import Agency, AgencyKind, Succession, valid_on

PER_PAGE = 50


class Group(StrEnum):
    """Nhóm cơ quan in the directory."""

    PROVINCE = "tinh"
    COMMUNES = "xa-phuong"
    CLOSED = "da-ket-thuc"

    @property
    def label(self) -> Promise:
        return GROUP_WORDS[self]


GROUP_WORDS = {
    Group.PROVINCE: _("Cấp tỉnh"),
    Group.COMMUNES: _("Xã, phường"),
    Group.CLOSED: _("Đã kết thúc"),
}
COMMUNE_KINDS = (
    AgencyKind.COMMUNE,
    AgencyKind.COMMUNE_CENTRE,
    AgencyKind.COMMUNE_UNIT,
    AgencyKind.COMMUNE_POLICE,
)


@dataclass(frozen=True)
class AgencyLink:
    key: str
    name: str


@dataclass(frozen=True)
class AgencyRow:
    agency_id: int
    key: str
    code: str
    code_is_provisional: bool
    name: str
    kind: AgencyKind
    gso_code: str
    parent: AgencyLink | None
    valid_from: date | None
    valid_to: date | None
    successors: tuple[AgencyLink, ...]


@dataclass(frozen=True)
class GroupCount:
    group: Group
    count: int


@dataclass(frozen=True)
class DirectoryPage:
    rows: tuple[AgencyRow, ...]
    total: int
    number: int
    pages: int
    first: int
    last: int


@dataclass(frozen=True)
class AgencyFile:
    """One agency with its units, predecessors and successors."""

    row: AgencyRow
    address: str
    phone: str
    note: str
    is_difficult_area: bool | None
    units: tuple[AgencyRow, ...]
    predecessors: tuple[AgencyLink, ...]


@dataclass(frozen=True)
class AgencyChoice:
    agency_id: int
    code: str
    name: str


def group_counts(*, on: date) -> tuple[GroupCount, ...]:
    """How many entries each tab of the directory has on that day (units of a commune are inside its page)."""
    return tuple(GroupCount(group, Agency.objects.filter(_listed(group, on)).count()) for group in Group)


def directory(*, group: Group, words: str, on: date, page: int) -> DirectoryPage:
    """One page of a group. With words (parts of a name, a code or a key) units of communes are found too."""
    condition = _searched(group, on) if words else _listed(group, on)
    agencies = Agency.objects.filter(condition)
    for word in words.split():
        agencies = agencies.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(gso_code=word) | Q(key__icontains=word)
        )
    found = Paginator(_with_links(agencies).order_by("code", "gso_code", "pk"), PER_PAGE).get_page(page)
    return DirectoryPage(
        rows=tuple(_row(agency) for agency in found.object_list),
        total=found.paginator.count,
        number=found.number,
        pages=found.paginator.num_pages,
        first=found.start_index(),
        last=found.end_index(),
    )


def agency_file(*, key: str) -> AgencyFile | None:
    agency = _with_links(Agency.objects.filter(key=key)).first()
    if agency is None:
        return None
    units = _with_links(Agency.objects.filter(parent=agency)).exclude(kind=AgencyKind.COMMUNE)
    before = Succession.objects.filter(successor=agency).select_related("predecessor")
    return AgencyFile(
        row=_row(agency),
        address=agency.address,
        phone=agency.phone,
        note=agency.note,
        is_difficult_area=agency.is_difficult_area,
        units=tuple(_row(unit) for unit in units.order_by("code", "gso_code")),
        predecessors=tuple(_link(each.predecessor) for each in before.order_by("predecessor__gso_code")),
    )


def open_agencies(*, on: date) -> tuple[AgencyChoice, ...]:
    """Every agency that exists on that day, for a picker."""
    rows = Agency.objects.existing(on=on).order_by("code").values_list("pk", "code", "name")
    return tuple(AgencyChoice(agency_id=pk, code=code or "", name=name) for pk, code, name in rows)


def find_agency(*, text: str, on: date) -> AgencyChoice | None:
    """The one open agency that has this code, key or whole name; None when there is none or more than one."""
    same = Q(code__iexact=text) | Q(key=text) | Q(name__iexact=text)
    found = Agency.objects.existing(on=on).filter(same).values_list("pk", "code", "name")[:2]
    if len(found) != 1:
        return None
    pk, code, name = found[0]
    return AgencyChoice(agency_id=pk, code=code or "", name=name)


def _listed(group: Group, on: date) -> Q:
    if group is Group.COMMUNES:
        return valid_on(on) & Q(kind=AgencyKind.COMMUNE)
    return _searched(group, on)


def _searched(group: Group, on: date) -> Q:
    if group is Group.CLOSED:
        return Q(valid_to__lt=on)
    in_communes = Q(kind__in=COMMUNE_KINDS)
    return valid_on(on) & (in_communes if group is Group.COMMUNES else ~in_communes)


def _with_links(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    successions = Succession.objects.select_related("successor").order_by("successor__gso_code")
    return agencies.select_related("parent").prefetch_related(Prefetch("successions", queryset=successions))


def _link(agency: Agency) -> AgencyLink:
    return AgencyLink(key=agency.key, name=agency.name)


def _row(agency: Agency) -> AgencyRow:
    return AgencyRow(
        agency_id=agency.pk,
        key=agency.key,
        code=agency.code or "",
        code_is_provisional=agency.code_is_provisional,
        name=agency.name,
        kind=AgencyKind(agency.kind),
        gso_code=agency.gso_code,
        parent=_link(agency.parent) if agency.parent else None,
        valid_from=agency.valid_from,
        valid_to=agency.valid_to,
        successors=tuple(_link(each.successor) for each in agency.successions.all()),
    )
