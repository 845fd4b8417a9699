"""The agency tree as curated facts, read from the files in data/; no database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"

# Two levels of local government: NQ 1678/NQ-UBTVQH15, from 1 July 2025; districts ended the day before.
TWO_LEVELS_FROM = date(2025, 7, 1)
THREE_LEVELS_UNTIL = date(2025, 6, 30)


@dataclass(frozen=True)
class AgencyFact:
    """One unit as the files tell it; parents come before their children."""

    key: str
    code: str | None
    code_is_provisional: bool
    name: str
    short_name: str
    kind: str
    parent: str | None
    gso_code: str = ""
    address: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class SuccessionFact:
    predecessor: str
    successor: str
    on: date


def agency_facts(*, province_code: str, province_name: str) -> tuple[AgencyFact, ...]:
    """The whole tree, parents first.

    The province's code is confirmed; codes below it are provisional, for the code list of its units after the
    2025 merger is not published. They are unique and fit the case numbers of TT 03/2025/TT-VPCP Điều 13.
    Source: QĐ 20/2020/QĐ-TTg (shape: province first, then two or three characters a level).
    """
    return (
        *_provincial(province_code, province_name),
        *_communes(province_code),
        *_former_districts(),
        *_former_communes(),
    )


def succession_facts() -> tuple[SuccessionFact, ...]:
    """Who took over from whom on 1 July 2025; a district's files went to all communes made of its land."""
    districts = (
        SuccessionFact(f"huyen-{row['former_district']}", f"ubnd-{row['gso_code']}", TWO_LEVELS_FROM)
        for row in _rows("communes.csv")
    )
    communes = (
        SuccessionFact(f"xacu-{row['gso_code']}", f"ubnd-{row['successor']}", TWO_LEVELS_FROM)
        for row in _rows("former_communes.csv")
    )
    return (*districts, *communes)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _provincial(province_code: str, province_name: str) -> Iterator[AgencyFact]:
    for row in _rows("provincial.csv"):
        suffix = row["code_suffix"]
        yield AgencyFact(
            key=row["key"],
            code=f"{province_code}.{suffix}" if suffix else province_code,
            code_is_provisional=bool(suffix),
            name=row["name"].format(province=province_name),
            short_name=row["short_name"],
            kind=row["kind"],
            parent=row["parent"] or None,
            address=row["address"],
            note=row["note"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        )


@dataclass(frozen=True)
class _UnitPattern:
    """One unit that every commune has; {place} is "xã Anh Sơn" or "phường Thành Vinh"."""

    prefix: str
    code_suffix: str
    kind: str
    name: str
    short_name: str


def _units_of(place_kind: str) -> tuple[_UnitPattern, ...]:
    """The units under a commune's People's Committee. Source: NĐ 118/2025/NĐ-CP Điều 7 (the centre)."""
    economy = "Phòng Kinh tế, Hạ tầng và Đô thị" if place_kind == "phường" else "Phòng Kinh tế"
    centre = "Trung tâm Phục vụ hành chính công"
    return (
        _UnitPattern("ttpvhcc", "01", "commune_centre", f"{centre} {{place}}", "TTPVHCC {place}"),
        _UnitPattern("vpub", "02", "commune_unit", "Văn phòng HĐND và UBND {place}", "VP {place}"),
        _UnitPattern("kt", "03", "commune_unit", f"{economy} {{place}}", f"{economy}"),
        _UnitPattern("vhxh", "04", "commune_unit", "Phòng Văn hóa - Xã hội {place}", "Phòng VH-XH"),
        _UnitPattern("congan", "05", "commune_police", "Công an {place}", "Công an {place}"),
    )


def _communes(province_code: str) -> Iterator[AgencyFact]:
    for row in _rows("communes.csv"):
        place = f"{row['kind']} {row['name']}"
        key = f"ubnd-{row['gso_code']}"
        code = f"{province_code}.{row['code_suffix']}"
        yield AgencyFact(
            key=key,
            code=code,
            code_is_provisional=True,
            name=f"Ủy ban nhân dân {place}",
            short_name=place[0].upper() + place[1:],
            kind="commune",
            parent="ubnd-tinh",
            gso_code=row["gso_code"],
            note=row["note"],
            valid_from=TWO_LEVELS_FROM,
        )
        for unit in _units_of(row["kind"]):
            yield AgencyFact(
                key=f"{unit.prefix}-{row['gso_code']}",
                code=f"{code}.{unit.code_suffix}",
                code_is_provisional=True,
                name=unit.name.format(place=place),
                short_name=unit.short_name.format(place=place),
                kind=unit.kind,
                parent=key,
                gso_code=row["gso_code"],
                valid_from=TWO_LEVELS_FROM,
            )


def _former_districts() -> Iterator[AgencyFact]:
    for row in _rows("former_districts.csv"):
        yield _closed(f"huyen-{row['gso_code']}", "district", row["name"], "ubnd-tinh", row["gso_code"])


def _former_communes() -> Iterator[AgencyFact]:
    for row in _rows("former_communes.csv"):
        parent = f"huyen-{row['district']}"
        yield _closed(f"xacu-{row['gso_code']}", "former_commune", row["name"], parent, row["gso_code"])


def _closed(key: str, kind: str, name: str, parent: str, gso_code: str) -> AgencyFact:
    """A unit that ended with the three levels: no code is known for it and none is made up."""
    return AgencyFact(
        key=key,
        code=None,
        code_is_provisional=False,
        name=name,
        short_name=name,
        kind=kind,
        parent=parent,
        gso_code=gso_code,
        valid_to=THREE_LEVELS_UNTIL,
    )
