"""Fictitious people for demonstration: the same names and posts each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onestop.accounts.models import User
from onestop.agencies.appointments import grant_post
from onestop.agencies.models import Agency, Post, Role

PASSWORD = "motcua-2026"
SINCE = date(2025, 7, 1)

# Short word in the user name -> code of the commune in the files of data/.
COMMUNES = {
    "thanhvinh": "16681",
    "cualo": "16732",
    "quynhluu": "17179",
    "namdan": "17935",
    "concuong": "17254",
}
COMMUNE_UNITS = ("ttpvhcc", "ubnd", "vpub", "kt", "vhxh", "congan")
PROVINCIAL = (
    "ubnd-tinh",
    "van-phong-ubnd-tinh",
    "so-noi-vu",
    "so-tu-phap",
    "so-tai-chinh",
    "so-nong-nghiep-va-moi-truong",
    "so-xay-dung",
    "so-y-te",
    "so-cong-thuong",
    "so-giao-duc-va-dao-tao",
    "so-khoa-hoc-va-cong-nghe",
    "so-van-hoa-the-thao-va-du-lich",
    "so-ngoai-vu",
    "so-dan-toc-va-ton-giao",
    "thanh-tra-tinh",
    "ban-quan-ly-kkt-dong-nam",
    "vpdkdd",
    "phong-dkkd",
    "cong-an-tinh",
    "thue-tinh",
    "bhxh-tinh",
)
WORKING_ROLES = (Role.CLERK, Role.OFFICER, Role.HEAD)

FAMILY_NAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Hồ", "Ngô", "Dương", "Vi",
    "Lương", "Cao",
)  # fmt: skip
MIDDLE_AND_GIVEN_NAMES = (
    "Thị Mai", "Văn Hùng", "Thị Lan", "Đức Anh", "Thị Hương", "Quốc Khánh", "Thị Thu Hà", "Minh Quân",
    "Thị Ngọc", "Xuân Trường", "Thị Bích Thủy", "Hữu Phước", "Thị Kim Oanh",
)  # fmt: skip


@dataclass(frozen=True)
class DemoPerson:
    username: str
    full_name: str
    agency: str
    role: Role


def demo_people() -> tuple[DemoPerson, ...]:
    """Everybody of the demonstration; one person holds one post."""
    return tuple(
        DemoPerson(username=username, full_name=_name(n), agency=agency, role=role)
        for n, (username, agency, role) in enumerate(_places())
    )


def load_demo_people(*, now: datetime) -> tuple[DemoPerson, ...]:
    """Add the people and posts that are missing; a second run changes nothing."""
    people = demo_people()
    with transaction.atomic():
        _add_accounts(people)
        users = dict(
            User.objects.filter(username__in=[p.username for p in people]).values_list("username", "pk")
        )
        agencies = dict(Agency.objects.filter(key__in={p.agency for p in people}).values_list("key", "pk"))
        known = set(
            Post.objects.filter(user_id__in=users.values()).values_list("user_id", "agency_id", "role")
        )
        for person in people:
            user_id, agency_id = users[person.username], agencies[person.agency]
            if (user_id, agency_id, person.role) not in known:
                grant_post(
                    by=None, user_id=user_id, agency_id=agency_id, role=person.role, valid_from=SINCE, now=now
                )
    return people


def _places() -> Iterator[tuple[str, str, Role]]:
    yield "administrator", "van-phong-ubnd-tinh", Role.ADMINISTRATOR
    yield "supervisor", "ubnd-tinh", Role.SUPERVISOR
    yield "editor", "van-phong-ubnd-tinh", Role.EDITOR
    yield "clerk.tinh", "ttpvhcc-tinh", Role.CLERK
    yield "clerk2.tinh", "ttpvhcc-tinh", Role.CLERK
    yield "officer.tinh", "ttpvhcc-tinh", Role.OFFICER
    yield "head.tinh", "ttpvhcc-tinh", Role.HEAD
    for word, code in COMMUNES.items():
        yield from _commune_places(word, code)
    for key in PROVINCIAL:
        for role in WORKING_ROLES:
            yield f"{role.value}.{key}", key, role


def _commune_places(word: str, code: str) -> Iterator[tuple[str, str, Role]]:
    """The counter's people have the short names: "clerk.thanhvinh"; the others name their unit too."""
    yield f"clerk2.{word}", f"ttpvhcc-{code}", Role.CLERK
    for unit in COMMUNE_UNITS:
        middle = "" if unit == "ttpvhcc" else f"{unit}."
        for role in WORKING_ROLES:
            yield f"{role.value}.{middle}{word}", f"{unit}-{code}", role


def _name(n: int) -> str:
    """15 and 13 have no common divisor, so 195 people have different names."""
    return f"{FAMILY_NAMES[n % len(FAMILY_NAMES)]} {MIDDLE_AND_GIVEN_NAMES[n % len(MIDDLE_AND_GIVEN_NAMES)]}"


def _add_accounts(people: tuple[DemoPerson, ...]) -> None:
    known = set(User.objects.values_list("username", flat=True))
    missing = [person for person in people if person.username not in known]
    if not missing:
        return
    # One hash for all: hashing is slow by design, and this password is no secret.
    password = make_password(PASSWORD)
    User.objects.bulk_create(
        User(
            username=person.username,
            full_name=person.full_name,
            email=f"{person.username}@demo.invalid",
            password=password,
        )
        for person in missing
    )
